import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QCompleter
from pytestqt.qtbot import QtBot

from app.core.wording.value_sentence import ValueSentence
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.combo_choices import ChoiceWords
from app.ui.widgets.masking import Masking
from tests.helpers.hands import ALT, press, type_text, wheel
from tests.helpers.stage import staged

REGIONS = [
    ("ap-southeast-2", "Asia Pacific (Sydney)"),
    ("us-east-1", "US East (N. Virginia)"),
    ("eu-west-1", "eu-west-1: Europe (Ireland)"),
]


@pytest.fixture
def field(qtbot: QtBot, masking: Masking) -> ChoiceField:
    field = ChoiceField("Region", "Where the bucket is", "bucketRegion", masking)
    field.set_choices(REGIONS)
    staged(qtbot, field)
    field.setFocus()
    return field


@pytest.fixture
def edits(field: ChoiceField) -> list[str]:
    seen: list[str] = []
    field.edited.connect(seen.append)
    return seen


def _box(field: ChoiceField) -> QComboBox:
    assert isinstance(field.control, QComboBox)
    return field.control


def _completer(field: ChoiceField) -> QCompleter:
    completer = _box(field).completer()
    assert completer is not None
    return completer


def _found(field: ChoiceField) -> list[str]:
    model = _completer(field).completionModel()
    rows = range(model.rowCount())
    return [model.index(row, 0).data(Qt.ItemDataRole.EditRole) for row in rows]


def test_nothing_is_chosen_at_first(field: ChoiceField, edits: list[str]) -> None:
    assert field.text() == ""
    assert edits == []


def test_rows_show_words_and_value(field: ChoiceField) -> None:
    model = _box(field).model()
    assert [model.index(row, 0).data() for row in range(3)] == [
        "Asia Pacific (Sydney) · ap-southeast-2",
        "US East (N. Virginia) · us-east-1",
        "eu-west-1: Europe (Ireland)",
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sydn", ["ap-southeast-2"]),
        ("SOUTHEAST", ["ap-southeast-2"]),
        ("virg", ["us-east-1"]),
        ("east", ["ap-southeast-2", "us-east-1"]),
        ("mars", []),
    ],
)
def test_finds_names_and_codes(field: ChoiceField, typed: str, found: list[str]) -> None:
    type_text(_box(field), typed)
    assert _found(field) == found


def test_a_completion_puts_the_value_in(field: ChoiceField, edits: list[str]) -> None:
    type_text(_box(field), "sydn")
    popup = _completer(field).popup()
    assert popup is not None
    assert popup.isVisible()
    press(popup, Qt.Key.Key_Down)
    press(popup, Qt.Key.Key_Return)
    assert field.text() == "ap-southeast-2"
    assert edits[:4] == ["s", "sy", "syd", "sydn"]
    assert edits[-1] == "ap-southeast-2"


def test_the_list_opens_by_keyboard_and_puts_the_value_in(
    qtbot: QtBot, field: ChoiceField, edits: list[str]
) -> None:
    box = _box(field)
    press(box, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: box.view().isVisible())
    press(box.view(), Qt.Key.Key_Down)
    press(box.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not box.view().isVisible())
    assert field.text() in {"ap-southeast-2", "us-east-1"}
    assert edits == [field.text()]


def test_new_choices_keep_what_is_typed(field: ChoiceField, edits: list[str]) -> None:
    field.set_text("us-gov-west-1")
    field.set_choices(REGIONS[:1])
    assert field.text() == "us-gov-west-1"
    field.set_text("ap-southeast-2")
    field.set_choices(REGIONS)
    assert field.text() == "ap-southeast-2"
    assert edits == []


@pytest.mark.parametrize("focused", [True, False])
def test_the_wheel_changes_nothing(field: ChoiceField, edits: list[str], focused: bool) -> None:
    box = _box(field)
    field.set_text("us-east-1")
    if not focused:
        box.clearFocus()
    assert not wheel(box, -120)
    assert field.text() == "us-east-1"
    assert edits == []


def test_what_is_typed_is_not_put_into_the_list(field: ChoiceField) -> None:
    type_text(_box(field), "mars-north-1")
    press(_box(field), Qt.Key.Key_Tab)
    assert field.text() == "mars-north-1"
    assert _box(field).count() == len(REGIONS)


HOSTILE = "prod\u202eniam\u200b"
MARKED = "prod[right-to-left override]niam[zero-width space]"


