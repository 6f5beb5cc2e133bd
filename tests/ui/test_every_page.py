"""What holds on every page, in every way and state: names, order, masking."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.fields.form import form_of
from app.ui.widgets.accelerators import letter_of
from app.ui.widgets.buttons import Button
from app.ui.widgets.focus_order import controls_in_order, is_tab_stop
from app.ui.window.sizes import SMALLEST
from tests.helpers.hands import press
from tests.helpers.outcomes import DRAFT
from tests.helpers.pages import Screen
from tests.helpers.scenes import scenes
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QListWidget, QPlainTextEdit)
_SHORT, _HIGH = 32, 32
_SEEN = 60
"""Pixels of a control that are seen at least, where it is higher than the window has room for."""


@pytest.fixture(params=[True, False], ids=["practice", "real"])
def wizard(request: pytest.FixtureRequest, qtbot: QtBot) -> Wizard:
    accounts = fake_accounts(DRAFT, practice=request.param)
    return open_wizard(qtbot, accounts, form=form_of(DRAFT))


def _controls(wizard: Wizard) -> list[QWidget]:
    found = [w for w in wizard.window.findChildren(QWidget) if isinstance(w, _CONTROLS)]
    return [w for w in found if w.isVisible() and not isinstance(w.parent(), QComboBox)]


def test_controls_are_named_labelled_and_high_enough_to_hit(wizard: Wizard) -> None:
    wrong = []
    for scene in scenes(wizard):
        names = Counter(w.objectName() for w in wizard.window.findChildren(QWidget))
        buddies = [label.buddy() for label in wizard.window.findChildren(QLabel)]
        for control in _controls(wizard):
            faults = [*_unnamed(control, names), *_unlabelled(control, buddies)]
            if control.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                faults.append("takes the focus when the page is scrolled over it")
            if control.height() < _HIGH:
                faults.append(f"is {control.height()} high")
            wrong += [f"{scene}: {control.objectName() or control} {fault}" for fault in faults]
        wrong += [f"{scene}: {fault}" for fault in _letters(wizard)]
    assert wrong == []


def _letters(wizard: Wizard) -> Iterator[str]:
    """Yield what is wrong with the letters that press a button together with Alt."""
    buttons = [b for b in wizard.window.findChildren(Button) if b.isVisible()]
    titles = [letter_of(action.text()) for action in wizard.window.menuBar().actions()]
    letters = Counter(each.casefold() for each in (*titles, *(b.letter for b in buttons)) if each)
    yield from (f"{count} have the letter {each}" for each, count in letters.items() if count > 1)
    for button in buttons:
        if button.letter and button.shortcut().toString() != f"Alt+{button.letter.upper()}":
            yield f"{button.objectName()} does not listen to {button.letter}"
        heard = QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
        if "&" in f"{button.text()}{heard}":
            yield f"{button.objectName()} is heard as {heard!r}"


def _unnamed(control: QWidget, names: Mapping[str, int]) -> Iterator[str]:
    name = control.objectName()
    if not (control.accessibleName() or str(control.property("text") or "")).strip():
        yield "has nothing to be read"
    if not 0 < len(name) <= _SHORT or not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name):
        yield "has no short name"
    elif names[name] != 1:
        yield f"is one of {names[name]} of that name"


def _unlabelled(control: QWidget, buddies: Sequence[QWidget | None]) -> Iterator[str]:
    if isinstance(control, QLineEdit | QComboBox) and control not in buddies:
        yield "has no label"


def test_tab_goes_through_each_page_as_it_is_laid_out(wizard: Wizard) -> None:
    """The page comes first, then what is around it; each stop can be seen, in a small window too.

    Nothing that the pointer can press is left out, but for the cards that the arrows come to.
    """
    wrong = []
    if not wizard.context.practice:
        wizard.window.resize(SMALLEST)
    for scene in scenes(wizard):
        stops = list(filter(is_tab_stop, controls_in_order(_shown_page(wizard))))
        controls = _controls(wizard)  # to leave a field may bring an offer up beside it
        _named(wizard, "shareToggle").setFocus()
        press(wizard.window, Qt.Key.Key_Tab)
        walked = _walk()
        if len(set(walked)) != len(walked) or walked[: len(stops)] != stops:
            wrong.append(f"{scene}: {[w.objectName() for w in walked]}")
        around = [w.objectName() for w in walked[-2:]]
        if around not in (["steps", "shareToggle"], ["stepsButton", "shareToggle"]):
            wrong.append(f"{scene}: ends with {around}")
        wrong += [f"{scene}: {fault}" for fault in _left_out(controls, walked)]
        wrong += [f"{scene}: {fault}" for fault in _out_of_order(stops, _shown_page(wizard))]
    assert wrong == []


def _left_out(controls: Sequence[QWidget], walked: Sequence[QWidget]) -> Iterator[str]:
    for control in controls:
        by_arrows = isinstance(control, QRadioButton) and any(
            card in walked for card in control.group().buttons()
        )
        if control.isEnabled() and control not in walked and not by_arrows:
            yield f"Tab never comes to {control.objectName()}"


def _out_of_order(stops: Sequence[QWidget], page: QWidget) -> Iterator[str]:
    """Yield each stop that begins above where the one before it begins."""
    places = [(w.mapTo(page, w.rect().center()).y(), w) for w in stops]
    for (before, _), (place, control) in pairwise(places):
        if place < before - control.height() // 2:
            yield f"{control.objectName()} stands higher than what comes before it"


def _walk() -> list[QWidget]:
    """Press Tab once round; return what had the focus, each of it seen as far as there is room."""
    walked = list[QWidget]()
    while (focus := QApplication.focusWidget()) is not None and focus not in walked[:1]:
        seen = focus.visibleRegion().boundingRect().height()
        assert seen >= min(focus.height(), _SEEN), focus.objectName()
        walked.append(focus)
        press(focus, Qt.Key.Key_Tab)
        if len(walked) > 200:
            break
    return walked


def test_shift_tab_goes_the_same_way_back(wizard: Wizard) -> None:
    screen = Screen(wizard)
    wizard.jump("details")
    _named(wizard, "accountId").setFocus()
    forward = [w.objectName() for w in _walk()]
    backward = []
    for _ in forward:
        screen.key(Qt.Key.Key_Backtab)
        backward.append(screen.focus)
    assert backward == forward[::-1]


def _shown_page(wizard: Wizard) -> QWidget:
    return _named(wizard, f"page-{wizard.store.state.page}")


def _named(wizard: Wizard, name: str) -> QWidget:
    return Screen(wizard).find(QWidget, name)
