"""The causes behind a denial of AWS: who was refused what, and by which kind of policy."""

from collections.abc import Mapping
from typing import Final

from app.core.explain.denial import DenialSentence
from app.core.explain.explanation import Explanation, each
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT

CANNOT_ASSUME: Final = (
    "trust.external-id-mismatch",
    "role.missing",
    "role.misnamed",
    "trust.principal-wrong",
)
"""The guide's Troubleshooting, "Access denied": AWS says the same for all of them."""

NOT_TRUSTED: Final = (
    "trust.principal-wrong",
    "trust.external-id-mismatch",
    "trust.condition-blocks",
    "trust.action-wrong",
)
CANNOT_LIST: Final = (
    "policy.not-attached",
    "policy.action-missing",
    "policy.prefix-mismatch",
    "bucket.explicit-deny",
    "bucket.other-account",
)
CANNOT_READ: Final = (
    "policy.not-attached",
    "policy.action-missing",
    "bucket.explicit-deny",
    "kms.decrypt-denied",
)
CANNOT_WRITE: Final = (
    "policy.not-attached",
    "policy.action-missing",
    "bucket.explicit-deny",
    "kms.write-denied",
)
CANNOT_DELETE: Final = ("policy.not-attached", "policy.action-missing", "bucket.explicit-deny")

_BY_S3_ACTION: Final[Mapping[str, tuple[str, ...]]] = {
    "s3:listbucket": CANNOT_LIST,
    "s3:listobjects": CANNOT_LIST,
    "s3:listobjectsv2": CANNOT_LIST,
    "s3:headbucket": CANNOT_LIST,
    "s3:getobject": CANNOT_READ,
    "s3:headobject": CANNOT_READ,
    "s3:copyobject": CANNOT_WRITE,
    "s3:putobject": CANNOT_WRITE,
    "s3:uploadpart": CANNOT_WRITE,
    "s3:createmultipartupload": CANNOT_WRITE,
    "s3:deleteobject": CANNOT_DELETE,
    "s3:deleteobjects": CANNOT_DELETE,
}
"""What the connector does on S3, by action or by the name of the call."""

_TAGGING: Final = frozenset({"s3:getobjecttagging", "s3:putobjecttagging"})

_BY_KMS_ACTION: Final[Mapping[str, str]] = {
    "kms:decrypt": "kms.decrypt-denied",
    "kms:describekey": "kms.describe-denied",
    "kms:generatedatakey": "kms.write-denied",
    "kms:generatedatakeywithoutplaintext": "kms.write-denied",
    "kms:encrypt": "kms.write-denied",
}

_OURS: Final = frozenset({"iam", "s3", "kms", "sts", "signin", "sso"})
"""The services that this program asks with the customer's sign-in."""

_ORGANISATION: Final = ("service control", "resource control")
_OUTSIDE: Final = ("session", "VPC endpoint")
"""Set by whoever asks, for a session or a network: never by the setup."""


def causes_of_denial(denial: DenialSentence) -> tuple[Explanation, ...]:
    """Return what may be behind ``denial``, the best match first; nothing where it isn't ours."""
    kind = denial.explicit or denial.implicit
    by = next((k for k in (kind, denial.through) if k in _ORGANISATION), "")
    if by:
        return (_organisation(denial, by),)
    if kind == "permissions boundary":
        return _with_sign_in((_boundary(denial),), denial)
    if kind in _OUTSIDE:
        return () if _is_connector(denial.principal) else _sign_in(denial)
    if kind == "role trust":
        return _on_trust(denial)
    match denial.service:
        case "sts":
            return _on_sts(denial, kind)
        case "" | "s3":
            return _with_sign_in(_on_s3(denial, kind), denial)
        case "kms":
            return _with_sign_in(_on_kms(denial, kind), denial)
        case _:
            return _sign_in(denial)


def causes_of_refused_call(action: str, bucket: str | None) -> tuple[Explanation, ...]:
    """Return what may be behind a bare "Access Denied" to ``action``, of which no more is known."""
    name = action.lower()
    if name.startswith("sts:assumerole"):
        return each(*CANNOT_ASSUME)
    if name in _BY_KMS_ACTION:
        return each(_BY_KMS_ACTION[name], "kms.explicit-deny")
    if name in _BY_S3_ACTION:
        return each(*_BY_S3_ACTION[name], bucket=bucket)
    return _files_or_sign_in(action)


def _files_or_sign_in(action: str) -> tuple[Explanation, ...]:
    if action.lower() in _TAGGING:
        return each("files.tagged")
    return (Explanation("signin.not-allowed", {"actions": [action]}),)


