"""What has just come up takes no press that was meant for what was there before."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.buttons import PrimaryButton, plain_button
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.radio_cards import RadioCard
from tests.helpers.hands import click, press

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


class _Window(QWidget):
    """A window that may have come up just now."""

    new = True

    def is_too_soon(self) -> bool:
        return self.new


@pytest.mark.parametrize(
    "make",
    [
        lambda: PrimaryButton("Next", "next"),
        lambda: plain_button("Sign in", "signIn"),
        lambda: CopyButton("the link", str, "copy"),
        lambda: RadioCard("Create it for me", "You see each change.", "create"),
    ],
)
def test_enter_is_passed_over_where_it_comes_too_soon(
    qtbot: QtBot, make: Callable[[], QAbstractButton]
) -> None:
    window, control = _Window(), make()
    QVBoxLayout(window).addWidget(control)
    qtbot.addWidget(window)
    window.show()
    pressed: list[bool] = []
    control.clicked.connect(lambda: pressed.append(True))
    press(control, ENTER)
    assert pressed == []
    window.new = False
    press(control, ENTER)
    assert pressed == [True]


def test_the_primary_button_passes_over_any_hand(qtbot: QtBot) -> None:
    window, button = _Window(), PrimaryButton("Next", "next")
    QVBoxLayout(window).addWidget(button)
    qtbot.addWidget(window)
    window.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for _ in (1, 2):
        press(button, SPACE)
        click(button)
        window.new = False
    assert pressed == [True, True]
