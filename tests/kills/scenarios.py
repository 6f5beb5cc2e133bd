"""What is killed: set-ups, revocations and undoes, each from its own start of the account."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.commands.beginning import signed_in
from app.commands.cli import run
from app.commands.running import Runs, status_of
from app.core.journal import Journal
from app.flow.ports.accounts import SignedIn
from app.flow.ports.journals import Journals
from app.flow.run.course import Course, onward
from app.practice.account import ACCOUNT_ID
from app.wiring.kept_runs import kept_journals
from tests.commands.terminal import Terminal
from tests.helpers.drafts import dump_draft
from tests.helpers.practice_starts import DRAFT
from tests.kills.mortal import Command


@dataclass(frozen=True)
class Scenario:
    """A start of the account, and the arguments of the command that is called there."""

    start: str
    arguments: tuple[str, ...]
    instead: tuple[str, ...] = ()
    """What may be called in its place once it was killed, and leaves the account as at the start:
    to revoke what a set-up has half made."""

    @property
    def applies(self) -> bool:
        """Whether it sets up: its undo is a command then."""
        return self.arguments[0] == "apply"

    @property
    def forth(self) -> Command:
        """The command."""
        return _command(*self.arguments)

    @property
    def back(self) -> Command:
        """What takes it back, once it has ended or where it was left."""
        return _command("apply", "--undo", "--yes") if self.applies else _undone

    @property
    def other(self) -> Command:
        """What may be called in its place."""
        return _command(*self.instead)

    @property
    def back_when_asked(self) -> Command:
        """What takes an unfinished run back: the answer to what becomes of it."""
        return _answering("undo", *(a for a in self.arguments if a != "--yes"))


def made_as_by_the_window(planned: Journal) -> Command:
    """Return what makes the changes of ``planned``, or goes on with the run that was left.

    As in the window the plan was made before, so that nothing is read anew.
    """

    def choice(journals: Journals) -> tuple[Journal, Course] | None:
        left = journals.unfinished(ACCOUNT_ID)
        if left is not None:
            return left, onward(left)
        is_made = journals.last_to_undo(ACCOUNT_ID) is not None
        return None if is_made else (planned, Course.MAKE)

    return lambda: _carried_out(choice)


def scenarios(folder: Path) -> tuple[Scenario, ...]:
    """Return all of them; ``folder`` takes the draft's file."""
    path = folder / "draft.json"
    path.write_text(dump_draft(DRAFT), encoding="utf-8")
    draft = ("--draft", str(path), "--yes")
    return (
        Scenario("nothing", ("apply", *draft), ("revoke", *draft)),
        Scenario("shared", ("apply", *draft)),
        Scenario("closed", ("revoke", "--yes")),
        Scenario("whole", ("revoke", *draft)),
        Scenario("with others", ("revoke", *draft)),
        Scenario("closed", ("revoke", "--how", "change-trust", "--end-sessions", "--yes")),
        Scenario("past the role", ("revoke", *draft)),
    )


def _command(*arguments: str) -> Command:
    return lambda: run(arguments)


def _answering(answer: str, *arguments: str) -> Command:
    def act() -> int:
        sys.stdin = Terminal(f"{answer}\n")
        return run(arguments)

    return act


def _undone() -> int:
    """Take the latest run back as the window does, be it a revocation, which no command does."""

    def choice(journals: Journals) -> tuple[Journal, Course] | None:
        left = journals.unfinished(ACCOUNT_ID) or journals.last_to_undo(ACCOUNT_ID)
        return None if left is None else (left, Course.UNDO)

    return _carried_out(choice)


Choice = Callable[[Journals], tuple[Journal, Course] | None]


def _carried_out(choice: Choice) -> int:
    return asyncio.run(_carry_out(choice))


async def _carry_out(choice: Choice) -> int:
    journals = kept_journals()
    chosen = choice(journals)
    if chosen is None:
        return 0
    account = await signed_in(None, None)
    assert isinstance(account, SignedIn), account
    return status_of(await Runs(account, journals).carry_out(*chosen))
