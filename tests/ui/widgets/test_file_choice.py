"""The dialogs for files begin where people look, and never in the process's own folder."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.file_choice import choose_file, choose_folder, choose_where


def _opened(parent: QWidget, name: str) -> QFileDialog:
    dialog = parent.findChild(QFileDialog, name)
    assert isinstance(dialog, QFileDialog)
    return dialog


def test_where_each_begins(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Downloads").mkdir()
    places = {
        QStandardPaths.StandardLocation.DownloadLocation: tmp_path / "Downloads",
        QStandardPaths.StandardLocation.DocumentsLocation: tmp_path / "not there",
    }
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(places[place]))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # Windows
    parent = QWidget()
    qtbot.addWidget(parent)
    chosen: list[str] = []
    choose_file(parent, "Open", "toOpen", chosen.append)
    choose_where(parent, "Save", "toSave", "a.json", chosen.append, "JSON (*.json)")
    choose_folder(parent, "folder", chosen.append)
    choose_folder(parent, "again", chosen.append, str(tmp_path / "Downloads"))
    begins = {
        name: Path(_opened(parent, name).directory().absolutePath())
        for name in ("toOpen", "toSave", "folder", "again")
    }
    downloads = tmp_path / "Downloads"
    assert begins == {
        "toOpen": downloads,
        "toSave": tmp_path,
        "folder": tmp_path,
        "again": downloads,
    }
    assert [Path(name).name for name in _opened(parent, "toSave").selectedFiles()] == ["a.json"]
    _opened(parent, "toSave").accept()
    assert chosen == [str(tmp_path / "a.json")]
    for name in ("toOpen", "folder", "again"):
        _opened(parent, name).reject()
