"""What is made for a bundle before PyInstaller runs: resources picked, icons, file properties."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class MadeFiles(NamedTuple):
    """What the spec hands on to PyInstaller.

    ``resources`` pairs each file with the folder it goes to. ``icon`` and ``file_properties`` (by
    the program's name) are for Windows and macOS alone.
    """

    resources: list[tuple[Path, str]]
    icon: Path | None = None
    file_properties: dict[str, Path] | None = None


_SOURCES = {".po", ".pot"}
"""What catalogues are made from; the program reads the compiled ones."""


def made_files(root: Path) -> MadeFiles:
    """Make them from the clone at ``root``."""
    return MadeFiles(resources_of(root))


def resources_of(root: Path) -> list[tuple[Path, str]]:
    """Return each resource that the program reads with the folder of the bundle it goes to."""
    folder = root / "resources"
    return [
        (file, str(Path("app", "resources", file.relative_to(folder).parent).as_posix()))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in _SOURCES
    ]
