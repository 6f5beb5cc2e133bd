"""The process that counts: what ``python -m app --count-for-parent`` runs.

It is told its task on standard input and says on standard output how far it is. It ends with the
program that started it: that closes its standard input, killed or not.
"""

import functools
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable
from typing import IO, Final

from app.aws.counting.course import MOST_AT_ONCE, CountUnderWay, RequestFailure, Sent
from app.aws.counting.key_ranges import KeyRanges, LeadsNowhereError, NotInOrderError
from app.aws.counting.lister import Lister
from app.aws.counting.messages import (
    CountMessage,
    CountTask,
    GaveUp,
    Given,
    PageRequest,
    Progress,
    Ready,
    line_of,
    read_line,
)
from app.aws.counting.page_reader import ReadPage
from app.aws.transport.failures import keep_quiet

_TELLS_EVERY: Final = 0.1
"""Seconds between two figures."""
_LONGEST_WAIT: Final = 1.0


def work() -> int:
    """Count what standard input tells, and return the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the other program's
    keep_quiet()
    # In a program without a console sys.stdin and sys.stdout may be None; the pipes are there.
    with open(0, "rb", closefd=False) as told, open(1, "wb", closefd=False) as says:
        count(told, says, lambda: os._exit(1))
    os._exit(0)  # its threads may be waiting for answers that nobody needs any more


def count(told: IO[bytes], says: IO[bytes], left: Callable[[], None]) -> None:
    """Count what ``told`` tells; ``left`` is called when nothing more can come from there."""
    says.write(line_of(Ready()))
    says.flush()
    line = told.readline()
    task = read_line(line) if line else None
    if isinstance(task, CountTask):
        given: queue.SimpleQueue[Given] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(told, given, left), daemon=True).start()
        CountWorker(task, says, given).run()


def _listen(told: IO[bytes], given: "queue.SimpleQueue[Given]", left: Callable[[], None]) -> None:
    """Take in what is said after the task."""
    for text in told:
        message = read_line(text)
        if isinstance(message, Given):
            given.put(message)
    left()


class CountWorker:
    """One count: threads that send requests, and this one, which tells how far they are."""

    def __init__(self, task: CountTask, says: IO[bytes], given: "queue.SimpleQueue[Given]") -> None:
        self._course = CountUnderWay(KeyRanges(task.prefix, task.after, task.first))
        self._lister = Lister(task.place, task.prefix, task.keys)
        self._says = says
        self._given = given
        lock = threading.Lock()
        # A call for one of the threads that send must not wake up the one that tells.
        self._turn = threading.Condition(lock)
        self._news = threading.Condition(lock)
        self._gave_up: GaveUp | None = None

    def run(self) -> None:
        """Count to the end, or say why that can't be."""
        for _ in range(MOST_AT_ONCE):
            threading.Thread(target=self._send_requests, daemon=True).start()
        while (handed_on := self._wait()) is not None or not self._is_over:
            self._tell(self._progress())
            if handed_on is not None:
                self._ask_for(handed_on)
        self._tell(self._gave_up or self._progress())

    def _wait(self) -> Sent | None:
        """Wait for a moment, or for a request that this process can't do itself; return that."""
        with self._news:
            self._news.wait_for(self._has_news, _TELLS_EVERY)
            return None if self._is_over else self._course.handed_on()

    def _has_news(self) -> bool:
        return self._is_over or self._course.has_handed_on

    @property
    def _is_over(self) -> bool:
        return self._course.is_done or self._gave_up is not None

    def _progress(self) -> Progress:
        with self._turn:
            course, (request_id, host_id) = self._course, self._lister.last_ids
            return Progress(
                keys=course.ranges.keys,
                markers=course.ranges.markers,
                requests=course.requests,
                slowed=course.has_slowed,
                done=course.is_done,
                request_id=request_id,
                host_id=host_id,
            )

    def _tell(self, message: CountMessage) -> None:
        self._says.write(line_of(message))
        self._says.flush()

    def _ask_for(self, sent: Sent) -> None:
        ask = sent.ask
        self._tell(PageRequest(ask.after, ask.token, ask.max_keys))
        page = self._given.get()
        self._lister.keys = page.keys
        with self._turn:
            self._settle(lambda: self._course.answered_elsewhere(sent, page, time.monotonic()))

    def _send_requests(self) -> None:
        try:
            while (sent := self._next()) is not None:
                outcome = self._lister.page(sent.ask)
                with self._turn:
                    self._settle(functools.partial(self._take_in, sent, outcome))
        except Exception as error:  # noqa: BLE001 - the program raises it
            with self._turn:
                self._give_up(GaveUp("fault", _where(error)))

    def _next(self) -> Sent | None:
        """Return the next request, when there is one; None at the end."""
        with self._turn:
            while not self._is_over:
                now = time.monotonic()
                sent = self._course.next(now)
                if sent is not None:
                    return sent
                wakes_at = self._course.wakes_at()
                wait = _LONGEST_WAIT if wakes_at is None or wakes_at <= now else wakes_at - now
                self._turn.wait(min(wait, _LONGEST_WAIT))
        return None

    def _take_in(self, sent: Sent, outcome: ReadPage | RequestFailure) -> None:
        if isinstance(outcome, RequestFailure):
            self._course.failed(sent, outcome, time.monotonic())
        else:
            self._course.answered(sent, outcome)

    def _settle(self, take_in: Callable[[], None]) -> None:
        """Take in an answer, and wake those up who may go on now."""
        try:
            take_in()
        except NotInOrderError:
            self._give_up(GaveUp("order"))
        except LeadsNowhereError:
            self._give_up(GaveUp("nowhere"))
        if self._has_news():
            self._news.notify()
        if self._is_over:
            self._turn.notify_all()
        else:
            self._turn.notify(self._course.ready)

    def _give_up(self, why: GaveUp) -> None:
        self._gave_up = self._gave_up or why
        self._news.notify()
        self._turn.notify_all()


def _where(error: Exception) -> str:
    """Return the kind of a fault and its place; its text may hold keys, so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    places = (f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in frames)
    return f"{type(error).__name__} in {', '.join(places)}"
