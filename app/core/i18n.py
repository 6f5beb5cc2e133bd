"""Translation of every visible string, for core and window alike.

``tr`` and ``ntr`` translate at once, ``mark`` only marks a string for extraction (for tables
that are built before a language is chosen; ``app.core.message.Plural`` marks two forms of one).
Babel reads the four names as keywords. The catalogue is installed once at the start by
``app.system.translations``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol

OWN_LANGUAGE: Final = "en-GB"
"""What the program's words are written in."""


class Catalogue(Protocol):
    """The messages of a language, as ``gettext`` offers them."""

    def gettext(self, message: str, /) -> str:
        """Return ``message`` in the language."""
        ...

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """Return the form of a message for ``n``."""
        ...

    def info(self) -> Mapping[str, str]:
        """Return the head of the catalogue, with ``language`` in it."""
        ...


_active: list[Catalogue] = []
"""The installed catalogue; none for the program's own British English."""


_elsewhere: list[Callable[[str], Iterable[str]]] = []
"""What tells how a message is said in every other language, once it is known."""


def install(catalogue: Catalogue | None) -> None:
    """Make ``catalogue`` the one that ``tr`` and ``ntr`` read; None for the program's own words."""
    _active[:] = [] if catalogue is None else [catalogue]


def tell_of_others(said: Callable[[str], Iterable[str]]) -> None:
    """Let ``said`` tell how a message is said in other languages than the installed one."""
    _elsewhere[:] = [said]


def in_every_language(message: str) -> frozenset[str]:
    """Return how ``message`` is said in each language that there is: for texts that come back."""
    others = (text for said in _elsewhere for text in said(message))
    return frozenset((message, tr(message), *others))


def tr(message: str) -> str:
    """Return ``message`` in the language of the installed catalogue."""
    # Under the empty message gettext keeps a catalogue's own data.
    return _active[0].gettext(message) if _active and message else message


def ntr(singular: str, plural: str, count: int) -> str:
    """Return the form for ``count`` in the language of the installed catalogue."""
    if not _active:
        return singular if count == 1 else plural
    return _active[0].ngettext(singular, plural, count)


def language() -> str:
    """Return the tag of the language that ``tr`` answers in, for example ``de`` or ``en-GB``."""
    called = _active[0].info().get("language", "") if _active else ""
    return called.replace("_", "-") or OWN_LANGUAGE


def mark(message: str) -> str:
    """Return ``message`` unchanged; it is translated where it is shown."""
    return message
