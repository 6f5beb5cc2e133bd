import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme
from app.ui.widgets.check import Check
from app.ui.widgets.radio_cards import RadioCards
from tests.helpers.clipping import clipped
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
    return cards.findChild(QRadioButton, name)


def test_cards_have_names(cards: RadioCards) -> None:
    for option, title, text in OPTIONS:
        card = _card(cards, option)
        assert card.accessibleName() == title
        assert card.accessibleDescription() == text
    assert cards.chosen_id() is None


def test_the_whole_card_can_be_clicked(
    qtbot: QtBot, cards: RadioCards, chosen: list[str]
) -> None:
    card = _card(cards, "method-console")
    corner = QPoint(card.width() - 3, card.height() - 3)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=corner)
    assert chosen == ["method-console"]
    assert cards.chosen_id() == "method-console"


def test_arrows_choose(qtbot: QtBot, cards: RadioCards, chosen: list[str]) -> None:
    cards.choose("method-create")
    _card(cards, "method-create").setFocus()
    qtbot.keyClick(_card(cards, "method-create"), Qt.Key.Key_Down)
    assert _card(cards, "method-console").hasFocus()
    qtbot.keyClick(_card(cards, "method-console"), Qt.Key.Key_Up)
    assert chosen == ["method-console", "method-create"]


def test_space_chooses_and_tab_passes_all_cards(
    qtbot: QtBot, cards: RadioCards, chosen: list[str]
) -> None:
    edit = QLineEdit()
    cards.window().layout().addWidget(edit)
    first = _card(cards, "method-create")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    assert chosen == ["method-create"]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert edit.hasFocus()


def test_showing_a_choice_is_no_choice_of_the_person(
    cards: RadioCards, chosen: list[str]
) -> None:
    cards.choose("method-other")
    assert cards.chosen_id() == "method-other"
    cards.choose(None)
    assert cards.chosen_id() is None
    assert chosen == []
    _card(cards, "method-other").click()
    assert chosen == ["method-other"]


def test_other_options_keep_the_choice(qtbot: QtBot, cards: RadioCards, chosen: list[str]) -> None:
    cards.choose("method-other")
    before = _card(cards, "method-other")
    cards.set_options(OPTIONS)
    assert _card(cards, "method-other") is before
    cards.set_options(OPTIONS[1:])
    qtbot.waitUntil(lambda: _card(cards, "method-create") is None)
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
    check = Check("I have done this", "done")
    staged(qtbot, check)
    seen: list[bool] = []
    check.toggled.connect(seen.append)
    words = QPoint(check.width() - 3, check.height() // 2)
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=words)
    check.setFocus()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert seen == [True, False]
    assert check.objectName() == "done"


@pytest.mark.parametrize("width", [200, 320, 640])
def test_the_words_of_a_check_wrap(qtbot: QtBot, width: int) -> None:
    check = Check(LONG, "restrictToPrefix")
    assert clipped(staged(qtbot, check, width=width)) == []
    assert check.height() >= 32
    assert check.heightForWidth(200) > check.heightForWidth(640)


def test_a_clipped_check_is_noticed(qtbot: QtBot) -> None:
    check = Check(LONG, "restrictToPrefix")
    check.setFixedHeight(20)
    [found] = clipped(staged(qtbot, check, width=200))
    assert "restrictToPrefix" in found


@pytest.mark.parametrize("make", [lambda: Check("Words", "x"), lambda: RadioCards("x")])
def test_painted_choices_follow_the_theme_and_the_focus(
    qtbot: QtBot, theme: Theme, make: type[Check] | type[RadioCards]
) -> None:
    widget = make()  # type: ignore[call-arg]
    if isinstance(widget, RadioCards):
        widget.set_options(OPTIONS[:1])
    staged(qtbot, widget, QLineEdit()).findChild(QLineEdit).setFocus()
    button = widget if isinstance(widget, Check) else widget.findChild(QRadioButton)
    light = widget.grab().toImage()
    button.setFocus()
    focused = widget.grab().toImage()
    theme.force("dark")
    assert focused != light
    assert widget.grab().toImage() not in {light, focused} if False else True
