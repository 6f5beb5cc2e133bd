from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.widgets.masking import Masking
from app.ui.widgets.progress_line import ProgressLine
from app.ui.widgets.progress_list import ProgressList, ProgressRow, RowState
from app.ui.widgets.state_icon import StateIcon
from tests.helpers.clipping import clipped
from tests.helpers.hands import part
from tests.helpers.heard import said, tree_of
from tests.helpers.stage import staged


class _Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def rows(qtbot: QtBot, masking: Masking, clock: _Clock) -> Iterator[ProgressList]:
    rows = ProgressList(masking, "progress", clock)
    staged(qtbot, rows)
    yield rows
    rows.set_rows([])


def _row(state: RowState, detail: str = "") -> ProgressRow:
    values = {"role": "my-long-role"}
    return ProgressRow("role", "Create the role {role}", values, state, detail, values)


def _line(rows: ProgressList, name: str = "role") -> ProgressLine:
    return part(rows, ProgressLine, f"progress-{name}")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("waiting", "To do"),
        ("running", "In progress"),
        ("done", "Done"),
        ("failed", "Failed"),
        ("skipped", "Skipped"),
        ("warning", "Warning"),
    ],
)
def test_a_state_is_an_icon_and_a_word(rows: ProgressList, state: RowState, word: str) -> None:
    rows.set_rows([_row(state)])
    assert _line(rows).status == word
    icon = part(_line(rows), StateIcon)
    assert icon.state == state
    assert tree_of(icon) == []
    assert said(_line(rows)) == f"Create the role my-long-role: {word}"
    busy = QAccessible.queryAccessibleInterface(_line(rows)).state().busy
    assert bool(busy) is (state == "running")


def test_seconds_are_counted_from_the_first_on(rows: ProgressList, clock: _Clock) -> None:
    rows.set_rows([_row("waiting")])
    clock.now += 50
    rows.set_rows([_row("running")])
    assert _line(rows).status == "In progress"
    clock.now += 0.9
    rows.tick()
    assert _line(rows).status == "In progress"
    clock.now += 1.2
    rows.tick()
    assert _line(rows).status == "In progress · 2 s"
    rows.set_rows([_row("running", "Still at it")])
    assert _line(rows).status == "In progress · 2 s"
    rows.set_rows([_row("done")])
    assert _line(rows).status == "Done"
    clock.now += 5
    rows.set_rows([_row("running")])
    assert _line(rows).status == "In progress"


def test_the_clock_runs_only_while_something_does(rows: ProgressList) -> None:
    rows.set_rows([_row("running")])
    assert rows._timer.isActive()
    rows.set_rows([_row("failed")])
    assert not rows._timer.isActive()


def test_rows_stay_in_place(rows: ProgressList) -> None:
    rows.set_rows([_row("waiting")])
    before = _line(rows)
    rows.set_rows([_row("running")])
    assert _line(rows) is before
    rows.set_rows([_row("running"), ProgressRow("policy", "Create the policy")])
    assert _line(rows, "policy").status == "To do"
    assert _line(rows).status == "In progress"


def test_masks_words_and_details(rows: ProgressList, masking: Masking) -> None:
    masking.set_on(True)
    rows.set_rows([_row("failed", "AWS refused {role}.")])
    read = [label.accessibleName() for label in _line(rows).findChildren(QLabel)]
    assert "Create the role my••••••••" in read
    assert "AWS refused my••••••••." in read


def test_an_empty_detail_takes_no_room(rows: ProgressList) -> None:
    rows.set_rows([_row("done")])
    assert not part(_line(rows), QLabel, "progress-role-detail").isVisible()


@pytest.mark.usefixtures("large_text")
def test_large_text_fits(qtbot: QtBot, masking: Masking) -> None:
    rows = ProgressList(masking, "progress")
    rows.set_rows([_row("failed", "AWS answered: access denied, because of a long reason.")])
    assert clipped(staged(qtbot, rows, width=480)) == []
