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


def _start(folder: Path, *, share: bool) -> Masking:
    file = SettingsFile(folder)
    return as_chosen_last(file, file.load(), share=share)


def test_what_was_chosen_last_is_there_at_the_next_start(folder: Path) -> None:
    masking = _start(folder, share=False)
    assert not masking.on
    assert not list(folder.iterdir())  # nothing was chosen yet
    masking.set_on(True)
    assert _start(folder, share=False).on
    SettingsFile(folder).keep_text_size(150)
    assert _start(folder, share=False).on
    masking.set_on(False)
    assert not _start(folder, share=False).on
    assert SettingsFile(folder).load() == Settings(150)


def test_the_option_hides_them_and_is_remembered_as_well(folder: Path) -> None:
    assert _start(folder, share=True).on
    assert SettingsFile(folder).load().share
    assert _start(folder, share=False).on
