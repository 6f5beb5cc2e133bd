"""What all pages share: title, measure, and how the window talks to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.frozen import frozen
from app.core.i18n import tr
from app.ui.look.style_sheet import GRID
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, group_title, title

if TYPE_CHECKING:
    from app.flow.wizard.pages import Page
    from app.flow.wizard.state import SetupState
    from app.ui.parts.page_context import PageContext

MEASURE: Final = 720
"""The content's greatest width in pixels at the usual text size (window.md)."""

_LINES: Final = 44
"""The same in heights of a line, by which it grows with the text: 720 at 16 pixels."""


@frozen
class PrimaryAction:
    """What the primary button does on a page, where it is not "Next".

    ``about`` is added to its words for a screen reader: the question that it answers.
    """

    text: str
    run: Callable[[], None]
    about: str = ""


@frozen
class DestructiveAction:
    """What takes something away: a button of the footer beside the primary one, never the default.

    ``name`` is the button's, and ``about`` is as that of ``PrimaryAction``.
    """

    name: str
    text: str
    run: Callable[[], None]
    about: str = ""


class WizardPage(QWidget):
    """One page: drawn from the state, never holding any.

    ``show_state`` redraws it, ``entered`` is told when it comes up. ``primary`` names what the
    primary button does (None: it goes on), ``destructive`` what the red one beside it does (None:
    there is none). ``first_control`` gets the focus when the page comes up (None: the primary
    button), ``focus_control`` gives the control that Next waits for, ``cancel`` is asked
    when Esc is pressed.
    """

    def __init__(self, page: "Page", context: "PageContext") -> None:
        super().__init__()
        self.page = page
        self.context = context
        self.setObjectName(f"page-{page.id}")
        self.setAccessibleName(tr(page.title))
        self.setProperty("role", "page")
        self.column = QVBoxLayout()
        self.column.setSpacing(2 * GRID)
        self.set_tight(tight=False)
        self.heading = title(tr(page.title), f"title-{page.id}")
        self.column.addWidget(self.heading)
        self._inner = inner = QWidget()
        inner.setLayout(self.column)
        self._keep_measure()
        # In a row, since a box layout asks for the height at the width that it really gives: a
        # column would ask at its own, which is wider than the measure, and clip wrapped text.
        row = QHBoxLayout()
        row.addWidget(inner, 1)
        row.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        outer.addStretch(1)

    def changeEvent(self, event: QEvent) -> None:
        """Let the measure grow with the text, so that a line holds as many words as before."""
        super().changeEvent(event)
        # Qt sends the first changes while the page is being made.
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(
            self, "_inner"
        ):
            self._keep_measure()

    def _keep_measure(self) -> None:
        measure = max(MEASURE, _LINES * self.fontMetrics().height())
        self._inner.setMaximumWidth(measure + 6 * GRID)

    def set_tight(self, *, tight: bool) -> None:
        """Leave less room around the page, or the usual."""
        around = GRID if tight else 3 * GRID
        self.column.setContentsMargins(around, around, around, around)

    def add(self, widget: QWidget) -> QWidget:
        """Add ``widget`` at the end of the page."""
        self.column.addWidget(widget)
        return widget

    def add_body(self, text: str) -> None:
        """Add a paragraph."""
        self.add(body(text))

    def add_group(self, heading: str, *widgets: QWidget) -> QFrame:
        """Add a card with ``heading`` over ``widgets``, and return it."""
        frame = card(group_title(heading), *widgets)
        self.column.addWidget(frame)
        return frame

    def call(self, name: str) -> None:
        """Show ``name`` over the page."""
        self.heading.setText(name)
        self.setAccessibleName(name)

    def show_state(self, state: "SetupState") -> None:
        """Redraw the page from ``state``."""

    def entered(self, state: "SetupState") -> None:
        """Do what has to be done when the page comes up."""

    def primary(self, state: "SetupState") -> PrimaryAction | None:
        """Return what the primary button does in ``state``, or None for "Next"."""
        del state
        return None

    def destructive(self, state: "SetupState") -> DestructiveAction | None:
        """Return what can be taken away in ``state``, or None where there is nothing."""
        del state
        return None

    def cancel(self) -> bool:
        """Stop what is being waited for on the page itself; return whether there was anything."""
        return False

    def first_control(self, state: "SetupState") -> QWidget | None:
        """Return the control that work on the page starts with, or None for the primary button."""
        del state
        return None

    def focus_control(self, name: str) -> QWidget | None:
        """Return the control that ``Waiting.focus`` names."""
        del name
        return None
