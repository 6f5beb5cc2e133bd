"""The parts of a prefix's keys that are still to be counted, and the requests that do it.

The rule that makes a count exact: the ranges in ``KeyRanges`` are disjoint, and together with what
has been counted they are all keys of the prefix. An answer either counts the beginning of one range
and moves the range on to the last key counted, or cuts a range in two at a point between its keys.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple, Protocol

from app.aws.counting.key_order import (
    beyond,
    can_be_asked_for,
    common_length,
    others_at,
    place,
    start_of_kind,
    thinned,
)

PAGE: Final = 1000
"""Keys of a page at most (Amazon S3 API Reference, ListObjectsV2)."""
_POINTS: Final = 12
_WORTH_A_CUT: Final = 3.0
"""Pages that a range must seem to have left: to cut it takes two rounds of small requests."""
_EMPTY_PAGES: Final = 1000
"""Pages without a key, one after the other, that are taken for a listing without an end."""


class ListingPage(Protocol):
    """What counting needs of one page of a listing."""

    @property
    def count(self) -> int:
        """Keys of all kinds."""

    @property
    def markers(self) -> int:
        """Those of them that mark folders."""

    @property
    def first(self) -> str:
        """Its first key; empty where it has none."""

    @property
    def last(self) -> str:
        """Its last key; empty where it has none."""

    @property
    def truncated(self) -> bool:
        """Whether there is more after it."""

    @property
    def token(self) -> str | None:
        """Where it leads, also one without keys."""

    def up_to(self, key: str) -> tuple[int, int]:
        """Return how many keys and markers there are up to ``key``, itself included."""


class NotInOrderError(Exception):
    """A page does not begin after the key asked for, or does not end after its beginning.

    Some that answer like S3 don't know ``start-after``, and directory buckets have no order.
    """


class LeadsNowhereError(Exception):
    """A page says that there is more, and not where."""


@dataclass(eq=False, slots=True)
class KeyRange:
    """The keys after ``after`` up to ``upto`` (None: to the end), which are not counted yet."""

    after: str
    upto: str | None
    begin: str
    """Where it began, when it was made or cut."""
    fine: int | None = None
    """The position from which the keys of one of its pages differ; None before there was one."""
    varies: int | None = None
    """A position at which its keys are known to differ, from its first key on."""
    first: str = ""
    """Its first key, where ``varies`` is known."""
    token: str | None = None
    empty_pages: int = 0
    pages: int = 0
    """Pages counted since ``begin``."""
    next_look: int = 0
    """Pages that it must have had before it is worth a look again."""
    looked_for: int = 0
    """Points in it that are being asked for."""
    is_over: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Ask:
    """One request: a page of ``part``, or where ``point`` is given whether there are keys after it.

    ``after`` is where the page starts, unless ``token`` leads there.
    """

    part: KeyRange
    after: str
    token: str | None = None
    point: str | None = None
    opens: bool = False
    """Whether what comes after ``point`` is likely to vary where ``point`` ends."""

    @property
    def max_keys(self) -> int:
        """How many keys the answer needs to hold."""
        return PAGE if self.point is None else 1


class _Point(NamedTuple):
    """A point to be asked for, because ``part`` seems to be long."""

    part: KeyRange
    point: str
    opens: bool


@dataclass(slots=True)
class KeyRanges:
    """All that is to be counted under ``prefix`` after the key ``after``.

    ``first`` is the first key of the page that ended with ``after``, where there was one.
    """

    prefix: str
    after: str = ""
    first: str = ""
    keys: int = 0
    """Keys counted so far, markers among them."""
    markers: int = 0
    _left: int = 1
    _waiting: deque[KeyRange] = field(default_factory=deque)
    _under_way: list[KeyRange] = field(default_factory=list)
    _points: deque[_Point] = field(default_factory=deque)

    def __post_init__(self) -> None:
        whole = KeyRange(self.after, None, self.after)
        if self.first:
            whole.fine = common_length(self.first, self.after)
        self._waiting.append(whole)

    @property
    def is_done(self) -> bool:
        """Whether all is counted."""
        return not self._left

    @property
    def ready(self) -> int:
        """How many requests wait to be sent, at least."""
        return len(self._waiting) + len(self._points)

    def next(self) -> Ask | None:
        """Return a request that may be sent beside those under way; None while there is none."""
        if self._waiting:
            part = self._waiting.popleft()
            self._under_way.append(part)
            return Ask(part, part.after, part.token)
        if not self._points:
            self._look_for_cuts()
        while self._points:
            part, point, opens = self._points.popleft()
            if self._part_at(point) is not None:
                return Ask(part, point, point=point, opens=opens)
            part.looked_for -= 1
        return None

    def answered(self, ask: Ask, page: ListingPage) -> None:
        """Take in the answer to ``ask``.

        Raises NotInOrderError and LeadsNowhereError, and has taken in nothing then.
        """
        if page.count and (page.last < page.first or (not ask.token and page.first <= ask.after)):
            raise NotInOrderError
        if ask.point is not None:
            ask.part.looked_for -= 1
            self._cut(ask.point, page, opens=ask.opens)
        else:
            self._count(ask.part, page)

    def _count(self, part: KeyRange, page: ListingPage) -> None:
        keys, markers, is_over = page.count, page.markers, not page.truncated
        if page.count and part.upto is not None and page.last >= part.upto:
            keys, markers = page.up_to(part.upto)
            is_over = True
        elif not page.count and page.truncated:
            part.empty_pages += 1
            if page.token in (None, part.token) or part.empty_pages > _EMPTY_PAGES:
                raise LeadsNowhereError
        self.keys += keys
        self.markers += markers
        self._under_way.remove(part)
        if is_over:
            part.is_over = True
            self._left -= 1
            return
        part.pages += 1
        part.token = None if page.count else page.token
        if page.count:
            part.after, part.empty_pages = page.last, 0
            part.fine = common_length(page.first, page.last)
        self._waiting.append(part)

    def _cut(self, point: str, page: ListingPage, *, opens: bool) -> None:
        """Cut the range in two that ``point`` lies in, or end it there if no key comes after."""
        part = self._part_at(point)
        if part is None or (page.truncated and not page.count):
            return
        if page.count and (part.upto is None or page.first <= part.upto):
            later = KeyRange(point, part.upto, page.first)
            if opens:
                later.first = page.first
                later.varies = min(common_length(point, page.first), len(point) - 1)
            self._left += 1
            self._waiting.append(later)
        part.upto = point
        if part.pages:
            part.begin, part.pages = part.after, 0
        part.next_look = 1

    def _part_at(self, point: str) -> KeyRange | None:
        parts = chain(self._under_way, self._waiting)
        return next((part for part in parts if _lies_in(point, part)), None)

    def _look_for_cuts(self) -> None:
        """Choose the range that seems to be the longest, and points in it to ask for."""
        parts = [part for part in self._under_way if not part.looked_for]
        lengths = {part: self._length(part) for part in parts}
        for part in sorted(parts, key=lengths.__getitem__, reverse=True):
            if lengths[part] < _WORTH_A_CUT:
                return
            points = list(self._points_in(part))
            part.next_look = 2 * part.pages + 1
            if points:
                part.looked_for = len(points)
                self._points.extend(points)
                return

    def _length(self, part: KeyRange) -> float:
        """Return how many pages ``part`` seems to have left; 0 where it is no use to look."""
        if part.varies is not None:
            return float("inf")
        if part.fine is None or part.pages < part.next_look:
            return 0.0
        if part.upto is None or not part.pages:
            return float("inf")
        position = max(len(self.prefix), common_length(part.after, part.upto))
        begin, at, end = (place(key, position) for key in (part.begin, part.after, part.upto))
        if len(part.begin) <= position or part.begin[:position] != part.after[:position]:
            begin = start_of_kind(part.after, position)
        if at <= begin or end <= at:
            return _WORTH_A_CUT
        return part.pages * (end - at) / (at - begin)

    def _points_in(self, part: KeyRange) -> Iterator[_Point]:
        points = self._others(part) if part.varies is not None else self._steps(part)
        for point, opens in points:
            if _lies_in(point, part) and point.startswith(self.prefix):
                yield _Point(part, point, opens)

    def _others(self, part: KeyRange) -> Iterator[tuple[str, bool]]:
        """Yield points at which the character varies that is known to vary in ``part``."""
        position, part.varies = part.varies, None
        if position is None or position >= len(part.first):
            return
        yield from self._others_after(part.first, position)

    def _others_after(self, key: str, position: int) -> Iterator[tuple[str, bool]]:
        points = list(others_at(key, position, _POINTS))
        for number, point in enumerate(points, 1):
            yield point, number == len(points)

    def _steps(self, part: KeyRange) -> Iterator[tuple[str, bool]]:
        """Yield points ever further on: after all keys that begin as ``part.after`` does.

        The longer the beginning, the nearer the point: from where a page's own keys differ to
        where the whole range may.
        """
        key = part.after
        shared = 0 if part.upto is None else common_length(key, part.upto)
        start = max(len(self.prefix), shared)
        positions = list(range(start, min(part.fine or 0, len(key))))
        if not positions and start < len(key):  # a page's own keys differ where the range's do
            yield from self._others_after(key, start)
            return
        if len(positions) > _POINTS:
            folders = [position for position in positions if key[position] == "/"]
            half = _POINTS // 2
            positions = sorted({*thinned(folders, half), *thinned(positions, half)})
        for position in positions:
            point = beyond(key[: position + 1])
            if point is not None:
                yield point, True


def _lies_in(point: str, part: KeyRange) -> bool:
    """Tell whether ``point`` cuts ``part``: it has keys before it, and may have some after it."""
    if part.is_over or point <= part.after or (part.upto is not None and point >= part.upto):
        return False
    return can_be_asked_for(point)
