"""The hands and eyes of the tour: real events into the real window, and pictures of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QWidget,
)

from app.flow.wizard.store import SetupStore
from app.ui.crash_dialog import CrashDialog
from app.ui.tour.effort import Effort
from app.ui.widgets.choice_field import ChoiceBox
from app.ui.window.footer import Footer
from app.ui.window.wizard_window import WizardWindow

Control = TypeVar("Control", bound=QWidget)

PATIENCE = 60.0
"""Seconds that one step may take."""


class TourError(Exception):
    """A step of the tour did not lead where it should."""


async def come_to_rest() -> None:
    """Let layouts and paint events come to rest."""
    for _ in range(5):
        await asyncio.sleep(0.005)


class Hands:
    """Clicks, types, waits and takes pictures in one window.

    ``say`` is told each step; pictures go into ``out``, numbered on from ``number``. ``effort``
    counts what a person would have done and read so far.
    """

    def __init__(
        self,
        window: WizardWindow,
        store: SetupStore,
        out: Path,
        say: Callable[[str], None],
        number: int = 0,
    ) -> None:
        # No hand is as quick as these: each of their clicks is meant.
        QApplication.setDoubleClickInterval(0)
        self._window = window
        self._store = store
        self._out = out
        self._say = say
        self.number = number
        self.effort = Effort()

    # What a person does

    async def next(self, page: str) -> None:
        """Press Next and wait for ``page``."""
        self.click("nextButton")
        await self.until(f"the page “{page}”", lambda: self._store.state.page == page)
        await self.settle()

    def click(self, name: str) -> None:
        """Click the button ``name``; raise ``TourError`` where it can't be."""
        button = self._find(QAbstractButton, name)
        self.step(f"Click “{button.accessibleName() or button.text()}”")
        if not button.isEnabled():
            raise TourError(f"the button {name} is not enabled")
        self.look()
        self.effort.clicks += 1
        self._show(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=_middle(button))

    def type_into(self, name: str, text: str) -> None:
        """Type ``text`` into the field ``name``, in the place of what is there."""
        field = self._find(QLineEdit, name)
        self._go_into(field)
        field.selectAll()
        self.effort.keystrokes += len(text)
        QTest.keyClicks(field, text)

    def paste_over(self, name: str, text: str) -> None:
        """Paste ``text`` into the field ``name``, in the place of what is there.

        The clipboard is the person's, and stays as it is.
        """
        widget = self._find(QWidget, name)
        field = widget.edit if isinstance(widget, ChoiceBox) else self._find(QLineEdit, name)
        self.step(f"Paste “{text}” into “{widget.accessibleName()}”")
        self._go_into(field)
        field.selectAll()
        self.effort.pastes += 1
        field.insert(text)

    async def choose(self, name: str, value: str) -> None:
        """Open the list of the field ``name`` and click on its entry for ``value``."""
        box = self._find(ChoiceBox, name)
        self.step(f"Choose “{value}” of “{box.accessibleName()}”")
        role = Qt.ItemDataRole.EditRole
        await self.until(f"“{value}” in the list", lambda: box.findData(value, role) >= 0)
        row = box.findData(value, role)
        self.look()
        self._show(box)
        self.effort.clicks += 2
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=_at_the_arrow(box))
        entries = box.view()
        await self.until("the list", entries.isVisible)
        entry = entries.model().index(row, 0)
        entries.scrollTo(entry)
        # Qt takes a click that comes sooner for the end of the one that opened the list.
        await asyncio.sleep(QApplication.doubleClickInterval() * 1.2 / 1000)
        place = entries.visualRect(entry).center()
        QTest.mouseMove(entries.viewport(), place)
        QTest.mouseClick(entries.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def paste_into(self, name: str, text: str) -> None:
        """Paste ``text`` into the box ``name``."""
        box = self._window.findChild(QPlainTextEdit, name)
        if not isinstance(box, QPlainTextEdit) or not box.isVisible():
            raise TourError(f"there is no {name} on the page “{self._store.state.page}”")
        first, *more = text.strip().splitlines() or [""]
        self.step(f"Paste “{first}{' …' if more else ''}”")
        self.look()
        self._show(box)
        self.effort.clicks += 1
        self.effort.pastes += 1
        QTest.mouseClick(box.viewport(), Qt.MouseButton.LeftButton)
        box.insertPlainText(text)

    def press_key(self, key: Qt.Key) -> None:
        """Press ``key`` where the focus is."""
        focus = QApplication.focusWidget() or self._window
        QTest.keyClick(focus, key)

    def _go_into(self, field: QLineEdit) -> None:
        """Click into ``field``, unless one is in it already."""
        self.look()
        self._show(field)
        if not field.hasFocus():
            self.effort.clicks += 1
            QTest.mouseClick(field, Qt.MouseButton.LeftButton)

    def look(self) -> None:
        """Read what there is to read on the page, and the line beside its buttons."""
        scroller, footer = self._scroller(), self._window.findChild(Footer)
        areas = [area for area in (scroller, footer) if area is not None]
        self.effort.look(self._store.state.page, *areas)

    def _find(self, kind: type[Control], name: str) -> Control:
        control = self._window.findChild(kind, name)
        if not isinstance(control, kind) or not control.isVisible():
            raise TourError(f"there is no {name} on the page “{self._store.state.page}”")
        return control

    def _show(self, widget: QWidget) -> None:
        scroller = self._scroller()
        if scroller is not None and scroller.isAncestorOf(widget):
            scroller.ensureWidgetVisible(widget)

    def _scroller(self) -> QScrollArea | None:
        stack = self._window.findChild(QStackedWidget, "pages")
        current = stack.currentWidget() if isinstance(stack, QStackedWidget) else None
        return current if isinstance(current, QScrollArea) else None

    # Watching

    def step(self, words: str) -> None:
        """Say what is done, and on which page."""
        self._say(f"  {self._store.state.page}: {words}")

    async def settle(self) -> None:
        """Let layouts and paint events come to rest."""
        await come_to_rest()

    async def until(self, what: str, there: Callable[[], bool]) -> None:
        """Wait until ``there``; raise ``TourError`` that ``what`` did not come, if it doesn't."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while self._window.is_coming or not there():
            self._look_for_crash()
            if loop.time() > end:
                raise TourError(f"{what} did not come within {PATIENCE:.0f} seconds")
            await asyncio.sleep(0.02)
        await self.settle()

    def _look_for_crash(self) -> None:
        for dialog in self._window.findChildren(CrashDialog):
            if dialog.isVisible():
                raise TourError(f"the program has crashed\n{dialog.report}")

    async def picture(self, name: str) -> None:
        """Save the window as it is, and a page that is longer than it once more as a whole."""
        await self.settle()
        scroller = self._scroller()
        if scroller is not None:
            scroller.verticalScrollBar().setValue(0)
            await self.settle()
        self.number += 1
        self._save(self._window.grab(), f"{self.number:02d}-{name}.png")
        if scroller is not None and scroller.verticalScrollBar().maximum() > 0:
            whole = scroller.widget()
            if whole is not None:
                self._save(_on_ground(whole), f"{self.number:02d}-{name}-whole.png")

    def _save(self, picture: QPixmap, name: str) -> None:
        path = self._out / name
        if not picture.save(str(path)):
            raise TourError(f"{path} could not be saved")
        self._say(f"  saved {name}")


def _middle(widget: QWidget) -> QPoint:
    """Return a point that is sure to hit: wide check boxes and cards take it where they begin."""
    return _mirrored(widget, QPoint(min(widget.width() // 2, 40), widget.height() // 2))


def _at_the_arrow(box: QWidget) -> QPoint:
    return _mirrored(box, QPoint(box.width() - box.height() // 2, box.height() // 2))


def _mirrored(widget: QWidget, place: QPoint) -> QPoint:
    """Return ``place``, which is meant from left to right, as ``widget`` lies."""
    return QStyle.visualPos(widget.layoutDirection(), widget.rect(), place)


def _on_ground(widget: QWidget) -> QPixmap:
    """Return a picture of ``widget``, which has no ground of its own, on the window's."""
    picture = QPixmap(widget.size() * widget.devicePixelRatioF())
    picture.setDevicePixelRatio(widget.devicePixelRatioF())
    picture.fill(QApplication.palette().color(QPalette.ColorRole.Window))
    widget.render(picture, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    return picture
