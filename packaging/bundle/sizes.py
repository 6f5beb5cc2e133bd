"""How large a bundle is, part by part, and what of it the practice AWS costs."""

from __future__ import annotations

import zlib
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

from packaging.utils import canonicalize_name
from PyInstaller.archive.readers import CArchiveReader

from bundle import names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OTHERS = "everything else"


class Size(NamedTuple):
    """Bytes on the disk, and packed (each file by itself, as zip and gzip pack it)."""

    whole: int
    packed: int

    def with_more(self, other: Size) -> Size:
        """Return the sum of both."""
        return Size(self.whole + other.whole, self.packed + other.packed)


NOTHING = Size(0, 0)


def sizes(folder: Path) -> dict[str, Size]:
    """Return the size of each part, by the top-level module or folder it lies in; largest first."""
    summed: dict[str, Size] = {}
    for part, size in _files(folder):
        summed[part] = summed.get(part, NOTHING).with_more(size)
    return dict(sorted(summed.items(), key=lambda each: -each[1].packed))


def _files(folder: Path) -> Iterator[tuple[str, Size]]:
    inside = folder / "_internal"
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        if not file.is_relative_to(inside):
            yield from _program(file) if _is_program(file) else [("program", _size(file))]
        else:
            top = file.relative_to(inside).parts[0]
            yield (top if (inside / top).is_dir() else top.partition(".")[0]), _size(file)


def _is_program(file: Path) -> bool:
    return file.stem in {names.CONSOLE_PROGRAM, names.WINDOW_PROGRAM} and file.suffix in {
        "",
        ".exe",
    }


def _program(file: Path) -> Iterator[tuple[str, Size]]:
    """Yield the modules that are packed into a program, and what is left of it."""
    modules = CArchiveReader(str(file)).open_embedded_archive("PYZ.pyz").toc
    left = file.stat().st_size
    for name, (_, _, length) in modules.items():
        left -= length
        yield name.partition(".")[0], Size(length, length)
    yield "program", Size(left, left)


def _size(file: Path) -> Size:
    content = file.read_bytes()
    return Size(len(content), len(zlib.compress(content, 1)))


def share_of(sized: dict[str, Size], distributions: frozenset[str]) -> float:
    """Return what part of the packed whole these distributions' modules are."""
    owners = metadata.packages_distributions()
    ours = sum(
        size.packed
        for part, size in sized.items()
        if {canonicalize_name(name) for name in owners.get(part, ())} & distributions
    )
    return ours / sum(size.packed for size in sized.values())
