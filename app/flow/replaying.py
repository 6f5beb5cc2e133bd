"""Replaying what a customer sent: the report and the plan that follow from it, without any AWS."""

from app.core.bundle import Bundle
from app.core.change import Plan
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.iam.work import Work
from app.core.planning.plan import plan
from app.core.report import Report
from app.core.snapshot import Snapshot
from app.flow.thinking import beside_the_window


@frozen
class Replay:
    """What a snapshot says for a draft. ``source`` is the name of the file it came in.

    ``plan`` is what the program would change for them. ``bundle`` is the support bundle that they
    came in, where that is so.
    """

    source: str
    draft: Draft
    snapshot: Snapshot
    report: Report
    plan: Plan
    bundle: Bundle | None = None


async def replay(
    source: str, draft: Draft, snapshot: Snapshot, bundle: Bundle | None = None
) -> Replay:
    """Return the report on ``snapshot``: that which whoever took it was shown."""

    def thought(work: Work) -> Replay:
        report = diagnose(draft, snapshot, work)
        return Replay(source, draft, snapshot, report, plan(draft, snapshot, work=work), bundle)

    return await beside_the_window(thought)


def belongs_to(snapshot: Snapshot, draft: Draft | None) -> bool:
    """Tell whether ``snapshot`` was taken for the account and the buckets of ``draft``.

    Where it names no account, its buckets alone tell.
    """
    if draft is None or account_of(snapshot) not in (None, draft.account_id):
        return False
    return set(draft.bucket_names) <= {bucket.name for bucket in snapshot.buckets}


def account_of(snapshot: Snapshot) -> str | None:
    """Return the account that ``snapshot`` is of, by its role, its policy or who took it."""
    for arn in (snapshot.role.arn, snapshot.customer_policy.arn):
        if arn is not None and len(parts := arn.split(":")) > 4:
            return parts[4]
    return None if snapshot.caller is None else snapshot.caller.account
