"""A bucket in memory that lists as S3 does, and a count driven over it without a clock."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from app.aws.counting.course import CountUnderWay, RequestFailure, Sent
from app.aws.counting.key_ranges import KeyRanges


@dataclass
class ModelPage:
    keys: list[str]
    sizes: dict[str, int]
    truncated: bool
    token: str | None = None

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def markers(self) -> int:
        return sum(map(self._marks, self.keys))

    @property
    def first(self) -> str:
        return self.keys[0] if self.keys else ""

    @property
    def last(self) -> str:
        return self.keys[-1] if self.keys else ""

    def up_to(self, key: str) -> tuple[int, int]:
        kept = [name for name in self.keys if name.encode() <= key.encode()]
        return len(kept), sum(map(self._marks, kept))

    def _marks(self, key: str) -> bool:
        return key.endswith("/") and not self.sizes.get(key, 1)


class ModelBucket:
    """Keys in the order of their UTF-8 bytes; ``sizes`` are 1 where not given."""

    def __init__(self, keys: Iterable[str], sizes: dict[str, int] | None = None) -> None:
        self.names = sorted(key.encode() for key in set(keys))
        self.sizes = sizes or {}
        self._pages = 0

    def under(self, prefix: str) -> list[str]:
        start = prefix.encode()
        return [name.decode() for name in self.names if name.startswith(start)]

    def page(
        self, prefix: str, after: str, token: str | None, most: int, fewer: int = 0
    ) -> ModelPage:
        """List as ListObjectsV2 does; ``fewer`` keys than asked for, none even, where it likes."""
        start = prefix.encode()
        if token is not None:
            begin = int(token.partition("/")[0])
        else:
            begin = max(bisect_right(self.names, after.encode()), bisect_left(self.names, start))
        names = []
        for name in self.names[begin : begin + max(0, most - fewer)]:
            if not name.startswith(start):
                break
            names.append(name.decode())
        end = begin + len(names)
        truncated = end < len(self.names) and self.names[end].startswith(start)
        self._pages += 1  # no token is given twice
        token = f"{end}/{self._pages}" if truncated else None
        return ModelPage(names, self.sizes, truncated, token)


Outcome = RequestFailure | int
"""What happens to a request: a trouble, or how many keys fewer than asked for come back."""


@dataclass
class Drive:
    """A count over ``bucket``, answered in an order and with the outcomes that a test chooses."""

    bucket: ModelBucket
    prefix: str = ""
    page_size: int = 1000
    now: float = 0.0
    asked: list[Sent] = field(default_factory=list)

    def run(
        self,
        outcome: Callable[[], Outcome] = lambda: 0,
        choose: Callable[[int], int] = lambda _waiting: 0,
        most_troubles: int = 10**9,
    ) -> CountUnderWay:
        course = CountUnderWay(KeyRanges(self.prefix), random.Random(1))  # noqa: S311
        under_way: list[Sent] = []
        for _ in count():
            while (sent := course.next(self.now)) is not None:
                under_way.append(sent)
                self.asked.append(sent)
            if course.is_done:
                return course
            if not under_way:
                handed_on = course.handed_on()
                if handed_on is not None:
                    course.answered_elsewhere(handed_on, self._page(handed_on, 0), self.now)
                    continue
                wakes_at = course.wakes_at()
                assert wakes_at is not None, "nothing under way, and nothing to wait for"
                assert wakes_at > self.now
                self.now = wakes_at
                continue
            sent = under_way.pop(choose(len(under_way)))
            self.now += 0.001
            came = outcome() if most_troubles > 0 else 0
            if isinstance(came, RequestFailure):
                most_troubles -= 1
                course.failed(sent, came, self.now)
            else:
                course.answered(sent, self._page(sent, came))
        raise AssertionError

    def _page(self, sent: Sent, fewer: int) -> ModelPage:
        ask = sent.ask
        most = min(ask.max_keys, self.page_size)
        return self.bucket.page(self.prefix, ask.after, ask.token, most, fewer)
