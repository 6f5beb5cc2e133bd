"""Keeping what changes all the time beside the work: only the latest of it, and one at a time.

A disk may take seconds, on a network or when it wakes; whoever types meanwhile does not wait.
"""

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")

PATIENCE: Final = 5.0
"""Seconds that whoever closes the window waits for a disk."""


class LatestKept(Generic[T]):
    """Keeps values by ``keep`` in a thread of its own; a value that a newer one followed, never.

    ``keep`` returns the reason where it could not; ``told`` is given that, or None, in the thread.
    """

    def __init__(self, keep: Callable[[T], str | None], told: Callable[[str | None], None]) -> None:
        self._keep = keep
        self._told = told
        self._changed = threading.Condition()
        self._waiting: list[T] = []
        self._busy = False

    def put(self, value: T) -> None:
        """Keep ``value`` as soon as what is being kept is."""
        with self._changed:
            self._waiting = [value]
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._work, name="keep", daemon=True).start()

    def settle(self, patience: float = PATIENCE) -> bool:
        """Wait until all is kept or refused, at most ``patience`` seconds; return whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, patience)

    def _work(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._busy = False
                    self._changed.notify_all()
                    return
                value = self._waiting.pop()
            self._told(self._keep(value))
