"""The ring of the focus: drawn once, two pixels wide, and seen in every theme (window.md)."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from app.ui.look.tokens import contrast
from app.ui.widgets.buttons import (
    PrimaryButton,
    careful_button,
    destructive_button,
    link_button,
    plain_button,
    show_busy,
)
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.field import Field
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_text import NumberedText
from app.ui.widgets.radio_cards import RadioCard

_EDGE: Final = 8
"""Pixels from the left in which a ring is looked for: after them comes the mark of a field."""


def _busy(button: PrimaryButton) -> QWidget:
    show_busy(button, busy=True)
    return button


def _wrong(field: Field | ChoiceField) -> QWidget:
    field.show_message("error", "This is wrong.")
    return field


def _checked(card: RadioCard) -> QWidget:
    card.setChecked(True)
    return card


def _input() -> QWidget:
    edit = QPlainTextEdit()
    edit.setProperty("role", "input")
    return edit


def _steps() -> QWidget:
    steps = QListWidget()
    steps.setProperty("role", "steps")
    steps.addItem("Welcome")
    steps.setCurrentRow(0)
    steps.setFixedHeight(40)
    return steps


_CONTROLS: Final[dict[str, Callable[[], QWidget]]] = {
    "primary": lambda: PrimaryButton("Next", "next"),
    "busy": lambda: _busy(PrimaryButton("Next", "next")),
    "plain": lambda: plain_button("Check", "check"),
    "back": lambda: careful_button("Back", "back"),
    "destructive": lambda: destructive_button("Delete", "delete"),
    "link": lambda: link_button("Why?", "why"),
    "copy": lambda: CopyButton("it", str, "copy"),
    "check": lambda: CheckBox("I have done this", "done"),
    "card": lambda: RadioCard("Create it for me", "You see each change.", "create"),
    "chosen card": lambda: _checked(RadioCard("Create it for me", "You see all.", "create")),
    "field": lambda: Field("Name", "", "name", Masking()),
    "wrong field": lambda: _wrong(Field("Name", "", "name", Masking())),
    "list": lambda: ChoiceField("Region", "", "region", Masking()),
    "wrong list": lambda: _wrong(ChoiceField("Region", "", "region", Masking())),
    "input": _input,
    "document": lambda: NumberedText("text"),
    "steps": _steps,
}

_BUTTONS: Final = ("primary", "busy", "plain", "back", "destructive", "link", "copy")


@pytest.fixture(params=["light", "dark", "high contrast"])
def worn(
    request: pytest.FixtureRequest, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Theme]:
    """Wear each theme: the third is made of a palette of black, white and yellow."""
    if request.param != "high contrast":
        theme.force(request.param)
        yield theme
        return
    palette = QPalette(QColor("#000000"))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(role, QColor("#FFFFFF"))
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.Accent):
        palette.setColor(role, QColor("#FFFF00"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#000000"))
    with monkeypatch.context() as asked:
        asked.setattr(theme, "high_contrast", lambda: True)
        asked.setattr("app.ui.look.theme.QPalette", lambda: palette)
        theme.force("light")
        yield theme
    theme.force("light")


def test_the_ring_is_drawn_once_and_seen(qtbot: QtBot, worn: Theme) -> None:
    del worn
    window, other = QWidget(), plain_button("Other", "other")
    column = QVBoxLayout(window)
    column.addWidget(other)
    controls = {name: make() for name, make in _CONTROLS.items()}
    for control in controls.values():
        column.addWidget(control)
    qtbot.addWidget(window)
    window.resize(400, 1200)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    wrong = []
    for name, made in controls.items():
        control = getattr(made, "control", made)
        other.setFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        wrong += [f"{name} {fault}" for fault in _faults(before, control.grab().toImage())]
    assert wrong == []


def test_what_tab_reaches_has_no_second_ring_inside(qtbot: QtBot, theme: Theme) -> None:
    # Once a key has moved the focus Qt's style draws a rectangle of its own round the words.
    theme.force("light")
    window, other = QWidget(), plain_button("Other", "other")
    column = QVBoxLayout(window)
    column.addWidget(other)
    buttons = {name: _CONTROLS[name]() for name in _BUTTONS}
    for button in buttons.values():
        column.addWidget(button)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    twice = []
    for name, button in buttons.items():
        inside = button.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        other.setFocus()
        before = button.grab(inside).toImage()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as the Tab key does
        twice += [] if button.grab(inside).toImage() == before else [name]
    assert twice == []


def _faults(before: QImage, after: QImage) -> Iterator[str]:
    """Yield what is wrong with the ring on the way in from the left, at half of the height."""
    row = before.height() // 2
    pairs = [
        (before.pixelColor(x, row).name(), after.pixelColor(x, row).name())
        for x in range(min(_EDGE, before.width()))
    ]
    rings = [list(group) for is_other, group in groupby(pairs, _differ) if is_other]
    if len(rings) != 1:
        yield f"has {len(rings)} rings"
    elif len(rings[0]) != 2:
        yield f"has a ring {len(rings[0])} pixels wide"
    elif max(contrast(*pair) for pair in rings[0]) < 3:
        yield f"has a ring that is not seen: {rings[0]}"


def _differ(pair: tuple[str, str]) -> bool:
    return pair[0] != pair[1]