def _on_sts(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    action = denial.action.lower()
    if action in {"sts:tagsession", "sts:setsourceidentity"}:
        return each("trust.action-wrong")
    if not action.startswith("sts:assumerole"):
        return _sign_in(denial)
    if kind == "resource-based":
        return _on_trust(denial)
    if kind == "identity-based":
        # UbiQuity's own policy allows only the exact name without a path (the guide's Step 1).
        ubiquity = _account(denial.principal) == UBIQUITY_ACCOUNT
        return each("role.misnamed", "role.path") if ubiquity else _sign_in(denial)
    return each(*CANNOT_ASSUME)


def _on_trust(denial: DenialSentence) -> tuple[Explanation, ...]:
    return each("trust.explicit-deny") if denial.explicit else each(*NOT_TRUSTED)


def _on_s3(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    action = denial.action.lower()
    bucket = _bucket(denial.resource)
    params = _denied_action(denial)
    if denial.explicit == "resource-based":
        return (Explanation("bucket.explicit-deny", params, bucket),)
    if denial.explicit == "identity-based":
        return (Explanation("policy.explicit-deny", {**params, **_policy_name(denial)}, bucket),)
    if action and action not in _BY_S3_ACTION:
        return _files_or_sign_in(denial.action)
    if kind == "resource-based":
        return each("bucket.other-account", bucket=bucket)
    if kind == "identity-based":
        return (
            Explanation("policy.action-missing", params, bucket),
            *each(*_NOT_GRANTED[_BY_S3_ACTION.get(action) is CANNOT_LIST], bucket=bucket),
        )
    return causes_of_refused_call(denial.action, bucket)


_NOT_GRANTED: Final = {
    True: (
        "policy.not-attached",
        "policy.missing",
        "policy.wrong-bucket",
        "policy.prefix-mismatch",
        "policy.bucket-not-covered",
    ),
    False: (
        "policy.not-attached",
        "policy.missing",
        "policy.wrong-bucket",
        "policy.objects-not-covered",
    ),
}
"""Why no policy grants it, for the list and for files."""


def _on_kms(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    action = denial.action.lower()
    params = _denied_action(denial)
    key = {"key": denial.resource} if ":key/" in denial.resource else {}
    if denial.explicit == "identity-based":
        return (Explanation("policy.explicit-deny", {**params, **_policy_name(denial)}),)
    if denial.explicit:
        return (Explanation("kms.explicit-deny", {**params, **key}),)
    if action not in _BY_KMS_ACTION:
        return _sign_in(denial)
    missing_grant = Explanation(_BY_KMS_ACTION[action], key)
    return (missing_grant,) if kind else (missing_grant, *each("kms.explicit-deny"))


def _organisation(denial: DenialSentence, by: str) -> Explanation:
    params = {**_denied_action(denial), "by": f"{by} policy"}
    policy = {"policy": denial.policy_arn} if denial.policy_arn else {}
    return Explanation("organization.denies", {**params, **policy}, _bucket(denial.resource))


def _boundary(denial: DenialSentence) -> Explanation:
    boundary = {"boundary": denial.policy_arn} if denial.policy_arn else {}
    return Explanation("role.boundary", {**_denied_action(denial), **boundary})


def _denied_action(denial: DenialSentence) -> dict[str, object]:
    return {"actions": [denial.action]} if denial.action else {}


def _sign_in(denial: DenialSentence) -> tuple[Explanation, ...]:
    if denial.service not in _OURS:
        return ()
    return (Explanation("signin.not-allowed", {"actions": [denial.action]}),)


def _with_sign_in(
    causes: tuple[Explanation, ...], denial: DenialSentence
) -> tuple[Explanation, ...]:
    """Add the sign-in where somebody else than the connector was refused."""
    is_someone_else = bool(denial.principal) and not _is_connector(denial.principal)
    is_named = any(cause.code == "signin.not-allowed" for cause in causes)
    return (*causes, *_sign_in(denial)) if is_someone_else and not is_named else causes


def _is_connector(principal: str) -> bool:
    """Tell whether ``principal`` is the role, one of its sessions, or UbiQuity itself."""
    return f"role/{ROLE_NAME}" in principal.lower() or _account(principal) == UBIQUITY_ACCOUNT


def _account(arn: str) -> str:
    parts = arn.split(":")
    return parts[4] if len(parts) > 4 else ""


def _bucket(resource: str) -> str | None:
    name = resource.partition(":s3:::")[2].partition("/")[0]
    return name or None


def _policy_name(denial: DenialSentence) -> dict[str, object]:
    name = denial.policy_arn.rpartition("/")[2]
    return {"policy": name} if name else {}
