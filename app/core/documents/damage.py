"""How a Database ID goes wrong on its way into a trust policy, and whether it is still the same.

Source: the guide's Troubleshooting, "Invalid External ID" (spaces and line breaks from pasting).
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final
from unicodedata import category

from app.core.guide import PLACEHOLDER_DATABASE_ID


class DifferenceKind(StrEnum):
    """One way in which a pasted External ID goes wrong."""

    PLACEHOLDER = "placeholder"
    PERCENT = "percent-encoded"
    INVISIBLE = "invisible-characters"
    SPACES = "spaces"
    """Spaces or line breaks."""
    QUOTED = "quoted"
    PADDING = "padding"
    """``=`` at the end."""
    ALPHABET = "alphabet"
    """``+`` and ``/`` against ``-`` and ``_``."""
    CASE = "case"
    PLACE = "place"
    """Much is alike; the first place where they differ is said."""
    OTHER = "other"
    """Another ID altogether."""
    NONE = "none"


_QUOTES: Final = "\"'`´“”‘’„‚«»‹›"


def _without_percent(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text) if "%" in text else text


def is_invisible(char: str) -> bool:
    """Tell whether ``char`` leaves no ink: white space, control and format characters."""
    return char.isspace() or category(char) in {"Cc", "Cf", "Cn", "Co", "Cs"}


def _without_invisible(text: str) -> str:
    return "".join(char for char in text if char.isspace() or not is_invisible(char))


def _without_white(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def _without_quotes(text: str) -> str:
    return text.strip(_QUOTES)


def _without_padding(text: str) -> str:
    return text.rstrip("=")


def _url_safe(text: str) -> str:
    return text.replace("+", "-").replace("/", "_")


_CLEANED: Final[Mapping[DifferenceKind, Callable[[str], str]]] = {
    DifferenceKind.PERCENT: _without_percent,
    DifferenceKind.INVISIBLE: _without_invisible,
    DifferenceKind.SPACES: _without_white,
    DifferenceKind.QUOTED: _without_quotes,
    DifferenceKind.PADDING: _without_padding,
    DifferenceKind.ALPHABET: _url_safe,
    DifferenceKind.CASE: str.lower,
}
"""What makes each kind of damage vanish, in the order in which the steps must be taken."""

_NOBODYS: Final = tuple(kind for kind in _CLEANED if kind is not DifferenceKind.ALPHABET)
"""The kinds of damage after which an ID is surely not someone else's."""


def _equal_after(kinds: tuple[DifferenceKind, ...], database_id: str, external_id: str) -> bool:
    for kind, cleaned in _CLEANED.items():
        if kind in kinds:
            database_id, external_id = cleaned(database_id), cleaned(external_id)
    return database_id == external_id and bool(database_id)


def is_damaged_form(database_id: str, external_id: str) -> bool:
    """Tell whether ``external_id`` is ``database_id`` gone wrong, and so nobody else's External ID.

    White space (and what can't be seen), case, ``=`` padding and the guide's placeholder, as
    well as quotes and percent-encoding, which no External ID can have (AWS STS, AssumeRole,
    pattern of ExternalId). ``-_`` for ``+/`` makes a legal ID of its own, and may be someone's.
    """
    if database_id == external_id:
        return False
    return is_bare_placeholder(external_id) or _equal_after(_NOBODYS, database_id, external_id)


def is_bare_placeholder(text: str) -> bool:
    """Tell whether the guide's placeholder stands alone, but for quotes, brackets and spaces."""
    return text.strip(_QUOTES + "<> \t\r\n").upper() == PLACEHOLDER_DATABASE_ID


def damage_in(database_id: str, external_id: str) -> tuple[DifferenceKind, ...]:
    """Return the fewest kinds of damage that make ``external_id`` of ``database_id``.

    Empty where damage alone does not explain how the two differ.
    """
    if not _equal_after(tuple(_CLEANED), database_id, external_id):
        return ()
    kinds = tuple(_CLEANED)
    for kind in _CLEANED:
        fewer = tuple(other for other in kinds if other is not kind)
        if _equal_after(fewer, database_id, external_id):
            kinds = fewer
    return kinds
