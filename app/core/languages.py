"""The languages that the program can speak."""

from typing import Final

from app.core.frozen import frozen
from app.core.i18n import OWN_LANGUAGE


@frozen
class Language:
    """One language: its tag, its name in itself, and the native speakers who have read its words.

    Nobody among ``read_by`` means that the words are machine-made as they are.
    """

    tag: str
    name: str
    read_by: tuple[str, ...] = ()


ENGLISH: Final = Language(OWN_LANGUAGE, "English")
"""What the program is written in."""
