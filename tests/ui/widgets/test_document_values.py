from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.widgets.document_values import masked, values_pattern
from app.ui.widgets.masking import Masking


@pytest.mark.parametrize(
    ("text", "values", "found"),
    [
        ('"arn:aws:s3:::data/*"', ["data"], ["data"]),
        ('"arn:aws:s3:::data-archive"', ["data"], []),
        ('"arn:aws:s3:::my-data"', ["data"], []),
        ('"a" "a-b"', ["a", "a-b"], ["a", "a-b"]),
        ('"imports/ubiquity/*"', ["imports/"], ["imports/"]),
        ('"imports/ubiquity/*"', ["imports/ubiquity/"], ["imports/ubiquity/"]),
        ("123456789012", ["12345678901"], []),
        ("{}", [], []),
        ("{}", [""], []),
        (r'"p/\"q\"/"', ['p/"q"/'], [r"p/\"q\"/"]),
        ('"caf\\u00e9/"', ["café/"], ["caf\\u00e9/"]),
        ('"café/"', ["café/"], ["café/"]),
        ("a.b axb", ["a.b"], ["a.b"]),
    ],
)
def test_finds_whole_values(text: str, values: Sequence[str], found: list[str]) -> None:
    assert values_pattern(values).findall(text) == found


def test_masks_each_value(masking: Masking) -> None:
    text = '{"AWS": "arn:aws:iam::123456789012:root", "id": "secret-of-mine"}'
    values = ["123456789012", "secret-of-mine"]
    assert masked(text, values, masking) == text
    masking.set_on(True)
    hidden = '{"AWS": "arn:aws:iam::12••••••••:root", "id": "se••••••••"}'
    assert masked(text, values, masking) == hidden


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_text_stays_while_nothing_is_hidden(text: str, values: list[str]) -> None:
    assert masked(text, values, Masking()) == text
