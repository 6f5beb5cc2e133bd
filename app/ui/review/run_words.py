"""What a review says: each change and how far it is, and what the whole comes to."""

from collections.abc import Mapping
from typing import Final

from app.core.changes.undo import left_by_undo
from app.core.choices import Choice
from app.core.conventions import paragraph
from app.core.i18n import ntr, tr
from app.core.journal import RunKind, StepState
from app.core.wording.change_words import change_sentence, left_sentence
from app.core.wording.failures import failure_words
from app.core.wording.how_far import how_far, is_untouched
from app.core.wording.value_sentence import ValueSentence
from app.core.wording.waiting import waiting_words
from app.flow.run.progress import ChangeProgress, ChangeState
from app.flow.wizard.run_state import Run
from app.ui.widgets.callout import CalloutKind
from app.ui.widgets.progress_list import ProgressRow, RowState

_STATES: Final[Mapping[ChangeState, RowState]] = {
    ChangeState.WAITING: "waiting",
    ChangeState.RUNNING: "running",
    ChangeState.SPREADING: "running",
    ChangeState.SLOWED: "running",
    ChangeState.DONE: "done",
    ChangeState.FAILED: "failed",
    ChangeState.NOT_DONE: "waiting",
    ChangeState.UNDONE: "undone",
}


def change_rows(run: Run) -> list[ProgressRow]:
    """Return a row for each change of the plan."""
    progress = run.progress or tuple(
        ChangeProgress(change, ChangeState.WAITING) for change in run.plan.changes
    )
    steps = run.journal.steps if run.journal and not run.running else ()
    unknown = {at for at, step in enumerate(steps) if step.state is StepState.STARTED}
    return [_row(run, at, row, unknown=at in unknown) for at, row in enumerate(progress)]


def failed_with(run: Run) -> str:
    """Return the code of what the first change that failed has failed with; ``""`` for none."""
    failed = (row.failure for row in run.progress if row.state is ChangeState.FAILED)
    return next((failure.told_code for failure in failed if failure is not None), "")


def _row(run: Run, number: int, row: ChangeProgress, *, unknown: bool) -> ProgressRow:
    words = change_sentence(row.change)
    detail, values = _detail(run, row, unknown=unknown)
    name, state = f"change-{number}", "unknown" if unknown else _STATES[row.state]
    return ProgressRow(name, words.template, words.values, state, detail, values)


def _detail(run: Run, row: ChangeProgress, *, unknown: bool) -> tuple[str, Mapping[str, str]]:
    if row.state in (ChangeState.SPREADING, ChangeState.SLOWED):
        words = waiting_words(row.failure, slowed=row.state is ChangeState.SLOWED)
        return words.format(seconds=int(row.seconds)), {}
    if row.failure is not None and row.failure.finding is None:
        sentence = failure_words(row.failure)
        return sentence.template, sentence.values
    return _standing(run, row, unknown=unknown), {}


def _standing(run: Run, row: ChangeProgress, *, unknown: bool) -> str:
    if unknown:
        return tr("AWS was asked, and its answer did not come. To go on begins with a look at it.")
    if run.undoing and row.state is ChangeState.FAILED:
        return tr("This could not be taken back.")
    if run.undoing and not run.running and row.state is ChangeState.DONE:
        return tr("Not taken back: it is still as it was made.")
    if row.state is ChangeState.NOT_DONE or (
        row.state is ChangeState.WAITING and not run.is_untouched and not run.running
    ):
        return tr("Not begun")
    if row.state is ChangeState.WAITING and run.is_untouched:
        return tr("Can be undone") if row.change.reversible else tr("Can’t be undone exactly")
    return ""


def summary(run: Run, button: str = "") -> tuple[CalloutKind, ValueSentence]:
    """Return what the plan, or what became of it, comes to; ``button`` begins it."""
    if run.undone:
        return _undone(run)
    kind, words = _standing_of(run, button)
    return kind, ValueSentence(words)


