"""The wizard's window over a store and fakes, for tests that go through it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.component import Component
from app.core.draft import Draft
from app.core.fields.form import DetailsForm, form_of
from app.exports import handoff, support_bundle
from app.exports.cloudshell.way import cloudshell_way
from app.flow.connection.checks import ConnectionResult
from app.flow.console_sign_in import Console
from app.flow.identity_center import Portal
from app.flow.newer_version import NewerVersion
from app.flow.ports.accounts import Accounts
from app.flow.ports.aws import ListedPage
from app.flow.ports.journals import Journals
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Method, SavedSession
from app.flow.wizard.store import SetupStore
from app.practice.examples import practice_examples
from app.system.translations import available_languages, install_language
from app.ui.menus.menu_bar import Menus
from app.ui.menus.outside import Outside, RehearsalChoice
from app.ui.pages.page_list import make_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.widgets.masking import Masking
from app.ui.window.sizes import USUAL
from app.ui.window.wizard_window import WizardWindow
from tests.helpers.drafts import PLAIN, untouched
from tests.helpers.fakes import (
    FakeAccounts,
    FakeCustomer,
    FakeRoleSession,
    FakeUbiquity,
    signed_in,
)
from tests.helpers.newer_version import nobody_to_ask
from tests.helpers.records import unkept
from tests.helpers.running_qt import dressed

REGIONS: Final = {
    "ap-southeast-2": "Asia Pacific (Sydney)",
    "eu-west-1": "Europe (Ireland)",
    "us-east-1": "US East (N. Virginia)",
}


_ROUNDS: Final = 5
"""Rounds of events: more than any layout needs."""
_PATIENCE: Final = 20.0
"""Seconds."""


class HandClock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Computer:
    """What the window reaches beyond itself, as a test sees it."""

    links: list[str] = field(default_factory=list)
    started: list[Sequence[str]] = field(default_factory=list)
    kept_sizes: list[int] = field(default_factory=list)
    opens: bool = True
    """Whether the system has a program for each link."""
    starts: bool = True
    """Whether a further process can be started."""
    language: str = ""
    """The tag of the language that was chosen, empty for the system's."""
    no_practice: str | None = None
    """Why the practice AWS is not there."""
    newer_version: NewerVersion = field(default_factory=nobody_to_ask)
    """What looks for a newer version."""

    def open(self, link: str) -> bool:
        """Take note of a link; return whether it is opened."""
        self.links.append(link)
        return self.opens

    def speak(self, tag: str) -> None:
        """Take note of the language that was chosen, and install it as the program does."""
        self.language = tag
        install_language(tag)

    def start(self, command: Sequence[str]) -> bool:
        """Take note of a command; return whether it began."""
        self.started.append(command)
        return self.starts


PARTS: Final = (
    Component("Python", "3.13", "PSF-2.0"),
    Component("boto3", "1.44", "Apache-2.0"),
    Component("Nobody’s", "", "MIT"),
)
LICENCE_TEXTS: Final = {
    "Python": "The licence of Python\nis about snakes.",
    "boto3": "A licence about rivers.\n" * 80,
}
FILES: Final = Path("where", "the files are").absolute()
LOGS: Final = Path("where", "the log is").absolute()


def outside(computer: Computer) -> Outside:
    """Return ``computer`` as the menus reach it."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError(app)
    return Outside(
        theme=dressed(app),
        program="The program 1.2",
        parts=lambda: PARTS,
        licence_text=lambda part: LICENCE_TEXTS.get(part.name, ""),
        newer_version=computer.newer_version,
        system="A system 5",
        files=lambda: FILES,
        practice_command=("the program", "practice"),
        why_no_practice=lambda: computer.no_practice,
        keep_text_size=computer.kept_sizes.append,
        start=computer.start,
        rehearsals=lambda: [
            RehearsalChoice("role.missing", "There is no role."),
            RehearsalChoice("trust.too-open", "Anybody may assume the role."),
            RehearsalChoice("trust.external-id-mismatch", "The External ID is another."),
            RehearsalChoice("visit.seen", "UbiQuity was here."),
        ],
        support=support_bundle,
        log=lambda: "2026-11-29T19:51:02.345Z ended status=0\n",
        logs=lambda: LOGS,
        languages=available_languages(),
        chosen_language=lambda: computer.language,
        speak=computer.speak,
    )


@dataclass
class Wizard:
    """A shown window, and all that is behind it."""

    qtbot: QtBot
    window: WizardWindow
    context: PageContext
    clock: HandClock
    computer: Computer = field(default_factory=Computer)
    crashes: list[BaseException] = field(default_factory=list)

    @property
    def links(self) -> list[str]:
        """The links that were opened."""
        return self.computer.links

    @property
    def store(self) -> SetupStore:
        """The store that the window is drawn from."""
        return self.context.store

    def until(self, there: Callable[[], bool]) -> None:
        """Let the window and its tasks run until ``there``, and their last events come."""
        self.qtbot.waitUntil(there, timeout=20_000)
        self.settle()

    def until_idle(self) -> None:
        """Let the window and its tasks run until nothing is being done."""
        self.qtbot.wait(1)
        self.until(lambda: not self.window.is_coming and not self.context.tasks.working)

    def activate(self) -> None:
        """Make the window the active one, whatever is about to take that from it."""
        self.settle()
        if not self.window.isActiveWindow():
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Let layouts inside each other come to rest.

        On a busy computer a millisecond is over before all that was waiting has had its turn, and
        what comes piece by piece has a turn for each; the last piece is laid out too.
        """
        rounds, end = 0, time.monotonic() + _PATIENCE
        while rounds < _ROUNDS:
            self.qtbot.wait(1)
            QApplication.processEvents()
            rounds = rounds + 1 if self._has_come() else 0
            assert time.monotonic() < end, "the window does not come to rest"

    def _has_come(self) -> bool:
        """Tell whether no part of the window still waits for its next turn."""
        timers = self.window.findChildren(QTimer)
        return not any(timer.isActive() and not timer.interval() for timer in timers)

    def until_shown(self) -> None:
        """Let a page that is on its way come, as a person does before the next press."""
        if self.window.is_coming:
            self.settle()

    def until_page(self, page: str) -> None:
        """Let the window run until it shows ``page``."""
        self.until(lambda: self.store.state.page == page)

    def jump(self, page: str) -> None:
        """Put the window on ``page``, whatever came before it."""
        self.store.change(lambda state: replace(state, page=page))
        self.until_idle()


