"""What is made for a bundle before PyInstaller runs: resources picked, icons, file properties."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from bundle import icons, names
from bundle.file_properties import file_properties


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


def made_files(root: Path, work: Path, system: str = sys.platform) -> MadeFiles:
    """Make them under ``work`` from the clone at ``root``, for a ``system`` as ``sys`` names it."""
    drawing, resources = root / "resources" / "icons" / "app.svg", resources_of(root)
    work.mkdir(parents=True, exist_ok=True)
    if system == "win32":
        icon = _written(work / "app.ico", icons.ico(drawing))
        return MadeFiles(resources, icon, _properties(work))
    if system == "darwin":
        return MadeFiles(resources, _written(work / "app.icns", icons.icns(drawing)))
    return MadeFiles(resources)


def _properties(work: Path) -> dict[str, Path]:
    programs = {names.WINDOW_PROGRAM: "window.txt", names.CONSOLE_PROGRAM: "console.txt"}
    return {
        program: _written(work / name, file_properties(program).encode())
        for program, name in programs.items()
    }


def _written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def resources_of(root: Path) -> list[tuple[Path, str]]:
    """Return each resource that the program reads with the folder of the bundle it goes to."""
    folder = root / "resources"
    return [
        (file, str(Path("app", "resources", file.relative_to(folder).parent).as_posix()))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in _SOURCES
    ]
