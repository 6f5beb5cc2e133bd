"""Taking a run back: the changes that undo each of its steps, and what no undo brings back."""

from collections.abc import Collection, Iterable
from typing import Final

from app.core.change import Change
from app.core.changes.gone import deleted_roles
from app.core.changes.kinds import rules_of, typed
from app.core.documents.gone_principals import gone_in
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, Step, StepState, order_of

_IN_EFFECT: Final = (StepState.STARTED, StepState.DONE, StepState.UNDOING)
"""States of a step that is in effect in AWS, or may be."""


def inverse(step: Step, gone: Collection[str] = ()) -> tuple[Change, ...]:
    """Return the changes that put back what was there before ``step``, in their order.

    Empty for what can't be taken back: a policy version that was deleted. What was deleted and
    is made anew gets back its own tags and description, and none of this program's. Principals
    that no longer exist are not put back, since AWS takes no policy that names one and they let
    nobody in: unique ids of deleted roles and users, and ``gone``, the ARNs of roles that the
    run deleted before (``deleted_before``). A trust policy that let in nobody else keeps UbiQuity
    out when it is put back, since AWS wants a statement in it.
    """
    changes = rules_of(step.change).inverse(step)
    return tuple(_with_living(change, gone) for change in changes)


def deleted_before(journal: Journal, index: int) -> frozenset[str]:
    """Return the ARNs of the roles that the run deletes before its step ``index``.

    While that step is made, and while it is undone, they are gone.
    """
    return deleted_roles(step.change for step in journal.steps[:index])


def _with_living(change: Change, gone: Collection[str]) -> Change:
    rules, after = rules_of(change), typed(change).after
    if rules.without_gone is None or after is None:
        return change
    return replace(change, after=rules.without_gone(after, gone).to_json())


def in_effect(journal: Journal) -> bool:
    """Tell whether anything of the run is, or may be, in effect."""
    return any(step.state in _IN_EFFECT for step in journal.steps)


def can_undo(journal: Journal) -> bool:
    """Tell whether the run left anything that undo takes back."""
    return journal.state is not RunState.UNDONE and any(
        step.state in _IN_EFFECT and inverse(step) for step in journal.steps
    )


def left_by_undo(journal: Journal) -> tuple[Change, ...]:
    """Return the changes of the run that stay in effect, or return changed, after an undo.

    Those are deletions of a policy version; roles made anew, which have another unique id;
    policies made anew, which have lost their older versions; and documents that named somebody
    who no longer exists. What was there already, or is not certain to be ours, is among them.
    """
    return tuple(
        step.change for index, step in enumerate(journal.steps) if _stays(journal, index, step)
    )


def _stays(journal: Journal, index: int, step: Step) -> bool:
    if step.state is StepState.KEPT:
        return True
    was_made = step.state in (*_IN_EFFECT, StepState.UNDONE)
    return was_made and _leaves_something(step.change, deleted_before(journal, index))


def _leaves_something(change: Change, gone: Collection[str]) -> bool:
    rules = rules_of(change)
    names_the_gone = rules.names_principals and bool(gone_in(change.before, gone))
    return rules.comes_back_changed or names_the_gone


def latest_unfinished(journals: Iterable[Journal], account_id: str | None = None) -> Journal | None:
    """Return the latest run that was not ended and left something; of any account for None."""
    unfinished = (
        journal
        for journal in journals
        if journal.is_unfinished and in_effect(journal) and account_id in (None, journal.account_id)
    )
    return max(unfinished, key=order_of, default=None)


def latest_to_undo(journals: Iterable[Journal], account_id: str) -> Journal | None:
    """Return the latest run in the account that can be undone and was neither undone nor left.

    None where a run after it was left as it is and stands on what it made.
    """
    runs = tuple(journals)
    latest = _latest(runs, account_id)
    return None if latest is None or standing_since(runs, latest) else latest


def _latest(journals: Iterable[Journal], account_id: str) -> Journal | None:
    to_undo = (
        journal
        for journal in journals
        if journal.account_id == account_id
        and journal.state is not RunState.CLOSED
        and can_undo(journal)
    )
    return max(to_undo, key=order_of, default=None)


def latest_apply(
    journals: Iterable[Journal], account_id: str, draft: Draft | None = None
) -> Journal | None:
    """Return the latest set-up in the account that can be undone; of any draft for None.

    A revocation is none: taking it back would let UbiQuity in.
    """
    applies = (
        journal
        for journal in journals
        if journal.kind is RunKind.APPLY and draft in (None, journal.draft)
    )
    return _latest(applies, account_id)


def standing_since(journals: Iterable[Journal], journal: Journal) -> Journal | None:
    """Return the latest run after ``journal`` that changed some of the same, and still stands.

    Taking ``journal`` back would meet what that run made of it, maybe half-way, and would take
    away what that run builds upon.
    """
    changed = {step.change.target for step in journal.steps if step.state in _IN_EFFECT}
    later = (
        other
        for other in journals
        if other.account_id == journal.account_id
        and other.state is not RunState.UNDONE
        and order_of(other) > order_of(journal)
        and any(s.state in _IN_EFFECT and s.change.target in changed for s in other.steps)
    )
    return max(later, key=order_of, default=None)
