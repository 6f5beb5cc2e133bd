"""The plan: the least changes from what AWS has to what the draft needs, from any start.

What the policies really grant, read whole, decides what is lacking; what others put there stays
to the letter. What can't be mended is worked out from the account as it would be, so that
nothing is forgotten. Pure: the same draft, snapshot and choices give the same plan.
"""

from collections.abc import Iterable, Iterator, Sequence

from app.core.change import Change, ChangeKind, Obstacle, Offer, Plan
from app.core.changes.applied import after_changes
from app.core.changes.gone import deleted_roles
from app.core.changes.kinds import rules_of
from app.core.changes.rules import Thing
from app.core.choices import Choice, Choices
from app.core.diagnosis.diagnose import worked_out
from app.core.diagnosis.unevaluated import as_far_as_work_goes
from app.core.diagnosis.view.role_view import role_place
from app.core.draft import Draft
from app.core.frozen import frozen, replace
from app.core.iam.work import Work
from app.core.observation import Identity
from app.core.planning.consistent import consistent
from app.core.planning.key import key_parts
from app.core.planning.left_alone import left_alone_in
from app.core.planning.offers import LOOKS
from app.core.planning.part import PlanPart, changes_in
from app.core.planning.permissions import policy_parts
from app.core.planning.remaining import remaining
from app.core.planning.role import role_parts
from app.core.planning.trust import trust_parts
from app.core.report import Evidence, Finding, Report
from app.core.snapshot import Snapshot

_HERE = "arn:aws:"
"""The partition that UbiQuity is in."""

_ELSEWHERE = ("signin.wrong-account", "signin.wrong-partition")
"""Findings of a sign-in whose changes would go to another account."""


def plan(
    draft: Draft, snapshot: Snapshot, choices: Choices | None = None, work: Work | None = None
) -> Plan:
    """Return what has to change in AWS for ``draft``, given what ``snapshot`` found.

    ``choices`` are what a person chose beside the draft. The plan for the account as it is once
    all changes are made is empty. Where the ``work`` ends before, nothing is known of what the
    policies say, and nothing of them is changed.
    """
    chosen = choices or Choices()
    return as_far_as_work_goes(lambda seen, work: _plan(draft, seen, chosen, work), snapshot, work)


def planned_changes(draft: Draft, snapshot: Snapshot, choices: Choices) -> tuple[Change, ...]:
    """Return the changes of the plan, without what it offers, which takes a plan for each choice.

    Arguments as for ``plan``.
    """
    return as_far_as_work_goes(
        lambda seen, work: _changes(draft, consistent(draft, seen_from_here(seen)), choices, work),
        snapshot,
        None,
    )


def _changes(draft: Draft, start: Snapshot, choices: Choices, work: Work) -> tuple[Change, ...]:
    if next(_elsewhere(draft, start, work), None) is not None:
        return ()
    return changes_in(_in_order(draft, start, choices, work))


def _plan(draft: Draft, snapshot: Snapshot, choices: Choices, work: Work) -> Plan:
    start = consistent(draft, seen_from_here(snapshot))
    elsewhere = tuple(_elsewhere(draft, start, work))
    if elsewhere:
        return Plan((), remaining(draft, start, worked_out(draft, start, work), elsewhere))
    outlook = _outlook(draft, start, choices, work)
    return Plan(
        outlook.changes,
        remaining(draft, outlook.end, outlook.report, outlook.parts),
        tuple(_offers(draft, start, choices, outlook, work)),
        tuple(left_alone_in(draft, outlook.end, outlook.changes)),
    )


def for_kinds(whole: Plan, kinds: Iterable[ChangeKind]) -> Plan:
    """Return the part of a plan that consists of ``kinds``, for one step of the guide."""
    of_kinds = frozenset(kinds)
    return replace(whole, changes=tuple(c for c in whole.changes if c.kind in of_kinds))


def seen_from_here(snapshot: Snapshot) -> Snapshot:
    """Leave out what UbiQuity was seen to do: it was with what the plan will have changed."""
    here = tuple(o for o in snapshot.observations if o.identity is Identity.CUSTOMER)
    return replace(snapshot, observations=here)


