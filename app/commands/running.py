"""Runs of changes on the command line: each step told, Ctrl-C heeded, the receipt at the end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from app.commands.exit_status import FAILED, INTERRUPTED
from app.commands.last_resort import run_begun
from app.commands.manner import Manner
from app.commands.output import print_json, say, tell
from app.commands.progress import ProgressTeller, failure_lines
from app.core.changes.needed_actions import not_allowed
from app.core.choices import Choice
from app.core.formats.receipt_json import receipt_to_json
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState
from app.core.wording.needs_words import refused_sentence
from app.core.wording.other_endpoint import other_endpoint_sentence
from app.core.wording.receipt import receipt_lines, receipt_of
from app.flow.ports.accounts import SignedIn
from app.flow.ports.journals import Journals
from app.flow.review import Review, journal_of_nothing
from app.flow.run.applier import Applier
from app.flow.run.course import Course, EndedRun, carry_out
from app.flow.run.records import NoReceipts


def _tell_elsewhere(review: Review, manner: Manner) -> None:
    """Say right before the question that it is not about AWS, where it is not."""
    if review.snapshot.endpoint:
        manner.show(other_endpoint_sentence(review.snapshot.endpoint), "")


def _tell_lacking(review: Review) -> None:
    """Say, before anything is tried, which actions of the plan the sign-in may not do.

    Only a warning: AWS's simulator does not see everything that allows.
    """
    permissions = review.permissions
    failure = not_allowed(permissions) if permissions else None
    if failure is not None:
        tell(*failure_lines(failure))
    elif review.lacking is None:
        tell(
            tr(
                "AWS does not say whether this sign-in may make these changes. That "
                "shows when they are made, and what was made up to then can be undone."
            )
        )


def is_agreed(question: str, runs: "Runs", review: Review, manner: Manner) -> bool:
    """Ask whether to make the changes; on a no, say and print that nothing was changed."""
    _tell_elsewhere(review, manner)
    _tell_lacking(review)
    if manner.agreed(question):
        return True
    tell(tr("Nothing was changed."))
    print_receipt(without_changes(runs, review, RunState.CLOSED), manner)
    return False


def without_changes(runs: "Runs", review: Review, state: RunState) -> Journal:
    """Return the journal of a run in which nothing was done, and that ends in ``state``."""
    now, endpoint = datetime.now(UTC), review.snapshot.endpoint
    return journal_of_nothing(review.purpose, runs.account, state, now, endpoint)


def tell_refused(review: Review) -> None:
    """Say what the sign-in lacks to read everything that the plan is made from."""
    if review.refused:
        tell(refused_sentence(review.refused))


def status_of(ended: EndedRun) -> int:
    """Return the exit status that says how a run ended."""
    if ended.is_settled:
        return 0
    return INTERRUPTED if ended.stopped else FAILED


class Runs:
    """Works on runs with one sign-in, one after the other."""

    def __init__(self, account: SignedIn, journals: Journals) -> None:
        self.account = account
        self.journals = journals

    async def carry_out(self, journal: Journal, course: Course) -> EndedRun:
        """Work on a run until it ends, or Ctrl-C stops it; say how to go on where it is open."""
        undoing = course is Course.UNDO
        run_begun(journal.account_id, command_of(journal))
        applier = Applier(self.account.aws, self.journals, ProgressTeller(undoing=undoing).tell)
        with _stopped_by_interrupt(applier):
            ended = await carry_out(applier, journal, course, NoReceipts())
        if not ended.is_settled:
            tell(what_next(ended.journal, undoing=undoing))
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
    ending = " --end-sessions" if Choice.END_SESSIONS in journal.choices.chosen else ""
    return f"ubiquity-s3-setup revoke{draft}{how}{ending}"


def begun_on(journal: Journal) -> str:
    """Return when the run was begun, for people."""
    return f"{journal.started_at:%Y-%m-%d %H:%M} UTC"


@contextmanager
def _stopped_by_interrupt(applier: Applier) -> Iterator[None]:
    """Let Ctrl-C stop ``applier`` once the request under way has ended, and nothing else."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        tell(tr("Stopping once the present change has ended."))
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
        say("", *receipt_lines(receipt), "")
