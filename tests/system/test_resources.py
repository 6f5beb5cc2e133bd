"""The resources, in a clone, in an installed package and in a bundle."""

from pathlib import Path

import pytest

import app
from app.system.resources import resources_folder


def test_a_clone_has_them_at_its_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(app, "__file__", str(tmp_path / "app" / "__init__.py"))
    assert resources_folder() == tmp_path / "resources"


def test_a_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app" / "resources").mkdir(parents=True)
    (tmp_path / "resources").mkdir()  # another's
    monkeypatch.setattr(app, "__file__", str(tmp_path / "app" / "__init__.py"))
    assert resources_folder() == tmp_path / "app" / "resources"


def test_they_are_there() -> None:
    assert resources_folder().is_dir()
