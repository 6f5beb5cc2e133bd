"""A plan for somebody to agree to: what was asked for, what was read, and what follows from it.

The window shows it on a page, the command line as text before its question. Who agrees to it
gets the journal of a run (``journal_of``), which ``app.flow.run`` then carries out.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.changes.needed_actions import OwnPermissions, needed_actions
from app.core.diagnosis.unreadable import refused_reads
from app.core.failure import AwsFailure, finding_of_failure
from app.core.frozen import replace
from app.core.journal import new_journal
from app.core.observation import ObservedOutcome

if TYPE_CHECKING:
    from app.core.change import Plan
    from app.core.choices import Choices, RevokeWay
    from app.core.draft import Draft
    from app.core.journal import Journal, RunKind, RunState
    from app.core.snapshot import Snapshot
    from app.flow.ports.accounts import SignedIn


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is asked for: a set-up for ``draft``, or a revocation.

    A revocation takes away, in the way ``how``, the access of the draft's database; that of all
    databases for None.
    """

    kind: "RunKind"
    draft: "Draft | None"
    how: "RevokeWay | None" = None


def purpose_of(run: "Journal") -> Purpose:
    """Return what ``run`` was begun for."""
    return Purpose(run.kind, run.draft, run.how)


@dataclass(frozen=True, slots=True)
class Review:
    """A plan, and all that it was made from.

    ``account_id`` is the account that was read. ``permissions`` is what AWS says of the sign-in's
    right to make the changes; None where it said nothing.
    """

    purpose: Purpose
    account_id: str
    snapshot: "Snapshot"
    choices: "Choices"
    plan: "Plan"
    permissions: OwnPermissions | None = field(default_factory=OwnPermissions)
    sought: "Draft | None" = None
    """The details that the account was read for, and will be for the proof of a revocation."""

    @property
    def lacking(self) -> tuple[str, ...] | None:
        """The plan's actions that the sign-in may not do; None where that is not known."""
        return self.permissions.lacking if self.permissions else None

    @property
    def refused(self) -> tuple[str, ...]:
        """The permissions for want of which AWS did not tell the sign-in something."""
        return refused_reads(self.snapshot)

    @property
    def unreached(self) -> AwsFailure | None:
        """Why something could not be read, where for that the plan can't do everything."""
        return unreached(self.snapshot) if self.plan.cannot_mend else None


async def with_permissions(review: Review, account: "SignedIn") -> Review:
    """Return ``review`` with what AWS says by now of the right to make its changes.

    AWS is not asked where there is nothing to change. What it says is no more than a hint: its
    simulator does not see everything that allows.
    """
    needed = needed_actions(review.plan)
    answer = await account.aws.own_permissions(needed) if needed else OwnPermissions()
    return replace(review, permissions=None if isinstance(answer, AwsFailure) else answer)


def journal_of(review: Review, account: "SignedIn", now: datetime) -> "Journal":
    """Return the journal of the run that makes the review's changes, begun at ``now`` (UTC)."""
    return new_journal(
        kind=review.purpose.kind,
        account_id=review.account_id,
        caller_arn=account.caller.arn,
        endpoint=review.snapshot.endpoint,
        changes=review.plan.changes,
        draft=review.purpose.draft,
        choices=review.choices,
        how=review.purpose.how,
        now=now,
    )


def journal_of_nothing(
    purpose: Purpose,
    account: "SignedIn",
    state: "RunState",
    now: datetime,
    endpoint: str | None = None,
) -> "Journal":
    """Return the journal of a run without any change, for the receipt of what was not done.

    ``endpoint`` is the address that answered, where that is not AWS's own.
    """
    journal = new_journal(
        kind=purpose.kind,
        account_id=account.caller.account,
        caller_arn=account.caller.arn,
        endpoint=endpoint,
        changes=(),
        draft=purpose.draft,
        how=purpose.how,
        now=now,
    )
    return replace(journal, state=state)


def unreached(snapshot: "Snapshot") -> AwsFailure | None:
    """Return the failure of network or sign-in for which something could not be read."""
    for tried in snapshot.observations:
        code, message = tried.code or "", tried.message or ""
        finding = finding_of_failure(code, message)
        if tried.outcome is ObservedOutcome.FAILED and finding:
            return AwsFailure(tried.action, code, message, finding=finding)
    return None
