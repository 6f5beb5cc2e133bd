"""The work that is put into one diagnosis or plan: what was worked out is kept, and it has an end.

Core has no clock, so what counts is steps, about one for each thing that is read or compared: the
same draft and snapshot take the same number of them on every computer. Whoever waits can stop the
work from another thread, or give it a watch (``app.flow.patience``): of what nobody foresaw a step
may take long.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST_STEPS: Final = 2_000_000
"""What some ten seconds are enough for (``tests/benchmarks/most_work.py`` measures it)."""


_CHARACTERS: Final = 16
"""How many of a text are a step."""


class OutOfWorkError(Exception):
    """All the steps are used up, or the work was stopped: the answer stays unknown."""


class Work:
    """What has been worked out so far, and how many ``steps`` are ``left``: by itself, no end.

    ``is_over`` is asked at each step whether the time is up. ``is_stopped`` tells whether
    somebody no longer waits for it.
    """

    def __init__(self, steps: int = sys.maxsize, is_over: Callable[[], bool] | None = None) -> None:
        self.left = steps
        self.is_stopped = False
        self._is_over = is_over
        self._results: dict[object, tuple[object, Any]] = {}

    def spend(self, steps: int) -> None:
        """Take ``steps``; raise OutOfWorkError where there are none left, or no time."""
        self.left -= steps
        if self.left < 0 or self.is_stopped:
            raise OutOfWorkError
        if self._is_over is not None and self._is_over():
            raise OutOfWorkError

    def reading(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield each of ``texts``, and take as many steps for it as it is long."""
        for text in texts:
            self.spend(1 + len(text) // _CHARACTERS)
            yield text

    def stop(self) -> None:
        """End the work at its next step, from whatever thread."""
        self.is_stopped = True

    def forget(self) -> None:
        """Let go of what was worked out: the results hold the work, and the work holds them.

        Left to the collector of such circles, a diagnosis of many buckets held the window up for
        a fifth of a second once it was over.
        """
        self._results.clear()

    def once(self, make: Callable[[T], R], source: T) -> R:
        """Return what ``make`` makes of ``source``, which is made the first time alone.

        Sources are told apart by what they are, not by what they are equal to.
        """
        key = make, id(source)
        if key not in self._results:
            # The source is kept, so that no other value can come to have its id.
            self._results[key] = source, make(source)
        result: R = self._results[key][1]
        return result
