"""Which letter presses which button, for what can be seen of the window."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.widgets import accelerators
from app.ui.widgets.accelerators import letter_of, letters_for
from app.ui.widgets.buttons import Button


class ButtonLetters:
    """Gives a letter to each button of the footer, then to those of the page.

    None of them is one of the menu bar's. On macOS there are none.
    """

    def __init__(
        self,
        window: QMainWindow,
        footer: Sequence[Button],
        page: Callable[[], QWidget | None],
    ) -> None:
        """``footer`` has its buttons in the order in which they choose; ``page`` is the one shown.

        Those of the footer keep their letters while they are hidden, so that Cancel takes none
        away from another when it comes.
        """
        self._window = window
        self._footer = footer
        self._page = page
        self._timer = QTimer(window, singleShot=True, interval=0)
        self._timer.timeout.connect(self._give)

    def renew(self) -> None:
        """Give the letters anew, once all that is under way is drawn."""
        if accelerators.SYSTEM_HAS_THEM:
            self._timer.start()

    def leave(self) -> None:
        """Give no more letters: the buttons go."""
        self._timer.stop()

    def _give(self) -> None:
        page = self._page()
        there = [b for b in page.findChildren(Button) if b.takes_letter] if page else []
        shown = [button for button in there if button.isVisible()]
        # Of forty that say "Remove" none is worth a letter, which would tell nobody which it is.
        times = Counter(button.text() for button in shown)
        chosen = [*self._footer, *(button for button in shown if times[button.text()] == 1)]
        taken = [letter_of(action.text()) for action in self._window.menuBar().actions()]
        letters = letters_for([button.text() for button in chosen], taken)
        letter = dict(zip(chosen, letters, strict=True))
        for button in (*self._footer, *there):
            # One that is hidden may come back when another has its letter.
            button.set_letter(letter.get(button, ""))
