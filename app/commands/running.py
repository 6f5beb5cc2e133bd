"""Runs of changes on the command line: each step told, Ctrl-C heeded, the receipt at the end."""

import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final

from app.commands.output import WRONG_INPUT, print_json
from app.commands.progress import ProgressTeller, failure_text, tell
from app.core.change import Plan
from app.core.changes.needed_actions import needed_actions, not_allowed
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.formats.receipt_json import receipt_to_json
from app.core.frozen import frozen
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState
from app.core.sign_in import ByProfile
from app.core.wording.receipt import receipt_of, receipt_text
from app.flow.ports import Journals, SignedIn
from app.flow.run.applier import Applier

if TYPE_CHECKING:
    from app.system.journal_files import JournalFiles

FAILED: Final = 1
INTERRUPTED: Final = 130

_LINES_AT_MOST: Final = 6
"""formats.md: one clear message of at most six lines."""


@frozen
class Manner:
    """How a command was called: ``yes`` for not asking, ``as_json`` for one JSON document."""

    yes: bool
    as_json: bool

    def show(self, words: str) -> None:
        """Print what a person reads before agreeing: beside the result, where that is JSON."""
        print(words, file=sys.stderr if self.as_json else sys.stdout, flush=True)


def refuse(sentence: str) -> int:
    """Say on standard error why nothing was begun; return the exit status for wrong input."""
    tell("\n".join(sentence.splitlines()[:_LINES_AT_MOST]))
    return WRONG_INPUT


async def sign_in(profile: str | None, draft: Draft | None) -> SignedIn | AwsFailure:
    """Sign in with ``profile`` (None: AWS's default chain), to the draft's account where given.

    A sign-in to another account is a failure: nothing is read or changed there.
    """
    from app.wiring.sign_ins import open_account

    signed_in = await open_account(ByProfile(profile))
    if isinstance(signed_in, AwsFailure) or draft is None:
        return signed_in
    found = signed_in.caller.account
    if found == draft.account_id:
        return signed_in
    code = "signin.wrong-account"
    params = {"expected": draft.account_id, "found": found}
    return AwsFailure("sts:GetCallerIdentity", code, found, finding=code, params=params)


async def tell_lacking(account: SignedIn, plan: Plan) -> None:
    """Say, before anything is tried, which actions of ``plan`` the sign-in may not do.

    Only a warning: AWS's simulator does not see everything that allows.
    """
    permissions = await account.aws.own_permissions(needed_actions(plan))
    known = None if isinstance(permissions, AwsFailure) else permissions
    failure = not_allowed(known) if known else None
    if failure is not None:
        tell(failure_text(failure))
    elif known is None or known.lacking is None:
        tell(
            tr(
                "AWS does not tell whether this sign-in may make these changes. It is found out "
                "when they are made; what was made until then can be undone."
            )
        )


def kept_journals() -> "JournalFiles":
    """Return the journals of this computer, which the window has as well.

    One that can't be read is told of: what it was about can't be gone on with or taken back.
    """
    from app.system.journal_files import JournalFiles
    from app.system.session_file import data_folder

    journals = JournalFiles(data_folder() / "journals")
    for problem in journals.problems():
        tell(problem.text)
    return journals


@frozen
class Ended:
    """How a run ended, and the exit status that says so where the run failed.

    ``wanted`` is the state in which it should have ended.
    """

    journal: Journal
    stopped: bool = False
    wanted: RunState = RunState.FINISHED

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.journal.state is self.wanted

    @property
    def status(self) -> int:
        """The exit status."""
        if self.is_settled:
            return 0
        return INTERRUPTED if self.stopped else FAILED


class Runs:
    """Works on runs with one sign-in, one after the other."""

    def __init__(self, account: SignedIn, journals: Journals) -> None:
        self.account = account
        self.journals = journals

    async def begin(self, journal: Journal) -> Ended:
        """Make the changes of a new journal; a run that was open before is left as it stands."""
        return await self._work(lambda applier: applier.apply(journal), undoing=False)

    async def go_on(self, journal: Journal) -> Ended:
        """Make what is not made yet, or go on with taking back what was being taken back."""
        if journal.state is RunState.UNDOING:
            return await self.undo(journal)
        return await self._work(lambda applier: applier.go_on(journal), undoing=False)

    async def undo(self, journal: Journal) -> Ended:
        """Take back what was made."""
        return await self._work(lambda applier: applier.undo(journal), undoing=True)

    async def _work(self, work: Callable[[Applier], Awaitable[Journal]], *, undoing: bool) -> Ended:
        applier = Applier(self.account.aws, self.journals, ProgressTeller(undoing=undoing).tell)
        with _stopped_by_interrupt(applier):
            journal = await work(applier)
        wanted = RunState.UNDONE if undoing else RunState.FINISHED
        ended = Ended(journal, applier.stopped, wanted)
        if not ended.is_settled:
            tell(what_next(journal, undoing=undoing))
        return ended


def what_next(journal: Journal, *, undoing: bool = False) -> str:
    """Return how to go on with a run that is not finished, or not taken back."""
    if undoing and journal.kind is RunKind.REVOKE:
        return tr(
            "Not everything was put back. To go on with that, open the wizard, or call "
            "“{command}” again without --yes."
        ).format(command=command_of(journal))
    if undoing:
        return tr(
            "Not everything was taken back. To go on with that, call “ubiquity-s3-setup apply "
            "--undo” again."
        )
    if not any(step.at for step in journal.steps):
        return tr("Nothing was changed.")
    if journal.kind is RunKind.REVOKE:
        sentence = tr(
            "It is not finished. To go on with it, call “{command}” again. The wizard asks about "
            "it too, and can take back what was done."
        )
    else:
        sentence = tr(
            "It is not finished. To go on with it, call “{command}” again; to take back what was "
            "done, “ubiquity-s3-setup apply --undo”. The wizard asks about it too."
        )
    return sentence.format(command=command_of(journal))


def command_of(journal: Journal) -> str:
    """Return the command that goes on with the run; it needs the run's own draft."""
    if journal.kind is RunKind.APPLY:
        return "ubiquity-s3-setup apply --draft FILE"
    draft = " --draft FILE" if journal.draft else ""
    how = f" --how {journal.how}" if journal.how else ""
    return f"ubiquity-s3-setup revoke{draft}{how}"


def begun_on(journal: Journal) -> str:
    """Return when the run was begun, for people."""
    return f"{journal.started_at:%Y-%m-%d %H:%M} UTC"


@contextmanager
def _stopped_by_interrupt(applier: Applier) -> Iterator[None]:
    """Let Ctrl-C stop ``applier`` once the request under way has ended, and nothing else."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        tell(tr("Stopping, once the present change has ended."))
        applier.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def print_receipt(journal: Journal, manner: Manner, **more: object) -> None:
    """Print what the run did; ``more`` are further keys of the JSON document."""
    receipt = receipt_of(journal)
    if manner.as_json:
        print_json({**receipt_to_json(receipt), **more})
    else:
        print(f"\n{receipt_text(receipt)}")
