from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.widgets.document_values import masked, values_pattern


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


def test_masks_each_value() -> None:
    text = '{"AWS": "arn:aws:iam::123456789012:root", "id": "secret"}'
    hidden = masked(text, ["123456789012", "secret"], lambda value: value[0] + "…")
    assert hidden == '{"AWS": "arn:aws:iam::1…:root", "id": "s…"}'


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_values_in_any_text(text: str, values: list[str]) -> None:
    assert masked(text, values, lambda value: value) == text
