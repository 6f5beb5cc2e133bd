"""What nobody looked at when a revocation is proved: each gap is named, and no other."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from app.core.frozen import replace
from app.core.report import Evidence, Grounds, GroundsCode
from app.core.revoking.proof import Blind, NotLookedAt, Proof
from app.core.revoking.remains import with_remains
from app.core.snapshot import BucketFacts, KmsGrant, Snapshot, State, Unreadable
from app.core.wording.remains import not_looked_at_words
from tests.helpers.drafts import ENCRYPTED, KEY_ARN, whole

PROOF: Final = Proof("denied", Grounds(GroundsCode.ROLE_MISSING), Evidence.OBSERVED)
ALWAYS: Final = (Blind.POINTS, Blind.S3_GRANTS, Blind.ACLS, Blind.OTHER_BUCKETS)
NAME: Final = ENCRYPTED.buckets[0].name
ARN: Final = f"arn:aws:s3:::{NAME}"
GRANTS: Final = "buckets[0].kms_key.grants"


def _read_whole() -> Snapshot:
    """Return a snapshot of which nothing was left out, grants included."""
    return _with(lambda bucket: _with_key(bucket, grants=(KmsGrant("x.amazonaws.com"),)))


def _with(changed: Callable[[BucketFacts], BucketFacts], *unread: Unreadable) -> Snapshot:
    snapshot = whole(ENCRYPTED)
    buckets = tuple(changed(bucket) for bucket in snapshot.buckets)
    return replace(snapshot, buckets=buckets, unreadable=unread)


def _with_key(bucket: BucketFacts, **fields: Any) -> BucketFacts:  # noqa: ANN401 - of a KmsKey
    assert bucket.kms_key is not None
    return replace(bucket, kms_key=replace(bucket.kms_key, **fields))


def _with_principal(principal: object, effect: str = "Allow") -> Snapshot:
    statement = {"Effect": effect, "Action": "s3:*", "Resource": ARN, "Principal": principal}
    snapshot = _read_whole()
    policy = {"Statement": [statement]}
    return replace(
        snapshot, buckets=tuple(replace(bucket, policy=policy) for bucket in snapshot.buckets)
    )


def _gaps(snapshot: Snapshot) -> list[NotLookedAt]:
    gaps = with_remains(PROOF, snapshot, None).not_looked_at
    assert [gap.code for gap in gaps[: len(ALWAYS)]] == list(ALWAYS)
    return list(gaps[len(ALWAYS) :])


CANONICAL: Final = {"CanonicalUser": "7" * 64}
UNREAD_GRANTS: Final = Unreadable(GRANTS, "AccessDenied")


@pytest.mark.parametrize(
    ("snapshot", "gaps"),
    [
        (_read_whole(), []),
        (_with(lambda b: _with_key(b, grants=())), []),
        (_with(lambda b: _with_key(b, grants=None)), [NotLookedAt(Blind.KEY_GRANTS, KEY_ARN)]),
        (
            _with(lambda b: _with_key(b, grants=()), UNREAD_GRANTS),
            [NotLookedAt(Blind.KEY_GRANTS, KEY_ARN)],
        ),
        (_with(lambda b: _with_key(b, grants=None, manager="AWS")), []),
        (_with(lambda b: replace(b, kms_key=None)), []),
        (
            _with(lambda b: replace(b, state=State.UNREADABLE, kms_key=None)),
            [NotLookedAt(Blind.BUCKET, ARN)],
        ),
        (
            _with(lambda b: replace(b, kms_key=None), Unreadable("buckets[0].policy")),
            [NotLookedAt(Blind.UNREAD, "buckets[0].policy")],
        ),
        (_with_principal(CANONICAL), [NotLookedAt(Blind.CANONICAL, ARN)]),
        (
            _with_principal({**CANONICAL, "AWS": "arn:aws:iam::998877665543:root"}),
            [NotLookedAt(Blind.CANONICAL, ARN)],
        ),
        (_with_principal(CANONICAL, "Deny"), []),
        (_with_principal({"Service": "cloudfront.amazonaws.com"}), []),
        (_with_principal("*"), []),
    ],
)
def test_what_was_not_looked_at(snapshot: Snapshot, gaps: list[NotLookedAt]) -> None:
    assert _gaps(snapshot) == gaps
    for gap in gaps:
        assert "{" not in not_looked_at_words(gap).text
