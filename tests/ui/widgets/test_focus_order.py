import pytest
from PySide6.QtWidgets import QWidget

from app.ui.widgets.buttons import careful_button, destructive_button, plain_button
from app.ui.widgets.focus_order import neighbour


def _row(*, gone: bool) -> list[QWidget]:
    """Return what stands in a row: the second may be switched off, and has the focus."""
    first, present = plain_button("One", "one"), plain_button("Two", "two")
    present.setEnabled(not gone)
    back, red = careful_button("Back", "back"), destructive_button("Delete", "delete")
    return [first, present, back, red, plain_button("Next", "next")]


@pytest.mark.parametrize(
    ("gone", "forward", "expected"),
    [(False, True, 2), (False, False, 0), (True, True, 4), (True, False, 0)],
)
def test_the_focus_passes_by_what_leads_back_only_where_it_moves_by_itself(
    shown: object, *, gone: bool, forward: bool, expected: int
) -> None:
    del shown
    controls = _row(gone=gone)
    for control in controls:
        control.show()
    assert neighbour(controls, controls[1], forward=forward) is controls[expected]


@pytest.fixture
def shown(qapp: object) -> object:
    return qapp
