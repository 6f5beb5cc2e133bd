"""The order of keys is that of their UTF-8 bytes, and every point is a string that S3 takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.aws.counting.key_order import beyond, can_be_asked_for, common_length, others_at

KEYS = st.text(st.characters(codec="utf-8"), max_size=8)


@given(KEYS, KEYS)
def test_strings_are_in_the_order_of_their_bytes(one: str, other: str) -> None:
    assert (one < other) == (one.encode() < other.encode())


@given(KEYS, KEYS)
def test_what_is_beyond_a_beginning_comes_after_all_that_begin_so(start: str, rest: str) -> None:
    point = beyond(start)
    if point is None:
        assert set(start) <= {"\U0010ffff"}
        return
    assert point.encode() > (start + rest).encode()
    assert not point.startswith(start)


@pytest.mark.parametrize(
    ("start", "point"),
    [
        ("in/", "in0"),
        ("a\ud7ff", "a\ue000"),
        ("a\U0010ffff", "b"),
        ("\U0010ffff\U0010ffff", None),
        ("", None),
    ],
)
def test_beyond(start: str, point: str | None) -> None:
    assert beyond(start) == point


@given(KEYS.filter(bool), st.data(), st.integers(2, 12))
def test_others_come_after_the_key_in_order(key: str, data: st.DataObject, most: int) -> None:
    position = data.draw(st.integers(0, len(key) - 1))
    points = list(others_at(key, position, most))
    assert len(points) <= most
    assert points == sorted(set(points))
    assert all(point.encode() > key[: position + 1].encode() for point in points)


@pytest.mark.parametrize(
    ("key", "points"),
    [
        ("in/7x", ["in/8", "in/9", "in/:"]),
        ("in/9", ["in/:"]),
        ("in/y", ["in/z", "in/{"]),
        ("in/\ud7fe", ["in/\ud7ff", "in/\ue000"]),
    ],
)
def test_others_are_of_a_kind(key: str, points: list[str]) -> None:
    assert list(others_at(key, 3, 12)) == points


def test_points_are_no_longer_than_keys_may_be() -> None:
    assert can_be_asked_for("é" * 512)
    assert not can_be_asked_for("é" * 512 + "a")


@given(KEYS, KEYS, KEYS)
def test_common_length(shared: str, one: str, other: str) -> None:
    length = common_length(shared + one, shared + other)
    assert length >= len(shared)
    assert (shared + one)[:length] == (shared + other)[:length]
    assert (shared + one)[: length + 1] != (shared + other)[: length + 1] or one == other
