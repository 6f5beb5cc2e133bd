"""A part that the program is made of: a plain value."""

from app.core.frozen import frozen


@frozen
class Component:
    """One part. ``version`` and ``licence`` are empty where the installation doesn't tell them.

    ``licence`` is an SPDX expression. ``files`` are where its licence's texts are: paths with ``/``
    below the folder of licences, or whole ones.
    """

    name: str
    version: str
    licence: str = ""
    files: tuple[str, ...] = ()
