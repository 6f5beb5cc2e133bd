"""The footer: why Next waits, what is being done, and the buttons.

While something is done Back and Next stay as they are, the focus on them too: they only look
muted, and a press of them says what they wait for.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import (
    PrimaryButton,
    careful_button,
    destructive_button,
    show_busy,
)
from app.ui.widgets.flash import FLASH, LOOK_MS
from app.ui.widgets.short_line import ShortLine
from app.ui.window.footer_row import FooterRow

if TYPE_CHECKING:
    from app.ui.widgets.buttons import (
        Button,
    )


class Footer(QWidget):
    """Back, Next, the line beside them, and Cancel while something runs."""

    next_pressed = Signal()
    back_pressed = Signal()
    destructive_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setObjectName("footer")
        self._clock = clock
        self._busy: str | None = None
        self._since = 0.0
        self._named = False
        self._waiting = ""
        self._about = ""
        self._line = ShortLine(2)
        self._line.setObjectName("waitingLine")
        self._cancel = careful_button(tr("Cancel"), "cancelButton")
        self._back = careful_button(tr("Back"), "backButton")
        self._next = PrimaryButton(tr("Next"), "nextButton")
        self._cancel.clicked.connect(self.cancel_pressed)
        self._back.clicked.connect(self.back_pressed)
        self._next.clicked.connect(self.next_pressed)
        self._destructive = destructive_button("", "destructiveButton")
        self._destructive.clicked.connect(self.destructive_pressed)
        self._answer = destructive_button("", "destructiveAnswer")
        self._answer.clicked.connect(self.destructive_pressed)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.tick)
        row = QHBoxLayout(self)
        buttons = (self._cancel, self._destructive, self._back, self._next)
        row.addWidget(FooterRow(self._answer, self._line, *buttons))
        self.set_tight(tight=False)
        self._cancel.hide()
        self._destructive.hide()
        self._answer.hide()

    def set_tight(self, *, tight: bool) -> None:
        """Take less room around line and buttons, or the usual."""
        across, along = (GRID, GRID // 2) if tight else (3 * GRID, 2 * GRID)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(across, along, across, along)

    @property
    def next_button(self) -> PrimaryButton:
        """The primary button, for the focus."""
        return self._next

    @property
    def buttons(self) -> tuple["Button", ...]:
        """All buttons, shown or not; the first have the first choice of letters."""
        return (self._back, self._cancel, self._next, self._destructive, self._answer)

    @property
    def line(self) -> str:
        """What the line says now."""
        return self._line.text()

    def show_way(
        self, *, next_text: str, next_about: str = "", waiting: str, first: bool, busy: str | None
    ) -> None:
        """Show the buttons, and the line: why Next ``waiting`` or what is ``busy``.

        ``next_about`` is added to the words of Next for a screen reader.
        """
        self._waiting = waiting
        self._about = next_about
        if (busy is None) != (self._busy is None):
            self._since = self._clock()
        self._busy = busy
        if busy is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        self.tick()
        self._next.setText(next_text)
        self._describe()
        self._back.setVisible(not first)

    def show_destructive(
        self, name: str, text: str, about: str = "", *, answers: bool = False
    ) -> None:
        """Show the button ``name`` that takes something away; none for an empty ``text``.

        ``about`` is added to its words for a screen reader. What ``answers`` the question whether
        it shall be done stands elsewhere than what asks: a second click where the first one was
        takes nothing away, however slow it comes.
        """
        self._destructive.setVisible(bool(text) and not answers)
        self._answer.setVisible(bool(text) and answers)
        if text:
            button = self._answer if answers else self._destructive
            button.setObjectName(name)
            button.setText(text)
            button.setAccessibleDescription(about)

    def insist(self) -> None:
        """Say aloud why Next waits, or what is being done: it was pressed."""
        if self._busy is not None and not self._named:
            return
        self._dress("warning")
        announce(self, self._line.text())

    def tick(self) -> None:
        """Name what is being done once it takes long, and for how long it has been done."""
        seconds = self._clock() - self._since
        named = self._busy is not None and seconds >= FLASH
        if named:
            words = tr("{what} · {seconds} s")
            self._say(words.format(what=self._busy, seconds=int(seconds)))
        elif self._busy is None:
            self._say(self._waiting)
        if named != self._named:
            self._named = named
            self._swap(named=named)

    def _swap(self, *, named: bool) -> None:
        """Offer Cancel beside Back and Next while what is done is named, or take it away."""
        for button in (self._back, self._next):
            show_busy(button, busy=named)
        self._describe()
        if named:
            self._cancel.show()
            announce(self, self._line.text())
            return
        if self._cancel.hasFocus():
            self._next.setFocus()
        self._cancel.hide()

    def _describe(self) -> None:
        """Tell a screen reader what the buttons wait for."""
        waits = (self._busy or "") if self._named else ""
        self._back.setAccessibleDescription(waits)
        self._next.setAccessibleDescription(waits or self._about)

    def _say(self, words: str) -> None:
        if self._line.text() != words:
            self._line.setText(words)
            self._dress("muted")

    def _dress(self, role: str) -> None:
        if self._line.property("role") != role:
            self._line.setProperty("role", role)
            self._line.style().unpolish(self._line)
            self._line.style().polish(self._line)
