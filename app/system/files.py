"""Writing and reading small files safely."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 in one piece: a crash leaves the old file or the new one.

    It is on the disk when this returns, readable by its owner alone where the system knows that.
    Raises ``OSError`` where the folder can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        # Half a character, as a paste can hold, has no UTF-8; in JSON its escape means the same.
        with os.fdopen(handle, "w", -1, "utf-8", "backslashreplace", "\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Let the file's new name outlast a power cut, where the system can be asked to (POSIX)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_text(path: Path) -> str | None:
    """Return the file's text, or None where there is no readable one."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
