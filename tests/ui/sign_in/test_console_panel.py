"""The panel of the console sign-in, as a person sees and uses it."""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.sign_in import ByConsole
from app.exports import handoff
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.store import SetupStore
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.sign_in.console_panel import ConsolePanel
from app.ui.widgets.masking import Masking
from tests.helpers.drafts import ACCOUNT
from tests.helpers.fake_console import (
    BY_JO,
    CONSOLE_LINK,
    DECLINED,
    ELSEWHERE_LINK,
    JO,
    NO_RIGHT,
    RIGHT_CODE,
    ROOT,
    FakeConsole,
)
from tests.helpers.stage import staged

IN_FOURS = " ".join((ACCOUNT[:4], ACCOUNT[4:8], ACCOUNT[8:]))


@dataclass
class Screen:
    """The panel in a window of its own, and what it does to the world."""

    qtbot: QtBot
    console: FakeConsole = field(default_factory=FakeConsole)
    links: list[str] = field(default_factory=list)
    opens: bool = True
    """Whether this computer has a browser."""
    ways: list[ByConsole] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)
    sleep: asyncio.Event = field(default_factory=asyncio.Event)
    """Set it, and the browser has been silent for long."""

    def open(self) -> None:
        self.context = PageContext(
            store=SetupStore(practice=False),
            tasks=TaskScope(self.crashes.append),
            masking=Masking(),
            open_link=self._open_link,
            clock=lambda: 0.0,
            reach=lambda: Reach(
                actions=cast("SetupActions", None),  # the panel asks nothing of it
                handoff=handoff,
                console=self.console,
            ),
        )
        self.panel = ConsolePanel(self.context, self.ways.append, sleep=self._sleep)
        self.window = staged(self.qtbot, self.panel)
        self.panel.look()
        self.idle()

    async def _sleep(self, _seconds: float) -> None:
        await self.sleep.wait()

    def _open_link(self, link: str) -> bool:
        self.links.append(link)
        return self.opens

    def idle(self) -> None:
        self.until(lambda: set(self.context.tasks.running) <= {"console-watch"})

    def until(self, there: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(there)
        assert self.crashes == []

    def shows(self, name: str) -> bool:
        widget = self.window.findChild(QWidget, name)
        return isinstance(widget, QWidget) and widget.isVisible()

    def said(self, name: str) -> str:
        widget = self.window.findChild(QWidget, name)
        assert isinstance(widget, QWidget)
        labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)
        return "\n".join(label.accessibleName() or label.text() for label in labels)

    def click(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def code(self) -> QLineEdit:
        edit = self.window.findChild(QLineEdit, "consoleCode")
        assert isinstance(edit, QLineEdit)
        return edit

    def close(self) -> None:
        """Stop what looks after a silent browser."""
        self.context.tasks.cancel_all()
        self.until(lambda: not self.context.tasks.running)


@pytest.fixture
def screen(qtbot: QtBot, loop: object) -> Screen:
    del loop
    return Screen(qtbot)


def test_one_click_signs_in(screen: Screen, clipboard: QClipboard) -> None:
    screen.open()
    assert "can then do what you can" in screen.said("consolePanel")
    screen.console.person.clear()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.shows("consoleWaiting"))
    assert screen.links == [CONSOLE_LINK]
    screen.click("consoleCopyLink")
    assert clipboard.text() == CONSOLE_LINK
    screen.click("consoleOpenAgain")
    assert screen.links == [CONSOLE_LINK] * 2
    assert not screen.shows("consoleQuiet")
    screen.console.person.set()
    screen.until(lambda: screen.ways == [BY_JO])
    assert screen.said("consoleWho") == f"Signed in as jo in {IN_FOURS}."
    assert screen.panel.way == BY_JO
    screen.close()


def test_a_silent_browser_is_explained(screen: Screen) -> None:
    screen.open()
    screen.console.person.clear()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.shows("consoleWaiting"))
    screen.sleep.set()
    screen.until(lambda: screen.shows("consoleQuiet"))
    assert "400 Bad Request" in screen.said("consoleQuiet")
    screen.console.person.set()
    screen.until(lambda: screen.ways == [BY_JO])
    assert not screen.shows("consoleQuiet")
    screen.close()


def test_a_failure_is_said_and_the_next_sign_in_works(screen: Screen) -> None:
    screen.open()
    screen.console.answers = [DECLINED, NO_RIGHT]
    for words in ("was declined", "SignInLocalDevelopmentAccess"):
        screen.click("consoleSignIn")
        screen.until(lambda said=words: said in screen.said("consoleFailure"))  # type: ignore[misc]
        assert screen.shows("consoleFailure")
    screen.idle()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.ways == [BY_JO])
    assert not screen.shows("consoleFailure")
    screen.close()


