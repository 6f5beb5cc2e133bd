"""The causes behind a denial of AWS: who was refused what, and by which kind of policy."""

from collections.abc import Mapping
from typing import Final

from app.core.explain import needed_calls
from app.core.explain.denial import ORGANISATION, DenialSentence
from app.core.explain.explanation import Explanation, each
from app.core.explain.refused_call import RefusedCall
from app.core.explain.refused_caller import RefusedCaller, caller_named, is_ubiquity

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

OPERATIONS_FAIL: Final = ("policy.not-attached", "bucket.explicit-deny", "kms.decrypt-denied")
"""The guide's Troubleshooting, "Role assumption succeeds but S3 operations fail"."""

_BY_S3_ACTION: Final[Mapping[str, tuple[str, ...]]] = {
    "s3:listbucket": CANNOT_LIST,
    "s3:getobject": CANNOT_READ,
    "s3:putobject": CANNOT_WRITE,
    "s3:deleteobject": CANNOT_DELETE,
}
"""What the connector does on S3, by the permission that it takes."""

_TAGGING: Final = frozenset({"s3:getobjecttagging", "s3:putobjecttagging"})

_BY_KMS_ACTION: Final[Mapping[str, str]] = {
    "kms:decrypt": "kms.decrypt-denied",
    "kms:describekey": "kms.describe-denied",
    "kms:generatedatakey": "kms.write-denied",
    "kms:generatedatakeywithoutplaintext": "kms.write-denied",
    "kms:encrypt": "kms.write-denied",
}

_TAKES_TAGS_ALONG: Final = frozenset({"sts:tagsession", "sts:setsourceidentity"})
"""What AssumeRole asks of a trust policy beside itself, where it is sent with tags."""

OUTSIDE: Final = ("session", "VPC endpoint")
"""Set by whoever asks, for a session or a network: never by the setup."""


def causes_of_denial(denial: DenialSentence) -> tuple[Explanation, ...]:
    """Return what may be behind ``denial``, the best match first.

    Nothing where it is about something that neither the connector nor the sign-in needs, or
    where AWS gives a reason that is no cause of the catalogue.
    """
    caller = caller_named(denial.principal)
    if caller is RefusedCaller.ANONYMOUS:
        return each("signin.none") if denial.service in ("s3", "kms") else ()
    if not is_about_the_setup(denial) or denial.says_why_in_words:
        return ()
    if denial.service == "sts" and caller is RefusedCaller.ROOT:
        return ()  # AWS lets no root assume a role, whatever the role's policies say.
    kind = denial.explicit or denial.implicit
    by = next((k for k in (kind, denial.through) if k in ORGANISATION), "")
    if by:
        return (_organisation(denial, by),)
    if caller.is_a_sign_in:
        return _on_somebody(denial, kind)
    return _on_connector(denial, kind)


def is_about_the_setup(denial: DenialSentence) -> bool:
    """Tell whether the action of ``denial`` is one that whoever was refused needs.

    A Deny in the bucket's or the key's policy that catches the connector counts for any action:
    it stands where the connector is let in. So does a refusal of which only the reason is there.
    """
    action = denial.action.lower()
    if not action or action in _TAKES_TAGS_ALONG:
        return True
    caller = caller_named(denial.principal)
    if denial.explicit == "resource-based" and not caller.is_a_sign_in:
        return denial.service in ("s3", "kms") or action == "sts:assumerole"
    is_connector = caller is RefusedCaller.CONNECTOR
    return action in (needed_calls.CONNECTOR if is_connector else needed_calls.SIGN_IN)


def causes_of_refused_call(
    call: RefusedCall, bucket: str | None, caller: RefusedCaller = RefusedCaller.UNNAMED
) -> tuple[Explanation, ...]:
    """Return what may be behind a bare "Access Denied" to ``call``, of which no more is known."""
    action = needed_calls.permission_for(call.action)
    name = action.lower()
    if caller is RefusedCaller.ANONYMOUS:
        return each("signin.none")
    if not call.operation:
        return each(*_BY_SERVICE.get(call.service, ()), bucket=bucket)
    if name == "sts:assumerole":
        return () if caller is RefusedCaller.ROOT else each(*CANNOT_ASSUME)
    needs = needed_calls.CONNECTOR if caller is RefusedCaller.CONNECTOR else needed_calls.SIGN_IN
    if name not in needs:
        return ()
    if caller.is_a_sign_in:
        return (Explanation("signin.not-allowed", {"actions": [action]}),)
    if name in _BY_KMS_ACTION:
        return each(_BY_KMS_ACTION[name], "kms.explicit-deny")
    if name in _BY_S3_ACTION:
        return each(*_BY_S3_ACTION[name], bucket=bucket)
    return _files_or_sign_in(action)


