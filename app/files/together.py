"""Writing several files into a folder of somebody's: all of them, or none."""

import contextlib
import itertools
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path


def in_the_way(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of ``files`` that ``folder`` has already, with other contents.

    Raises ``OSError`` where one can't be read.
    """
    return tuple(name for name, content in files.items() if _is_other(folder / name, content))


def save_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files``, contents by name, into ``folder``, which is there; what is in the way goes.

    Each is whole before any takes its name, so an error leaves the folder as it was, but for one
    that comes between two names. Raises ``OSError``.
    """
    parts: dict[Path, Path] = {}
    try:
        for name, content in files.items():
            part = folder / f".{name}.{secrets.token_hex(4)}.part"
            with part.open("xb") as file:
                parts[part] = folder / name
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for part, target in parts.items():
            part.replace(target)
    finally:
        _remove(parts)


def new_folder(within: Path, name: str) -> Path:
    """Make a folder of ``name`` in ``within``, with a number after it where there is one already.

    Return it. Raises ``OSError``.
    """
    for number in itertools.count(1):
        folder = within / (name if number == 1 else f"{name} {number}")
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
            return folder
    raise AssertionError  # the count has no end


def _is_other(path: Path, content: bytes) -> bool:
    if not path.is_symlink() and not path.exists():
        return False
    return not path.is_file() or path.stat().st_size != len(content) or path.read_bytes() != content


def _remove(parts: Iterable[Path]) -> None:
    for part in parts:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
