"""The log of a test: every call to AWS that was made for it, whoever made it.

What listens goes with the task that begins to listen, and with all tasks and threads that work for
it (``contextvars``): no call can be forgotten on the way, and two tests do not hear each other.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from app.core.call_record import CallRecord

Listener = Callable[[CallRecord], None]

MOST_CALLS: Final = 5_000
"""Calls that a log keeps, the latest: a test of many buckets, with an hour of watching."""

_LISTENING: Final[ContextVar[tuple[Listener, ...]]] = ContextVar("listening", default=())


@contextmanager
def calls_heard(listener: Listener) -> Iterator[None]:
    """Tell ``listener`` of each call that ends for this task until the end of ``with``.

    It is told in the thread of the call, of calls that outlive the block too, and raises nothing.
    Whoever listens already goes on to hear.
    """
    before = _LISTENING.get()
    _LISTENING.set((*before, listener))
    try:
        yield
    finally:
        # No token: a task that is thrown away half-way ends in another context than it began in.
        _LISTENING.set(before)


def hear_from_now_on(listener: Listener) -> None:
    """Tell ``listener`` of each call of what begins in this context from now on, to its end."""
    _LISTENING.set((*_LISTENING.get(), listener))


def somebody_listens() -> bool:
    """Tell whether a record of a call of this task or thread is of any use."""
    return bool(_LISTENING.get())


def tell_of(record: CallRecord) -> None:
    """Tell all who listen to this task or thread of a call that has ended."""
    for listener in _LISTENING.get():
        listener(record)


class CallLog:
    """Keeps the records of calls, many of which end side by side in threads of their own."""

    def __init__(self, most: int = MOST_CALLS) -> None:
        """``most`` is how many are kept, the latest."""
        self._records: deque[CallRecord] = deque(maxlen=most)
        self._lock = threading.Lock()

    def take(self, record: CallRecord) -> None:
        """Take the record of a call that has ended."""
        with self._lock:
            self._records.append(record)

    @property
    def records(self) -> tuple[CallRecord, ...]:
        """What was taken, in the order in which the calls began."""
        with self._lock:
            taken = tuple(self._records)
        return tuple(sorted(taken, key=lambda record: record.begun_at))
