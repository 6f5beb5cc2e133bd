"""How long the window is held on the way through all of it, over real HTTP; and what it holds then.

    .venv/bin/python tests/benchmarks/loop_pauses.py

The window runs off-screen on Qt's event loop; the practice AWS and the practice UbiQuity run in a
process of their own, since they would share the interpreter with the window and be measured too.
The account is set up, the connection tested in both roles, the set-up checked and access weighed to
be revoked; then every other page is shown, and every dialog of the menus opened. For each
part the longest time is printed in which the event loop did one thing, and what that was: how many
states were drawn, how long the collector and other threads of this program worked, what was
imported. On a computer that others use too the clock tells little, so what counts is how much of
that time this program worked, its threads included. At Finish the memory is told, beside a bare
window with boto3 and one client.
Goals (issues 13 and 14): no pause over 50 ms; memory at most 1.3 times. Exit status 1 beyond one.
What is loaded after the first paint is measured by ``after_first_paint.py``: here all is, before.
"""

# ruff: noqa: E402 - PySide is loaded as the program itself loads it, before whatever else does

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from app.ui.pyside_start import load_pyside

load_pyside()

import qasync
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.bootstrap.late_exports import LateHandoff
from app.bootstrap.outside import outside_of
from app.bootstrap.pages_ahead import PagesAhead, load_with_exports
from app.core.draft import BucketEntry
from app.core.frozen import replace
from app.flow.connection.tester import Tester
from app.flow.threads import in_thread
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.pages import FLOWS, PAGES
from app.flow.wizard.state import Flow, Method, Revoking
from app.flow.wizard.store import SetupStore
from app.system.one_heap import keep_to_one_heap
from app.system.resources import resources_folder
from app.system.settings_file import SettingsFile
from app.ui import application
from app.ui.application import give_the_window_its_turn
from app.ui.collecting import collected_here
from app.ui.menus.menu_bar import Menus
from app.ui.pages.page_list import make_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.widgets.masking import Masking
from app.ui.window.wizard_window import WizardWindow
from tests.benchmarks.first_paint import BARE, memory_of, painted
from tests.benchmarks.practice_elsewhere import AccountsElsewhere, Elsewhere, practice_elsewhere
from tests.helpers.records import unkept

MOST_PAUSE: Final = 0.05
"""Seconds (issue 13)."""
MOST_MEMORY: Final = 1.3
"""Times the memory of a bare window with boto3 and one client (issue 14)."""
WITH_CLIENT: Final = f"""
import boto3
client = boto3.Session().client("s3", region_name="eu-central-1")
{BARE}
"""
METHODS: Final = {
    **dict.fromkeys(("role", "trust", "permissions"), Method.CONSOLE),
    "handoff": Method.HANDOFF,
    "cloudshell": Method.CLOUDSHELL,
}
"""How the AWS side is done where a page is part of that; "Create it for me" elsewhere."""
BEFORE_THE_PLAN: Final = ("details", "method")
"""Pages that lie on the way, and are held when Finish is reached; there is no sign-in here."""
DIALOGS: Final = (
    "pasteSent",
    "checkPhrases",
    "showNeeds",
    "showTroubles",
    "saveBundle",
    "about",
)
"""Entries of the menus that open a dialog."""
PATIENCE: Final = 60.0
"""Seconds that one part may take."""
CALM_TURNS: Final = 300
"""Turns of the loop after which nothing is drawn any more."""


class Pause(NamedTuple):
    """The longest time for which the loop did one thing.

    ``ours`` is how much of it this program worked, in whatever thread: the rest it waited for other
    programs, which may have the processors. ``seconds`` is by the clock, ``computing`` what the
    window's own thread took of the processor, ``threads`` what the others did. ``collecting`` is
    the collector's part of it; ``drawn`` states were shown and ``modules`` imported.
    """

    ours: float = 0.0
    seconds: float = 0.0
    computing: float = 0.0
    threads: float = 0.0
    collecting: float = 0.0
    drawn: int = 0
    modules: int = 0

    def __str__(self) -> str:
        ours, whole, part, threads, collecting = (each * 1000 for each in self[:5])
        return (
            f"longest pause {ours:5.1f} ms of this program's own work ({whole:.1f} by the clock): "
            f"the window's thread {part:.1f} ms, of it the collector {collecting:.1f}; other "
            f"threads {threads:.1f} ms; {self.drawn} states drawn, {self.modules} imports"
        )


