"""Versions of objects that Object Lock holds: nobody deletes them before their time.

Source: Amazon S3 User Guide, "Locking objects with Object Lock": a retention period in compliance
mode and a legal hold hold against everybody, governance mode yields to whoever is allowed to pass
it by and says so. A delete marker is always free, and can always be put on top.
"""

from datetime import UTC, datetime

from moto.s3.models import FakeBucket, FakeKey

from app.practice.buckets import find_object
from app.practice.refusal import Refusal
from app.practice.s3_calls import S3Call
from app.practice.visit import SignedCall

_HELD = "Access Denied because object protected by object lock."


def held(
    signed: SignedCall, call: S3Call, bucket: FakeBucket, key: str, version: str | None
) -> Refusal | None:
    """Return why ``version`` of the object can't be deleted; None where no lock holds it."""
    stored = find_object(bucket, key, version) if version is not None else None
    if stored is None:
        return None
    if _is_held(stored, signed.now, passes_governance=call.passes_governance):
        return Refusal("AccessDenied", _HELD, 403)
    # moto would look once more, by this computer's clock.
    stored.lock_mode = stored.lock_until = None
    return None


def _is_held(stored: FakeKey, now: datetime, *, passes_governance: bool) -> bool:
    if stored.lock_legal_status == "ON":
        return True
    if stored.lock_until is None or (stored.lock_mode == "GOVERNANCE" and passes_governance):
        return False
    until = datetime.fromisoformat(stored.lock_until)
    return now < (until if until.tzinfo is not None else until.replace(tzinfo=UTC))
