"""A choice between a few ways, each a card with its title and a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.core.wording.characters import marked
from app.ui.look.style_sheet import CONTROL, GRID
from app.ui.look.theme import tokens
from app.ui.look.typeface import semibold
from app.ui.widgets.buttons import ENTER
from app.ui.widgets.hurry import comes_too_soon
from app.ui.widgets.indicators import indicator_side, paint_circle, paint_focus
from app.ui.widgets.mirroring import mirrored
from app.ui.widgets.wrapped import WRAP, longest_word, text_height, text_width

_PADDING = 2 * GRID
_GAP = GRID // 2
_OF_WORDS = "\u00a0\u202f"
"""Spaces that words of ours may have, in a language that sets them before signs."""


class RadioCard(QRadioButton):
    """One way: the whole card is its radio button."""

    def __init__(self, title: str, text: str, object_name: str) -> None:
        title, self._sentence = marked(title, _OF_WORDS), marked(text, _OF_WORDS)
        super().__init__(title)
        self.setObjectName(object_name)
        self.setAccessibleName(title.replace("&", ""))
        self.setAccessibleDescription(self._sentence)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the size with the sentence in one line."""
        words = max(
            text_width(semibold(self.font()), self.text()),
            text_width(self.font(), self._sentence),
        )
        width = self._text_left() + words + _PADDING
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size that the longest word needs."""
        word = max(
            longest_word(semibold(self.font()), self.text()),
            longest_word(self.font(), self._sentence),
        )
        return QSize(self._text_left() + word + _PADDING, CONTROL)

    def hasHeightForWidth(self) -> bool:
        """Say that the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the card is at ``width``."""
        title, sentence = self._heights(width)
        return max(CONTROL, title + (_GAP + sentence if sentence else 0) + 2 * _PADDING)

    def hitButton(self, pos: QPoint) -> bool:
        """Let the whole card be clicked."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Enter and by the arrows too; Enter on what is chosen leads on."""
        if event.key() in ENTER and not self.isChecked():
            if not event.isAutoRepeat() and not comes_too_soon(self):
                self.click()
            return
        super().keyPressEvent(event)
        # Qt's arrows choose only where something is chosen already, and else just move.
        reached = QApplication.focusWidget()
        if isinstance(reached, RadioCard) and reached in self.group().buttons():
            reached.setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint card, circle, words and focus."""
        painter = QPainter(self)
        self._paint_card(painter)
        self._paint_words(painter)
        if self.hasFocus():
            # Inside the edge of a chosen card, which has the colour of the ring already.
            paint_focus(painter, QRectF(self.rect()), 8, width=3 if self.isChecked() else 2)
        painter.end()

    def _paint_card(self, painter: QPainter) -> None:
        in_use = tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = in_use.accent if self.isChecked() else in_use.line
        ground = in_use.note_soft if self.isChecked() else in_use.card
        if self.underMouse() and self.isEnabled() and not self.isChecked():
            ground = in_use.hover
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        line = self.fontMetrics().height()
        side = indicator_side(line)
        circle = QRect(_PADDING, _PADDING + (line - side) // 2, side, side)
        paint_circle(
            painter,
            QRectF(self._placed(circle)),
            checked=self.isChecked(),
            enabled=self.isEnabled(),
            hover=self.underMouse(),
        )

    def _paint_words(self, painter: QPainter) -> None:
        title, sentence = self._heights(self.width())
        left, room = self._text_left(), self._room(self.width())
        align = WRAP | Qt.AlignmentFlag.AlignLeading
        painter.setFont(semibold(self.font()))
        painter.setPen(QColor(tokens().text if self.isEnabled() else tokens().disabled))
        painter.drawText(self._placed(QRect(left, _PADDING, room, title)), align, self.text())
        painter.setFont(self.font())
        painter.setPen(QColor(tokens().muted))
        below = QRect(left, _PADDING + title + _GAP, room, sentence)
        painter.drawText(self._placed(below), align, self._sentence)

    def _heights(self, width: int) -> tuple[int, int]:
        room = self._room(width)
        title = text_height(semibold(self.font()), self.text(), room)
        return title, text_height(self.font(), self._sentence, room)

    def _room(self, width: int) -> int:
        return width - self._text_left() - _PADDING

    def _placed(self, rect: QRect) -> QRect:
        return mirrored(rect, self.rect(), self.layoutDirection())

    def _text_left(self) -> int:
        return _PADDING + indicator_side(self.fontMetrics().height()) + GRID


class RadioCards(QWidget):
    """The cards of one choice, one above the other."""

    chosen = Signal(str)
    """The id of the option that the person chose."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._group = QButtonGroup(self)
        self._cards: dict[str, RadioCard] = {}
        self._options: list[tuple[str, str, str]] = []
        self._choosing = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)

    def set_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Show ``options``: each an id, which names its radio button, a title and a sentence."""
        if list(options) == self._options:
            return
        self._options = list(options)
        chosen = self.chosen_id()
        for card in self._cards.values():
            self._group.removeButton(card)
            self._column.removeWidget(card)
            card.setParent(None)  # at once, so that no name is there twice
            card.deleteLater()
        self._cards = {}
        for option, title, text in options:
            card = RadioCard(title, text, option)
            card.toggled.connect(lambda on, option=option: self._toggled(option, on))
            self._group.addButton(card)
            self._column.addWidget(card)
            self._cards[option] = card
        self.choose(chosen if chosen in self._cards else None)

    def chosen_id(self) -> str | None:
        """Return the id of the chosen option, or None."""
        return next((option for option, card in self._cards.items() if card.isChecked()), None)

    def choose(self, option: str | None) -> None:
        """Show ``option`` as chosen, without a signal; None for no choice yet."""
        if option == self.chosen_id():
            return
        self._choosing = True
        try:
            self._group.setExclusive(False)
            for name, card in self._cards.items():
                card.setChecked(name == option)
                # Tab comes to the chosen card; Qt sees to that after clicks only.
                strong = option in {None, name}
                policy = Qt.FocusPolicy
                card.setFocusPolicy(policy.StrongFocus if strong else policy.ClickFocus)
            self._group.setExclusive(True)
        finally:
            self._choosing = False

    def _toggled(self, option: str, on: bool) -> None:
        if on and not self._choosing:
            self.chosen.emit(option)
