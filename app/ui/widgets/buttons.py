"""The looks of a button. A page has one primary button; a destructive one is never the default.

How a button is pressed is the same everywhere. A double click and a held key press it once. Enter
presses the button that has the focus, whatever the desktop's own rule is, but never one that leads
back, cancels or takes away: people press Enter for "go on" without looking where the focus is.
"""

from typing import ClassVar, Final, TypeVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QToolTip,
    QWidget,
)

from app.core.i18n import tr
from app.ui.look.style_sheet import GRID, control_height
from app.ui.look.theme import tokens
from app.ui.widgets.accelerators import underlined
from app.ui.widgets.announcement import announce
from app.ui.widgets.hurry import comes_too_soon
from app.ui.widgets.indicators import paint_focus
from app.ui.widgets.mirroring import mirrored
from app.ui.widgets.pictures import paint_picture, picture_side
from app.ui.widgets.wrapped import WRAP, longest_word, text_height, text_width

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""Both keys that say "go on"."""

_SPACE: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Select})

_INSET: Final = 4.0
_LINK_INSET: Final = 2
"""Beside the words of a link there is room for the ring of the focus, and none besides: they
begin where the text above and below them does."""


class Button(QPushButton):
    """A button that a hurried hand presses once; Enter presses it where it has the focus.

    Alt and its letter press it from wherever the focus is (``accelerators``).
    """

    takes_letter: ClassVar[bool] = True
    """Whether it is worth a letter: of links and of "Copy" a page may have dozens."""

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__(text)
        self._letter = ""
        self.setObjectName(object_name)
        self.setAutoDefault(False)

    @property
    def letter(self) -> str:
        """The letter that presses it together with Alt, or ``""``."""
        return self._letter

    def set_letter(self, letter: str) -> None:
        """Let ``letter`` press the button together with Alt; none for ``""``."""
        if letter != self._letter:
            self._letter = letter
            self._listen()
            self.update()

    def setText(self, text: str) -> None:
        """Show ``text``; Qt forgets the keys of a button whose text is another."""
        super().setText(text)
        self._listen()

    def _listen(self) -> None:
        self.setShortcut(QKeySequence(f"Alt+{self._letter}" if self._letter else ""))

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Have the letter underlined. The text itself stays plain, for whoever reads it."""
        super().initStyleOption(option)
        if self._letter:
            option.text = underlined(self.text(), self._letter)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let a double click be one press: what it led to may have put a button under it."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, once for each time that it is pressed down."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() and not comes_too_soon(self):
            self.press_by_enter()

    def press_by_enter(self) -> None:
        """Do what Enter does here."""
        self.click()


class CarefulButton(Button):
    """A button that leads back, cancels or takes away.

    It is pressed by the pointer or the space bar, not by Enter, and the focus never comes to it by
    itself.
    """

    def press_by_enter(self) -> None:
        """Say which key presses it."""
        words = tr("Press the space bar to choose this. Enter only leads on.")
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), words, self)
        announce(self, words)


def is_careful(control: QWidget | None) -> bool:
    """Return whether ``control`` must be pressed on purpose."""
    return isinstance(control, CarefulButton)


class PrimaryButton(Button):
    """The one button of a page that leads on, filled with the accent."""

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__(text, object_name)
        self.setProperty("look", "primary")
        self.setDefault(True)

    def event(self, event: QEvent) -> bool:
        """Take the letter, unless it is too soon for it."""
        is_letter = event.type() == QEvent.Type.Shortcut
        return True if is_letter and comes_too_soon(self) else super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press, unless it is too soon for it."""
        if not comes_too_soon(self):
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key, unless it is too soon for the space bar."""
        if not (event.key() in _SPACE and comes_too_soon(self)):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; a ring around a filled button would be seen by its inner line only."""
        super().paintEvent(event)
        if not self.hasFocus() or self.property("busy"):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().on_accent), 2))
        rect = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(rect, 3.5, 3.5)
        painter.end()


class LinkButton(Button):
    """A button that looks like a link, and may have a picture after its words."""

    takes_letter = False

    def __init__(self, text: str, object_name: str) -> None:
        super().__init__(text, object_name)
        self.setProperty("look", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def picture(self) -> str:
        """Return the name of the picture after the words, or ``""``."""
        return ""

    def sizeHint(self) -> QSize:
        """Return the size with the words in one line, the picture and the ring round both."""
        width = text_width(self.font(), self.text()) + self._around()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size that the longest word needs: in a narrow place the words wrap."""
        width = longest_word(self.font(), self.text()) + self._around()
        return QSize(width, control_height(self.fontMetrics().height()))

    def hasHeightForWidth(self) -> bool:
        """Say that the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are at ``width``."""
        line = self.fontMetrics().height()
        spare = control_height(line) - line
        return spare + max(line, text_height(self.font(), self.text(), width - self._around()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words at the leading edge, the picture, and the ring of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_use = tokens()
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(in_use.pressed if self.isDown() else in_use.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QColor(in_use.accent if self.isEnabled() else in_use.disabled))
        room = QRect(_LINK_INSET, 0, self.width() - self._around(), self.height())
        flags = WRAP | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._placed(room), flags, self.text())
        if self.picture():
            words = painter.boundingRect(room, WRAP, self.text()).width()
            side = picture_side(self.fontMetrics().height())
            after = _LINK_INSET + words + GRID // 2
            beside = QRect(after, (self.height() - side) // 2, side, side)
            paint_picture(painter, QRectF(self._placed(beside)), self.picture())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 4)
        painter.end()

    def _around(self) -> int:
        """Return how wide all is that is not words."""
        picture = GRID // 2 + picture_side(self.fontMetrics().height()) if self.picture() else 0
        return 2 * _LINK_INSET + picture

    def _placed(self, rect: QRect) -> QRect:
        return mirrored(rect, self.rect(), self.layoutDirection())


def show_busy(button: Button, *, busy: bool) -> None:
    """Let ``button`` look as if it waited for something, or not any more.

    It is not disabled, which would take the focus away from whoever pressed it.
    """
    button.setProperty("busy", busy)
    button.style().unpolish(button)
    button.style().polish(button)


_Kind = TypeVar("_Kind", bound=Button)


def plain_button(text: str, object_name: str) -> Button:
    """Return an ordinary button."""
    return _dressed(Button(text, object_name), "plain")


def careful_button(text: str, object_name: str) -> CarefulButton:
    """Return an ordinary button that leads back or cancels."""
    return _dressed(CarefulButton(text, object_name), "plain")


def destructive_button(text: str, object_name: str) -> CarefulButton:
    """Return a button that takes something away; ``text`` names what."""
    return _dressed(CarefulButton(text, object_name), "destructive")


def link_button(text: str, object_name: str) -> Button:
    """Return a button that stands in running text."""
    return LinkButton(text, object_name)


def _dressed(button: _Kind, look: str) -> _Kind:
    button.setProperty("look", look)
    return button
