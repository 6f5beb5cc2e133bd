"""How long the page Test holds the window while it tests, in both roles, over real HTTP.

    .venv/bin/python tests/benchmarks/page_pauses.py

The window runs off-screen on Qt's event loop; the practice AWS and the practice UbiQuity run in a
process of their own, since they would share the interpreter with the window and be measured too.
The customer's test, UbiQuity's visit and the watch that sees it, a count, and the test of
UbiQuity's support with a file of its own are walked through, and for each the longest time is
printed in which the event loop did one thing. On a computer that others use too the clock tells
little, so what counts is how much of that time this program worked, its threads included.
Goal (issue 13): no pause over 50 ms. Exit status 1 beyond it.
"""

import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import qasync
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.core.draft import BucketEntry, Draft
from app.exports import handoff
from app.flow.connection.checks import Tester
from app.flow.ports.accounts import PracticeUbiquity, PressedTest
from app.flow.threads import in_thread
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Method
from app.flow.wizard.store import SetupStore
from app.ui.application import give_the_window_its_turn
from app.ui.collecting import collected_here
from app.ui.pages.page_list import make_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.widgets.masking import Masking
from app.ui.window.wizard_window import WizardWindow
from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.records import unkept
from tests.helpers.running_qt import dressed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from app.practice.account import Keys
    from app.practice.server import PracticeAws

MOST_PAUSE: Final = 0.05
"""Seconds (issue 13)."""
PATIENCE: Final = 60.0
"""Seconds that one part may take."""
CALM_TURNS: Final = 300
"""Turns of the loop after which nothing is drawn any more."""


class Elsewhere(NamedTuple):
    """The practice AWS of another process, as this one reaches it."""

    endpoint_url: str
    admin: "Keys"
    ubiquity: "Keys"
    support: "Keys"
    pipe: "Connection"


class UbiquityElsewhere:
    """The practice UbiQuity: its machine is another one too."""

    def __init__(self, pipe: "Connection") -> None:
        self._pipe = pipe

    async def press_test_connection(self, draft: Draft) -> tuple[PressedTest, ...]:
        """Let the other process press, and wait for what it answers."""
        return await in_thread(lambda: self._asked(draft))

    def _asked(self, draft: Draft) -> tuple[PressedTest, ...]:
        self._pipe.send(draft)
        return cast("tuple[PressedTest, ...]", self._pipe.recv())


