"""Answers of S3, KMS, IAM and STS that name their cause, and the headings of the guide.

Sources: the guide's Troubleshooting; "Error responses" in the API references of S3, KMS, IAM
and STS. They are known by AWS's code or by a stable part of the text.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.core.explain.explanation import Explanation
from app.core.explain.pasted import ErrorText
from app.core.frozen import frozen


@frozen
class KnownAnswer:
    """An answer: the codes and phrases (letters and digits only) of which any will do.

    ``values`` are what its first cause takes from the text, by name; ``constants`` are sure.
    """

    causes: tuple[str, ...]
    codes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, object], ...] = ()
    unless: tuple[str, ...] = ()
    """Phrases of which any makes it another answer."""
    pattern: str = ""
    """What it says where an ARN stands in its middle."""

    def fits(self, pasted: ErrorText, codes: frozenset[str]) -> bool:
        """Tell whether ``pasted``, whose ``codes`` are given in lower case, is this answer."""
        if any(map(pasted.says, self.unless)):
            return False
        if not codes.isdisjoint(self.codes) or any(map(pasted.says, self.phrases)):
            return True
        return bool(self.pattern and re.search(self.pattern, pasted.text, re.IGNORECASE))


_KEY_ARN: Final = r"(arn:[\w-]{1,20}:kms:[\w:/-]{1,200})"
_NO_SUCH_KEY: Final = (
    r"arn:[\w-]{1,20}:kms:.{1,200}? does not exist|alias .{1,300}? is not found|invalid arn [a-z]"
)
_MESSAGE: Final = r"(?:operation: |Message>|message\W{1,4})(.{3,300})"

GUIDE: Final = (
    KnownAnswer(
        ("policy.not-attached", "bucket.explicit-deny", "kms.decrypt-denied"),
        phrases=("roleassumptionsucceedsbut", "s3operationsfail"),
    ),
    KnownAnswer(
        ("bucket.missing", "bucket.region-mismatch", "bucket.other-account"),
        phrases=("bucketdoesnotexistin",),
    ),
    KnownAnswer(
        ("trust.external-id-mismatch", "trust.external-id-placeholder"),
        phrases=("invalidexternalid", "externalidmismatch", "atexternalidfailedtosatisfy"),
    ),
)
"""The headings of the guide that are not about a denial."""

S3_ANSWERS: Final = (
    KnownAnswer(
        ("bucket.missing",),
        codes=("nosuchbucket", "invalidbucketname"),
        phrases=("specifiedbucketdoesnotexist", "specifiedbucketisnotvalid", "invalidbucketname"),
    ),
    KnownAnswer(
        ("bucket.region-mismatch",),
        codes=(
            "permanentredirect",
            "authorizationheadermalformed",
            "bucketregionerror",
            "illegallocationconstraintexception",
            "invalidlocationconstraint",
        ),
        phrases=(
            "mustbeaddressedusingthespecifiedendpoint",
            "locationconstraintisincompatible",
            "specifiedlocationconstraintisnotvalid",
            "iswrongexpecting",
            "credentialshouldbescopedtoavalidregion",
            "credentialmustbescopedtoavalidregion",
            "credentialshouldbescopedtocorrectregion",
            "bucketisinthisregion",
            "incorrectregionthebucketisnotin",
        ),
        values=(
            ("expected", r"region '?([a-z0-9-]+)'? is wrong"),
            ("expected", r"valid region, not '([a-z0-9-]+)'"),
            ("expected", r"bucket is not in '([a-z0-9-]+)' region"),
            ("found", r"(?:expecting|correct region:|bucket is in) '?([a-z]{2}-[a-z0-9-]+)"),
            ("found", r"bucket is in this region: ([a-z0-9-]+)"),
        ),
        unless=("nonemptyaccesskey", "credentialismalformed"),
    ),
    KnownAnswer(
        ("signin.none",),
        phrases=("anonymousaccessisforbidden", "anonymoususerscannotinitiate"),
    ),
    KnownAnswer(
        ("files.archived",),
        codes=("invalidobjectstate", "objectnotinactivetiererror"),
        phrases=("notvalidfortheobjectsstorageclass", "notvalidfortheobjectsaccesstier"),
    ),
    KnownAnswer(
        ("files.sse-c",),
        phrases=(
            "storedusingaformofserversideencryption",
            "encryptionkeyprovideddoesnotmatch",
            "encryptionparametersarenotapplicable",
            "multipartuploadinitiaterequestedencryption",
            "serversideencryptionwithcustomerprovidedkeysmust",
            "xamzserversideencryptioncustomer",
        ),
    ),
)

_KEY_STATES: Final = {
    "pendingreplicadeletion": "PendingReplicaDeletion",
    "pendingdeletion": "PendingDeletion",
    "pendingimport": "PendingImport",
    "unavailable": "Unavailable",
    "disabled": "Disabled",
    "creating": "Creating",
    "updating": "Updating",
}
"""The states in which a key can't be used, by KMS's words for them. Source: AWS KMS Developer
Guide, "Key states of AWS KMS keys"."""
_STATES: Final = (
    "pending ?(?:replica ?)?deletion|pending ?import|unavailable|disabled|creating|updating"
)
_KEY_IS: Final = (
    rf"(?:arn:[\w-]{{1,20}}:kms:[\w:/-]{{1,200}}|\bkms key|\bkey [0-9a-f-]{{36}})['\"]? is (?:in )?"
    rf"({_STATES})\b|\bkey ?state\W{{1,4}}(?:is )?({_STATES})\b"
)
"""Only with KMS's own name of a key is it a key's state."""

KMS_ANSWERS: Final = (
    KnownAnswer(
        ("kms.key-disabled",),
        codes=("kms.kmsinvalidstateexception", "kmsinvalidstateexception"),
        values=(("key", rf"{_KEY_ARN}['\"]? is (?:in )?(?:{_STATES})"), ("state", _KEY_IS)),
        pattern=_KEY_IS,
    ),
    KnownAnswer(
        ("kms.key-disabled",),
        codes=("kms.disabledexception", "disabledexception"),
        constants=(("state", "Disabled"),),
    ),
    KnownAnswer(
        ("kms.key-differs", "kms.key-disabled"),
        codes=("kms.notfoundexception", "notfoundexception"),
        phrases=("invalidkeyid",),
        pattern=_NO_SUCH_KEY,
    ),
    KnownAnswer(
        ("kms.decrypt-denied", "kms.explicit-deny", "kms.key-disabled"),
        phrases=("ciphertextreferstoacustomermasterkeythatdoesnotexist",),
    ),
)

IAM_ANSWERS: Final = (
    KnownAnswer(
        ("change.conflict",),
        codes=(
            "entityalreadyexists",
            "entityalreadyexistsexception",
            "concurrentmodification",
            "concurrentmodificationexception",
            "operationaborted",
        ),
        phrases=("duplicatenamesarenotallowed",),
        values=(("target", r"(?:name|called) ([\w+=,.@-]+) already exists"),),
        pattern=r"(?:name|called) \S.{0,200}? already exists",
    ),
    KnownAnswer(
        ("role.missing", "role.misnamed"),
        codes=("nosuchentity", "nosuchentityexception"),
        phrases=("therolewithname",),
        unless=("policy",),
    ),
    KnownAnswer(
        ("policy.missing",),
        codes=("nosuchentity", "nosuchentityexception"),
        phrases=("doesnotexistorisnotattachable",),
        unless=("therolewithname",),
        pattern=r"policy \S.{1,300}? was not found",
    ),
    KnownAnswer(
        ("change.limit",),
        codes=("limitexceeded", "limitexceededexception"),
        phrases=("cannotexceedquotafor", "amanagedpolicycanhaveupto", "maximumpolicysizeof"),
        values=(
            (
                "limit",
                (
                    r"quota for (\w+)|managed policy can have up to \d+ (versions)"
                    r"|policy size of \d+ (bytes) exceeded for role"
                ),
            ),
            ("figure", r"(?:up to|quota for \w{1,50}:|policy size of) ?(\d{1,9})"),
        ),
    ),
    KnownAnswer(
        ("change.refused", "connect.propagating", "kms.principal-orphaned"),
        phrases=("oneormoreinvalidprincipals",),
        values=(("message", _MESSAGE),),
    ),
    KnownAnswer(
        ("change.refused", "connect.propagating"),
        phrases=("invalidprincipalinpolicy",),
        values=(("message", _MESSAGE),),
    ),
    KnownAnswer(
        ("change.refused",),
        codes=(
            "malformedpolicydocument",
            "malformedpolicydocumentexception",
            "malformedpolicy",
            "deleteconflict",
            "deleteconflictexception",
            "unmodifiableentity",
            "unmodifiableentityexception",
            "policynotattachable",
            "policynotattachableexception",
            "invalidinput",
            "invalidinputexception",
        ),
        phrases=(
            "thispolicycontainsinvalidjson",
            "thenewkeypolicywillnotallowyou",
            "cannotdeleteentitymust",
            "mustremovereferencedobjectsfirst",
            "cannotdeleteapolicyattachedtoentities",
            "publicpoliciesarepreventedbytheblockpublic",
        ),
        values=(("message", _MESSAGE),),
    ),
    KnownAnswer(
        # KMS asks to try again: the key itself is well (AWS KMS API Reference, Decrypt).
        ("env.aws-fault",),
        codes=("kms.keyunavailableexception", "keyunavailableexception"),
    ),
    KnownAnswer(("env.aws-fault",), codes=("policyevaluation", "policyevaluationexception")),
)

_LIMIT_BY_QUOTA: Final = {
    "versions": "policy-versions",
    "PoliciesPerRole": "policies-per-role",
    "AttachedPoliciesPerRole": "policies-per-role",
    "PolicySize": "policy-size",
    "bytes": "inline-policy-size",
    "TagsPerRole": "tags",
    "ACLSizePerRole": "trust-policy-size",
    "RolesPerAccount": "roles",
    "PoliciesPerAccount": "policies",
}
"""IAM's names for its quotas, and the value of the finding for each."""