def test_what_cannot_be_seen_in_a_choice_has_its_name_in_its_place(
    field: ChoiceField, edits: list[str]
) -> None:
    """A profile's name stands in somebody's file, an account's in an answer."""
    field.set_choices([(HOSTILE, f"\u2066{HOSTILE} (keys)"), ("plain", "plain")])
    rows = [_box(field).model().index(row, 0).data() for row in range(2)]
    assert rows == [f"[left-to-right isolate]{MARKED} (keys)", "plain"]
    _box(field).setCurrentIndex(0)
    assert field.edit.text() == MARKED
    assert (field.text(), edits) == (HOSTILE, [HOSTILE])
    field.set_choices([("plain", "plain"), (HOSTILE, HOSTILE)])
    assert (field.edit.text(), field.text()) == (MARKED, HOSTILE)
    field.set_text("plain")
    field.set_text(HOSTILE)
    assert (field.edit.text(), field.text()) == (MARKED, HOSTILE)
    assert edits == [HOSTILE]


def test_a_choice_that_is_called_like_a_mark_is_itself(field: ChoiceField) -> None:
    field.set_choices([(HOSTILE, "one"), (MARKED, "another")])
    field.set_text(MARKED)
    assert field.text() == MARKED


def test_what_somebody_types_stays_as_it_is(field: ChoiceField, edits: list[str]) -> None:
    field.edit.setText("a\u200bb")
    assert (field.text(), edits) == ("a\u200bb", ["a\u200bb"])


NAMES: list[tuple[str, ChoiceWords]] = [
    ("acme-admin", ValueSentence("{name} · access key", {"name": "acme-admin"})),
    ("acme-reader", ValueSentence("{name} · role", {"name": "acme-reader"})),
    ("acme-other", "acme-other, in plain words"),
]


def test_a_shared_screen_has_a_masked_list_that_can_be_used(qtbot: QtBot, masking: Masking) -> None:
    field = ChoiceField("Profile", "", "profile", masking)
    staged(qtbot, field)
    field.set_choices(NAMES)
    field.set_text("acme-admin")
    masking.set_on(True)
    box = field.control
    assert isinstance(box, QComboBox)
    shown = [str(box.model().index(row, 0).data()) for row in range(box.count())]
    assert shown == ["ac•••••••• · access key", "ac•••••••• · role (2)", "ac•••••••• (3)"]
    assert "acme" not in field.edit.displayText()
    chosen: list[str] = []
    field.edited.connect(chosen.append)
    box.setCurrentIndex(1)
    assert (chosen, field.text()) == (["acme-reader"], "acme-reader")
    masking.set_on(False)
    assert (box.currentText(), field.text(), chosen) == ("acme-reader",) * 2 + (["acme-reader"],)


def test_what_was_chosen_from_a_masked_list_can_be_edited(qtbot: QtBot, masking: Masking) -> None:
    """The field has the value itself under its dots: before, what was typed came after a mask."""
    field = ChoiceField("Profile", "", "profile", masking)
    staged(qtbot, field)
    field.set_choices(NAMES)
    masking.set_on(True)
    box = field.control
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(0)
    field.edit.setFocus()
    type_text(field.edit, "2")
    assert field.text() == "acme-admin2"
    press(field.edit, Qt.Key.Key_Backspace)
    press(field.edit, Qt.Key.Key_Down)
    assert field.text() == "acme-reader"  # the list goes on where it was
    assert set(field.edit.displayText()) == {"●"} or "acme" not in field.edit.displayText()


def test_a_screen_reader_hears_the_label_and_what_is_shown(qtbot: QtBot, masking: Masking) -> None:
    field = ChoiceField("Profile", "", "profile", masking)
    staged(qtbot, field)
    field.set_text("acme-typed")
    heard = QAccessible.queryAccessibleInterface(field.control)
    kinds = QAccessible.Text
    assert (heard.text(kinds.Name), heard.text(kinds.Value)) == ("Profile", "acme-typed")
    masking.set_on(True)
    assert "acme" not in heard.text(kinds.Name) + heard.text(kinds.Value)


def test_whoever_looks_into_the_list_has_not_left_the_field(field: ChoiceField) -> None:
    """What is missing was said while it was being chosen: Qt gives the list the focus."""
    box, leavings = _box(field), []
    field.left.connect(lambda: leavings.append("left"))
    press(box, Qt.Key.Key_Down, ALT)
    assert box.view().isVisible()
    press(box.view(), Qt.Key.Key_Escape)
    assert (box.view().isVisible(), leavings) == (False, [])
    box.setFocus()  # off-screen, a list takes the active window with it
    box.clearFocus()
    assert leavings == ["left"]
