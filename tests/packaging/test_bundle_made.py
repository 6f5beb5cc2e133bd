"""What a build makes itself: icons, file properties, the menu entry; and what it measures."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Load = Callable[[str], ModuleType]

LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own")


@pytest.fixture
def icons(load: Load) -> ModuleType:
    return load("bundle.icons")


@pytest.fixture
def drawing(root: Path) -> Path:
    return root / "resources" / "icons" / "app.svg"


def is_drawn(image: QImage, side: int) -> bool:
    """Return whether a picture is of this size, has colours, and is clear in a corner."""
    colours = {image.pixelColor(x, side // 2).rgba() for x in range(side)}
    return (image.width(), image.height()) == (side, side) and len(colours) > 1


def test_the_icon_for_windows_has_each_size(icons: ModuleType, drawing: Path) -> None:
    content = icons.ico(drawing)
    assert content == icons.ico(drawing)
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (reserved, kind, count) == (0, 1, len(icons.ICO_SIZES))
    for at, side in enumerate(icons.ICO_SIZES):
        edge, _, _, _, _, bits, length, offset = struct.unpack_from(
            "<BBBBHHII", content, 6 + 16 * at
        )
        assert (edge or 256, bits) == (side, 32)
        one = struct.pack("<HHH", 0, 1, 1) + content[6 + 16 * at : 18 + 16 * at]
        one += struct.pack("<I", 22) + content[offset : offset + length]
        assert is_drawn(QImage.fromData(QByteArray(one)), side)


def test_the_icon_for_macos_has_each_size(icons: ModuleType, drawing: Path) -> None:
    content = icons.icns(drawing)
    assert content[:4] == b"icns"
    assert struct.unpack_from(">I", content, 4)[0] == len(content)
    place, sides = 8, {}
    while place < len(content):
        kind, length = struct.unpack_from(">4sI", content, place)
        image = QImage.fromData(QByteArray(content[place + 8 : place + length]))
        assert is_drawn(image, image.width())
        sides[kind.decode()] = image.width()
        place += length
    assert sides == icons.ICNS_TYPES


@pytest.mark.no_qt_log
def test_an_icon_that_is_no_drawing_ends_the_build(icons: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "app.svg").write_text("no drawing", encoding="utf-8")
    with pytest.raises(ValueError, match=r"app\.svg"):
        icons.drawn(tmp_path / "app.svg", 16)


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("1.2", (1, 2, 0, 0)),
        ("1.2.3.4", (1, 2, 3, 4)),
        ("1.0rc1", (1, 0, 0, 0)),
    ],
)
def test_the_version_that_windows_compares(
    load: Load, version: str, numbers: tuple[int, ...]
) -> None:
    assert load("bundle.file_properties").version_numbers(version) == numbers


def test_both_programs_tell_windows_what_they_are(load: Load) -> None:
    names, properties = load("bundle.names"), load("bundle.file_properties")
    for program in (names.WINDOW_PROGRAM, names.CONSOLE_PROGRAM):
        text = properties.file_properties(program)
        said = dict(re.findall(r"StringStruct\('(\w+)', '([^']*)'\)", text))
        assert said["OriginalFilename"] == f"{program}.exe"
        assert said["ProductVersion"] == said["FileVersion"] == app.__version__
        assert "StringTable('080904B0'" in text  # what the pair under Translation names
        compile(text, "properties", "eval")


@pytest.mark.parametrize(
    ("system", "icon", "properties"),
    [("win32", "app.ico", 2), ("darwin", "app.icns", 0), ("linux", None, 0)],
)
def test_each_system_gets_what_it_takes(
    load: Load, root: Path, tmp_path: Path, system: str, icon: str | None, properties: int
) -> None:
    made = load("bundle.made_files").made_files(root, tmp_path / "made", system)
    assert (made.icon and made.icon.name) == icon
    assert len(made.file_properties or {}) == properties
    places = {f"{folder}/{file.name}" for file, folder in made.resources}
    assert "app/resources/icons/app.svg" in places
    assert not [place for place in places if place.endswith((".po", ".pot"))]


def test_the_version_stands_in_one_place(load: Load, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "app/__init__.py"
    names = load("bundle.names")
    assert app.__version__ == names.VERSION
    assert names.archive_stem("linux", "x64") == f"ubiquity-s3-setup-{app.__version__}-linux-x64"


def test_files_with_details_are_known_alike_everywhere(load: Load, root: Path) -> None:
    names, linux = load("bundle.names"), root / "packaging" / "linux"
    kind = ET.parse(linux / "ubiquity-s3-setup.xml").getroot()[0]  # noqa: S314 - ours
    assert kind.get("type") == names.DRAFT_TYPE
    assert kind.find("{*}glob").get("pattern") == f"*{names.DRAFT_SUFFIX}"  # type: ignore[union-attr]
    entry = (linux / "ubiquity-s3-setup.desktop").read_text(encoding="utf-8")
    assert f"MimeType={names.DRAFT_TYPE};" in entry
    assert f"Name={names.WINDOW_PROGRAM}" in entry
    told = names.mac_information()["UTExportedTypeDeclarations"][0]["UTTypeTagSpecification"]
    assert told["public.mime-type"] == names.DRAFT_TYPE
    assert [f".{each}" for each in told["public.filename-extension"]] == [names.DRAFT_SUFFIX]


@LINUX_ONLY
def test_the_menu_entry_starts_the_program_wherever_it_lies(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / 'A "folder" of 100 % $HOME'
    folder.mkdir()
    for name in ("add-to-menu.sh", "AppRun", "ubiquity-s3-setup.desktop", "ubiquity-s3-setup.xml"):
        (folder / name).write_bytes((root / "packaging" / "linux" / name).read_bytes())
    (folder / "ubiquity-s3-setup.svg").write_text("<svg/>", encoding="utf-8")
    program = folder / "ubiquity-s3-setup"
    program.write_text('#!/bin/sh\necho "started with $*"\n', encoding="utf-8")
    program.chmod(0o755)
    data = tmp_path / "data"
    environment = {**os.environ, "XDG_DATA_HOME": str(data)}

    def run(*command: str) -> str:
        given = ["sh", *command]
        return subprocess.run(  # noqa: S603
            given, env=environment, check=True, capture_output=True, text=True
        ).stdout

    assert run(str(folder / "add-to-menu.sh")) == "Added to the menu.\n"
    entry = (data / "applications" / "ubiquity-s3-setup.desktop").read_text(encoding="utf-8")
    line = re.search(r"^Exec=(.*)$", entry, re.MULTILINE)
    assert line is not None
    # As the specification of desktop entries reads it: the value's escapes, quotes, field codes.
    value = line[1].replace("\\\\", "\\")
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)" %f', value)
    assert quoted is not None
    assert re.sub(r"\\(.)", r"\1", quoted[1]).replace("%%", "%") == str(program)
    assert run(str(folder / "AppRun"), "a b") == "started with a b\n"
    assert run(str(folder / "add-to-menu.sh"), "--remove").startswith("Removed from the menu.")
    assert not [file for file in data.rglob("*ubiquity*") if file.is_file()]


def test_the_first_paint_is_what_qt_tells_of(load: Load, tmp_path: Path) -> None:
    first_paint = load("bundle.first_paint")
    told = (
        "import sys, time; print('qt.widgets.painting: Flushing it', file=sys.stderr, flush=True)"
    )
    command = first_paint.Command([sys.executable, "-c", f"{told}; time.sleep(60)"], tmp_path)
    assert 0 < first_paint.first_paint(command) < 60
    broken = "import sys; sys.exit('no screen')"
    with pytest.raises(first_paint.NotPaintedError, match="no screen"):
        first_paint.first_paint(first_paint.Command([sys.executable, "-c", broken], tmp_path))


def test_a_program_that_neither_paints_nor_speaks_is_not_waited_for(
    load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_paint = load("bundle.first_paint")
    monkeypatch.setattr(first_paint, "_AT_MOST", 0.1)
    silent = first_paint.Command([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path)
    with pytest.raises(first_paint.NotPaintedError, match="No window was painted"):
        first_paint.first_paint(silent)


@pytest.mark.parametrize(
    ("packed", "first_paint", "practice", "said"),
    [
        (60_000_000, 1.5, 0.33, []),
        (60_000_001, 1.0, 0.1, ["Packed"]),
        (1, 1.51, 0.1, ["Its first paint"]),
        (1, None, 0.34, ["The practice AWS"]),
    ],
)
def test_beyond_a_limit_the_build_says_so(
    load: Load, packed: int, first_paint: float | None, practice: float, said: list[str]
) -> None:
    sentences = load("bundle.limits").beyond(packed, first_paint, practice)
    assert len(sentences) == len(said)
    assert all(map(str.startswith, sentences, said))


def test_a_build_bears_the_moment_of_its_source(
    load: Load, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = load("bundle.source_date")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert module.source_date(root) == 1_700_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert module.source_date(tmp_path / "nowhere") == module.WITHOUT_HISTORY
