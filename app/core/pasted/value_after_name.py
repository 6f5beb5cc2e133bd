"""One value cut out of what follows its name in a pasted text.

The text was made plain before: spaces, line breaks and straight quotation marks only.
"""

import re
from enum import StrEnum, auto
from typing import Final


class CredentialPart(StrEnum):
    """What a name in the text announces."""

    ID = auto()
    SECRET = auto()
    TOKEN = auto()
    EXPIRY = auto()
    """When the credentials end; it is a time, and not cut out here."""


_BEFORE: Final = re.compile(r'[\s"]*(?:[:=,|>][\s"]*)?')
"""Between a name and its value: of each shell, JSON, an ini file, a table or a list."""
_QUOTED: Final = re.compile(r'[\s]*"?[\s]*(?:[:=,|>]\s*)?"([^"]*)"')
_WHOLE: Final = re.compile(r"[A-Za-z0-9+/=_-]+")
_CONTINUED: Final = re.compile(r"[\\`^][ ]*\n")
_SHELL_WORDS: Final = frozenset(
    {"export", "set", "setx", "env", "-gx", "-x", "-ux", "-u", "declare", "-", "--"}
)
_ID_LENGTH: Final = 16
"""The shortest access key id (IAM API Reference, AccessKey)."""
_SECRET_LENGTH: Final = 40
_WIDEST: Final = 250
"""Columns: a longer line was not wrapped."""


def value_after(segment: str, part: CredentialPart) -> str:
    """Return the value at the start of ``segment``, which follows a name; ``""`` for none.

    A value wrapped over lines is put together.
    """
    text = _CONTINUED.sub("\n", segment)
    quoted = _QUOTED.match(text)
    if quoted:
        inside = "".join(quoted[1].split())
        if _WHOLE.fullmatch(inside):
            return inside
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    return _put_together(text[start:], part)


def _put_together(text: str, part: CredentialPart) -> str:
    """Return the first piece of ``text`` and those that can only be its continuation."""
    first = _WHOLE.match(text)
    if first is None or first[0].casefold() in _SHELL_WORDS:
        return ""
    value, rest = first[0], text[first.end() :]
    long_line = len(value) > _WIDEST
    if rest[:1] and not rest[0].isspace():
        return value
    for piece in rest.split():
        if not _WHOLE.fullmatch(piece) or piece.casefold() in _SHELL_WORDS:
            break
        if _is_complete(value, part, long_line=long_line):
            break
        value += piece
    return value


def _is_complete(value: str, part: CredentialPart, *, long_line: bool) -> bool:
    """Tell whether nothing can follow: keys have a length, and base64 ends in ``=`` or by fours."""
    if part is CredentialPart.ID:
        return len(value) >= _ID_LENGTH
    if part is CredentialPart.SECRET:
        return len(value) >= _SECRET_LENGTH or value.endswith("=")
    ended = value.endswith("=") and len(value) % 4 == 0
    return ended or (long_line and len(value) % 4 == 0)