@frozen
class _Outlook:
    """What is done, in order, and the account as it would be then."""

    parts: tuple[PlanPart, ...]
    end: Snapshot
    report: Report

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes among the parts."""
        return changes_in(self.parts)


def _outlook(draft: Draft, start: Snapshot, choices: Choices, work: Work) -> _Outlook:
    parts = tuple(_in_order(draft, start, choices, work))
    end = after_changes(start, changes_in(parts))
    return _Outlook(parts, end, worked_out(draft, end, work))


def _elsewhere(draft: Draft, start: Snapshot, work: Work) -> Iterator[Obstacle]:
    """Yield what says that the sign-in's changes would go to another account than the draft's."""
    if _is_surely_here(draft, start):
        return
    for finding in worked_out(draft, start, work).findings:
        if finding.code in _ELSEWHERE:
            yield Obstacle(finding.code, start.caller.arn if start.caller else "", finding)
            return
    if start.caller is not None and start.caller.account != draft.account_id:
        # UbiQuity's support may read the account, and change nothing there.
        params = {"expected": draft.account_id, "found": start.caller.account}
        finding = Finding("signin.wrong-account", Evidence.OBSERVED, params=params)
        yield Obstacle(finding.code, start.caller.arn, finding)


def _is_surely_here(draft: Draft, start: Snapshot) -> bool:
    """Tell without a diagnosis, which takes a while for many buckets, where that is plain."""
    caller, arns = start.caller, [start.role.arn, start.caller.arn if start.caller else None]
    own = caller is None or caller.account == draft.account_id
    return own and not start.observations and all(a is None or a.startswith(_HERE) for a in arns)


def _in_order(draft: Draft, start: Snapshot, choices: Choices, work: Work) -> Iterator[PlanPart]:
    """Yield the parts in the order in which they are made.

    The policy comes first, then the role, what joins the two, and the keys, which take the
    role's name only once it is there. Where the role can't be made right nothing else helps.
    """
    role = _role(draft, start, choices, work)
    state = after_changes(start, changes_in(role))
    if not role_place(draft, state).is_required_one:
        yield from role
        return
    policy = tuple(policy_parts(draft, state, choices, work))
    state = after_changes(state, changes_in(policy))
    yield from (part for part in policy if not _goes_to_the_role(part))
    yield from role
    yield from filter(_goes_to_the_role, policy)
    yield from key_parts(draft, state, choices, work, deleted_roles(changes_in(role)))


def _role(draft: Draft, start: Snapshot, choices: Choices, work: Work) -> Sequence[PlanPart]:
    """Return the parts of the role and its trust policy."""
    parts = tuple(role_parts(draft, start, choices))
    if role_place(draft, start).is_required_one:
        return (*trust_parts(draft, start, choices, work), *parts)
    return parts


def _goes_to_the_role(part: PlanPart) -> bool:
    """Tell whether the role has to be there first: a policy is attached to it, or put into it."""
    return isinstance(part, Change) and rules_of(part).acts_on is Thing.ROLE


def _offers(
    draft: Draft, start: Snapshot, choices: Choices, outlook: _Outlook, work: Work
) -> Iterator[Offer]:
    """Yield each choice that would make a difference, whether it was made or not."""
    for choice, look in LOOKS.items():
        chosen = choice in choices.chosen
        without = outlook
        if chosen:
            without = _outlook(draft, start, _choosing(choices, choices.chosen - {choice}), work)
        offer = look(draft, without.end, without.report)
        if offer is None or (choice is Choice.INLINE_POLICY and not _meets_a_limit(without.parts)):
            continue
        with_it = outlook.changes
        if not chosen:
            wished = _choosing(choices, choices.chosen | {choice})
            with_it = changes_in(_in_order(draft, start, wished, work))
        if with_it != without.changes:
            yield offer


def _meets_a_limit(parts: Iterable[PlanPart]) -> bool:
    return any(isinstance(part, Obstacle) and part.code == "change.limit" for part in parts)


def _choosing(choices: Choices, chosen: frozenset[Choice]) -> Choices:
    return replace(choices, chosen=chosen)
