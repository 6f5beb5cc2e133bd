"""What the page "Review and create" says: each change, and what the whole comes to."""

from collections.abc import Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.i18n import mark, ntr, tr
from app.core.wording.changes import change_sentence
from app.flow.create import ChangeProgress, ChangeState
from app.flow.setup_state import Creation
from app.ui.widgets.callout import Kind
from app.ui.widgets.progress_list import ProgressRow, State

_STATES: Final[Mapping[ChangeState, State]] = {
    ChangeState.WAITING: "waiting",
    ChangeState.RUNNING: "running",
    ChangeState.SPREADING: "running",
    ChangeState.DONE: "done",
    ChangeState.FAILED: "failed",
    ChangeState.NOT_DONE: "skipped",
}

DOCUMENT_TITLES: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CREATE_POLICY: mark("Permissions policy"),
    ChangeKind.CREATE_ROLE: mark("Trust policy of the role"),
    ChangeKind.PUT_KEY_POLICY: mark("Key policy, with the statement added at its end"),
}
"""Titles without the customer's values, which a title could not mask."""


def all_made(creation: Creation | None) -> bool:
    """Return whether all is in AWS as it should be."""
    return creation is not None and creation.finished and not creation.plan.cannot_mend


def change_rows(creation: Creation) -> list[ProgressRow]:
    """Return a row for each change of the plan."""
    progress = creation.progress or tuple(
        ChangeProgress(change, ChangeState.WAITING) for change in creation.plan.changes
    )
    return [_row(number, row) for number, row in enumerate(progress)]


def _row(number: int, row: ChangeProgress) -> ProgressRow:
    words = change_sentence(row.change)
    detail, values = _detail(row)
    name, state = f"change-{number}", _STATES[row.state]
    return ProgressRow(name, words.template, words.values, state, detail, values)


def _detail(row: ChangeProgress) -> tuple[str, Mapping[str, str]]:
    if row.state is ChangeState.SPREADING:
        return tr("AWS is still spreading what was just made. Trying again."), {}
    if row.failure is not None:
        return tr("AWS answered: “{answer}”"), {"answer": row.failure.message}
    if row.state is ChangeState.NOT_DONE:
        return tr("This was not done."), {}
    if row.state is ChangeState.WAITING and row.change.reversible:
        return tr("Can be undone"), {}
    return "", {}


def document_title(change: Change) -> str:
    """Return the title of the document that ``change`` writes; ``""`` where it writes none."""
    document = isinstance(change.after, Mapping) and "Statement" in change.after
    return tr(DOCUMENT_TITLES[change.kind]) if document and change.kind in DOCUMENT_TITLES else ""


def summary(creation: Creation) -> tuple[Kind, str]:
    """Return what the plan, or what became of it, comes to."""
    if creation.running:
        return "note", tr("The changes are being made. Please leave this window open.")
    if all_made(creation):
        return "good", _all_there(creation)
    if creation.plan.cannot_mend:
        return "warning", tr(
            "Something in the account stands in the way, so nothing is changed. Once it is "
            "cleared, read the account again; or go back and choose another way."
        )
    if creation.progress:
        return _stopped(creation)
    return "note", _announced(len(creation.plan.changes))


def _all_there(creation: Creation) -> str:
    if creation.progress:
        return tr("All changes were made. Choose Next to add the connector in UbiQuity.")
    return tr("Nothing has to be changed: AWS already is as it should be. Choose Next.")


def _stopped(creation: Creation) -> tuple[Kind, str]:
    rest = tr(
        "What is marked as done was made, the rest was not. Read the account again to go on from "
        "here."
    )
    if creation.stopped:
        return "warning", " ".join((tr("You stopped."), rest))
    return "bad", " ".join((tr("AWS refused a change."), rest))


def _announced(count: int) -> str:
    words = ntr(
        "One change will be made. Nothing else in the account is touched.",
        "These {count} changes will be made, in this order. Nothing else in the account is "
        "touched.",
        count,
    )
    return words.format(count=count)