def _undone(run: Run) -> tuple[CalloutKind, ValueSentence]:
    left = left_words(run)
    if left is None:
        words = tr(
            "Everything is taken back: the account is exactly as it was before these changes."
        )
        return "good", ValueSentence(words)
    words = tr("All that can be taken back was. It is not quite as it was before:")
    return "warning", ValueSentence(paragraph(words, left.template), left.values)


def left_words(run: Run) -> ValueSentence | None:
    """Return what no undo of ``run`` puts back as it was; None where there is nothing of that.

    In the sentences of the receipt: what an undo makes anew is there again, though another.
    """
    return left_sentence(left_by_undo(run.journal)) if run.journal else None


def _standing_of(run: Run, button: str) -> tuple[CalloutKind, str]:
    if run.running:
        words = tr("The changes are being taken back.") if run.undoing else _being_made()
        return "note", paragraph(words, tr("Please leave this window open."))
    if run.is_untouched:
        return _announced(run, button)
    if run.is_complete:
        return _made(run)
    return _stopped(run)


def _being_made() -> str:
    return tr("The changes are being made.")


def _announced(run: Run, button: str) -> tuple[CalloutKind, str]:
    count = len(run.plan.changes)
    if count == 0 and any(offer.choice is Choice.REMAKE_ROLE for offer in run.plan.offers):
        return "warning", tr(
            "As things are, this program can’t change anything here. What stands in the way is "
            "listed below, with who can mend it. Or this program deletes the role and makes the "
            "right one, if you choose that below."
        )
    if count == 0 and run.plan.cannot_mend:
        return "warning", tr(
            "This program can’t change anything here. What stands in the way is listed below, "
            "with who can mend it. Then read the account again."
        )
    if count == 0:
        return _nothing_to_do(run)
    words = ntr(
        "Only this change will be made, once you choose “{button}”.",
        "Only these {count} changes will be made, once you choose “{button}”.",
        count,
    ).format(count=count, button=button)
    if run.plan.cannot_mend:
        return "warning", paragraph(words, _left_over(run))
    return "note", words


def _left_over(run: Run) -> str:
    if run.kind is RunKind.REVOKE:
        return tr("What this program can’t take away is listed below, with who can.")
    return tr("What this program can’t mend is listed below, with who can.")


def _nothing_to_do(run: Run) -> tuple[CalloutKind, str]:
    if run.kind is RunKind.REVOKE:
        return "note", tr("Nothing has to be changed.")
    return "good", tr("Nothing has to be changed: AWS already is as it should be.")


def _made(run: Run) -> tuple[CalloutKind, str]:
    if not run.progress:
        return _nothing_to_do(run)
    outcome = ntr("The change was made.", "All changes were made.", len(run.progress))
    if not run.plan.cannot_mend:
        return "good", outcome
    if run.kind is RunKind.REVOKE:
        remaining = tr("What is listed below is still there: this program can’t take it away.")
    else:
        remaining = tr(
            "What is listed below remains, and the connection does not work before that is mended."
        )
    return "warning", paragraph(outcome, remaining)


def _stopped(run: Run) -> tuple[CalloutKind, str]:
    failed = any(row.failure for row in run.progress)
    cause = tr("This was interrupted.")
    if run.stopped:
        cause = tr("You stopped.")
    elif failed and run.undoing:
        cause = tr("A change could not be taken back.")
    elif failed:
        cause = tr("A change did not work.")
    words = (cause, how_far(run.journal) if run.journal else "", _way_on(run))
    return "bad" if failed and not run.stopped else "warning", paragraph(*words)


def _way_on(run: Run) -> str:
    if run.undoing:
        return tr("You can go on taking it back, or leave it so.")
    if run.journal is not None and is_untouched(run.journal):
        return tr("“Go on with the changes” begins again.")
    return tr("You can go on from here, or undo what was made.")
