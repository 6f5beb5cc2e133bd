"""The footer: why Next waits, what is being done, and the two buttons."""

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.core.i18n import tr
from app.ui.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import PrimaryButton, plain_button

_FLASH = 1.0
"""Seconds that work may take before it is named: under that nothing flashes (window.md)."""


class Footer(QWidget):
    """Back, Next, the line beside them, and Cancel while something runs."""

    next_pressed = Signal()
    back_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._clock = clock
        self._busy: str | None = None
        self._since = 0.0
        self._waiting = ""
        self._line = QLabel()
        self._line.setObjectName("waitingLine")
        self._line.setWordWrap(True)
        self._cancel = plain_button(tr("Cancel"), "cancelButton")
        self._back = plain_button(tr("Back"), "backButton")
        self._next = PrimaryButton(tr("Next"), "nextButton")
        self._cancel.clicked.connect(self.cancel_pressed)
        self._back.clicked.connect(self.back_pressed)
        self._next.clicked.connect(self.next_pressed)
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self._show_line)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(GRID)
        row.addWidget(self._line, 1)
        row.addWidget(self._cancel)
        row.addWidget(self._back)
        row.addWidget(self._next)
        self._cancel.hide()

    @property
    def next_button(self) -> PrimaryButton:
        """The primary button, for the focus."""
        return self._next

    @property
    def line(self) -> str:
        """What the line says now."""
        return self._line.text()

    def show_way(self, *, next_text: str, waiting: str, first: bool, busy: str | None) -> None:
        """Show the buttons, and the line: why Next ``waiting`` or what is ``busy``."""
        self._next.setText(next_text)
        self._back.setVisible(not first)
        self._back.setEnabled(busy is None)
        self._next.setEnabled(busy is None)
        self._waiting = waiting
        if busy != self._busy:
            self._busy, self._since = busy, self._clock()
            if busy:
                self._timer.start()
            else:
                self._timer.stop()
        self._show_line()

    def insist(self) -> None:
        """Say aloud why Next waits: it was pressed."""
        self._dress("warning")
        announce(self, self._line.text())

    def _show_line(self) -> None:
        seconds = self._clock() - self._since
        named = self._busy is not None and seconds >= _FLASH
        self._cancel.setVisible(named)
        if named:
            words = tr("{what} · {seconds} s")
            self._line.setText(words.format(what=self._busy, seconds=int(seconds)))
            self._dress("muted")
        elif self._line.text() != self._waiting and self._busy is None:
            self._line.setText(self._waiting)
            self._dress("muted")

    def _dress(self, role: str) -> None:
        if self._line.property("role") != role:
            self._line.setProperty("role", role)
            self._line.style().unpolish(self._line)
            self._line.style().polish(self._line)
