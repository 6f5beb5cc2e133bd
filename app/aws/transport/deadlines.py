"""Moments at which something is done unless it is called off before: one thread waits for all.

``threading.Timer`` has a thread for each, and to start one costs as much as to sign a request.
"""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from typing import Final

_MANY: Final = 256
"""How many moments may be kept that were called off, beside as many that still count."""


class Deadline:
    """One moment, and what is done then."""

    __slots__ = ("act", "moment")

    def __init__(self, moment: float, act: Callable[[], None]) -> None:
        self.moment = moment
        self.act: Callable[[], None] | None = act

    def call_off(self) -> None:
        """Do nothing at that moment, and hold on to nothing; what has begun goes on."""
        self.act = None


class Deadlines:
    """Waits for many moments in one daemon thread, which ends where there is nothing to wait for.

    What is done then is short, and raises nothing.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Deadline]] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._next = 0.0
        self._is_awake = False

    def after(self, seconds: float, act: Callable[[], None]) -> Deadline:
        """Do ``act`` in ``seconds`` from now, in another thread, unless it is called off."""
        deadline = Deadline(time.monotonic() + seconds, act)
        with self._changed:
            heapq.heappush(self._waiting, (deadline.moment, next(self._numbers), deadline))
            if not self._is_awake:
                self._is_awake = True
                threading.Thread(target=self._wait, name="deadlines", daemon=True).start()
            elif deadline.moment < self._next:
                self._changed.notify()
            if len(self._waiting) > _MANY:
                self._forget_called_off()
        return deadline

    def _forget_called_off(self) -> None:
        """Keep no more that were called off than still count: each would stay for its time."""
        counting = [each for each in self._waiting if each[2].act is not None]
        if len(counting) * 2 <= len(self._waiting):
            heapq.heapify(counting)
            self._waiting = counting

    def _wait(self) -> None:
        while True:
            with self._changed:
                due = self._due()
                if due is None:
                    if not self._is_awake:
                        return
                    self._changed.wait(self._next - time.monotonic())
                    continue
            act = due.act
            if act is not None:
                act()

    def _due(self) -> Deadline | None:
        """Take out the first moment that has come; else note the next one, or that none is left."""
        while self._waiting:
            moment, _, deadline = self._waiting[0]
            if deadline.act is not None and moment > time.monotonic():
                self._next = moment
                return None
            heapq.heappop(self._waiting)
            if deadline.act is not None:
                return deadline
        self._is_awake = False
        return None


DEADLINES: Final = Deadlines()
"""Those of the whole process."""
