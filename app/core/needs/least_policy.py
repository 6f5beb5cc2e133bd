"""The least policy for whoever creates, revokes or checks the set-up of a draft.

Made from the calls that the program makes: the reads of a snapshot, the changes of the plans that
any start of the account leads to, and what is read before and after each. ``iam:PassRole`` is not
among them: nothing is handed the role. Source: Service Authorization Reference.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from app.core.change import Plan
from app.core.changes.kinds import rules_of
from app.core.changes.needed_actions import NeededAction, needed_actions
from app.core.changes.rules import Thing
from app.core.choices import Choice, Choices, RevokeWay
from app.core.documents.policies import Document
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.needs.document import policy_of
from app.core.needs.reads import LOOKED_BACK_WITH, reads_for
from app.core.needs.starts import (
    AT,
    starts_of_creating,
    starts_of_permissions_in_the_role,
    starts_of_remaking,
    starts_of_revoking,
)
from app.core.planning.plan import planned_changes
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import Snapshot


class Doing(StrEnum):
    """What somebody is to do (``--how`` of ``needs``)."""

    CREATE = "create"
    REVOKE = "revoke"
    CHECK = "check"


def least_policy(
    draft: Draft,
    doing: Doing,
    choices: Choices | None = None,
    review: Plan | None = None,
    keys: Iterable[str] = (),
) -> Document:
    """Return the policy that allows ``doing`` for ``draft``, wherever the account starts from.

    ``choices`` are a person's, for creating. Whatever ``review``, a plan that was made of the
    account, needs beside is in it too; so is the reading of ``keys``, ARNs of keys that a check
    found and no draft names.
    """
    return policy_of(needs_of(draft, doing, choices, review, keys))


def needs_of(
    draft: Draft,
    doing: Doing,
    choices: Choices | None = None,
    review: Plan | None = None,
    keys: Iterable[str] = (),
) -> tuple[NeededAction, ...]:
    """Return what the policy allows, each action with each resource; arguments as above."""
    plans = [*_plans(draft, doing, choices or Choices()), *([review] if review else ())]
    seen_by = {action for p in plans for c in p.changes for action in rules_of(c).seen_by}
    changes = (needed for p in plans for needed in needed_actions(p, tagged=True))
    on_keys = (c.target for p in plans for c in p.changes if rules_of(c).acts_on is Thing.KEY)
    reads = reads_for(draft, seen_by, (*on_keys, *keys), changing=doing is not Doing.CHECK)
    also = (NeededAction(LOOKED_BACK_WITH, "*"),) if doing is Doing.CHECK else ()
    return tuple(dict.fromkeys((*reads, *also, *changes)))


def _plans(draft: Draft, doing: Doing, choices: Choices) -> Iterator[Plan]:
    if doing is Doing.CREATE:
        some = _one_bucket_for_each_key(draft)
        for start in _starts(some, choices):
            yield Plan(planned_changes(some, start, choices))
    elif doing is Doing.REVOKE:
        wishes = (Choices(), Choices(frozenset(Choice)))
        for start in starts_of_revoking(draft):
            for how in RevokeWay:
                for wish in wishes:
                    yield revoke_plan(start, how, draft.account_id, draft, wish, AT)


def _starts(draft: Draft, choices: Choices) -> Iterator[Snapshot]:
    yield from starts_of_creating(draft)
    if Choice.INLINE_POLICY in choices.chosen:
        yield from starts_of_permissions_in_the_role(draft)
    if Choice.REMAKE_ROLE in choices.chosen:
        yield from starts_of_remaking(draft)


def _one_bucket_for_each_key(draft: Draft) -> Draft:
    """Return a draft that is set up by the same kinds of change in the same places, only sooner."""
    entries = {entry.kms_key_arn: entry for entry in reversed(draft.buckets)}
    return replace(draft, buckets=tuple(entries.values()))
