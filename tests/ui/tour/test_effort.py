from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.tour.effort import Effort
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.headings import body
from app.ui.widgets.masking import Masking
from app.ui.widgets.radio_cards import RadioCard
from app.ui.widgets.times import time_taken
from app.ui.widgets.value_text import ValueText


def _area(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    area = QWidget()
    qtbot.addWidget(area)
    column = QVBoxLayout(area)
    for widget in widgets:
        column.addWidget(widget)
    return area


def test_a_sentence_counts_once_a_page_and_only_if_it_is_shown(qtbot: QtBot) -> None:
    folded = body("This is folded away.")
    area = _area(qtbot, body("Two words – twice?"), body("Two words – twice?"), folded)
    folded.hide()
    effort = Effort()
    effort.look("welcome", area)
    effort.look("welcome", area)
    effort.look("details", area)
    assert effort.words == {"welcome": 3, "details": 3}
    folded.setVisible(True)
    effort.look("details", area)
    assert effort.words == {"welcome": 3, "details": 7}


def test_each_kind_of_words_is_read(qtbot: QtBot) -> None:
    value = ValueText(Masking())
    value.show_text("Signed in to {account}", {"account": "a-name-of-no-fewer-than-24-letters"})
    card = RadioCard("Create it", "This program does it", "card")
    effort = Effort()
    effort.look("page", _area(qtbot, value, card, plain_button("Next page", "next")))
    assert effort.words == {"page": 4 + 6 + 2}


def test_how_long_something_took_is_nothing_to_read_twice(qtbot: QtBot) -> None:
    effort = Effort()
    for seconds in (0.02, 0.4, 12.0):
        effort.look("test", _area(qtbot, body(f"Seen to work · {time_taken(seconds)}")))
    assert effort.words == {"test": 3}
