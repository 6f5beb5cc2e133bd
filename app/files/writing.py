"""Writing small files safely, for their owner alone."""

import contextlib
import errno
import os
import re
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

_OWNER_ONLY: Final = 0o700
_LEFT_OVER: Final = re.compile(r"\..+\.(?:json|txt|zip)\.[a-z0-9_]{8}")
"""How ``write_text`` names a copy until it is whole (the end is ``tempfile``'s)."""
_SCANNED: Final = (0.02, 0.05, 0.1, 0.2)
"""Seconds between tries to rename what another program has open for a moment."""
_OLD: Final = 3600.0
"""Seconds after which no program is still writing a copy."""


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 in one piece: a crash leaves the old file or the new one.

    It is on the disk when this returns, readable by its owner alone where the system knows that,
    as are the folders that it makes. Raises ``OSError`` where the folder can't be written.
    """
    # Half a character, as a paste can hold, has no UTF-8; in JSON its escape means the same.
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` as ``write_text`` writes a text: in one piece, for its owner alone."""
    make_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _take_its_name(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _take_its_name(whole: Path, path: Path) -> None:
    """Let the copy ``whole`` be ``path``.

    On Windows a virus scanner or an indexer has a new file open for a moment, and nobody else may
    rename it or take its place meanwhile ("The process cannot access the file", error 32 or 5).
    """
    for wait in _SCANNED if sys.platform == "win32" else ():
        with contextlib.suppress(PermissionError):
            whole.replace(path)
            return
        time.sleep(wait)
    whole.replace(path)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it that are missing, each for its owner alone from birth.

    What is there already stays as it is. Raises ``OSError`` where one can't be made,
    ``NotADirectoryError`` where something else has its name.
    """
    missing = []
    place = folder
    while not place.is_dir() and place != place.parent:
        missing.append(place)
        place = place.parent
    for new in reversed(missing):
        try:
            new.mkdir(mode=_OWNER_ONLY, exist_ok=True)
        except FileExistsError as error:  # "File exists" would not tell why
            reason = os.strerror(errno.ENOTDIR)
            raise NotADirectoryError(errno.ENOTDIR, reason, str(new)) from error
        _settle(new.parent)


def sweep(folder: Path) -> None:
    """Delete the copies in a folder of ours that a crash left half-written, once they are old."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFT_OVER.fullmatch(entry.name):
                _delete_if_old(entry)


def _delete_if_old(entry: "os.DirEntry[str]") -> None:
    with contextlib.suppress(OSError):
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISREG(about.st_mode) and about.st_mtime < time.time() - _OLD:
            Path(entry.path).unlink()


def _settle(folder: Path) -> None:
    """Let a new name in the folder outlast a power cut, where the system can be asked (POSIX)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
