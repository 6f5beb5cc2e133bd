"""Whether details are hidden is remembered from start to start, and ``--share`` hides them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap.window import as_chosen_last
from app.core.formats.settings_json import Settings
from app.system.settings_file import SettingsFile
from app.ui.look.theme import Theme
from app.ui.widgets.masking import Masking


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: QApplication) -> Path:
    monkeypatch.setattr("app.ui.application.theme", lambda: Theme(qapp))
    return tmp_path


def _start(folder: Path, *, share: bool) -> tuple[Masking, SettingsFile]:
    file = SettingsFile(folder)
    masking = as_chosen_last(file, file.load(), share=share)
    file.settle()
    return masking, file


def test_what_was_chosen_last_is_there_at_the_next_start(folder: Path) -> None:
    masking, file = _start(folder, share=False)
    assert not masking.on
    assert not list(folder.iterdir())  # nothing was chosen yet
    masking.set_on(True)
    file.settle()
    assert _start(folder, share=False)[0].on
    file.keep_text_size(150)
    file.settle()
    assert _start(folder, share=False)[0].on
    masking.set_on(False)
    file.settle()
    assert not _start(folder, share=False)[0].on
    assert SettingsFile(folder).load() == Settings(150)


def test_the_option_hides_them_and_is_remembered_as_well(folder: Path) -> None:
    assert _start(folder, share=True)[0].on
    assert SettingsFile(folder).load().share
    assert _start(folder, share=False)[0].on
