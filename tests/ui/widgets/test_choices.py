from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look.theme import Theme
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.radio_cards import RadioCards
from tests.helpers.clipping import clipped
from tests.helpers.hands import click, part, press
from tests.helpers.stage import staged

OPTIONS = [
    ("method-create", "Create it for me", "You see every change before it is made."),
    ("method-console", "I’ll do it in the AWS console", "Step by step, with everything to copy."),
    ("method-other", "Someone else looks after our AWS", "You get the documents to send."),
]
LONG = "Only this folder: UbiQuity can list and read nothing that lies outside of it, not a file"


@pytest.fixture
def cards(qtbot: QtBot) -> RadioCards:
    cards = RadioCards("method")
    cards.set_options(OPTIONS)
    staged(qtbot, cards)
    return cards


@pytest.fixture
def chosen(cards: RadioCards) -> list[str]:
    seen: list[str] = []
    cards.chosen.connect(seen.append)
    return seen


def _card(cards: RadioCards, name: str) -> QRadioButton:
    return part(cards, QRadioButton, name)


def test_cards_have_names(cards: RadioCards) -> None:
    for option, title, text in OPTIONS:
        card = _card(cards, option)
        assert card.accessibleName() == title
        assert card.accessibleDescription() == text
    assert cards.chosen_id() is None


def test_the_whole_card_can_be_clicked(cards: RadioCards, chosen: list[str]) -> None:
    card = _card(cards, "method-console")
    corner = QPoint(card.width() - 3, card.height() - 3)
    click(card, corner)
    assert chosen == ["method-console"]
    assert cards.chosen_id() == "method-console"


def test_arrows_choose(cards: RadioCards, chosen: list[str]) -> None:
    cards.choose("method-create")
    _card(cards, "method-create").setFocus()
    press(_card(cards, "method-create"), Qt.Key.Key_Down)
    assert _card(cards, "method-console").hasFocus()
    press(_card(cards, "method-console"), Qt.Key.Key_Up)
    assert chosen == ["method-console", "method-create"]


def test_space_chooses_and_tab_passes_all_cards(cards: RadioCards, chosen: list[str]) -> None:
    edit = QLineEdit(cards.window())
    edit.show()
    first = _card(cards, "method-create")
    first.setFocus()
    press(first, Qt.Key.Key_Space)
    assert chosen == ["method-create"]
    press(first, Qt.Key.Key_Tab)
    assert edit.hasFocus()


def test_tab_comes_to_the_chosen_card(qtbot: QtBot) -> None:
    edit, cards = QLineEdit(), RadioCards("method")
    cards.set_options(OPTIONS)
    staged(qtbot, edit, cards)
    for option in (None, "method-other", "method-console", None):
        cards.choose(option)
        edit.setFocus()
        press(edit, Qt.Key.Key_Tab)
        assert _card(cards, option or "method-create").hasFocus()


def test_showing_a_choice_is_no_choice_of_the_person(cards: RadioCards, chosen: list[str]) -> None:
    cards.choose("method-other")
    assert cards.chosen_id() == "method-other"
    cards.choose(None)
    assert cards.chosen_id() is None
    assert chosen == []
    _card(cards, "method-other").click()
    assert chosen == ["method-other"]


def test_other_options_keep_the_choice(cards: RadioCards, chosen: list[str]) -> None:
    cards.choose("method-other")
    before = _card(cards, "method-other")
    cards.set_options(OPTIONS)
    assert _card(cards, "method-other") is before
    cards.set_options(OPTIONS[1:])
    assert cards.findChild(QRadioButton, "method-create") is None
    assert cards.chosen_id() == "method-other"
    cards.set_options(OPTIONS[:1])
    assert cards.chosen_id() is None
    assert chosen == []


@pytest.mark.usefixtures("large_text")
def test_large_cards_wrap(qtbot: QtBot) -> None:
    cards = RadioCards("method")
    cards.set_options([(option, title, text * 3) for option, title, text in OPTIONS])
    window = staged(qtbot, cards, width=420)
    assert clipped(window) == []
    card = _card(cards, "method-create")
    assert card.height() > 4 * card.fontMetrics().height()


def test_a_check_is_ticked_by_its_words_and_by_space(qtbot: QtBot) -> None:
    check = CheckBox("I have done this", "done")
    staged(qtbot, check)
    seen: list[bool] = []
    check.toggled.connect(seen.append)
    middle = check.height() // 2
    click(check, QPoint(check.sizeHint().width() - 8, middle))  # the last word
    click(check, QPoint(check.width() - 3, middle))  # nothing is there
    check.setFocus()
    press(check, Qt.Key.Key_Space)
    assert seen == [True, False]
    assert check.objectName() == "done"


@pytest.mark.parametrize("width", [200, 320, 640])
def test_the_words_of_a_check_wrap(qtbot: QtBot, width: int) -> None:
    check = CheckBox(LONG, "restrictToPrefix")
    assert clipped(staged(qtbot, check, width=width)) == []
    assert check.height() >= 32
    assert check.heightForWidth(200) > check.heightForWidth(640)


def test_a_clipped_check_is_noticed(qtbot: QtBot) -> None:
    check = CheckBox(LONG, "restrictToPrefix")
    check.setFixedHeight(20)
    [found] = clipped(staged(qtbot, check, width=200))
    assert "restrictToPrefix" in found


def _cards() -> QWidget:
    cards = RadioCards("x")
    cards.set_options(OPTIONS[:1])
    return cards


def _check() -> QWidget:
    return CheckBox("Words", "x")


@pytest.mark.parametrize("make", [_cards, _check])
def test_painted_choices_follow_the_theme_and_the_focus(
    qtbot: QtBot, theme: Theme, make: Callable[[], QWidget]
) -> None:
    widget, edit = make(), QLineEdit()
    staged(qtbot, widget, edit)
    edit.setFocus()
    button = part(widget.window(), QAbstractButton)
    light = widget.grab().toImage()
    button.setFocus()
    focused = widget.grab().toImage()
    assert focused != light
    theme.force("dark")
    assert widget.grab().toImage() != focused


def test_what_cannot_be_seen_on_a_card_has_its_name_in_its_place(cards: RadioCards) -> None:
    cards.set_options([("one", "AKIA\u202eEGAP", "Until 12\u00a0noon\u2069")])
    card = _card(cards, "one")
    assert card.text() == "AKIA[right-to-left override]EGAP"
    assert card.accessibleDescription() == "Until 12\u00a0noon[pop directional isolate]"
