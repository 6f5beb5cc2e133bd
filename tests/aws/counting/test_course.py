"""What a trouble means for a count: less at once, again later, or for somebody else to do."""

import random

import pytest

from app.aws.counting.course import (
    MOST_AT_ONCE,
    ConcurrencyLimit,
    CountUnderWay,
    RequestFailure,
    Sent,
)
from app.aws.counting.key_ranges import KeyRanges, LeadsNowhereError
from app.aws.counting.messages import Given, SigningKeys

KEYS = SigningKeys("AKIASECOND", "secret")
LAST = Given(("a",), (), truncated=False, token=None, keys=KEYS)


def _course() -> CountUnderWay:
    return CountUnderWay(KeyRanges(""), random.Random(1))  # noqa: S311


def _sent(course: CountUnderWay, now: float) -> Sent:
    sent = course.next(now)
    assert sent is not None
    return sent


def test_asked_to_slow_down_it_halves_and_creeps_up_again() -> None:
    pace = ConcurrencyLimit(random.Random(1))  # noqa: S311
    assert (pace.limit, pace.has_slowed) == (MOST_AT_ONCE, False)
    pace.slow_down(sent_at=1, now=2)
    assert (pace.limit, pace.has_slowed) == (MOST_AT_ONCE // 2, True)
    assert 2 < pace.paused_until < 3
    pace.slow_down(sent_at=1.5, now=2.1)  # it was under way when the pace changed
    assert pace.limit == MOST_AT_ONCE // 2
    for time in range(3, 20):
        pace.slow_down(sent_at=time, now=time + 0.5)
    assert pace.limit == 1
    assert pace.paused_until - 19.5 <= 8
    for _ in range(1000):
        pace.went_well()
    assert pace.limit == MOST_AT_ONCE


def test_answers_that_are_lost_leave_more_of_the_line_to_each() -> None:
    course = _course()
    sent = _sent(course, 1.0)
    course.failed(sent, RequestFailure.LOST, 2.0)
    assert not course.has_slowed
    pace = ConcurrencyLimit(random.Random(1))  # noqa: S311
    assert [pace.halve(sent_at, sent_at + 1) for sent_at in (1, 1.5, 3)] == [True, False, True]
    assert pace.limit == MOST_AT_ONCE // 4
    assert pace.paused_until < 0


@pytest.mark.parametrize(
    ("trouble", "times"), [(RequestFailure.SLOW_DOWN, 8), (RequestFailure.LOST, 4)]
)
def test_what_fails_again_and_again_is_handed_on(trouble: RequestFailure, times: int) -> None:
    course, now, sent = _course(), 0.0, None
    for time in range(times):
        assert course.handed_on() is None
        sent = _sent(course, now)
        assert sent.tries == time + 1
        course.failed(sent, trouble, now)
        wakes_at = course.wakes_at()
        assert course.next(now) is None
        now = max(now, wakes_at or 0)
    handed_on = course.handed_on()
    assert handed_on is not None
    assert handed_on is sent
    course.answered_elsewhere(handed_on, LAST, now)
    assert course.is_done
    assert course.ranges.keys == 1


def test_with_new_keys_all_is_sent_again() -> None:
    course = CountUnderWay(KeyRanges("", "b/1", "a/1"), random.Random(1))  # noqa: S311
    sent = [_sent(course, 0.0) for _ in range(3)]
    for one in sent[:2]:
        course.failed(one, RequestFailure.REFUSED, 1.0)
    handed_on = course.handed_on()
    assert handed_on in sent
    page = Given(("c/1",), (), truncated=True, token="T", keys=KEYS)
    course.answered_elsewhere(handed_on, page, 2.0)
    course.failed(sent[2], RequestFailure.REFUSED, 2.0)  # it was signed with the old ones
    assert course.handed_on() is None
    again = [_sent(course, 3.0) for _ in range(3)]
    assert {one.ask for one in sent if one is not handed_on} <= {one.ask for one in again}
    course.failed(again[0], RequestFailure.REFUSED, 4.0)
    assert course.handed_on() is again[0]


def test_no_more_is_under_way_than_it_may_be() -> None:
    course, now = CountUnderWay(KeyRanges("", "in/folder/1", "in/folder/0"), random.Random(1)), 0.0  # noqa: S311
    for _ in range(6):
        course.failed(_sent(course, now), RequestFailure.SLOW_DOWN, now)
        now = course.wakes_at() or now
    _sent(course, now + 60)
    assert course.next(now + 60) is None


def _page(*names: str, token: str | None = None) -> Given:
    return Given(names, (), truncated=token is not None, token=token, keys=KEYS)


def test_a_page_without_keys_is_followed_by_its_token() -> None:
    ranges = KeyRanges("")
    for token, before in (("A", None), ("B", "A")):
        ask = ranges.next()
        assert ask is not None
        assert (ask.after, ask.token) == ("", before)
        ranges.answered(ask, _page(token=token))
    ask = ranges.next()
    assert ask is not None
    with pytest.raises(LeadsNowhereError):
        ranges.answered(ask, _page(token="B"))
    ranges.answered(ask, _page("a", token="C"))
    ask = ranges.next()
    assert ask is not None
    assert (ask.after, ask.token) == ("a", None)
