"""What lets UbiQuity's account in past the role, said of each bucket and key of the draft.

The connection works by the role alone, so none of it is needed; what there is, is not UbiQuity's
to take away. Who gets in is worked out in ``direct_access``.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from app.core.diagnosis.quote import Json
from app.core.diagnosis.view.setup import Setup
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding
from app.core.snapshot import Snapshot

if TYPE_CHECKING:
    from app.core.diagnosis.direct_access import DirectAccess

_BUCKET: Final = "bucket.direct-grant"
_KEY: Final = "kms.direct-grant"


def direct_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for each statement and grant that lets UbiQuity in directly, or may."""
    if not _has_any_policy(setup.snapshot):
        return
    # Most accounts have none, and a check has to start in a blink.
    from app.core.diagnosis.direct_access import DirectWay, direct_access_of

    for access in direct_access_of(setup.snapshot, setup.role.work):
        if access.bucket in setup.draft.bucket_names:
            is_bucket = access.way is DirectWay.BUCKET_POLICY
            params = _params(access) if is_bucket else {"key": access.where, **_params(access)}
            code = _BUCKET if is_bucket else _KEY
            yield Finding(code, Evidence.PREDICTED, access.bucket, params)


def _has_any_policy(snapshot: Snapshot) -> bool:
    return any(bucket.policy for bucket in snapshot.buckets) or any(
        place.key.policy or place.key.grants for place in snapshot.key_places()
    )


def _params(access: "DirectAccess") -> Json:
    params: Json = {
        "who": list(access.who),
        "others": list(access.others) or None,
        "anybody": access.is_for_anybody,
        "actions": list(access.what),
        "certain": access.certain is Truth.TRUE,
    }
    if access.grant is not None:
        return {**params, "grant": access.grant.id or ""}
    statement = access.statement or {}
    sid, condition = statement.get("Sid"), statement.get("Condition")
    is_condition = isinstance(condition, Mapping) and access.certain is not Truth.TRUE
    return {
        **params,
        "statement": dict(statement),
        "sid": sid if isinstance(sid, str) else None,
        "condition": condition if is_condition else None,
    }
