"""The search for clipped text finds what is clipped, and nothing else."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.headings import body
from tests.helpers.clipping import clipped
from tests.helpers.stage import staged


def _narrow_label() -> QWidget:
    label = QLabel("A sentence that is much wider than this")
    label.setFixedWidth(40)
    return label


def _low_label() -> QWidget:
    label = body("A sentence that has to wrap onto several lines to be read at all. " * 5)
    label.setFixedHeight(20)
    return label


def _long_word() -> QWidget:
    label = body("Donaudampfschifffahrtsgesellschaft")
    label.setFixedWidth(60)
    return label


def _narrow_button() -> QWidget:
    button = QPushButton("Save the document as…")
    button.setFixedWidth(40)
    return button


def _low_edit() -> QWidget:
    edit = QLineEdit("text")
    edit.setStyleSheet("min-height: 0; max-height: 4px; padding: 0;")
    return edit


def _outside() -> QWidget:
    room = QWidget()
    room.setFixedSize(50, 50)
    child = QLabel("x", room)
    child.setGeometry(40, 0, 30, 30)
    return room


def _wide_content() -> QWidget:
    area = QScrollArea()
    content = QWidget()
    content.setMinimumSize(2000, 20)
    area.setWidget(content)
    return area


@pytest.mark.parametrize(
    "make",
    [_narrow_label, _low_label, _long_word, _narrow_button, _low_edit, _outside, _wide_content],
)
def test_finds(qtbot: QtBot, make: type[QWidget]) -> None:
    assert len(clipped(staged(qtbot, make()))) == 1


def test_passes_what_fits_or_scrolls_down(qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    for number in range(60):
        column.addWidget(body(f"Sentence {number} " * 20))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(content)
    hidden = _narrow_label()
    window = staged(qtbot, area, QPushButton("Next"), QLineEdit("text"), hidden)
    hidden.hide()
    assert clipped(window) == []
