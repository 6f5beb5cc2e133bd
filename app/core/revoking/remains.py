"""What is left of UbiQuity's in an account after a revocation, and what nobody looked at.

A revocation planned anew on a fresh reading tells what is left: no plan is left where nothing is.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.change import Change, Obstacle, Plan
from app.core.diagnosis.direct_access import direct_access_of
from app.core.diagnosis.unevaluated import without_bucket_policies
from app.core.documents.statements import statements_of
from app.core.frozen import replace
from app.core.iam.work import MOST_STEPS, OutOfWorkError, Work
from app.core.revoking.account import UNREADABLE
from app.core.revoking.proof import Blind, NotLookedAt, Proof
from app.core.snapshot import Snapshot, State, is_of_a_key

_OF_ACCESS: Final = ("role", "customer_policy", "buckets", "organization_denies")
"""The facts on which access turns, by the first part of their paths; not a bucket's sample."""


def with_remains(
    proof: Proof, snapshot: Snapshot, plan: Plan | None, work: Work | None = None
) -> Proof:
    """Return ``proof`` with what ``snapshot`` shows of UbiQuity's.

    ``plan`` is the same revocation planned anew on it; None where it is not known what was to be
    taken away. Where the ``work`` ends, policies of buckets and keys were not looked at.
    """
    try:
        direct = direct_access_of(snapshot, work or Work(MOST_STEPS))
    except OutOfWorkError:
        direct, snapshot = (), without_bucket_policies(snapshot)
    left: tuple[Change | Obstacle, ...] = (*plan.changes, *plan.cannot_mend) if plan else ()
    return replace(
        proof,
        direct=direct,
        left=tuple(part for part in left if not _is_unread(part)),
        not_looked_at=tuple(dict.fromkeys(_blind_spots(snapshot))),
    )


def _is_unread(part: Change | Obstacle) -> bool:
    return isinstance(part, Obstacle) and part.code == UNREADABLE


def _blind_spots(snapshot: Snapshot) -> Iterator[NotLookedAt]:
    """Yield ways in that no snapshot holds, then what this one lacks."""
    yield from (NotLookedAt(code) for code in (Blind.POINTS, Blind.S3_GRANTS, Blind.ACLS))
    yield NotLookedAt(Blind.OTHER_BUCKETS)
    for entry in snapshot.unreadable:
        is_about_access = entry.what.partition(".")[0].partition("[")[0] in _OF_ACCESS
        is_of_files = ".sample" in entry.what and not is_of_a_key(entry.what)
        if is_about_access and not is_of_files and not entry.what.endswith(".grants"):
            yield NotLookedAt(Blind.UNREAD, entry.what)
    for index, bucket in enumerate(snapshot.buckets):
        if bucket.state in (State.UNREADABLE, State.OTHER_ACCOUNT):
            yield NotLookedAt(Blind.BUCKET, f"arn:aws:s3:::{bucket.name}")
        if _names_canonical_users(bucket.policy):
            yield NotLookedAt(Blind.CANONICAL, f"arn:aws:s3:::{bucket.name}")
        for place in snapshot.key_places_of(index):
            is_read = snapshot.was_read(f"{place.path}.grants")
            if place.key.manager != "AWS" and (place.key.grants is None or not is_read):
                yield NotLookedAt(Blind.KEY_GRANTS, place.key.arn or bucket.name)


def _names_canonical_users(policy: object) -> bool:
    """Tell whether an Allow names somebody by a canonical user ID.

    S3 "might change" the one of an account into the account's own (S3 User Guide, "Principals for
    bucket policies"); what stays so is mostly CloudFront's, which nobody can tell from it.
    """
    principals = (s.get("Principal") for s in statements_of(policy) if s.get("Effect") == "Allow")
    return any(isinstance(each, Mapping) and "CanonicalUser" in each for each in principals)
