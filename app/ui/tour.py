"""The tour: the real window, driven with real events from Welcome to Finish.

It is the proof that a new user gets through, and it makes the pictures of each page. Every step
is printed as it is taken; a step that does not lead where it should ends the tour.
"""

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
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.flow.setup import SetupStore
from app.ui.crash_dialog import CrashDialog
from app.ui.window import WizardWindow

Control = TypeVar("Control", QAbstractButton, QLineEdit)

PATIENCE = 60.0
"""Seconds that one step may take."""


class TourError(Exception):
    """A step of the tour did not lead where it should."""


class Tour:
    """Goes through the set-up on the practice AWS and saves a picture of each page."""

    def __init__(
        self, window: WizardWindow, store: SetupStore, out: Path, say: Callable[[str], None]
    ) -> None:
        self._window = window
        self._store = store
        self._out = out
        self._say = say
        self._number = 0

    async def run(self) -> int:
        """Take the tour; return 0, or 1 when a step failed."""
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            await self._walk()
        except (TourError, OSError) as error:
            self._say(f"FAILED: {error}")
            return 1
        finally:
            self._window.close()
        self._say(f"The tour is complete: {self._number} pictures in {self._out}")
        return 0

    async def _walk(self) -> None:
        await self._details()
        await self._method()
        for page in ("trust", "permissions", "create"):
            await self._next(page)
            await self._picture(page)
        await self._create()
        await self._connector()
        await self._test()
        await self._next("finish")
        await self._picture("finish")

    async def _details(self) -> None:
        await self._until("the window", self._window.isVisible)
        await self._picture("welcome")
        await self._next("details")
        self._step("An account ID with a digit missing is typed, and the field is left")
        self._type("accountId", "1111-2222-333")
        self._press_key(Qt.Key.Key_Tab)
        await self._picture("details-mistake")
        self._click("fill-bucket")
        await self._until("the practice values", lambda: self._store.state.draft is not None)
        await self._picture("details")

    async def _method(self) -> None:
        await self._next("method")
        self._click("method-create")
        await self._picture("method")
        await self._next("role")
        await self._picture("role")

    async def _create(self) -> None:
        await self._until("the plan", lambda: self._store.state.creation is not None)
        await self._picture("create-plan")
        self._click("nextButton")
        await self._until("the changes", self._created)
        await self._picture("create-done")

    def _created(self) -> bool:
        creation = self._store.state.creation
        return creation is not None and creation.finished and self._store.state.busy is None

    async def _connector(self) -> None:
        await self._next("connector")
        self._click("done-connector")
        await self._picture("connector")

    async def _test(self) -> None:
        await self._next("test")
        self._click("nextButton")
        await self._until("the test", self._tested)
        await self._picture("test")
        result = self._store.state.result
        if result is None or not result.worked:
            raise TourError("the connection test did not work")

    def _tested(self) -> bool:
        result = self._store.state.result
        return result is not None and result.finished and self._store.state.busy is None

    # What a person does

    async def _next(self, page: str) -> None:
        self._click("nextButton")
        await self._until(f"the page “{page}”", lambda: self._store.state.page == page)
        await self._settle()

    def _click(self, name: str) -> None:
        button = self._find(QAbstractButton, name)
        self._step(f"Click “{button.accessibleName() or button.text()}”")
        if not button.isEnabled():
            raise TourError(f"the button {name} is not enabled")
        self._show(button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=_middle(button))

    def _type(self, name: str, text: str) -> None:
        field = self._find(QLineEdit, name)
        self._show(field)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        field.selectAll()
        QTest.keyClicks(field, text)

    def _press_key(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget() or self._window
        QTest.keyClick(focus, key)

    def _find(self, kind: type[Control], name: str) -> Control:
        found = self._window.findChild(kind, name)
        if not isinstance(found, kind) or not found.isVisible():
            raise TourError(f"there is no {name} on the page “{self._store.state.page}”")
        return found

    def _show(self, widget: QWidget) -> None:
        scroller = self._scroller()
        if scroller is not None and scroller.isAncestorOf(widget):
            scroller.ensureWidgetVisible(widget)

    def _scroller(self) -> QScrollArea | None:
        stack = self._window.findChild(QStackedWidget, "pages")
        current = stack.currentWidget() if isinstance(stack, QStackedWidget) else None
        return current if isinstance(current, QScrollArea) else None

    # Watching

    def _step(self, words: str) -> None:
        self._say(f"  {self._store.state.page}: {words}")

    async def _settle(self) -> None:
        """Let layouts and paint events come to rest."""
        for _ in range(5):
            await asyncio.sleep(0.005)

    async def _until(self, what: str, there: Callable[[], bool]) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not there():
            self._look_for_crash()
            if loop.time() > end:
                raise TourError(f"{what} did not come within {PATIENCE:.0f} seconds")
            await asyncio.sleep(0.02)
        await self._settle()

    def _look_for_crash(self) -> None:
        for dialog in self._window.findChildren(CrashDialog):
            if dialog.isVisible():
                raise TourError(f"the program has crashed\n{dialog.report}")

    async def _picture(self, name: str) -> None:
        """Save the window as it is, and a page that is longer than it once more as a whole."""
        await self._settle()
        scroller = self._scroller()
        if scroller is not None:
            scroller.verticalScrollBar().setValue(0)
            await self._settle()
        self._number += 1
        self._save(self._window.grab(), f"{self._number:02d}-{name}.png")
        if scroller is not None and scroller.verticalScrollBar().maximum() > 0:
            whole = scroller.widget()
            if whole is not None:
                self._save(_on_ground(whole), f"{self._number:02d}-{name}-whole.png")

    def _save(self, picture: QPixmap, name: str) -> None:
        path = self._out / name
        if not picture.save(str(path)):
            raise TourError(f"{path} could not be saved")
        self._say(f"  saved {name}")


def _middle(widget: QWidget) -> QPoint:
    """Return a point that is sure to hit: wide check boxes and cards take it at the left."""
    return QPoint(min(widget.width() // 2, 40), widget.height() // 2)


def _on_ground(widget: QWidget) -> QPixmap:
    """Return a picture of ``widget``, which has no ground of its own, on the window's."""
    picture = QPixmap(widget.size() * widget.devicePixelRatioF())
    picture.setDevicePixelRatio(widget.devicePixelRatioF())
    picture.fill(QApplication.palette().color(QPalette.ColorRole.Window))
    widget.render(picture, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    return picture