class AccountsElsewhere(PracticeAccounts):
    """The sign-ins to a practice AWS that another process runs."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        super().__init__()
        self._elsewhere = elsewhere

    @property
    def practice_ubiquity(self) -> PracticeUbiquity:
        """The practice UbiQuity of the other process."""
        return UbiquityElsewhere(self._elsewhere.pipe)

    async def started(self) -> "PracticeAws":
        """Return what tells where it is and by which keys; nothing else of it is asked."""
        return cast("PracticeAws", self._elsewhere)


class Pause(NamedTuple):
    """The longest time for which the loop did one thing.

    ``ours`` is how much of it this program worked, in whatever thread: the rest it waited for other
    programs, which may have the processors. ``seconds`` is by the clock, ``computing`` what the
    window's own thread took of the processor.
    """

    ours: float = 0.0
    seconds: float = 0.0
    computing: float = 0.0

    def __str__(self) -> str:
        ours, whole, part = (each * 1000 for each in self)
        return (
            f"longest pause {ours:6.1f} ms of this program's own work (the window's thread "
            f"{part:5.1f} ms; {whole:6.1f} ms by the clock)"
        )


class Walk:
    """One window, walked through the page Test; ``longest`` is told after each part."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        accounts = AccountsElsewhere(elsewhere)
        self.store = SetupStore(practice=True)
        self.context = PageContext(
            store=self.store,
            tasks=TaskScope(_tell_crash),
            masking=Masking(),
            open_link=print,
            clock=time.monotonic,
            reach=lambda: Reach(
                actions=SetupActions(self.store, accounts, unkept()),
                handoff=handoff,
                practice_examples=accounts.practice_examples,
            ),
        )
        self.window = WizardWindow(self.context, make_page)
        self.window.show()
        self.good = True

    async def run(self) -> bool:
        """Walk, print, and return whether no pause was too long."""
        await self._set_up()
        await self._part("the customer's test", self._enter, self._is_tested)
        await self._part("run again", lambda: self._press("testAgain"), self._is_tested)
        await self._part("UbiQuity presses", lambda: self._press("practisePress"), self._is_told)
        await self._part("UbiQuity is seen", lambda: None, self._is_seen)
        await self._part("what was tried", lambda: self._press("tried-button"), lambda: True)
        await self._part("every call is shown", lambda: self._press("calls-button"), lambda: True)
        await self._part("all files are counted", self._count, self._is_counted)
        await self._part("UbiQuity's test", lambda: self._press("practiseRole"), self._is_proved)
        await self._part("… with a file", self._agree_and_test, self._is_proved)
        self.window.close()
        await self.context.tasks.close()
        return self.good

    async def _set_up(self) -> None:
        """Give UbiQuity access, before anything is measured; boto3 is imported by then."""
        self.store.fill(self.context.practice_examples[3].form)
        self.store.choose_method(Method.CONSOLE)
        await self.context.actions.do_all_steps()
        self.store.tick("connector", done=True)
        self.store.change(lambda state: state.at("connector"))
        await _calm(lambda: True)

    async def _part(
        self, name: str, begin: Callable[[], object], is_done: Callable[[], bool]
    ) -> None:
        watching = asyncio.create_task(_watched(is_done))
        await asyncio.sleep(0)
        begin()
        pause = await watching
        self.good = self.good and pause.ours <= MOST_PAUSE
        print(f"{name:24} {pause}", flush=True)

    def _enter(self) -> None:
        self.store.change(lambda state: state.at("test"))

    def _press(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        if not isinstance(button, QAbstractButton) or not button.isVisible():
            raise LookupError(name)
        button.click()

    def _count(self) -> None:
        self._press("tried-button")  # folded again, as it is by itself
        entry = self._entry()
        self.context.start_aside("count", self.context.actions.connection.count(entry))

    def _agree_and_test(self) -> None:
        self._press("withFile")
        self._press("testAgain")

    def _entry(self) -> BucketEntry:
        draft = self.store.state.draft
        if draft is None:
            raise LookupError("a draft")
        return draft.buckets[0]

    def _is_tested(self) -> bool:
        connection, busy = self.store.state.connection, self.store.state.busy
        return connection.awaits_ubiquity and busy is None

    def _is_told(self) -> bool:
        return self.store.state.connection.worked and self.store.state.busy is None

    def _is_seen(self) -> bool:
        return self.store.state.connection.visit is not None

    def _is_counted(self) -> bool:
        counting = self.store.state.connection.counts.get(self._entry())
        return counting is not None and not counting.running

    def _is_proved(self) -> bool:
        connection, busy = self.store.state.connection, self.store.state.busy
        return connection.tested_by is Tester.UBIQUITY and connection.worked and busy is None


async def _watched(is_done: Callable[[], bool]) -> Pause:
    """Return the longest time between two turns of the loop until all is done and drawn."""
    longest, calm, end = Pause(), 0, time.monotonic() + PATIENCE
    before = _clocks()
    while calm < CALM_TURNS:
        await asyncio.sleep(0.001)
        now = _clocks()
        seconds, computing, worked = (b - a for a, b in zip(before, now, strict=True))
        longest = max(longest, Pause(min(seconds, worked), seconds, computing))
        before = now
        calm = calm + 1 if is_done() else 0
        if time.monotonic() > end:
            raise TimeoutError(is_done.__name__)
    return longest


def _clocks() -> tuple[float, float, float]:
    """Return the time, and what this thread and this program took of the processors so far."""
    return time.perf_counter(), time.thread_time(), time.process_time()


async def _calm(is_done: Callable[[], bool]) -> None:
    await _watched(is_done)


def _tell_crash(error: BaseException) -> None:
    """Let nothing that went wrong pass for a smooth window."""
    raise error


def _serve(pipe: "Connection") -> None:
    """Run the practice AWS until the other end of ``pipe`` says so."""
    from app.practice.connector import press_test_connection
    from app.practice.pace import Pace
    from app.practice.server import PracticeAws

    with PracticeAws(Pace()) as aws:
        pipe.send((aws.endpoint_url, aws.admin, aws.ubiquity, aws.support))
        while (draft := pipe.recv()) is not None:
            pipe.send(press_test_connection(aws.endpoint_url, aws.ubiquity, draft))


@contextmanager
def _practice_elsewhere() -> Iterator[Elsewhere]:
    spawned = multiprocessing.get_context("spawn")
    ours, theirs = spawned.Pipe()
    process = spawned.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        endpoint_url, admin, ubiquity, support = ours.recv()
        yield Elsewhere(endpoint_url, admin, ubiquity, support, ours)
    finally:
        ours.send(None)
        process.join(10)


def _run(work: Callable[[], Awaitable[bool]]) -> bool:
    app = QApplication(sys.argv[:1])
    dressed(app)
    give_the_window_its_turn()
    with qasync.QEventLoop(app) as loop, collected_here(app):
        asyncio.set_event_loop(loop)
        return bool(loop.run_until_complete(work()))


def main() -> int:
    """Measure, print, and return the exit status."""
    with _practice_elsewhere() as elsewhere:
        good = _run(lambda: Walk(elsewhere).run())
    print(f"no pause over {MOST_PAUSE * 1000:.0f} ms: {'yes' if good else 'NO'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
