"""Names that are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.likeness import differ_by_at_most, letters

WORDS = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("", "", 0),
        ("role", "role", 0),
        ("rolle", "role", 1),
        ("rle", "role", 1),
        ("rule", "role", 1),
        ("orle", "role", 2),
        ("kitten", "sitting", 3),
        ("", "abc", 3),
    ],
)
def test_the_distance_is_exact(first: str, second: str, distance: int) -> None:
    assert differ_by_at_most(distance, first, second)
    assert not differ_by_at_most(distance - 1, first, second)


@given(WORDS, WORDS, WORDS)
def test_it_is_a_distance(first: str, second: str, third: str) -> None:
    def between(one: str, other: str) -> int:
        return next(limit for limit in range(7) if differ_by_at_most(limit, one, other))

    assert between(first, second) == between(second, first)
    assert (between(first, second) == 0) == (first == second)
    assert between(first, third) <= between(first, second) + between(second, third)


def test_letters_leave_out_case_and_signs() -> None:
    assert letters("UbiQuity_S3-Access.Role 1") == "ubiquitys3accessrole1"
