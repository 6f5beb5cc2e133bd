"""Any value comes back from the YAML as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exports.cloudformation.yaml_text import Short, yaml_text
from tests.exports.reading_templates import cloudformation

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "yes", "No", "null", "~", "2012-10-17", "0x1F", "1e3", ": ", "- a", "#", "*a", "!Ref x",
     "a:", "a: b", "a #b", "${A}", "%", "@", "`", "y", "=", "<<", "|", ">", "\u2028", "\x85",
     "\x00"]
)  # fmt: skip
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(0, 9999),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80)
@given(st.dictionaries(TEXTS.filter(lambda key: key != "<<"), VALUES, min_size=1, max_size=3))
def test_any_value_comes_back(top: dict[str, object]) -> None:
    text = yaml_text(top)
    assert text.isascii()
    assert cloudformation(text) == top


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Short("Ref", "A"), {"Ref": "A"}),
        (Short("Sub", "${A}: b"), {"Fn::Sub": "${A}: b"}),
        (
            Short("If", ["C", {"K": Short("Ref", "A")}, Short("Ref", "AWS::NoValue")]),
            {"Fn::If": ["C", {"K": {"Ref": "A"}}, {"Ref": "AWS::NoValue"}]},
        ),
        ([Short("Not", [Short("Equals", [Short("Ref", "A"), ""])])],
         [{"Fn::Not": [{"Fn::Equals": [{"Ref": "A"}, ""]}]}]),
    ],
)  # fmt: skip
def test_functions_in_their_short_form(value: object, expected: object) -> None:
    assert cloudformation(yaml_text({"it": value})) == {"it": expected}
    assert cloudformation(yaml_text({"it": [value]})) == {"it": [expected]}


def test_how_it_looks() -> None:
    top = {"A": {"b": "plain", "c": "2012-10-17", "d": ["x y", Short("Ref", "E")]}, "F": 1}
    assert yaml_text(top) == (
        'A:\n  b: plain\n  c: "2012-10-17"\n  d:\n    - x y\n    - !Ref E\n\nF: 1\n'
    )
