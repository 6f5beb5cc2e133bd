"""What "About" tells is what is installed, each part with a licence and its text."""

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Final

import pytest

import app
from app.core.component import Component
from app.core.formats.components_json import dump_components
from app.system import components as module
from app.system.components import components, installed_components, licence_text

_IMPORT: Final = re.compile(r"^ *(?:from|import) (\w+)", re.MULTILINE)
_SPDX: Final = re.compile(r"[\w.+-]+(?: (?:AND|OR|WITH) [\w.+-]+)*")


@pytest.fixture(scope="module")
def parts() -> dict[str, Component]:
    return {part.name: part for part in installed_components()}


def test_each_part_has_its_version_and_the_text_of_its_licence(parts: dict[str, Component]) -> None:
    assert len(parts) > 60
    for part in parts.values():
        assert _SPDX.fullmatch(part.licence), part
        assert len(licence_text(part)) > 250, part
        if not part.name.startswith("Qt: "):
            assert part.version, part


def test_every_distribution_that_the_program_imports_is_among_them(
    parts: dict[str, Component],
) -> None:
    imported: set[str] = set()
    for file in Path(app.__file__).parent.rglob("*.py"):
        imported.update(_IMPORT.findall(file.read_text(encoding="utf-8")))
    assert {"botocore", "lxml", "PySide6"} <= imported
    others = imported - sys.stdlib_module_names - {"app"}
    owners = metadata.packages_distributions()
    canonical = {module._canonical(name) for name in parts}
    # The types of boto3 are for the type checker alone.
    lacking = {
        name
        for name in others
        if not name.startswith("mypy_boto3") and name in owners
        if canonical.isdisjoint(map(module._canonical, owners[name]))
    }
    assert lacking == set()


def test_qt_comes_with_what_the_lgpl_asks_for(parts: dict[str, Component]) -> None:
    for name in ("Qt", "PySide6_Essentials", "shiboken6"):
        text = licence_text(parts[name])
        assert parts[name].licence == "LGPL-3.0-only"
        for words in (
            "GNU LESSER GENERAL PUBLIC LICENSE",
            "GNU GENERAL PUBLIC LICENSE",
            "https://download.qt.io/",
            "your own build",
            "reverse engineer",
        ):
            assert words in text
    assert "Qt: Freetype 2" in parts
    assert parts["Qt"].version == metadata.version("PySide6_Essentials")


def test_tools_are_no_part_of_the_program(parts: dict[str, Component]) -> None:
    assert {"pytest", "mypy", "ruff", "ubiquity-s3-setup"}.isdisjoint(parts)


def test_the_list_of_a_build_counts_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "resources_folder", lambda: tmp_path)
    (tmp_path / "licences").mkdir()
    listed = (Component("zlib", "1.3", "Zlib", ("a.txt", "b/c.txt", "gone.txt")),)
    file = tmp_path / "licences" / module.LIST
    file.write_text(dump_components(listed), encoding="utf-8")
    assert components() == listed
    (tmp_path / "licences" / "a.txt").write_text("\nfirst\n", encoding="utf-8")
    (tmp_path / "licences" / "b").mkdir()
    (tmp_path / "licences" / "b" / "c.txt").write_text("second", encoding="utf-8")
    assert licence_text(listed[0]) == "first\n\nsecond"
    file.write_text("{", encoding="utf-8")
    assert "boto3" in {part.name for part in components()}
