"""What a statement about a newer version has to be like to count."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.newer_version import (
    Look,
    LookProblem,
    UpdateSource,
    VersionStatement,
    is_address,
    is_due,
    is_newer,
    is_version,
    news,
    problem_of,
)
from tests.helpers.newer_version import ADDRESS, INSTALLED, NOW, PAGE, statement

SOURCE = UpdateSource(ADDRESS, b"key")
VERSIONS = st.lists(st.integers(0, 999_999), min_size=2, max_size=4).map(
    lambda numbers: ".".join(map(str, numbers))
)


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("1.2", "1.1", True),
        ("1.10.0", "1.9.9", True),
        ("2.0", "1.99.99.99", True),
        ("1.2.0.1", "1.2", True),
        ("1.2.0", "1.2", False),
        ("1.2", "1.2.0", False),
        ("1.1", "1.2", False),
        ("1.3", "1.2rc1", False),
        ("1.3rc1", "1.2", False),
        ("01.3", "1.2", False),
        ("1.²", "1.1", False),
        ("", "1.1", False),
    ],
)
def test_versions_are_numbers(version: str, than: str, newer: bool) -> None:
    assert is_newer(version, than) is newer


@given(VERSIONS, VERSIONS)
@settings(max_examples=40)
def test_of_two_versions_one_at_most_is_newer(one: str, other: str) -> None:
    assert is_version(one)
    assert not (is_newer(one, other) and is_newer(other, one))
    assert not is_newer(one, one)
    assert is_newer(f"{one}.1", one) is is_version(f"{one}.1")


@pytest.mark.parametrize(
    "address",
    [
        "http://updates.example/1.2",
        "https://updates.example@evil.example/1.2",
        "https://updates.example/a b",
        "https://updates.example/\n",
        "https://updates.example/?who=me",
        "https://updates.example/#a",
        "https://üpdates.example/",
        "file:///etc/passwd",
        "https:///page",
        "",
    ],
)
def test_an_address_is_plain(address: str) -> None:
    assert not is_address(address)
    assert is_address(ADDRESS)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (statement(), None),
        (statement("1.0"), None),
        (statement("1.2rc1"), LookProblem.ANSWER),
        (statement(page="https://evil.example/1.2"), LookProblem.ANSWER),
        (statement(page="https://updates.example.evil.example/1.2"), LookProblem.ANSWER),
        (statement(page="https://updates.example:444/1.2"), LookProblem.ANSWER),
        (statement(page="http://updates.example/1.2"), LookProblem.ANSWER),
        (statement(days=0), LookProblem.STALE),
        (statement(days=-3), LookProblem.STALE),
        (replace(statement(), published=NOW + timedelta(hours=23)), None),
        (replace(statement(), published=NOW + timedelta(days=2)), LookProblem.CLOCK),
    ],
)
def test_a_statement_counts_or_says_why_not(
    told: VersionStatement, problem: LookProblem | None
) -> None:
    assert problem_of(told, SOURCE, None, NOW) is problem


def test_one_that_is_older_than_what_was_seen_does_not_count() -> None:
    seen = Look(NOW, None, statement("1.3"))
    for earlier, problem in ((timedelta(0), None), (timedelta(seconds=1), LookProblem.STALE)):
        told = replace(statement("1.2"), published=statement().published - earlier)
        assert problem_of(told, SOURCE, seen, NOW) is problem


@pytest.mark.parametrize(
    ("ago", "due"),
    [
        (timedelta(0), False),
        (timedelta(hours=23, minutes=59), False),
        (timedelta(days=1), True),
        (timedelta(seconds=-1), True),  # the clock was put back
    ],
)
def test_a_day_lies_between_two_looks(ago: timedelta, due: bool) -> None:
    assert is_due(Look(NOW - ago), NOW) is due
    assert is_due(None, NOW)


@pytest.mark.parametrize(
    ("version", "page", "told"),
    [
        ("1.2.0", PAGE, True),
        (INSTALLED, PAGE, False),
        ("1.0.9", PAGE, False),
        ("1.2.0", "https://elsewhere.example/", False),
    ],
)
def test_what_is_kept_is_looked_at_again(version: str, page: str, told: bool) -> None:
    kept = Look(NOW, LookProblem.UNREACHABLE, statement(version, page))
    assert (news(kept, SOURCE, INSTALLED) is not None) is told


def test_nothing_is_news_before_the_first_look() -> None:
    assert news(None, SOURCE, INSTALLED) is None
    assert news(Look(datetime.max.replace(tzinfo=NOW.tzinfo)), SOURCE, INSTALLED) is None