class Reading(NamedTuple):
    """What the clocks show, and what was done so far: the same fields as those of ``Pause``."""

    seconds: float
    computing: float
    worked: float
    collecting: float
    drawn: int
    modules: int

    def until(self, later: "Reading") -> Pause:
        """Return what came to pass from here to ``later``."""
        seconds, computing, worked, collecting, drawn, modules = (
            b - a for a, b in zip(self, later, strict=True)
        )
        return Pause(
            ours=min(seconds, worked),
            seconds=seconds,
            computing=computing,
            threads=worked - computing,
            collecting=collecting,
            drawn=int(drawn),
            modules=int(modules),
        )


class Meter:
    """Counts what may hold the window, and reads the clocks."""

    def __init__(self) -> None:
        self._collecting = 0.0
        self._begun = 0.0
        self._drawn = 0
        gc.callbacks.append(self._collected)

    def note_drawn(self, _state: object) -> None:
        """Count a state that was drawn."""
        self._drawn += 1

    def read(self) -> Reading:
        """Return the time, what this thread and this program took of it, and what was done."""
        clocks = time.perf_counter(), time.thread_time(), time.process_time()
        return Reading(*clocks, self._collecting, self._drawn, len(sys.modules))

    def _collected(self, phase: str, _info: object) -> None:
        now = time.thread_time()
        if phase == "start":
            self._begun = now
        else:
            self._collecting += now - self._begun


class Walk:
    """One window, walked through; its longest pause is told after each part."""

    def __init__(self, elsewhere: Elsewhere, home: Path) -> None:
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
                handoff=LateHandoff(),
                practice_examples=accounts.practice_examples,
            ),
        )
        self.window = WizardWindow(self.context, make_page)
        self.meter = Meter()
        self.store.subscribe(self.meter.note_drawn)
        settings = SettingsFile(home)
        Menus(self.window, self.context, lambda: outside_of(settings)).fill()
        self.window.show()
        self.longest = 0.0
        self.lean = True

    async def run(self) -> bool:
        """Walk, print, and return whether no pause was too long, and the memory in its bounds."""
        await self._part("pages ahead", lambda: PagesAhead(self.context), self._is_loaded)
        await self._create()
        await self._test()
        await self._finish()
        await self._check_and_revoke()
        await self._show_pages()
        await self._open_dialogs()
        self.window.close()
        await self.context.tasks.close()
        smooth = self.longest <= MOST_PAUSE
        most = MOST_PAUSE * 1000
        print(
            f"longest of all {self.longest * 1000:.1f} ms; none over {most:.0f} ms: {_yes(smooth)}"
        )
        print(f"memory at most {MOST_MEMORY} times: {_yes(self.lean)}")
        return smooth and self.lean

    async def _show_pages(self) -> None:
        """Show each page, with details that are filled in; most of them for the first time.

        Each is loaded, as it is to whoever comes to it on its way.
        """
        await in_thread(lambda: load_with_exports(PAGES))
        self.store.fill(self.context.practice_examples[3].form)
        for page_id in PAGES:
            flow = next(f for f, pages in FLOWS.items() if page_id in {p.id for p in pages})
            if page_id not in {*BEFORE_THE_PLAN, "sign-in", "test"}:  # these were; none here
                await self._part(f"{page_id} is shown", self._goer(page_id, flow), self._is_idle)

    def _goer(self, page_id: str, flow: Flow) -> Callable[[], None]:
        method, way = METHODS.get(page_id, Method.CREATE), Revoking.DELETE_ROLE
        return lambda: self.store.change(
            lambda state: replace(
                state.at(page_id, flow),
                creation=state.creation.by(method)
                if state.creation.method is not method
                else state.creation,
                revocation=replace(state.revocation, way=way),
            )
        )

    def _come_to(self, page_id: str) -> None:
        self.store.change(lambda state: state.at(page_id, Flow.SETUP))

    async def _create(self) -> None:
        self.store.fill(self.context.practice_examples[3].form)
        for page_id in BEFORE_THE_PLAN:
            come = partial(self._come_to, page_id)
            await self._part(f"{page_id} is shown", come, self._is_idle)
        choose = partial(self.store.choose_method, Method.CREATE)
        await self._part("… of the way", choose, self._is_loaded)
        await self._part("the plan", self._goer("create", Flow.SETUP), self._is_planned)
        await self._part("the changes", self.window.go_on, self._is_created)
        self.store.tick("connector", done=True)

    async def _test(self) -> None:
        await self._part("the customer's test", self._goer("test", Flow.SETUP), self._is_tested)
        await self._part("run again", lambda: self._press("testAgain"), self._is_tested)
        await self._part("UbiQuity presses", lambda: self._press("practisePress"), self._is_told)
        await self._part("UbiQuity is seen", lambda: None, self._is_seen)
        await self._part("what was tried", lambda: self._press("tried-button"), lambda: True)
        await self._part("every call is shown", lambda: self._press("calls-button"), lambda: True)
        await self._part("all files are counted", self._count, self._is_counted)
        await self._part("UbiQuity's test", lambda: self._press("practiseRole"), self._is_proved)
        await self._part("… with a file", self._agree_and_test, self._is_proved)

    async def _finish(self) -> None:
        """Go on to Finish, and compare what the program holds there with a bare window."""
        await self._part("Finish", self._goer("finish", Flow.SETUP), self._is_idle)
        own, whole = memory_of(os.getpid())
        size = {"width": self.window.width(), "height": self.window.height()}
        bare = await in_thread(lambda: painted([sys.executable, "-c", WITH_CLIENT.format(**size)]))
        ratio = whole / bare.memory
        self.lean = ratio <= MOST_MEMORY
        print(
            f"at Finish {whole:.1f} MB ({own:.1f} of its own), beside {bare.memory:.1f} "
            f"({bare.own_memory:.1f}): {ratio:.2f} (at most {MOST_MEMORY})",
            flush=True,
        )

    async def _check_and_revoke(self) -> None:
        self.store.begin(Flow.CHECK)
        await self._part("the check’s page", self._goer("check", Flow.CHECK), self._is_idle)
        await self._part("a check", self.window.go_on, self._is_checked)
        self.store.choose_revoking(Revoking.DELETE_ROLE)
        await self._part("how to revoke", self._goer("revoke", Flow.REVOKE), self._is_weighed)

    async def _open_dialogs(self) -> None:
        self.store.begin(Flow.CHECK)
        for name in DIALOGS:
            entry = self.window.findChild(QAction, name)
            if entry is None:
                raise LookupError(name)
            await self._part(f"{name} is opened", entry.trigger, self._is_dialog_open)
            dialog = QApplication.activeModalWidget()
            if dialog is not None:
                dialog.close()

    async def _part(
        self, name: str, begin: Callable[[], object], is_done: Callable[[], bool]
    ) -> None:
        watching = asyncio.create_task(_watched(self.meter, is_done))
        await asyncio.sleep(0)
        begin()
        pause = await watching
        self.longest = max(self.longest, pause.ours)
        print(f"{name:24} {pause}", flush=True)

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

    def _is_loaded(self) -> bool:
        """Tell whether what the way leads to is loaded: nobody comes to it sooner."""
        return not self.context.tasks.running

    def _is_idle(self) -> bool:
        is_idle = self.store.state.busy is None and not self.context.tasks.working
        return is_idle and not self.window.is_coming

    def _is_planned(self) -> bool:
        return self.store.state.creation.run is not None and self.store.state.busy is None

    def _is_created(self) -> bool:
        run = self.store.state.creation.run
        return run is not None and run.is_complete and self.store.state.busy is None

    def _is_checked(self) -> bool:
        return self.store.state.connection.checked is not None and self.store.state.busy is None

    def _is_weighed(self) -> bool:
        return self.store.state.revocation.run is not None and self.store.state.busy is None

    def _is_dialog_open(self) -> bool:
        return QApplication.activeModalWidget() is not None

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


