"""A grant of a KMS key, revoked.

No way back: a snapshot has of a grant who may do what by it, and not its constraints, so that one
made anew might allow more. Source of the request: AWS KMS API Reference, RevokeGrant.
"""

from typing import Final

from app.core.change import ChangeKind
from app.core.changes.aws_call import AwsCall
from app.core.changes.rules import ChangeRules, Thing, no_way_back
from app.core.changes.sides import Grant, TypedChange
from app.core.frozen import replace
from app.core.snapshot import KmsGrant, KmsKey, Snapshot


def _revoke_grant_calls(change: TypedChange[Grant]) -> tuple[AwsCall, ...]:
    parameters = {"KeyId": change.target, "GrantId": change.subject.id}
    return (AwsCall("kms", "RevokeGrant", parameters, change.target.split(":")[3]),)


def _without_grant(snapshot: Snapshot, change: TypedChange[Grant]) -> Snapshot:
    """Return ``snapshot`` without the grant, wherever the key stands."""
    return snapshot.with_keys(lambda place: _left(place.key, change))


def _left(key: KmsKey, change: TypedChange[Grant]) -> KmsKey:
    if key.arn != change.target or key.grants is None:
        return key
    return replace(key, grants=tuple(g for g in key.grants if not _is_it(g, change)))


def _grant_in(snapshot: Snapshot, change: TypedChange[Grant]) -> Grant | None:
    keys = (place.key for place in snapshot.key_places())
    grants = (grant for k in keys if k.arn == change.target for grant in k.grants or ())
    same = (grant for grant in grants if _is_it(grant, change))
    return next((grant_side(grant) for grant in same), None)


def _is_it(grant: KmsGrant, change: TypedChange[Grant]) -> bool:
    return bool(grant.id) and grant.id == change.subject.id


def grant_side(grant: KmsGrant) -> Grant:
    """Return a grant as a change has it."""
    return Grant(grant.id or "", grant.grantee, grant.operations)


REVOKE_GRANT: Final = ChangeRules(
    ChangeKind.REVOKE_GRANT,
    Grant,
    Thing.KEY,
    "kms:RevokeGrant",
    seen_by=("kms:ListGrants",),
    requests=_revoke_grant_calls,
    effect=_without_grant,
    found_in=_grant_in,
    inverse=no_way_back,
    comes_back_changed=True,  # it does not come back at all
)

KEY_GRANT_KINDS: Final = (REVOKE_GRANT,)
