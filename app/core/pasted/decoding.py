"""The text of a settings file, however an editor saved it.

Windows' Notepad and PowerShell put a byte-order mark before UTF-8, and PowerShell's ``>`` writes
UTF-16. botocore takes the first for a line that is no section and stops at the second.
"""

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT: Final = 200


def is_plain(content: bytes) -> bool:
    """Tell whether ``content`` is as botocore expects it: bytes of ASCII's kind, and no mark."""
    return _mark(content) is None and _wide(content) is None


def decoded(content: bytes) -> str | UnicodeDecodeError:
    """Return the text in ``content``, without a byte-order mark, or where it is no text."""
    mark = _mark(content)
    start, encoding = mark or (b"", _wide(content) or "utf-8")
    try:
        return content[len(start) :].decode(encoding)
    except UnicodeDecodeError as error:
        return error


def _mark(content: bytes) -> tuple[bytes, str] | None:
    return next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), None)


def _wide(content: bytes) -> str | None:
    """Return the encoding of UTF-16 without a mark: each second byte of what it begins with is 0.

    A setting is written in ASCII, whatever stands in a comment after it.
    """
    beginning = content[:_LOOKED_AT]
    even, odd = beginning[::2], beginning[1::2]
    if len(beginning) < 4 or len(content) % 2:
        return None
    if not any(odd) and all(even):
        return "utf-16-le"
    return "utf-16-be" if not any(even) and all(odd) else None
