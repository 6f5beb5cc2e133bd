"""Answers that only say no: "Access Denied", "Forbidden", and what HEAD gives in a number."""

from typing import Final

from app.core.explain.explanation import Explanation, each
from app.core.explain.pasted import Pasted
from app.core.explain.refused import CANNOT_ASSUME, causes_of_refused_call

_REFUSED: Final = (
    "accessdenied",
    "notauthorizedtoperform",
    "403forbidden",
    "unauthorizedoperation",
)

_SERVICE_BY_CALL: Final = {
    **dict.fromkeys(("AssumeRole", "GetCallerIdentity"), "sts"),
    **dict.fromkeys(("Decrypt", "DescribeKey", "GenerateDataKey", "Encrypt"), "kms"),
    **dict.fromkeys(("GetKeyPolicy", "PutKeyPolicy", "ListAliases"), "kms"),
}
_S3_WORDS: Final = ("Object", "Bucket", "Part", "Multipart", "PublicAccessBlock")
_IAM_WORDS: Final = ("Role", "Policy", "Policies", "User", "AccountSummary", "AccessKey")

_OPERATIONS_FAIL: Final = ("policy.not-attached", "bucket.explicit-deny", "kms.decrypt-denied")
"""The guide's Troubleshooting, "Role assumption succeeds but S3 operations fail"."""

_HEAD: Final = {
    ("HeadBucket", "400"): ("signin.expired", "bucket.region-mismatch"),
    ("HeadObject", "400"): ("files.sse-c", "signin.expired"),
    ("HeadBucket", "404"): ("bucket.missing",),
    ("HeadObject", "404"): (),
}
"""HEAD has no text: the status is all there is (Amazon S3 API Reference, HeadBucket)."""

_WHOLE_TEXT: Final = {
    "301": ("bucket.region-mismatch",),
    "movedpermanently": ("bucket.region-mismatch",),
    "301movedpermanently": ("bucket.region-mismatch",),
    "404notfound": ("bucket.missing",),
    "forbidden": _OPERATIONS_FAIL,
    "403": _OPERATIONS_FAIL,
}
"""A status that is all that was pasted."""


def bare_refusals(pasted: Pasted) -> tuple[Explanation, ...]:
    """Return the usual causes of a refusal that doesn't tell its own."""
    if pasted.status == "301":
        return each("bucket.region-mismatch", bucket=pasted.bucket)
    causes = _HEAD.get((pasted.operation, pasted.status), _WHOLE_TEXT.get(pasted.letters))
    if causes is not None:
        return each(*causes, bucket=pasted.bucket)
    if pasted.status == "403" or any(map(pasted.says, _REFUSED)):
        return _refused(pasted)
    if pasted.operation == "GetRoleCredentials" and pasted.says("forbiddenexception"):
        return each("signin.not-allowed")
    return ()


def _refused(pasted: Pasted) -> tuple[Explanation, ...]:
    service = _service(pasted.operation)
    if not service:
        return each(*CANNOT_ASSUME, *_OPERATIONS_FAIL)
    return causes_of_refused_call(f"{service}:{pasted.operation}", pasted.bucket)


def _service(call: str) -> str:
    """Return the service that has ``call``, of those that matter here; else an empty text."""
    service = _SERVICE_BY_CALL.get(call)
    if service or not call:
        return service or ""
    if any(word in call for word in _S3_WORDS):
        return "s3"
    return "iam" if any(word in call for word in _IAM_WORDS) else ""