_BY_SERVICE: Final[Mapping[str, tuple[str, ...]]] = {
    "s3": OPERATIONS_FAIL,
    "sts": CANNOT_ASSUME,
    "kms": ("kms.decrypt-denied", "kms.explicit-deny"),
    "iam": ("signin.not-allowed",),
    "sso": ("signin.not-allowed",),
    "signin": ("signin.not-allowed",),
}
"""What may be behind the refusal of a service where the call is not known."""


def _files_or_sign_in(action: str) -> tuple[Explanation, ...]:
    if action.lower() in _TAGGING:
        return each("files.tagged")
    return (Explanation("signin.not-allowed", {"actions": [action]}),)


def _on_somebody(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    """Return what a refusal of another role or a user tells: its own lack, and whose Deny it is.

    Nothing is said of the guide's role: it was not refused.
    """
    if denial.service == "sts" and kind != "identity-based":
        return () if kind in OUTSIDE else _on_sts(denial, kind)
    sign_in = _sign_in(denial)
    if kind != "resource-based":
        return sign_in
    if denial.service == "kms":
        return (*((_key_deny(denial),) if denial.explicit else ()), *sign_in)
    if denial.explicit:
        return (_bucket_deny(denial), *sign_in)
    return (*each("bucket.other-account", bucket=_bucket(denial.resource)), *sign_in)


def _on_connector(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    if kind == "permissions boundary":
        return (_boundary(denial),)
    if kind in OUTSIDE:
        return ()
    if kind == "role trust":
        return _on_trust(denial)
    match denial.service:
        case "sts":
            return _on_sts(denial, kind)
        case "" | "s3":
            return _on_s3(denial, kind)
        case "kms":
            return _on_kms(denial, kind)
        case _:
            return _sign_in(denial)


def _on_sts(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    action = denial.action.lower()
    if action in _TAKES_TAGS_ALONG:
        return each("trust.action-wrong")
    if kind in ("resource-based", "role trust"):
        return _on_trust(denial)
    if kind == "identity-based":
        # UbiQuity's own policy allows only the exact name without a path (the guide's Step 1).
        if is_ubiquity(denial.principal):
            return each("role.misnamed", "role.path")
        # The guide's role assumes no other: it is UbiQuity that assumes it.
        return () if caller_named(denial.principal) is RefusedCaller.CONNECTOR else _sign_in(denial)
    return _sign_in(denial) if kind else each(*CANNOT_ASSUME)


def _on_trust(denial: DenialSentence) -> tuple[Explanation, ...]:
    return each("trust.explicit-deny") if denial.explicit else each(*NOT_TRUSTED)


def _on_s3(denial: DenialSentence, kind: str) -> tuple[Explanation, ...]:
    action = denial.action.lower()
    bucket = _bucket(denial.resource)
    params = _denied_action(denial)
    if denial.explicit == "resource-based":
        return (_bucket_deny(denial),)
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
    return each(*_BY_S3_ACTION.get(action, OPERATIONS_FAIL), bucket=bucket)


def _bucket_deny(denial: DenialSentence) -> Explanation:
    return Explanation("bucket.explicit-deny", _denied_action(denial), _bucket(denial.resource))


def _key_deny(denial: DenialSentence) -> Explanation:
    return Explanation("kms.explicit-deny", {**_denied_action(denial), **_key(denial)})


def _key(denial: DenialSentence) -> dict[str, object]:
    return {"key": denial.resource} if ":key/" in denial.resource else {}


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
    if denial.explicit == "identity-based":
        params = {**_denied_action(denial), **_policy_name(denial)}
        return (Explanation("policy.explicit-deny", params),)
    if denial.explicit:
        return (_key_deny(denial),)
    if action not in _BY_KMS_ACTION:
        return _sign_in(denial)
    missing_grant = Explanation(_BY_KMS_ACTION[action], _key(denial))
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
    return (Explanation("signin.not-allowed", _denied_action(denial)),)


def _bucket(resource: str) -> str | None:
    name = resource.partition(":s3:::")[2].partition("/")[0]
    return name or None


def _policy_name(denial: DenialSentence) -> dict[str, object]:
    name = denial.policy_arn.rpartition("/")[2]
    return {"policy": name} if name else {}