async def _watched(meter: Meter, is_done: Callable[[], bool]) -> Pause:
    """Return the longest time between two turns of the loop until all is done and drawn."""
    longest, calm, end = Pause(), 0, time.monotonic() + PATIENCE
    before = meter.read()
    while calm < CALM_TURNS:
        await asyncio.sleep(0.001)
        now = meter.read()
        longest = max(longest, before.until(now))
        before = now
        calm = calm + 1 if is_done() else 0
        if time.monotonic() > end:
            raise TimeoutError(is_done.__name__)
    return longest


def _yes(good: bool) -> str:
    return "yes" if good else "NO"


def _tell_crash(error: BaseException) -> None:
    """Let nothing that went wrong pass for a smooth window."""
    raise error


def _run(work: Callable[[], Awaitable[bool]]) -> bool:
    keep_to_one_heap()
    give_the_window_its_turn()
    app = application._dressed(resources_folder() / "icons")
    app.setDoubleClickInterval(0)  # each press is meant
    with qasync.QEventLoop(app) as loop, collected_here(app):
        asyncio.set_event_loop(loop)
        return bool(loop.run_until_complete(work()))


def main() -> int:
    """Measure, print, and return the exit status."""
    sources = Path(application.__file__).parents[1]
    subprocess.run([sys.executable, "-m", "compileall", "-q", sources], check=True)  # as set up
    with practice_elsewhere() as elsewhere, tempfile.TemporaryDirectory() as home:
        good = _run(lambda: Walk(elsewhere, Path(home)).run())
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
