"""How long a plan takes for many buckets, and how long a check of many holds the window.

    .venv/bin/python tests/benchmarks/many_buckets.py

Prints for several accounts the seconds of ``plan`` for 1, 10, 40 and 100 buckets, and how the
cost grows: the exponent between two sizes, 1 where it is linear. Then it checks 40 buckets in the
window, by its own button, and prints the longest time for which the event loop did nothing else.
Goals (issue 8): 40 buckets under 0.5 s, linear, and no pause of 50 ms. Exit status 1 beyond them.
"""

import asyncio
import gc
import itertools
import math
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import qasync
from PySide6.QtWidgets import QApplication

from app.core.draft import BucketEntry, Draft
from app.core.fields.form import form_of
from app.core.frozen import replace
from app.core.planning.plan import plan
from app.core.snapshot import PolicyDocument, Snapshot
from app.exports import handoff
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Flow
from app.flow.wizard.store import SetupStore
from app.ui.application import give_the_window_its_turn
from app.ui.look.qt_application import qt_application
from app.ui.pages.page_list import make_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.widgets.masking import Masking
from app.ui.window.wizard_window import WizardWindow
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, REGION, untouched, whole
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.records import unkept
from tests.helpers.running_qt import dressed

SIZES: Final = (1, 10, 40, 100)
CHECKED: Final = 40
MOST_SECONDS: Final = 0.5
"""For a plan of 40 buckets."""
MOST_PAUSE: Final = 0.05
"""Seconds."""
MOST_EXPONENT: Final = 1.3
"""Between 10 and 100 buckets: what is beyond linear by more than the clock’s noise."""
ROUNDS: Final = 3

Account = Callable[[Draft], Snapshot]


class Pause(NamedTuple):
    """A time for which the loop did one thing: by the clock, and of the processor.

    The rest was spent waiting: for the thread that plans, or for other programs.
    """

    seconds: float
    computing: float

    def since(self, before: "Pause") -> "Pause":
        """Return what has gone by since ``before``, where both are readings of the clocks."""
        return Pause(self.seconds - before.seconds, self.computing - before.computing)

    def __str__(self) -> str:
        whole, part = self.seconds * 1000, self.computing * 1000
        return f"longest pause {whole:6.1f} ms, of which it computed {part:6.1f} ms"


def main() -> int:
    """Measure, print, and return the exit status."""
    good = [print_plans(name, account) for name, account in ACCOUNTS.items()]
    app = qt_application()
    dressed(app)
    give_the_window_its_turn()
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        for name, account in ACCOUNTS.items():
            pause = loop.run_until_complete(longest_pause(app, account(draft(CHECKED))))
            good.append(pause.seconds <= MOST_PAUSE)
            print(f"check of {CHECKED}, {name:16} {pause}")
    return 0 if all(good) else 1


def draft(count: int) -> Draft:
    """Return a draft of ``count`` buckets, each with its own key."""
    key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key"
    return Draft(
        ACCOUNT,
        DATABASE_ID,
        tuple(
            BucketEntry(
                f"acme-imports-{number:03}",
                REGION,
                kms_key_arn=f"{key}/{number:08}-12ab-34cd-56ef-1234567890ab",
            )
            for number in range(count)
        ),
    )


def print_plans(name: str, account: Account) -> bool:
    """Print the seconds of a plan for each size, and return whether they are within the goals."""
    times = [seconds(draft(size), account(draft(size))) for size in SIZES]
    print(f"plan, {name}")
    rows = zip(SIZES, times, strict=True)
    for (size, took), growth in zip(rows, ["", *map(growth_text, steps(times))], strict=True):
        print(f"  {size:4} buckets {took:8.4f} s {growth}")
    whole_growth = exponent((SIZES[1], times[1]), (SIZES[-1], times[-1]))
    return times[SIZES.index(CHECKED)] <= MOST_SECONDS and whole_growth <= MOST_EXPONENT


def seconds(wanted: Draft, snapshot: Snapshot) -> float:
    """Return the least that a plan took of the processor, so that what else runs is no part."""
    least = math.inf
    for _ in range(ROUNDS):
        start = time.process_time()
        plan(wanted, snapshot)
        least = min(least, time.process_time() - start)
    return least


def steps(times: Sequence[float]) -> list[float]:
    """Return the exponents from each size to the next."""
    return [exponent(*pair) for pair in itertools.pairwise(zip(SIZES, times, strict=True))]


