"""About: the tick that allows to look for a newer version, and what came of it."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.core.newer_version import LookProblem
from app.ui.widgets.scroll_dialog import ScrollDialog
from tests.helpers.clipping import clipped
from tests.helpers.hands import part
from tests.helpers.newer_version import PAGE, Allowed, Looking, Maker, statement
from tests.helpers.wizard import Computer, Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


def _about(wizard: Wizard) -> ScrollDialog:
    part(wizard.window, QAction, "about").trigger()
    return part(wizard.window, ScrollDialog, "aboutDialog")


def test_it_is_off_until_somebody_ticks_it_and_its_page_opens_by_a_click(qtbot: QtBot) -> None:
    maker = Maker()
    looking = Looking(maker, permission=Allowed(on=False))
    looking.answers += [LookProblem.CERTIFICATE, maker.answer(statement())]
    computer = Computer(newer_version=looking.looker())
    wizard = open_wizard(qtbot, fake_accounts(practice=False), computer=computer)
    about = _about(wizard)
    tick, told = part(about, QAbstractButton, "newerAllow"), part(about, QLabel, "newerTold")
    page = part(about, QAbstractButton, "newerPage")
    entry, menu = (
        part(wizard.window, QAction, "newerVersion"),
        part(wizard.window, QMenu, "helpMenu"),
    )

    def is_offered() -> bool:
        menu.aboutToShow.emit()
        return entry.isVisible()

    assert not is_offered()
    assert not tick.isChecked()
    assert (looking.asked, told.isVisible(), page.isVisible()) == ([], False, False)
    tick.click()
    wizard.until_idle()
    qtbot.waitUntil(told.isVisible)
    assert "The certificate of the address is not trusted" in told.text()
    assert not page.isVisible()
    wizard.settle()
    assert clipped(about) == []
    looking.kept.look = None  # a day later
    tick.click()
    assert not told.isVisible()
    tick.click()
    qtbot.waitUntil(page.isVisible)
    assert is_offered()
    assert told.text() == "Version 1.2.0 is there since 2026-11-28."
    assert wizard.links == []
    page.click()
    assert wizard.links == [PAGE]
    wizard.settle()
    assert clipped(about) == []
    about.close()


def test_a_build_without_an_address_says_so_and_practice_asks_nobody(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    about = _about(wizard)
    assert "no address to ask" in part(about, QLabel, "newerNoAddress").text()
    assert about.findChild(QAbstractButton, "newerAllow") is None
    assert clipped(about) == []
    about.close()
    practice = open_wizard(qtbot)
    assert practice.store.state.practice
    assert _about(practice).findChild(QLabel, "newerNoAddress") is None
