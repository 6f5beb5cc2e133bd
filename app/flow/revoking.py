"""Taking access away: reading what is there, with or without a draft, and planning.

``review_revocation`` does both; its answer is what somebody agrees to, and
``app.flow.run.course`` carries it out. ``app.flow.connection.ended`` proves that it ended.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.core.change import Plan
from app.core.choices import Choice
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.revoking.begun import databases_before
from app.core.revoking.granted_buckets import granted_buckets
from app.core.revoking.plan import databases_of, revoke_plan
from app.flow.review import Review, with_permissions
from app.flow.thinking import beside_the_window

if TYPE_CHECKING:
    from app.core.choices import Choices
    from app.core.iam.work import Work
    from app.core.journal import Journal
    from app.core.snapshot import Snapshot
    from app.flow.ports.accounts import SignedIn
    from app.flow.ports.aws import CustomerAws
    from app.flow.review import Purpose

_START: Final = "us-east-1"
"""Where the search for a bucket begins whose region nobody told: S3 answers with the right one."""

Tell = Callable[[str], None]


async def review_revocation(
    account: "SignedIn",
    purpose: "Purpose",
    choices: "Choices",
    now: datetime,
    on_progress: Tell | None = None,
) -> Review:
    """Read the account and return what would be taken away there.

    ``account`` is a sign-in to the account of the purpose's draft, if there is one
    (``app.flow.accounts``). ``on_progress`` is told in a few words what is being read.
    """
    account_id = account.caller.account
    sought, snapshot = await read_for_revoking(account.aws, account_id, purpose.draft, on_progress)
    unplanned = Review(purpose, account_id, snapshot, choices, Plan(()), sought=sought)
    # Many buckets take a while to think about, and the window goes on meanwhile.
    review = await beside_the_window(lambda work: revocation_with(unplanned, choices, now, work))
    return await with_permissions(review, account)


def revocation_with(
    review: Review, choices: "Choices", now: datetime, work: "Work | None" = None
) -> Review:
    """Return ``review`` planned with other ``choices``, from what was read before.

    Sessions that are ended are those that began before ``now`` (UTC). Raises ValueError for the
    review of a set-up, which has no way to revoke.
    """
    draft, how = review.purpose.draft, review.purpose.how
    if how is None:
        raise ValueError("This is not the review of a revocation.")
    changes = revoke_plan(review.snapshot, how, review.account_id, draft, choices, now, work)
    return replace(review, choices=choices, plan=changes)


async def read_for_revoking(
    aws: "CustomerAws", account_id: str, draft: Draft | None, on_progress: Tell | None = None
) -> tuple[Draft | None, "Snapshot"]:
    """Read what the access consists of; return what was looked for, and what was found.

    Buckets that only the policies name are read as well, since our statement may be in their
    keys' policies. Without ``draft`` the one that is returned holds what the account itself
    tells: the first database of the trust policy, and the buckets of the policies. It is None
    where no database is let in.
    """
    sought = draft or Draft(account_id, EXAMPLE_DATABASE_ID, ())
    snapshot = await aws.read_snapshot(sought, on_progress)
    databases = databases_of(snapshot)
    if draft is None and databases:
        sought = replace(sought, database_id=databases[0])
    whole = with_buckets(sought, granted_buckets(snapshot))
    if whole != sought:
        snapshot = await aws.read_snapshot(whole, on_progress)
    return (whole if draft or databases else None), snapshot


def with_buckets(draft: Draft, names: Iterable[str]) -> Draft:
    """Return ``draft`` with an entry for each bucket of ``names`` that it lacks."""
    more = tuple(BucketEntry(name, _START) for name in names if name not in draft.bucket_names)
    return replace(draft, buckets=(*draft.buckets, *more))


def sought_after(run: "Journal") -> Draft:
    """Return the details that the account is read for once ``run``, known by itself, has ended.

    Where it has no draft and tells of no database, any External ID at all has to be refused.
    """
    databases = databases_before(run)
    return run.draft or Draft(run.account_id, (*databases, EXAMPLE_DATABASE_ID)[0], ())


def lost_databases(run: "Journal") -> tuple[str, ...]:
    """Return the External IDs that lost access by ``run`` beside its draft's own."""
    everyone = run.draft is None or Choice.EVERYONE in run.choices.chosen
    return databases_before(run) if everyone else ()


def losing_databases(review: Review) -> tuple[str, ...]:
    """Return the External IDs of the databases that lose access beside the draft's own.

    All that the role lets in, where no draft is given or everybody's access is to end.
    """
    everyone = review.purpose.draft is None or Choice.EVERYONE in review.choices.chosen
    return databases_of(review.snapshot) if everyone else ()
