"""Checking an existing set-up: the account as it is read, and the report that follows from it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.failure import AwsFailure, finding_of_failure
from app.core.iam.work import MOST_STEPS, Work
from app.core.planning.plan import plan
from app.core.report import Report
from app.core.snapshot import (
    BucketFacts,
    CustomerPolicy,
    Identity,
    Observation,
    ObservedOutcome,
    RoleFacts,
    Snapshot,
    State,
    Unreadable,
)
from app.flow.ports import SignedIn
from app.flow.thinking import beside_the_window


@dataclass(frozen=True, slots=True)
class CheckedAccount:
    """What was read, and what follows from it for the draft.

    ``can_mend`` tells whether the plan would change something; what it can't mend is shown in
    the review. It is worked out once, since the window is drawn again and again from this.
    """

    draft: Draft
    snapshot: Snapshot
    report: Report
    can_mend: bool


async def check_account(
    draft: Draft, signed_in: SignedIn, observations: tuple[Observation, ...] = ()
) -> CheckedAccount:
    """Read the account with ``signed_in`` and diagnose it, with what a test observed."""
    snapshot = (await signed_in.aws.read_snapshot(draft)).with_observations(*observations)
    return await beside_the_window(lambda work: checked_account(draft, snapshot, work))


def checked_account(draft: Draft, snapshot: Snapshot, work: Work | None = None) -> CheckedAccount:
    """Return all that ``snapshot`` says for ``draft``; it takes a while for many buckets."""
    work = work or Work(MOST_STEPS)
    report = diagnose(draft, snapshot, work)
    return CheckedAccount(draft, snapshot, report, bool(plan(draft, snapshot, work=work).changes))


def account_out_of_reach(draft: Draft, failure: AwsFailure) -> CheckedAccount:
    """Return the report where nobody could sign in: nothing is known but the failure."""
    now, code = datetime.now(UTC), _telling_code(failure)
    tried = Observation(
        at=now,
        identity=Identity.CUSTOMER,
        action=failure.action,
        outcome=ObservedOutcome.FAILED,
        code=code,
        message=failure.message,
        request_id=failure.request_id,
    )
    buckets = tuple(BucketFacts(name, State.UNREADABLE) for name in draft.bucket_names)
    unread = ("caller", "role", "customer_policy", *(f"buckets[{i}]" for i in range(len(buckets))))
    snapshot = Snapshot(
        captured_at=now,
        caller=None,
        role=RoleFacts(State.UNREADABLE),
        customer_policy=CustomerPolicy(State.UNREADABLE),
        buckets=buckets,
        observations=(tried,),
        unreadable=tuple(Unreadable(what, code, failure.message) for what in unread),
    )
    return checked_account(draft, snapshot)


def _telling_code(failure: AwsFailure) -> str:
    """Return the failure's code, or its HTTP status where that alone tells what happened."""
    code_tells = finding_of_failure(failure.code, failure.message) == failure.finding
    return failure.code if code_tells or failure.http_status is None else str(failure.http_status)
