"""What a screen reader is told of every page, in every way and state: roles, names and order."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.fields.form import form_of
from app.ui.report.link_card import LinkCard
from app.ui.widgets.disclosure import DisclosureButton
from app.ui.widgets.labelled import Labelled
from app.ui.widgets.progress_line import ProgressLine
from tests.helpers.hands import part
from tests.helpers.heard import Heard, tree_of
from tests.helpers.outcomes import DRAFT
from tests.helpers.pages import Screen
from tests.helpers.scenes import scenes
from tests.helpers.shared_scenes import shared_scenes, shared_wizard
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

_Role = QAccessible.Role
_CONTROLS: Final = frozenset(
    {_Role.Button, _Role.CheckBox, _Role.RadioButton, _Role.ComboBox, _Role.EditableText}
)
_WITH_WORDS: Final = _CONTROLS | {_Role.StaticText, _Role.Heading, _Role.ListItem}


# The rules: each yields what is wrong with the page ``tree``.


def _one_title_and_no_level_left_out(tree: Sequence[Heard]) -> Iterator[str]:
    levels = [heard.level for heard in tree if heard.role is _Role.Heading]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"the levels of its headings are {levels}"


def _titles_are_headings(tree: Sequence[Heard]) -> Iterator[str]:
    for heard in tree:
        titled = heard.widget is not None and heard.widget.property("role") in {"title", "group"}
        if titled != (heard.role is _Role.Heading):
            yield f"{heard} is, or is not, a heading"


def _disclosures_open_and_close(tree: Sequence[Heard]) -> Iterator[str]:
    for heard in tree:
        if heard.widget is not None and _opens(heard.widget):
            state, is_open = heard.state, _is_open(heard.widget)
            if (state.expandable, state.expanded, state.collapsed) != (1, is_open, not is_open):
                yield f"{heard} does not say whether it is open"


def _opens(widget: QWidget) -> bool:
    return isinstance(widget, DisclosureButton) or _card_of(widget) is not None


def _is_open(widget: QWidget) -> bool:
    card = _card_of(widget)
    return card.open if card else isinstance(widget, DisclosureButton) and widget.open


def _card_of(button: QWidget) -> LinkCard | None:
    card = button.parentWidget()
    opens = isinstance(card, LinkCard) and button.objectName() == f"{card.objectName()}-open"
    return card if isinstance(card, LinkCard) and opens else None


def _what_has_words_says_some(tree: Sequence[Heard]) -> Iterator[str]:
    for heard in tree:
        if heard.role in _WITH_WORDS and not re.search(r"\w\w", heard.name):
            yield f"{heard} is a sign, not a word"


def _names_are_unique(tree: Sequence[Heard]) -> Iterator[str]:
    names = Counter(str(heard) for heard in tree if heard.role in _CONTROLS)
    yield from (f"{name} is there {times} times" for name, times in names.items() if times > 1)


def _messages_belong_to_their_fields(tree: Sequence[Heard]) -> Iterator[str]:
    for heard in tree:
        around = _field_of(heard.widget)
        if around is not None and around.message not in heard.description:
            yield f"{heard} does not say {around.message!r}"


def _field_of(widget: QWidget | None) -> Labelled | None:
    around = None if widget is None else widget.parentWidget()
    return around if isinstance(around, Labelled) and around.control is widget else None


def _at_most_one_has_the_focus(tree: Sequence[Heard]) -> Iterator[str]:
    focused = [heard for heard in tree if heard.state.focused and heard.role is not _Role.ListItem]
    inner = [heard for heard in focused if isinstance(heard.widget, QLineEdit)]
    boxes = [heard for heard in focused if heard.role is _Role.ComboBox]
    if len(focused) - (1 if inner and boxes else 0) > 1:
        yield f"{[str(heard) for heard in focused]} have the focus"


def _running_rows_are_busy(tree: Sequence[Heard]) -> Iterator[str]:
    for heard in tree:
        if isinstance(heard.widget, ProgressLine):
            running = heard.widget.state == "running"
            if heard.role is not _Role.ListItem or running != bool(heard.state.busy):
                yield f"{heard} is no row that is busy while it runs"


def _the_order_is_that_of_the_page(tree: Sequence[Heard]) -> Iterator[str]:
    before: dict[int, Heard] = {}
    for heard in tree:
        if heard.widget is None or heard.parent is None:
            continue
        last = before.get(id(heard.parent))
        if last is not None and last.widget is not None and _stands_before(heard, last):
            yield f"{heard} stands before {last} and is heard after it"
        before[id(heard.parent)] = heard


def _stands_before(one: Heard, other: Heard) -> bool:
    """Return whether ``one`` is above ``other`` in its column, or beside it and to its left."""
    if one.widget is None or other.widget is None:
        raise AssertionError
    first, second = _place(one.widget), _place(other.widget)
    in_column = first.left() <= second.right() and second.left() <= first.right()
    in_row = first.top() <= second.bottom() and second.top() <= first.bottom()
    above, left = first.bottom() < second.top(), first.right() < second.left()
    return (in_column and above) or (in_row and left)


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


RULES: Final[tuple[Callable[[Sequence[Heard]], Iterator[str]], ...]] = (
    _one_title_and_no_level_left_out,
    _titles_are_headings,
    _disclosures_open_and_close,
    _what_has_words_says_some,
    _names_are_unique,
    _messages_belong_to_their_fields,
    _at_most_one_has_the_focus,
    _running_rows_are_busy,
    _the_order_is_that_of_the_page,
)


_DIALOGS: Final = {
    "showNeeds": "needsDialog",
    "showTroubles": "troublesDialog",
    "about": "aboutDialog",
    "startAnew": "anewQuestion",
    "saveBundle": "bundleDialog",
}


@pytest.fixture
def listened() -> Iterator[None]:
    """Let Qt tell of each change as soon as it has happened, as where a screen reader runs."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("listened")
def test_every_page_is_heard_as_it_is_seen(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(DRAFT, practice=False), form=form_of(DRAFT))
    _obey(wizard, scenes(wizard))


@pytest.mark.usefixtures("listened")
def test_every_way_to_sign_in_is_too(qtbot: QtBot) -> None:
    wizard = shared_wizard(qtbot)
    _obey(wizard, shared_scenes(wizard))


@pytest.mark.usefixtures("listened")
def test_every_dialog_is_too(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(DRAFT, practice=False), form=form_of(DRAFT))
    for entry, name in _DIALOGS.items():
        part(wizard.window, QAction, entry).trigger()
        wizard.until_idle()
        dialog = part(wizard.window, QDialog, name)
        tree = tree_of(dialog)
        assert len(tree) > 5
        faults = [fault for rule in RULES[1:] for fault in rule(tree)]
        assert not faults, f"{name}: {faults}"
        dialog.reject()
        wizard.settle()


def _obey(wizard: Wizard, through: Iterator[str]) -> None:
    wrong = []
    for scene in through:
        tree = tree_of(Screen(wizard).find(QWidget, f"page-{wizard.store.state.page}"))
        for rule in RULES:
            wrong += [f"{scene}: {rule.__name__[1:]}: {fault}" for fault in rule(tree)]
    assert not wrong, "\n".join(wrong)
