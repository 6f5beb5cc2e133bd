"""That details are hidden is said where it can't be overlooked, with the way out of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.hands import part, press
from tests.helpers.wizard import fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


@pytest.mark.parametrize("size", [(1024, 700), (420, 420)])
def test_it_stands_over_the_page_in_every_size(qtbot: QtBot, size: tuple[int, int]) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    wizard.window.setMinimumSize(1, 1)
    wizard.window.resize(*size)
    bar = part(wizard.window, QWidget, "shareBar")
    assert not bar.isVisible()
    assert "hidden" not in wizard.window.windowTitle()
    wizard.context.masking.set_on(True)
    wizard.settle()
    assert bar.isVisible()
    assert wizard.window.windowTitle().endswith(" · Details hidden")
    assert part(wizard.window, QCheckBox, "shareToggle").isChecked()
    end = part(bar, QPushButton, "shareEnd")
    end.setFocus()
    press(end, Qt.Key.Key_Space)
    wizard.settle()
    assert not wizard.context.masking.on
    assert not bar.isVisible()
    assert "hidden" not in wizard.window.windowTitle()
    toggle = part(wizard.window, QCheckBox, "shareToggle")
    assert wizard.window.focusWidget() is (
        toggle if toggle.isVisible() else part(wizard.window, QPushButton, "nextButton")
    )


def test_a_window_that_opens_hidden_says_so_from_the_start(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.widgets.masking.Masking.on", True)
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    assert part(wizard.window, QWidget, "shareBar").isVisible()
    assert part(wizard.window, QCheckBox, "shareToggle").isChecked()
