"""The one style sheet of the program, made from the colours and the size of the font.

Nothing here sets a font on plain widgets: they keep the system's, and grow with it. Heights are
least heights, so that a larger font makes a larger control and never a clipped one.
"""

from string import Template
from typing import Final, Self

from PySide6.QtGui import QFont

from app.core.frozen import frozen, values_of
from app.ui.look.tokens import Tokens
from app.ui.look.typeface import GROUP, TITLE, css_size

GRID: Final = 8
"""The grid of the layout in pixels: 8 inside a group, 16 between groups, 24 around a page."""

CONTROL: Final = 32
"""The least height of a control in pixels."""


def control_height(line: int) -> int:
    """Return the height of a control whose text is ``line`` pixels high."""
    return max(CONTROL, line + 2 * GRID)


@frozen
class Sizes:
    """What depends on the font: lengths in pixels, and text sizes as a style sheet writes them."""

    control: int
    inner: int
    """The least height inside a control's border and padding."""
    scroll: int
    title: str
    group: str

    @classmethod
    def of(cls, font: QFont, line: int) -> Self:
        """Return the sizes for the system's ``font``, of which one line is ``line`` high."""
        control = control_height(line)
        return cls(
            control=control,
            inner=control - 10,
            scroll=max(12, line // 2),
            title=css_size(font, TITLE),
            group=css_size(font, GROUP),
        )


_SHEET: Final = Template("""
QMainWindow, QDialog { background: $window; color: $text; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px; }

QLabel[role="title"] { font-size: $title; font-weight: 600; }
QLabel[role="group"] { font-size: $group; font-weight: 600; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="good"] { color: $good; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="bad"] { color: $bad; }

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: 0; }
QFrame[role="card"] { background: $card; border: 1px solid $divider; border-radius: 8px; }
QFrame[role="divider"] { background: $divider; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="divider-vertical"] { background: $divider; border: 0; }
QLabel[role="badge"] {
  color: $warning; background: $warning_soft; border: 1px solid $warning; border-radius: 4px;
  padding: 2px 8px; font-weight: 600;
}

QPushButton {
  background: $card; color: $text; border: 1px solid $line; border-radius: 6px;
  padding: 4px 15px; min-height: ${inner}px; outline: 0;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $focus; padding: 3px 14px; }
QPushButton[look="quiet"] {
  background: transparent; border: 0; padding: 5px; min-height: ${inner}px;
}
QPushButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="quiet"]:focus { border: 2px solid $focus; padding: 3px; }
QPushButton[look="eye"] { padding: 4px 7px; }
QPushButton[look="eye"]:focus { padding: 3px 6px; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $divider; }
QPushButton#stepsButton { text-align: left; padding: 4px 9px; }
QPushButton#stepsButton:focus { padding: 3px 8px; }

QPushButton[look="primary"] {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[look="primary"]:hover { background: $accent_strong; border-color: $accent_strong; }
QPushButton[look="primary"]:pressed { background: $accent_strong; }
QPushButton[look="primary"]:disabled {
  background: $pressed; color: $disabled; border-color: $divider;
}
QPushButton[look="destructive"] { color: $bad; border-color: $bad; }
QPushButton[look="destructive"]:hover { background: $bad_soft; }
QPushButton[look="destructive"]:disabled { color: $disabled; border-color: $divider; }
QPushButton[look="destructive"]:focus { border-color: $focus; }
QPushButton[busy="true"], QPushButton[busy="true"]:hover {
  background: $pressed; color: $disabled; border-color: $divider;
}
QPushButton[busy="true"]:focus { border-color: $focus; }
QLineEdit, QComboBox {
  background: $card; color: $text; border: 1px solid $line; border-radius: 6px;
  padding: 4px 9px; min-height: ${inner}px;
  selection-background-color: $selection; selection-color: $on_selection;
}
QLineEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 3px 8px; }
QLineEdit:disabled, QComboBox:disabled {
  background: $window; color: $disabled; border-color: $divider;
}
QLineEdit[state="error"], QComboBox[state="error"] { border-color: $bad; }
QLineEdit[state="warning"], QComboBox[state="warning"] { border-color: $warning; }
QLineEdit[state]:focus, QComboBox[state]:focus { border-color: $focus; }
QComboBox::drop-down { border: 0; width: ${control}px; }
QComboBox::down-arrow { image: none; }
QComboBox QLineEdit, QComboBox QLineEdit:focus {
  border: 0; padding: 0; min-height: 0; background: transparent;
}
QAbstractItemView {
  background: $card; color: $text; border: 1px solid $line; outline: 0;
  selection-background-color: $selection; selection-color: $on_selection;
}
QListView::item { min-height: ${inner}px; padding: 5px 8px; }
QListView::item:selected { background: $selection; color: $on_selection; }

QListView[role="steps"] { background: transparent; border: 0; }
QListView[role="steps"]::item {
  color: $text; border: 2px solid transparent; border-radius: 6px; padding: 3px 6px;
}
QListView[role="steps"]::item:disabled { color: $disabled; }
QListView[role="steps"]::item:hover:!disabled { background: $hover; }
QListView[role="steps"]::item:selected { color: $text; background: $note_soft; }
QListView[role="steps"]::item:selected:focus { border-color: $focus; }

QMenuBar { background: $window; color: $text; padding: 2px 10px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed {
  background: $selection; color: $on_selection;
}

QMenu { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $divider; margin: 4px; }

QFrame[role="document"] { background: $code; border: 1px solid $line; border-radius: 8px; }
QPlainTextEdit {
  background: $code; color: $text; border: 2px solid transparent; border-radius: 6px;
  selection-background-color: $selection; selection-color: $on_selection;
}
QPlainTextEdit:focus { border: 2px solid $focus; }
QPlainTextEdit[role="input"] { background: $card; border: 1px solid $line; padding: 4px 8px; }
QPlainTextEdit[role="input"]:focus { border: 2px solid $focus; padding: 3px 7px; }

QFrame[role="callout"] { border: 1px solid $divider; border-radius: 8px; }
QFrame[role="callout"][kind="note"] { background: $note_soft; border-color: $accent; }
QFrame[role="callout"][kind="good"] { background: $good_soft; border-color: $good; }
QFrame[role="callout"][kind="warning"] { background: $warning_soft; border-color: $warning; }
QFrame[role="callout"][kind="bad"] { background: $bad_soft; border-color: $bad; }

QWidget[role="shareBar"] { background: $note_soft; }

QLabel[role="drop"] {
  background: $note_soft; color: $text; border: 3px dashed $accent; font-weight: 600;
}

QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: ${scroll}px; }
QScrollBar:horizontal { height: ${scroll}px; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 3px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(tokens: Tokens, sizes: Sizes) -> str:
    """Return the style sheet of ``tokens`` in ``sizes``."""
    return _SHEET.substitute(values_of(tokens) | values_of(sizes))