def open_wizard(
    qtbot: QtBot,
    accounts: Accounts | None = None,
    *,
    practice: bool | None = None,
    form: DetailsForm | None = None,
    resumable: SavedSession | None = None,
    journals: Journals | None = None,
    console: Console | None = None,
    portal: Portal | None = None,
    computer: Computer | None = None,
) -> Wizard:
    """Show the window on Welcome. Needs the fixture ``loop``.

    ``accounts`` are where sign-ins come from (practice, nothing there yet), ``form`` is what is
    typed already, ``resumable`` what an earlier start left behind, ``computer`` what the menus
    reach.
    """
    source: Accounts = fake_accounts() if accounts is None else accounts
    store = SetupStore(practice=source.practice if practice is None else practice)
    computer = computer or Computer()
    crashes: list[BaseException] = []
    clock = HandClock()
    context = PageContext(
        store=store,
        tasks=TaskScope(crashes.append),
        masking=Masking(),
        open_link=computer.open,
        clock=clock,
        reach=lambda: Reach(
            actions=SetupActions(store, source, unkept(journals)),
            handoff=handoff,
            practice_examples=source.practice_examples,
            console=console,
            portal=portal,
        ),
        cloudshell=cloudshell_way,
    )
    store.learn_regions(REGIONS)
    if form is not None:
        store.fill(form)
    store.offer_resuming(resumable)
    window = WizardWindow(context, make_page)
    Menus(window, context, lambda: outside(computer)).fill()
    qtbot.addWidget(window)
    window.resize(USUAL)  # whatever the screen of the tests has room for
    window.show()
    wizard = Wizard(qtbot, window, context, clock, computer, crashes)
    wizard.activate()
    return wizard


def open_with(
    qtbot: QtBot,
    draft: Draft,
    method: Method | None = None,
    accounts: Accounts | None = None,
) -> Wizard:
    """Show the window with ``draft`` typed and ``method`` chosen."""
    source = accounts or fake_accounts(draft)
    wizard = open_wizard(qtbot, source, form=form_of(draft))
    if method is not None:
        wizard.store.choose_method(method)
    return wizard


def fake_accounts(draft: Draft = PLAIN, *, practice: bool = True) -> FakeAccounts:
    """Return a sign-in to an account that has nothing but the buckets of ``draft`` yet."""
    ubiquity = FakeUbiquity([listing(draft)]) if practice else None
    aws = FakeCustomer(untouched(draft))
    accounts = FakeAccounts(signed_in(aws, ubiquity, draft.account_id), practice=practice)
    accounts.practice_examples = practice_examples() if practice else ()
    return accounts


def listing(draft: Draft, *counts: int, times: int = 3) -> FakeRoleSession:
    """Return the role that lists ``counts`` files for each entry of ``draft`` (3 each)."""
    file_counts = counts or (3,) * len(draft.buckets)
    return FakeRoleSession(
        {
            (entry.name, entry.prefix): [ListedPage(count)] * times
            for entry, count in zip(draft.buckets, file_counts, strict=True)
        }
    )


def worked(wizard: Wizard) -> ConnectionResult:
    """Return the result of a test that has worked; AssertionError for any other."""
    result = wizard.store.state.connection.result
    if result is None or not result.worked:
        raise AssertionError(result)
    return result
