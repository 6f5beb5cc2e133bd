"""UbiQuity's account let in past the role: what is purely its own goes, the rest is named.

Purely UbiQuity's is a statement of a bucket's or key's policy that names its account alone, and a
grant for it. A statement that lets in others as well is theirs to write anew.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from app.core.change import Obstacle
from app.core.changes.bucket_policy import PUT_BUCKET_POLICY
from app.core.changes.gone import rewriting
from app.core.changes.key_grant import REVOKE_GRANT, grant_side
from app.core.changes.sides import ChangeSettings, StoredDocument
from app.core.diagnosis.direct_access import DirectAccess, DirectWay
from app.core.documents.gone_principals import living
from app.core.documents.policies import bucket_arn
from app.core.documents.statements import statements_in, with_statements
from app.core.frozen import replace
from app.core.revoking.account import UNREADABLE, RevokedAccount, RevokePart
from app.core.snapshot import BucketFacts

BUCKET_CODE: Final = "bucket.direct-grant"
KEY_CODE: Final = "kms.direct-grant"


def direct_code(way: DirectAccess) -> str:
    """Return the finding's code for a way in past the role."""
    return BUCKET_CODE if way.way is DirectWay.BUCKET_POLICY else KEY_CODE


def direct_parts(account: RevokedAccount) -> Iterator[RevokePart]:
    """Take UbiQuity's own statements out of bucket policies, and revoke its grants.

    What is in key policies is taken out with our other statements there (``keys``).
    """
    if account.direct is None:
        yield from _not_worked_out(account)
        return
    own: dict[str, set[int]] = {}
    for way in account.direct:
        if way.way is DirectWay.BUCKET_POLICY and way.only_ubiquity:
            own.setdefault(way.bucket, set()).add(way.index)
    for bucket in account.snapshot.buckets:
        yield from _bucket_part(account, bucket, own.get(bucket.name, set()))
    for way in account.direct:
        if not way.only_ubiquity:
            yield Obstacle(direct_code(way), way.where)
        elif way.way is DirectWay.GRANT:
            yield _grant_part(way)


def direct_of_all(account: RevokedAccount) -> Iterator[Obstacle]:
    """Name each way in past the role: none asks for an External ID, so all databases have it."""
    if account.direct is None:
        yield from _not_worked_out(account)
        return
    yield from dict.fromkeys(Obstacle(direct_code(way), way.where) for way in account.direct)


def own_key_statements(account: RevokedAccount, key_arn: str) -> frozenset[int]:
    """Return the places of the key policy's statements that let in UbiQuity's account alone."""
    own = (way for way in account.direct or () if way.only_ubiquity and way.where == key_arn)
    return frozenset(way.index for way in own if way.way is DirectWay.KEY_POLICY)


def _not_worked_out(account: RevokedAccount) -> Iterator[Obstacle]:
    """Name each bucket whose policy says more than could be worked out; so do keys their own."""
    for bucket in account.snapshot.buckets:
        if bucket.policy is not None:
            yield Obstacle(UNREADABLE, bucket_arn(bucket.name))


def _bucket_part(
    account: RevokedAccount, bucket: BucketFacts, places: Collection[int]
) -> Iterator[RevokePart]:
    policy, arn = bucket.policy, f"arn:aws:s3:::{bucket.name}"
    if not places or not isinstance(policy, Mapping):
        return
    left = [s for place, s in enumerate(statements_in(policy)) if place not in places]
    settings = ChangeSettings(region=bucket.region, owner=account.account_id)
    if not living(left):
        before = StoredDocument(policy)
        yield PUT_BUCKET_POLICY.change(arn, before, None, settings=settings)
        return
    part = rewriting(PUT_BUCKET_POLICY, arn, policy, with_statements(policy, left))
    if isinstance(part, Obstacle):
        yield part
    else:
        yield replace(part, settings=settings.to_json())


def _grant_part(way: DirectAccess) -> RevokePart:
    if way.grant is None or not way.grant.id:
        return Obstacle(direct_code(way), way.where)
    return REVOKE_GRANT.change(way.where, grant_side(way.grant), None, reversible=False)
