"""Reading a file, whoever made it: only a regular one, and only so much of it.

A FIFO would be waited for without an end, and a device may never end. Source: open(2), for
``O_NONBLOCK`` (a FIFO opens at once) and ``O_NOFOLLOW``; Windows has neither, nor such files.
"""

import os
import stat
from typing import Final, TypeAlias

from app.core.frozen import frozen
from app.core.i18n import tr

FilePath: TypeAlias = str | os.PathLike[str]

MEGABYTE: Final = 1_000_000
INPUT_AT_MOST: Final = 10 * MEGABYTE
"""Bytes of a draft, a snapshot or a journal; AWS's own documents of one account stay below one."""

ZIP_START: Final = b"PK\x03\x04"
"""What a ZIP file with a file in it begins with, and no text does."""

SMALL: Final = MEGABYTE
"""Bytes of a session, a token or settings."""

_FLAGS: Final[int] = sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC")
)
_NO_LINKS: Final[int] = getattr(os, "O_NOFOLLOW", 0)


@frozen
class FileProblem:
    """Why a file can't be read, as part of a sentence, without a full stop."""

    reason: str
    missing: bool = False
    """There is no such file."""
    no_text: bool = False
    """It can be read, and is no text in UTF-8."""


def read_bytes(
    path: str | os.PathLike[str], at_most: int, *, own: bool = False
) -> bytes | FileProblem:
    """Return what is in the file, or why it can't be read. Never waits, and never raises.

    A file of more than ``at_most`` bytes is refused, however long it says it is. ``own``: in a
    folder of this program's, where a link is none of its doing.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS | (_NO_LINKS if own else 0))
    except FileNotFoundError as error:
        return FileProblem(_reason(error), missing=True)
    except (OSError, ValueError) as error:  # a name with a null character is a ValueError
        linked = own and os.path.islink(path)  # noqa: PTH114 - pathlib is slow to load
        return FileProblem(tr("it is a link") if linked else _reason(error))
    try:
        return _content(handle, at_most)
    except OSError as error:
        return FileProblem(_reason(error))
    finally:
        os.close(handle)


def read_text(
    path: str | os.PathLike[str], at_most: int, *, own: bool = False
) -> str | FileProblem:
    """Return the text of a file in UTF-8, as ``read_bytes`` reads it, or why it can't be read."""
    content = read_bytes(path, at_most, own=own)
    if isinstance(content, FileProblem):
        return content
    try:
        return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return FileProblem(tr("it is not text in UTF-8"), no_text=True)


def is_folder(path: FilePath) -> bool:
    """Tell whether there is a folder at ``path``."""
    return os.path.isdir(path)  # noqa: PTH112 - pathlib is slow to load


def begins_with(path: FilePath, start: bytes) -> bool:
    """Tell whether there is a file at ``path`` that begins with these bytes. Never waits."""
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except (OSError, ValueError):
        return False
    try:
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
        return is_file and os.read(handle, len(start)) == start
    except OSError:
        return False
    finally:
        os.close(handle)


def _content(handle: int, at_most: int) -> bytes | FileProblem:
    about = os.fstat(handle)
    if stat.S_ISDIR(about.st_mode):
        return FileProblem(tr("it is a folder"))
    if not stat.S_ISREG(about.st_mode):
        return FileProblem(tr("it is a device or a pipe, not a file"))
    parts, left = [], at_most + 1
    # What a file says of its length is a guess: some of the system's say 0, and others grow.
    while left and (part := os.read(handle, min(left, MEGABYTE))):
        parts.append(part)
        left -= len(part)
    if not left:
        size = f"{at_most / MEGABYTE:g}"
        return FileProblem(tr("it is larger than {size} MB").format(size=size))
    return b"".join(parts)


def _reason(error: OSError | ValueError) -> str:
    """Return the system's own words."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
