"""A box of text that may be hidden from those who look on, and typed into all the same."""

from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit

from app.ui.widgets.accessible_objects import unheard
from app.ui.widgets.kept_back import LOSING, SHOWING, is_kept_back, open_menu

_DOT: Final = "•"
_KEPT_BACK: Final = {**LOSING, **SHOWING}
_HINTS: Final = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
)
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class HiddenText(QPlainTextEdit):
    """A box to type and paste into that shows, speaks and copies dots while it is hidden.

    Qt has that for one line alone. Here Qt's document holds a dot for each letter, and the text
    itself stands beside it. What is typed, pasted or dropped goes into the text, and as dots into
    the document, so that no part of Qt that shows or speaks ever has more than dots; where letters
    come in by another way they are exchanged before anything is drawn. ``text`` is the text, hidden
    or not. Between both, what was done can't be undone.
    """

    edited = Signal()
    """The text is another one, by whatever hand."""

    undoes: ClassVar[bool] = True
    """Whether what was typed can be undone while it is shown."""

    def __init__(self, object_name: str, accessible_name: str, lines: int) -> None:
        """``lines`` are in sight at once, whatever the size of the text."""
        super().__init__()
        self._lines = lines
        unheard(self.viewport())
        self.setObjectName(object_name)
        self.setAccessibleName(accessible_name)
        self.setProperty("role", "input")
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolling over it is no choice of it
        self.setUndoRedoEnabled(self.undoes)
        self._hidden = False
        self._true = ""
        self._own = False
        self.document().contentsChange.connect(self._changed_at)
        self.textChanged.connect(self._changed)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as the lines of the text's new size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit()

    def _fit(self) -> None:
        # Qt sends the first events while the box is being made.
        self.setFixedHeight(self.fontMetrics().height() * getattr(self, "_lines", 1))

    def text(self) -> str:
        """Return the text."""
        return self._true if self._hidden else self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show ``text``, or dots for it."""
        if text != self.text():
            self._show(text)
            self.edited.emit()

    def set_hidden(self, hidden: bool) -> None:
        """Show dots in the place of each letter, or the letters again; the cursor stays."""
        if hidden == self._hidden:
            return
        text = self.text()
        self._hidden = hidden
        self.setInputMethodHints(_HINTS if hidden else Qt.InputMethodHint.ImhNone)
        self.setUndoRedoEnabled(self.undoes and not hidden)
        self._show_in_place(text, _letters if hidden else _units)

    @property
    def hidden_text(self) -> bool:
        """Whether it shows dots."""
        return self._hidden

    # What comes in

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters as dots; copy and undo nothing while it is hidden."""
        if not self._hidden:
            super().keyPressEvent(event)
        elif is_kept_back(event, _KEPT_BACK.values()):
            event.accept()
        elif event.key() in _ENTER:
            self._insert("\n")
        elif _is_letter(event):
            self._insert(event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method has made, once it is made."""
        if not self._hidden:
            super().inputMethodEvent(event)
            return
        if event.commitString():
            self._insert(event.commitString())
        event.accept()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take pasted text as dots."""
        if not self._hidden:
            super().insertFromMimeData(source)
        elif source.hasText():
            self._insert(source.text())

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped, but no dots of its own."""
        if self._hidden and event.source() in {self, self.viewport()}:
            event.ignore()
        else:
            super().dropEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the usual; nothing that copies or undoes while it is hidden."""
        kept_back = _KEPT_BACK if self._hidden else ()
        open_menu(self.createStandardContextMenu(), event.globalPos(), kept_back)

    # Text and dots

    def _insert(self, text: str) -> None:
        """Put ``text`` in the place of what is selected, as a hand does."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        self._true = f"{self._true[:start]}{text}{self._true[end:]}"
        self._own = True
        cursor.insertText(_dots(text))
        self._own = False
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.edited.emit()

    def _show(self, text: str) -> None:
        self._true = text if self._hidden else ""
        self._own = True
        self.setPlainText(_dots(text) if self._hidden else text)
        self._own = False

    def _show_in_place(self, text: str, counted: Callable[[str, int], int]) -> None:
        """Show ``text``; the cursor and what is selected stay, their places ``counted`` anew."""
        cursor = self.textCursor()
        anchor, position = counted(text, cursor.anchor()), counted(text, cursor.position())
        self._show(text)
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _changed_at(self, position: int, removed: int, _added: int) -> None:
        """Follow a change of the dots: what was taken away, and letters that came in with it."""
        if not self._hidden or self._own:
            return
        end = min(position + removed, len(self._true))
        rest = self._true[end:]
        now = self.toPlainText()
        self._true = f"{self._true[:position]}{now[position : len(now) - len(rest)]}{rest}"

    def _changed(self) -> None:
        if self._own:
            return
        if self._hidden and self.toPlainText() != _dots(self._true):
            self._show_in_place(self._true, _letters)
        self.edited.emit()


def _dots(text: str) -> str:
    """Return a dot for each letter; lines stay lines."""
    return "".join(letter if letter == "\n" else _DOT for letter in text)


def _is_letter(event: QKeyEvent) -> bool:
    """Return whether a key puts something into a text, as Qt's own fields decide it."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    commands = modifiers in {_CTRL, _CTRL | _SHIFT}
    return bool(event.text()) and event.text().isprintable() and not commands


def _letters(text: str, units: int) -> int:
    """Return how many letters of ``text`` the first ``units`` of Qt's (UTF-16) are."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore"))


def _units(text: str, letters: int) -> int:
    """Return how many of Qt's units (UTF-16) the first ``letters`` of ``text`` are."""
    return len(text[:letters].encode("utf-16-le", "surrogatepass")) // 2