def exponent(fewer: tuple[int, float], more: tuple[int, float]) -> float:
    """Return the power of the number of buckets with which the seconds grow."""
    return math.log(more[1] / fewer[1]) / math.log(more[0] / fewer[0])


def growth_text(power: float) -> str:
    """Return the words for an exponent."""
    return f"grows with the power {power:.2f}"


async def longest_pause(app: QApplication, snapshot: Snapshot) -> Pause:
    """Check ``snapshot`` in a window; return the longest time in which nothing else could run."""
    window, context = shown_window(snapshot)
    pauses = asyncio.create_task(
        watched(lambda: context.store.state.connection.checked is not None)
    )
    context.store.begin(Flow.CHECK)
    window.go_on()
    pause = await pauses
    window.close()
    window.deleteLater()
    app.processEvents()
    return pause


async def watched(is_done: Callable[[], bool]) -> Pause:
    """Return the longest time between two turns of the loop until all is done and drawn."""
    longest, calm = Pause(0, 0), 0
    gc.collect()
    before = Pause(time.perf_counter(), time.thread_time())
    while calm < CALM_TURNS:
        await asyncio.sleep(0.001)
        now = Pause(time.perf_counter(), time.thread_time())
        longest = max(
            longest, Pause(now.seconds - before.seconds, now.computing - before.computing)
        )
        before = now
        calm = calm + 1 if is_done() else 0
    return longest


CALM_TURNS: Final = 500
"""Turns of the loop after which nothing is drawn any more."""


def shown_window(snapshot: Snapshot) -> tuple[WizardWindow, PageContext]:
    """Return the wizard's window over an account in memory that is as ``snapshot``."""
    store = SetupStore(practice=True)
    store.fill(form_of(draft(len(snapshot.buckets))))
    accounts = FakeAccounts(signed_in(FakeCustomer(snapshot)))
    context = PageContext(
        store=store,
        tasks=TaskScope(tell_crash),
        masking=Masking(),
        open_link=print,
        clock=time.monotonic,
        reach=lambda: Reach(
            actions=SetupActions(store, accounts, unkept()),
            handoff=handoff,
            practice_examples=(),
        ),
    )
    window = WizardWindow(context, make_page)
    window.show()
    return window, context


def tell_crash(error: BaseException) -> None:
    """Let nothing that went wrong pass for a quick check."""
    raise error


def without_put(wanted: Draft) -> Snapshot:
    """Return an account whose policy lacks an action for each bucket: a finding each."""
    return with_statements(wanted, lambda statement: without_action(statement, "s3:PutObject"))


def misnamed(wanted: Draft) -> Snapshot:
    """Return an account whose policy has every bucket's name mistyped."""
    return with_statements(wanted, lambda statement: renamed(statement, "imports", "imprts"))


def with_statements(wanted: Draft, broken: Callable[[Any], object]) -> Snapshot:
    """Return a whole account whose permissions policy is ``broken``, statement by statement."""
    snapshot = whole(wanted)
    (attached,) = snapshot.role.attached_policies
    document: Any = attached.document
    statements = [broken(statement) for statement in document["Statement"]]
    worse = {**document, "Statement": statements}
    policies = (PolicyDocument(attached.name, worse, attached.arn, attached.version),)
    return replace(
        snapshot,
        role=replace(snapshot.role, attached_policies=policies),
        customer_policy=replace(snapshot.customer_policy, document=worse),
    )


def without_action(statement: Mapping[str, Any], action: str) -> Mapping[str, Any]:
    """Return ``statement`` without one of several actions."""
    actions = statement["Action"]
    if isinstance(actions, str):
        return statement
    return {**statement, "Action": [other for other in actions if other != action]}


def renamed(statement: Mapping[str, Any], right: str, wrong: str) -> Mapping[str, Any]:
    """Return ``statement`` with another text in its resources."""
    given = statement["Resource"]
    resources = [given] if isinstance(given, str) else given
    return {**statement, "Resource": [text.replace(right, wrong) for text in resources]}


ACCOUNTS: Final[Mapping[str, Account]] = {
    "nothing there": untouched,
    "all in order": whole,
    "an action lacks": without_put,
    "names mistyped": misnamed,
}


if __name__ == "__main__":
    sys.exit(main())
