"""Three-valued logic, after Kleene: unknown stays, unless the answer is the same either way."""

from itertools import product

import pytest

from app.core.iam.truth import Truth, agreed, all_of, any_of, negate

YES, NO, UNSURE = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("truths", "every", "some"),
    [
        ((), YES, NO),
        ((YES, YES), YES, YES),
        ((YES, NO), NO, YES),
        ((NO, UNSURE), NO, UNSURE),
        ((YES, UNSURE), UNSURE, YES),
        ((UNSURE, UNSURE), UNSURE, UNSURE),
        ((UNSURE, NO, YES), NO, YES),
    ],
)
def test_and_or(truths: tuple[Truth, ...], every: Truth, some: Truth) -> None:
    assert all_of(truths) is every
    assert any_of(truths) is some


def test_de_morgan() -> None:
    for pair in product(Truth, repeat=2):
        assert negate(all_of(pair)) is any_of(map(negate, pair))


def test_agreed_only_where_all_cases_are() -> None:
    assert agreed((NO, NO)) is NO
    assert agreed((NO, YES)) is UNSURE
    assert agreed(()) is UNSURE
