"""What a review says: each change and how far it is, and what the whole comes to."""

from collections.abc import Mapping
from typing import Final

from app.core.changes.undo import left_by_undo
from app.core.choices import Choice
from app.core.i18n import ntr, tr
from app.core.wording.change_words import change_sentence, done_words, remaining_words
from app.core.wording.failures import failure_words
from app.core.wording.value_sentence import ValueSentence
from app.core.wording.waiting import waiting_words
from app.flow.run.progress import ChangeProgress, ChangeState
from app.flow.wizard.state import Run
from app.ui.widgets.callout import Kind
from app.ui.widgets.progress_list import ProgressRow, State

_STATES: Final[Mapping[ChangeState, State]] = {
    ChangeState.WAITING: "waiting",
    ChangeState.RUNNING: "running",
    ChangeState.SPREADING: "running",
    ChangeState.SLOWED: "running",
    ChangeState.DONE: "done",
    ChangeState.FAILED: "failed",
    ChangeState.NOT_DONE: "skipped",
    ChangeState.UNDONE: "undone",
}


def change_rows(run: Run) -> list[ProgressRow]:
    """Return a row for each change of the plan."""
    progress = run.progress or tuple(
        ChangeProgress(change, ChangeState.WAITING) for change in run.plan.changes
    )
    return [_row(number, row) for number, row in enumerate(progress)]


def _row(number: int, row: ChangeProgress) -> ProgressRow:
    words = change_sentence(row.change)
    detail, values = _detail(row)
    name, state = f"change-{number}", _STATES[row.state]
    return ProgressRow(name, words.template, words.values, state, detail, values)


def _detail(row: ChangeProgress) -> tuple[str, Mapping[str, str]]:
    if row.state in (ChangeState.SPREADING, ChangeState.SLOWED):
        words = waiting_words(row.failure, slowed=row.state is ChangeState.SLOWED)
        return words.format(seconds=int(row.seconds)), {}
    if row.failure is not None and row.failure.finding is None:
        sentence = failure_words(row.failure)
        return sentence.template, sentence.values
    return _standing(row), {}


def _standing(row: ChangeProgress) -> str:
    if row.state is ChangeState.NOT_DONE:
        return tr("This was not done.")
    if row.state is ChangeState.WAITING:
        return tr("Can be undone") if row.change.reversible else tr("Can’t be undone exactly")
    return ""


def summary(run: Run) -> tuple[Kind, ValueSentence]:
    """Return what the plan, or what became of it, comes to."""
    if run.undone:
        return _undone(run)
    kind, words = _standing_of(run)
    return kind, ValueSentence(words)


def _undone(run: Run) -> tuple[Kind, ValueSentence]:
    left = left_words(run)
    if left is None:
        words = tr("Everything is taken back: the account is exactly as it was before.")
        return "good", ValueSentence(words)
    words = tr("What can be taken back is. Not quite as it was before: {left}")
    return "warning", ValueSentence(words, {"left": left})


def left_words(run: Run) -> str | None:
    """Return what no undo of ``run`` puts back as it was; None where there is nothing of that.

    In the sentences of the receipt: what an undo makes anew is there again, though another.
    """
    left = left_by_undo(run.journal) if run.journal else ()
    return " ".join(remaining_words(change) or f"{done_words(change)}." for change in left) or None


def _standing_of(run: Run) -> tuple[Kind, str]:
    if run.running:
        words = tr("The changes are being taken back.") if run.undoing else _being_made()
        return "note", " ".join((words, tr("Please leave this window open.")))
    if run.is_untouched:
        return _announced(run)
    if run.is_complete:
        return _made(run)
    return _stopped(run)


def _being_made() -> str:
    return tr("The changes are being made.")


def _announced(run: Run) -> tuple[Kind, str]:
    count = len(run.plan.changes)
    if count == 0 and any(offer.choice is Choice.REMAKE_ROLE for offer in run.plan.offers):
        return "warning", tr(
            "As things are, this program can’t change anything here. What stands in the way is "
            "listed below, with who can clear it. Or this program deletes the role and makes the "
            "right one, if you choose that below."
        )
    if count == 0 and run.plan.cannot_mend:
        return "warning", tr(
            "This program can’t change anything here. What stands in the way is listed below, "
            "with who can clear it. Then read the account again."
        )
    if count == 0:
        return "good", tr("Nothing has to be changed: AWS already is as it should be.")
    words = ntr(
        "One change will be made. Nothing else in the account is touched.",
        "These {count} changes will be made, in this order. Nothing else in the account is "
        "touched.",
        count,
    ).format(count=count)
    if run.plan.cannot_mend:
        rest = tr("What this program can’t mend is listed below, with who can.")
        return "warning", f"{words} {rest}"
    return "note", words


def _made(run: Run) -> tuple[Kind, str]:
    if run.review is None:  # taken up from its journal, to be undone
        return "note", tr("All of this was done.")
    if not run.progress:
        return "good", tr("Nothing has to be changed: AWS already is as it should be.")
    if run.plan.cannot_mend:
        return "warning", tr(
            "All changes were made. What is listed below remains, and the connection does not "
            "work before that is cleared."
        )
    return "good", tr("All changes were made.")


def _stopped(run: Run) -> tuple[Kind, str]:
    rest = tr(
        "What is marked as done was made, the rest was not. You can go on from here, or undo what "
        "was made."
    )
    if run.undoing:
        rest = tr(
            "What is marked as taken back is as it was before, the rest is not yet. You can go on "
            "taking it back."
        )
    failed = any(row.failure for row in run.progress)
    if run.stopped:
        return "warning", " ".join((tr("You stopped."), rest))
    if failed:
        return "bad", " ".join((tr("A change did not work."), rest))
    return "warning", " ".join((tr("This was interrupted."), rest))
