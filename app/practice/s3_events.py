"""Which requests to S3 are management events: what concerns buckets, not what lies in them.

Source: Amazon S3 User Guide, "Amazon S3 CloudTrail events": listing, reading and writing objects
are data events, which the event history never has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.practice.exchange import HttpCall
from app.practice.s3_calls import read_s3_call

_PARTS: Final = {
    "encryption": "BucketEncryption",
    "location": "BucketLocation",
    "object-lock": "BucketObjectLockConfiguration",
    "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy",
    "policyStatus": "BucketPolicyStatus",
    "publicAccessBlock": "BucketPublicAccessBlock",
    "tagging": "BucketTagging",
    "versioning": "BucketVersioning",
}
_VERBS: Final = {"GET": "Get", "PUT": "Put", "DELETE": "Delete"}
_BARE: Final = {"PUT": "CreateBucket", "DELETE": "DeleteBucket"}


@dataclass(frozen=True, slots=True)
class S3Event:
    """The name and the parameters of a management event."""

    name: str
    parameters: Mapping[str, object]


def s3_event(call: HttpCall) -> S3Event | None:
    """Return the management event that ``call`` is, or None where it is none."""
    asked = read_s3_call(call)
    if asked.key:
        return None
    if not asked.bucket:
        return S3Event("ListBuckets", {})
    parameters = {"bucketName": asked.bucket}
    if asked.part in _PARTS and asked.method in _VERBS:
        return S3Event(f"{_VERBS[asked.method]}{_PARTS[asked.part]}", parameters)
    if not asked.part and asked.method in _BARE:
        return S3Event(_BARE[asked.method], parameters)
    return None
