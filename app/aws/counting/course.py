"""The course of a count: what may be asked now, and what an answer or a trouble means for it.

It knows no socket, no thread and no clock: whoever drives it says what time it is.
"""

import heapq
import random
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from app.aws.counting.key_ranges import Ask, KeyRanges, ListingPage

MOST_AT_ONCE: Final = 32
"""Requests under way. A page takes S3 a tenth of a second or two, so that this makes a few hundred
a second; it allows 5,500 (Amazon S3 User Guide, "Best practices design patterns: optimizing Amazon
S3 performance")."""
_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 8.0
_PATIENCE: Final = 8
"""Times that a request is sent which AWS asks to slow down: some half a minute."""
_TRIES: Final = 4
"""Times that a request is sent which gets no answer, or half of one."""


class RequestFailure(Enum):
    """Why a request got no page."""

    SLOW_DOWN = auto()
    """AWS asks for fewer requests."""
    LOST = auto()
    """No answer came, or not the whole of it, or a fault of AWS that may pass."""
    REFUSED = auto()
    """Sending it again is no use: another has to look at it (expired keys, a wrong region)."""


@dataclass(eq=False, slots=True)
class Sent:
    """A request on its way: since when, with which of the keys given so far, for which time."""

    ask: Ask
    at: float
    keys: int
    tries: int = 1


class ConcurrencyLimit:
    """How many requests may be under way: half as many at each call to slow down, then more."""

    def __init__(self, spread: random.Random) -> None:
        self._spread = spread
        self._limit = float(MOST_AT_ONCE)
        self._halved_at = float("-inf")
        self._calls = 0
        self.has_slowed = False
        """Whether AWS has asked to slow down so far."""
        self.paused_until = float("-inf")

    @property
    def limit(self) -> int:
        """How many requests may be under way at once."""
        return int(self._limit)

    def went_well(self) -> None:
        """Take note of an answer: a little more is tried."""
        self._calls = 0
        self._limit = min(float(MOST_AT_ONCE), self._limit + 1 / self._limit)

    def slow_down(self, sent_at: float, now: float) -> None:
        """Take note of a call to slow down, in answer to what was sent at ``sent_at``."""
        self.has_slowed = True
        if self.halve(sent_at, now):
            self.paused_until = now + self.pause(self._calls)
            self._calls += 1

    def halve(self, sent_at: float, now: float) -> bool:
        """Let half as many be under way, as far as what was sent at ``sent_at`` tells of the pace.

        What was sent before the last time tells nothing of the new one. A request whose answer is
        lost may have been one too many for the line: pages are large.
        """
        if sent_at <= self._halved_at:
            return False
        self._halved_at = now
        self._limit = max(1.0, self._limit / 2)
        return True

    def pause(self, times: int) -> float:
        """Return the seconds to wait after ``times`` failures: ever more, and never the same."""
        longest = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0**times)
        return longest * self._spread.uniform(0.5, 1.0)


@dataclass(order=True, slots=True)
class _Later:
    at: float
    number: int
    sent: Sent = field(compare=False)


class CountUnderWay:
    """One count under way, over ``ranges``."""

    def __init__(self, ranges: KeyRanges, spread: random.Random | None = None) -> None:
        """``spread`` makes the pauses differ from those of others that AWS slows down too."""
        self.ranges = ranges
        self.requests = 0
        self._pace = ConcurrencyLimit(spread or random.Random())  # noqa: S311 - no secret
        self._keys = 0
        self._under_way = 0
        self._again: list[_Later] = []
        self._number = 0
        self._handed_on: list[Sent] = []

    @property
    def is_done(self) -> bool:
        """Whether all is counted."""
        return self.ranges.is_done

    @property
    def has_slowed(self) -> bool:
        """Whether AWS has asked to slow down so far."""
        return self._pace.has_slowed

    @property
    def ready(self) -> int:
        """How many requests could be sent now, if nothing forbids it, at least."""
        return self.ranges.ready + len(self._again)

    def next(self, now: float) -> Sent | None:
        """Return a request to be sent now; None while there is none."""
        if self.is_done or now < self._pace.paused_until or self._under_way >= self._pace.limit:
            return None
        if self._again and self._again[0].at <= now:
            before = heapq.heappop(self._again).sent
            sent = Sent(before.ask, now, self._keys, before.tries + 1)
        else:
            ask = self.ranges.next()
            if ask is None:
                return None
            sent = Sent(ask, now, self._keys)
        self._under_way += 1
        self.requests += 1
        return sent

    def wakes_at(self) -> float | None:
        """Return when ``next`` may have something without another answer; None for never."""
        if self._again:
            return max(self._pace.paused_until, self._again[0].at)
        return self._pace.paused_until if self._pace.has_slowed else None

    def answered(self, sent: Sent, page: ListingPage) -> None:
        """Take in the page that came for ``sent``; raises what ``KeyRanges.answered`` raises."""
        self._under_way -= 1
        self._pace.went_well()
        self.ranges.answered(sent.ask, page)

    def failed(self, sent: Sent, trouble: RequestFailure, now: float) -> None:
        """Take in that ``sent`` got no page: it is sent again, or handed on."""
        self._under_way -= 1
        if trouble is RequestFailure.REFUSED:
            if sent.keys == self._keys:
                self._handed_on.append(sent)
            else:  # others have brought new keys meanwhile
                self._send_later(sent, now)
            return
        if trouble is RequestFailure.SLOW_DOWN:
            self._pace.slow_down(sent.at, now)
        else:
            self._pace.halve(sent.at, now)
        if sent.tries >= (_PATIENCE if trouble is RequestFailure.SLOW_DOWN else _TRIES):
            self._handed_on.append(sent)
            return
        self._send_later(sent, now + self._pace.pause(sent.tries - 1))

    @property
    def has_handed_on(self) -> bool:
        """Whether there is a request that somebody else has to send."""
        return bool(self._handed_on)

    def handed_on(self) -> Sent | None:
        """Return a request that somebody else has to send, who can do more; None for none.

        Its answer comes to ``answered_elsewhere``.
        """
        return self._handed_on.pop() if self._handed_on else None

    def answered_elsewhere(self, sent: Sent, page: ListingPage, now: float) -> None:
        """Take in the page that another got for ``sent``, with new keys for all from now on."""
        self._keys += 1
        self.ranges.answered(sent.ask, page)
        for other in self._handed_on:
            self._send_later(Sent(other.ask, other.at, other.keys, 0), now)
        self._handed_on.clear()

    def _send_later(self, sent: Sent, at: float) -> None:
        self._number += 1
        heapq.heappush(self._again, _Later(at, self._number, sent))