def test_cancel_ends_it(screen: Screen) -> None:
    screen.open()
    screen.console.person.clear()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.shows("consoleCancel"))
    screen.click("consoleCancel")
    screen.until(lambda: not screen.context.tasks.running)
    assert (screen.console.cancelled, screen.ways) == (1, [])
    assert "You are not signed in" in screen.context.store.state.stopped
    screen.click("consoleSignIn")
    screen.until(lambda: screen.shows("consoleCancel"))
    assert screen.context.store.state.stopped == ""  # that was the one before
    screen.click("consoleCancel")
    screen.until(lambda: not screen.context.tasks.running)
    assert "You are not signed in" in screen.context.store.state.stopped
    screen.console.person.set()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.ways == [BY_JO])
    screen.close()


@pytest.mark.filterwarnings("error")
def test_a_code_that_is_given_twice_is_looked_at_once(screen: Screen) -> None:
    screen.open()
    screen.click("consoleWithCode")
    screen.until(lambda: screen.shows("consoleCode"))
    screen.code.setText(RIGHT_CODE)
    screen.panel.go_on()
    screen.panel.go_on()  # Enter in the field, and Enter of the window
    screen.until(lambda: screen.ways == [BY_JO])
    gc.collect()
    screen.close()


def test_another_device_signs_in_with_a_code(screen: Screen, clipboard: QClipboard) -> None:
    screen.open()
    screen.console.person.clear()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.shows("consoleNoBrowser"))
    screen.click("consoleNoBrowser")  # the browser is given up
    screen.until(lambda: screen.shows("consoleCode"))
    screen.console.person.set()
    assert screen.console.cancelled == 1
    screen.click("consoleCopyCodeLink")
    assert clipboard.text() == ELSEWHERE_LINK
    screen.code.setText("wrong")
    screen.click("consoleUseCode")
    screen.until(lambda: screen.shows("consoleFailure"))
    assert "not the code that AWS shows" in screen.said("consoleFailure")
    assert screen.code.text() == "wrong"
    screen.idle()
    screen.code.setText(RIGHT_CODE)
    screen.click("consoleUseCode")
    screen.until(lambda: screen.ways == [BY_JO])
    assert screen.code.text() == ""
    screen.close()


def test_without_a_browser_another_device_is_asked_for_at_once(screen: Screen) -> None:
    screen.opens = False
    screen.open()
    screen.console.person.clear()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.shows("consoleCode"))
    screen.console.person.set()
    screen.idle()
    screen.code.setText(RIGHT_CODE)
    screen.click("consoleUseCode")
    screen.until(lambda: screen.ways == [BY_JO])
    assert screen.console.asked == ["browser", "elsewhere"]
    screen.close()


def test_kept_sign_ins_can_be_used_and_forgotten(screen: Screen) -> None:
    screen.console.kept = (JO, ROOT)
    screen.open()
    assert screen.said("consoleKept0-who") == f"Signed in as jo in {IN_FOURS}."
    assert screen.said("consoleKept1-who") == f"Signed in as the root user of {IN_FOURS}."
    screen.click("consoleKept0-use")
    assert screen.ways == [BY_JO]
    screen.click("consoleForget")
    screen.until(lambda: screen.shows("consoleSignIn"))
    assert screen.console.asked == ["forget jo"]
    assert not screen.shows("consoleKept1")
    screen.idle()
    screen.click("consoleKept0-forget")
    screen.until(lambda: not screen.shows("consoleKept0"))
    screen.idle()
    screen.click("consoleSignIn")
    screen.until(lambda: screen.ways == [BY_JO] * 2)
    screen.close()


def test_a_sign_in_that_has_ended_is_made_anew(screen: Screen) -> None:
    screen.console.kept = (JO,)
    screen.open()
    screen.click("consoleKept0-use")
    screen.panel.has_ended()
    screen.until(lambda: screen.shows("consoleSignIn"))
    assert screen.panel.way is None
    assert not screen.shows("consoleKept0")
    screen.idle()
    screen.panel.go_on()
    screen.until(lambda: screen.ways == [BY_JO] * 2)
    screen.close()


def test_a_shared_screen_shows_no_name_and_no_number(screen: Screen) -> None:
    screen.console.kept = (JO,)
    screen.open()
    screen.context.masking.set_on(on=True)
    for label in screen.window.findChildren(QLabel):
        assert IN_FOURS not in label.text() + label.accessibleName()
        assert "jo in" not in label.text() + label.accessibleName()
    screen.context.masking.set_on(on=False)
    screen.click("consoleKept0-use")
    assert screen.ways == [BY_JO]
