"""What a bundle is made of, told by its files: nothing is listed that is not shipped, nor lost."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Load = Callable[[str], ModuleType]


@pytest.fixture
def parts(load: Load) -> ModuleType:
    return load("bundle.parts")


def source_of(module: str) -> str:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return spec.origin


def entry(load: Load, target: str, source: str, kind: str = "EXTENSION") -> object:
    return load("bundle.contents").Entry(target, source, kind)


def test_a_distribution_is_listed_where_something_of_it_is_shipped(
    load: Load, parts: ModuleType
) -> None:
    sources = [source_of("jmespath"), source_of("lxml.etree")]
    library = entry(load, "lxml/etree.so", source_of("lxml.etree"))
    listed = parts.parts_of([library], sources[:1], ["jmespath", "lxml", "urllib3"])
    named = {part.name: part for part in listed}
    assert {"jmespath", "lxml", "Python", "Qt", "PyInstaller", "libxml2 (in lxml)"} <= set(named)
    assert "urllib3" not in named
    assert named["lxml"].files == (library,)
    assert named["jmespath"].package == f"pkg:pypi/jmespath@{named['jmespath'].version}"
    lacking = [part.name for part in listed if not part.licence or not part.texts]
    assert lacking == []
    assert all(text.is_file() for part in listed for text in part.texts)


def test_pythons_own_libraries_are_pythons_and_qts_are_qts(load: Load, parts: ModuleType) -> None:
    qt = Path(source_of("PySide6")).parent
    shipped = [
        entry(load, "libpython3.11.so.1.0", "/opt/lib/libpython3.11.so.1.0", "BINARY"),
        entry(load, "python3.11/lib-dynload/_ssl.so", "/opt/lib/python3.11/lib-dynload/_ssl.so"),
        entry(load, "PySide6/QtCore.abi3.so", str(next(qt.glob("QtCore.*")))),
        entry(load, "PySide6/Qt/lib/libQt6Core.so.6", "/v/site-packages/libQt6Core.so.6", "BINARY"),
        entry(load, "PySide6/Qt/lib/libicuuc.so.73", "/v/site-packages/libicuuc.so.73", "BINARY"),
    ]
    named = {part.name: part for part in parts.parts_of(shipped, [], ["pyside6-essentials"])}
    files = {name: [file.place.name for file in part.files] for name, part in named.items()}
    assert files["Python"] == ["libpython3.11.so.1.0", "_ssl.so"]
    assert files["Qt"] == ["libQt6Core.so.6"]
    assert named["Qt"].licence == "LGPL-3.0-only"
    assert named["Qt: ICU"].version == "73"
    assert files["PySide6_Essentials"] == ["QtCore.abi3.so"]


def test_a_library_that_nobody_brought_ends_the_build(load: Load, parts: ModuleType) -> None:
    stray = entry(load, "libstray.so.1", "/lib/libstray.so.1", "BINARY")
    with pytest.raises(parts.UnknownLibraryError, match=r"libstray\.so\.1"):
        parts.parts_of([stray], [], [])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages of Debian")
def test_what_comes_from_the_system_is_named_by_its_package(
    load: Load, parts: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {
        "--search": "libxcb-cursor0:amd64: /usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0.0.0",
        "--show": "0.1.1-4",
    }
    monkeypatch.setattr(parts, "_answer", lambda command: answers[command[1]])
    library = entry(load, "libxcb-cursor.so.0", "/usr/lib/libxcb-cursor.so.0.0.0", "BINARY")
    named = {part.name: part for part in parts.parts_of([library], [], [])}
    part = named["libxcb-cursor0"]
    assert (part.version, part.licence) == ("0.1.1-4", "MIT")
    assert part.package == "pkg:deb/debian/libxcb-cursor0@0.1.1-4"
    assert part.texts == (Path("/usr/share/doc/libxcb-cursor0/copyright"),)
