import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.ui.widgets.masking import Masking


def test_values_are_shown_until_masking_is_on(qtbot: QtBot, masking: Masking) -> None:
    assert masking.shown("123456789012") == "123456789012"
    with qtbot.waitSignal(masking.changed):
        masking.set_on(True)
    assert masking.shown("123456789012") == "12••••••••"


def test_nothing_is_told_without_news(qtbot: QtBot, masking: Masking) -> None:
    with qtbot.assertNotEmitted(masking.changed):
        masking.set_on(False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        ("abc", "••••••••"),
        ("my-data", "••••••••"),
        ("my-data-1", "my••••••••"),
        ("arn:aws:iam::123456789012:role/x", "ar••••••••"),
    ],
)
def test_masked(masking: Masking, value: str, shown: str) -> None:
    masking.set_on(True)
    assert masking.shown(value) == shown


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_mask_tells_neither_length_nor_more_than_two_characters(one: str, other: str) -> None:
    masking = Masking()
    masking.set_on(True)
    assert masking.shown(one).replace("•", "") in {"", one[:2].replace("•", "")}
    if len(one) >= 8 and len(other) >= 8:
        assert len(masking.shown(one)) == len(masking.shown(other))
