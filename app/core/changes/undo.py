"""Taking a run back: the changes that undo each of its steps, and what no undo brings back."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import RESTORED
from app.core.documents.gone_principals import deleted_roles, gone_in, living, without_gone
from app.core.documents.statements import statements_in
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, Step, StepState

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
    changes = _INVERSES.get(step.change.kind, _swapped)(step)
    return tuple(_with_living(change, gone) for change in changes)


def deleted_before(journal: Journal, index: int) -> frozenset[str]:
    """Return the ARNs of the roles that the run deletes before its step ``index``.

    While that step is made, and while it is undone, they are gone.
    """
    return deleted_roles(step.change for step in journal.steps[:index])


def _with_living(change: Change, gone: Collection[str]) -> Change:
    if change.kind not in _NAMING_PRINCIPALS or change.after is None:
        return change
    after, is_key = without_gone(change.after, gone), change.kind is ChangeKind.PUT_KEY_POLICY
    of_gone = bool(gone_in(after, gone)) and not living(statements_in(after), gone)
    if isinstance(after, Mapping) and of_gone and not is_key:
        after = {**after, "Statement": [revoked_statement()]}
    return replace(change, after=after)


_NAMING_PRINCIPALS: Final = (
    ChangeKind.CREATE_ROLE,
    ChangeKind.UPDATE_TRUST_POLICY,
    ChangeKind.PUT_KEY_POLICY,
)


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
    done = step.state in (*_IN_EFFECT, StepState.UNDONE)
    return done and _leaves_something(step, deleted_before(journal, index))


def _leaves_something(step: Step, gone: Collection[str]) -> bool:
    change = step.change
    if change.kind in _NAMING_PRINCIPALS and change.kind is not ChangeKind.CREATE_ROLE:
        return bool(gone_in(change.before, gone))
    return change.kind in (
        ChangeKind.DELETE_POLICY_VERSION,
        ChangeKind.DELETE_ROLE,
        ChangeKind.DELETE_POLICY,
    )


def latest_unfinished(journals: Iterable[Journal], account_id: str | None = None) -> Journal | None:
    """Return the latest run that was not ended and left something; of any account for None."""
    found = (
        journal
        for journal in journals
        if journal.is_unfinished and in_effect(journal) and account_id in (None, journal.account_id)
    )
    return max(found, key=_begun, default=None)


def latest_to_undo(journals: Iterable[Journal], account_id: str) -> Journal | None:
    """Return the latest run in the account that can be undone and was neither undone nor left.

    None where a run after it was left as it is and stands on what it made.
    """
    every = tuple(journals)
    found = _latest(every, account_id)
    return None if found is None or standing_since(every, found) else found


def _latest(journals: Iterable[Journal], account_id: str) -> Journal | None:
    found = (
        journal
        for journal in journals
        if journal.account_id == account_id
        and journal.state is not RunState.CLOSED
        and can_undo(journal)
    )
    return max(found, key=_begun, default=None)


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
        and _begun(other) > _begun(journal)
        and any(s.state in _IN_EFFECT and s.change.target in changed for s in other.steps)
    )
    return max(later, key=_begun, default=None)


def _begun(journal: Journal) -> str:
    return journal.id


def _turned(step: Step, kind: ChangeKind) -> Change:
    """Return the step's change as ``kind``, its two sides swapped."""
    change = step.change
    return replace(change, kind=kind, before=change.after, after=change.before, reversible=True)


def _swapped(step: Step) -> tuple[Change, ...]:
    return (_turned(step, step.change.kind),)


def _deletion(kind: ChangeKind) -> Callable[[Step], tuple[Change, ...]]:
    return lambda step: (_turned(step, kind),)


def _creation(kind: ChangeKind) -> Callable[[Step], tuple[Change, ...]]:
    def made_anew(step: Step) -> tuple[Change, ...]:
        made = _turned(step, kind)
        return (replace(made, settings={**made.settings, RESTORED: True}),)

    return made_anew


def _older_default(step: Step) -> tuple[Change, ...]:
    """Return the policy to the version before, then delete the one that was made."""
    change = step.change
    made = {"version": step.made.get("version", ""), "document": change.after}
    older = {"version": step.made.get("version_before", ""), "document": change.before}
    return (
        replace(change, kind=ChangeKind.SET_DEFAULT_POLICY_VERSION, before=made, after=older),
        replace(change, kind=ChangeKind.DELETE_POLICY_VERSION, before=made, after=None),
    )


def _nothing(_step: Step) -> tuple[Change, ...]:
    return ()


_INVERSES: Final[Mapping[ChangeKind, Callable[[Step], tuple[Change, ...]]]] = {
    ChangeKind.CREATE_ROLE: _deletion(ChangeKind.DELETE_ROLE),
    ChangeKind.CREATE_POLICY: _deletion(ChangeKind.DELETE_POLICY),
    ChangeKind.CREATE_POLICY_VERSION: _older_default,
    ChangeKind.DELETE_POLICY_VERSION: _nothing,
    ChangeKind.ATTACH_POLICY: _deletion(ChangeKind.DETACH_POLICY),
    ChangeKind.DETACH_POLICY: _deletion(ChangeKind.ATTACH_POLICY),
    ChangeKind.DELETE_ROLE: _creation(ChangeKind.CREATE_ROLE),
    ChangeKind.DELETE_POLICY: _creation(ChangeKind.CREATE_POLICY),
}
"""The other kinds are undone by a change of their own kind, its two sides swapped."""
