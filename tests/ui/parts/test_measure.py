"""How wide a page's content gets."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from tests.helpers.hands import part
from tests.helpers.wizard import fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


def test_a_line_holds_as_many_words_in_large_text(qtbot: QtBot, theme: Theme) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=True))
    wizard.window.resize(2400, 900)
    wizard.settle()
    heading = part(wizard.window, QLabel, "title-welcome")
    usual = heading.width()
    assert usual <= 730
    theme.set_text_size(200)
    wizard.settle()
    assert 1.6 * usual < heading.width() < 2.2 * usual
    theme.set_text_size(100)
    wizard.settle()
    assert heading.width() == usual