SIGNATURES: Final = (*GUIDE, *S3_ANSWERS, *KMS_ANSWERS, *IAM_ANSWERS)


def service_errors(pasted: ErrorText) -> Iterator[Explanation]:
    """Yield the causes that an answer of AWS, or a heading of the guide, names."""
    codes = frozenset(code.lower() for code in pasted.codes)
    for signature in SIGNATURES:
        if signature.fits(pasted, codes):
            first, *others = signature.causes
            yield Explanation(first, _params(signature, pasted), _bucket(first, pasted))
            yield from (Explanation(cause, bucket=_bucket(cause, pasted)) for cause in others)


def _params(signature: KnownAnswer, pasted: ErrorText) -> dict[str, object]:
    matches = ((name, re.search(p, pasted.text, re.IGNORECASE)) for name, p in signature.values)
    params = {name: _typed(name, match[match.lastindex or 0]) for name, match in matches if match}
    return {**dict(signature.constants), **params}


def _typed(name: str, text: str) -> object:
    if name == "figure":
        return int(text)
    if name == "state":
        return _KEY_STATES[text.lower().replace(" ", "")]
    return _LIMIT_BY_QUOTA.get(text, text) if name == "limit" else text


def _bucket(code: str, pasted: ErrorText) -> str | None:
    return (pasted.bucket or _named_bucket(pasted.text)) if code.startswith("bucket.") else None


def _named_bucket(text: str) -> str | None:
    match = re.search(r"BucketName(?:\"? ?: ?\"|>)([a-z0-9][a-z0-9.-]+)", text)
    return match[1] if match else None
