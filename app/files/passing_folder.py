"""Folders that last no longer than the process: what a killed one left goes with the next.

In each lies a file that its process has locked (``file_lock``), and a lock ends with the process,
however that ends. A folder of ours whose file nobody has locked any more is nobody's.
"""

import contextlib
import os
import shutil
import stat
import tempfile
import time
import weakref
from pathlib import Path
from typing import Final, Self

from app.files.file_lock import is_locked_now

_NAME: Final = "ubiquity-s3-setup-passing-"
_LOCK: Final = "in-use"

_YOUNG: Final = 60.0
"""Seconds within which a new folder may not be locked yet."""


class PassingFolder:
    """One folder, for its owner alone; gone once closed, and with the process at the latest."""

    def __init__(self) -> None:
        """Make it, where the system has files that pass. Raises ``OSError`` where that fails."""
        sweep_passing_folders()
        whole = Path(tempfile.mkdtemp(prefix=_NAME))
        handle = os.open(whole / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        with contextlib.suppress(OSError):  # where there are no locks, nobody sweeps either
            is_locked_now(handle)
        self.path = whole / "files"
        self.path.mkdir(mode=0o700)
        self._end = weakref.finalize(self, _remove, whole, handle)

    def close(self) -> None:
        """Remove it with all that is in it."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def sweep_passing_folders() -> None:
    """Remove what processes left that are gone. Waits for the disk, and never fails."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_NAME) and _is_ours(entry):
                _remove_if_left(Path(entry.path))


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    """Return whether it is a folder that this person's program made, and not a moment ago."""
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    is_own = not hasattr(os, "getuid") or about.st_uid == os.getuid()
    is_old = about.st_mtime < time.time() - _YOUNG
    return stat.S_ISDIR(about.st_mode) and is_own and is_old


def _remove_if_left(whole: Path) -> None:
    with contextlib.suppress(OSError):
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(whole / _LOCK, flags, 0o600)
        try:
            is_left = is_locked_now(handle)
        except OSError:
            is_left = False
        if is_left:
            _remove(whole, handle)
        else:
            os.close(handle)


def _remove(whole: Path, handle: int) -> None:
    """Remove a folder whose file is locked by ``handle``; what the system still holds stays."""
    os.close(handle)  # Windows deletes no file that is open
    shutil.rmtree(whole, ignore_errors=True)
