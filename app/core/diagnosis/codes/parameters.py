"""The values that each finding carries (``params`` in the report), by its code.

Each is plain JSON. ``expected`` is what the draft wants and ``found`` what AWS has; the bucket
stands in ``Finding.bucket``. A finding made from a pasted error may lack any of them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple


class ParameterKind(StrEnum):
    """What a value is. Whatever people wrote is an ID; only a WORD is never masked."""

    WORD = "word"
    """AWS's own or this program's: a region, a state, an action, a kind."""
    ID = "id"
    """All other text, masked on a shared screen: an account, an ARN, a profile, a path, a Sid."""
    WORDS = "words"
    IDS = "ids"
    COUNT = "count"
    COUNTS = "counts"
    """A number for each name."""
    TRUTH = "truth"
    DOCUMENT = "document"
    """A part of a policy, to the letter; never inside a sentence."""


class Param(NamedTuple):
    """One value of a finding; an ``optional`` one may be absent or null."""

    name: str
    kind: ParameterKind
    meaning: str
    optional: bool = False


def _maybe(param: Param) -> Param:
    return param._replace(optional=True)


ACTIONS: Final = Param("actions", ParameterKind.WORDS, "the actions concerned, as AWS names them")
STATEMENT: Final = Param("statement", ParameterKind.DOCUMENT, "the statement that decides")
SID: Final = _maybe(Param("sid", ParameterKind.ID, "the statement's Sid"))
CONDITION: Final = Param(
    "condition",
    ParameterKind.DOCUMENT,
    "the part of its Condition that decides: operator, key, value",
)
CERTAIN: Final = Param(
    "certain", ParameterKind.TRUTH, "that the connector never meets it; else it may not"
)
POLICY: Final = Param(
    "policy", ParameterKind.ID, "the name of the policy of the role that it stands in"
)
ACCOUNT: Final = Param("account", ParameterKind.ID, "the draft's account")
PROFILE: Final = _maybe(Param("profile", ParameterKind.ID, "the profile that was used"))
MFA_DEVICE: Final = _maybe(
    Param("mfa_device", ParameterKind.ID, "the device whose code was asked for")
)
ANSWER: Final = _maybe(Param("answer", ParameterKind.ID, "what the program that signs in said"))
FILE: Final = _maybe(Param("file", ParameterKind.ID, "the file of AWS settings"))
LINE: Final = _maybe(Param("line", ParameterKind.COUNT, "the line in it"))
ENDPOINT: Final = _maybe(Param("endpoint", ParameterKind.ID, "the address that was asked"))
CALL: Final = _maybe(Param("action", ParameterKind.WORD, "the call that AWS answered so"))
KEY: Final = Param("key", ParameterKind.ID, "the ARN of the bucket's key")
ROLE: Final = Param("role", ParameterKind.ID, "the ARN of the role, for the key policy's statement")
OF_FILES: Final = Param(
    "of_files",
    ParameterKind.TRUTH,
    "that it is the key of some files and not what the bucket encrypts with",
    optional=True,
)
PASTE: Final = Param(
    "paste", ParameterKind.DOCUMENT, "what to put into the policy, as JSON", optional=True
)
COUNT: Final = Param("count", ParameterKind.COUNT, "how many of the files looked at")
MISTAKES: Final = _maybe(
    Param(
        "mistakes",
        ParameterKind.WORDS,
        "why whom it leaves out is not the role, as codes (``deny_advice.Mistake``)",
    )
)
_DENY: Final = (ACTIONS, STATEMENT, SID, _maybe(CONDITION), PASTE, MISTAKES)
_MAY_DENY: Final = (ACTIONS, STATEMENT, SID, CONDITION, PASTE, MISTAKES)


SECONDS: Final = Param(
    "seconds", ParameterKind.COUNT, "how far the clock is off, or how long it has been"
)


def _word(name: str, meaning: str) -> Param:
    return Param(name, ParameterKind.WORD, meaning)


def _id(name: str, meaning: str) -> Param:
    return Param(name, ParameterKind.ID, meaning)


def _ids(name: str, meaning: str) -> Param:
    return Param(name, ParameterKind.IDS, meaning)


_DIRECT: Final = (
    Param("who", ParameterKind.IDS, "the principals that let UbiQuity in, as written"),
    _maybe(_ids("others", "the other principals of the statement")),
    Param("anybody", ParameterKind.TRUTH, "that it lets in whoever comes, not UbiQuity alone"),
    ACTIONS,
    Param("certain", ParameterKind.TRUTH, "that it lets in; else a condition or a Deny may not"),
)


PARAMETERS: Final[Mapping[str, tuple[Param, ...]]] = {
    "env.offline": (ENDPOINT,),
    "env.proxy": (_maybe(_id("proxy", "the proxy's host and port, never its password")),),
    "env.tls-intercepted": (ENDPOINT,),
    "env.clock-skew": (_maybe(SECONDS),),
    "env.timeout": (ENDPOINT,),
    "env.throttled": (CALL,),
    "env.aws-fault": (CALL,),
    "signin.none": (PROFILE,),
    "signin.profile-missing": (
        PROFILE._replace(optional=False),
        _maybe(_id("like", "a profile whose name is almost the same")),
    ),
    "signin.expired": (
        PROFILE,
        MFA_DEVICE,
        ANSWER,
        FILE,
        LINE,
        _maybe(Param("password_changed", ParameterKind.TRUTH, "that this ended it")),
    ),
    "signin.invalid": (PROFILE, ANSWER, FILE, LINE),
    "signin.config-broken": (
        FILE,
        LINE,
        _maybe(_word("mistake", "what is wrong there, a key of MISTAKE_WORDS")),
        _maybe(_id("name", "the setting, profile or session that it is about")),
        _maybe(_id("instead", "the line to write there, without a key")),
        _maybe(_id("said", "what botocore said of it")),
        _maybe(_id("address", "an address without encryption, to which nothing is sent")),
        _maybe(_word("setting", "the setting of a profile that holds what can't be sent")),
    ),
    "signin.region-disabled": (_maybe(_word("region", "the region that is off")),),
    "signin.wrong-account": (_id("expected", "the account"), _id("found", "the sign-in's account")),
    "signin.wrong-partition": (_word("partition", "the sign-in's partition, such as aws-cn"),),
    "signin.other-endpoint": (_id("endpoint", "the address that answered"),),
    "signin.not-allowed": (ACTIONS,),
    "role.missing": (ACCOUNT,),
    "role.misnamed": (
        _id("found", "the name that looks most like the required one"),
        _maybe(_ids("others", "further names like it")),
    ),
    "role.path": (_id("found", "the role's ARN"), _id("path", "its path, such as /service/")),
    "role.boundary": (
        _id("boundary", "the ARN of the boundary's policy"),
        ACTIONS,
        _maybe(STATEMENT),
        SID,
        PASTE,
        MISTAKES,
    ),
    "trust.principal-wrong": (_ids("found", "the principals that are let in, as written"),),
    "trust.principal-orphaned": (_id("found", "the unique id left behind"),),
    "trust.external-id-mismatch": (
        _id("expected", "the Database ID"),
        _id("found", "the External ID that is asked for; of several the one most like it"),
        _maybe(_ids("others", "further External IDs that are accepted")),
    ),
    "trust.external-id-placeholder": (
        _id("expected", "the Database ID"),
        _id("found", "the placeholder, as written"),
    ),
    "trust.external-id-not-required": (
        _id("expected", "the Database ID"),
        _maybe(Param("any", ParameterKind.TRUTH, "that one is asked for, and any will do")),
        _maybe(Param("certain", ParameterKind.TRUTH, "that UbiQuity gets in so, as things are")),
    ),
    "trust.action-wrong": (
        Param("found", ParameterKind.WORDS, "the actions that are allowed instead"),
        _maybe(STATEMENT),
    ),
    "trust.condition-blocks": (STATEMENT, SID, CONDITION, CERTAIN),
    "trust.deny-may-apply": (STATEMENT, SID, CONDITION, PASTE, MISTAKES),
    "trust.explicit-deny": (STATEMENT, SID, _maybe(CONDITION), PASTE, MISTAKES),
    "trust.too-open": (
        Param(
            "external_id_required", ParameterKind.TRUTH, "that the right External ID is asked for"
        ),
        _maybe(STATEMENT),
        SID,
    ),
    "policy.missing": (ACCOUNT,),
    "policy.not-attached": (_id("policy", "the policy's ARN"),),
    "policy.placeholder": (_maybe(POLICY), _id("found", "the placeholder, as written")),
    "policy.wrong-bucket": (_maybe(POLICY), _ids("found", "the buckets that are named")),
    "policy.objects-not-covered": (
        _maybe(POLICY),
        ACTIONS,
        _id("expected", "the resource that is needed"),
        _id("found", "the resource that stands there"),
    ),
    "policy.bucket-not-covered": (
        _maybe(POLICY),
        _id("expected", "the resource that is needed"),
        _id("found", "the resource that stands there"),
    ),
    "policy.prefix-mismatch": (
        _maybe(POLICY),
        ACTIONS,
        _id("expected", 'the connector\'s prefix, "" for none'),
        _ids("found", "the folders or patterns that the policy is limited to"),
    ),
    "policy.action-missing": (_maybe(POLICY), ACTIONS),
    "policy.explicit-deny": (POLICY, *_DENY),
    "policy.deny-may-apply": (POLICY, *_MAY_DENY),
    "policy.condition-blocks": (_maybe(POLICY), ACTIONS, STATEMENT, SID, CONDITION, CERTAIN),
    "policy.too-broad": (
        _maybe(_ids("policies", "the names of the policies that allow it")),
        _maybe(_ids("buckets", "other buckets, or patterns such as *")),
        _maybe(Param("actions", ParameterKind.WORDS, "other actions, or patterns such as s3:*")),
        _maybe(_ids("whole", "buckets granted whole where the draft wants one folder")),
    ),
    "bucket.missing": (),
    "bucket.other-account": (_id("account", "the account of the role"),),
    "bucket.region-mismatch": (
        _word("expected", "the draft's region"),
        _word("found", "the bucket's own region"),
        _maybe(_id("named", "what stands where a region's code should, in a pasted error")),
    ),
    "bucket.explicit-deny": _DENY,
    "bucket.deny-may-apply": (
        *_DENY,
        _maybe(_id("part", "the folder or pattern, where it covers a part of the prefix only")),
    ),
    "bucket.direct-grant": (*_DIRECT, STATEMENT, SID, _maybe(CONDITION)),
    "bucket.object-ownership": (_word("found", "the setting, such as ObjectWriter"),),
    "kms.decrypt-denied": (KEY, ROLE, OF_FILES, PASTE),
    "kms.describe-denied": (KEY, ROLE, PASTE),
    "kms.write-denied": (KEY, ROLE, PASTE),
    "kms.explicit-deny": (KEY, *_DENY),
    "kms.deny-may-apply": (KEY, *_MAY_DENY),
    "kms.principal-orphaned": (KEY, ROLE, _id("found", "the unique id left behind")),
    "kms.key-differs": (
        _maybe(_id("expected", "the draft's key; null for none")),
        _id("found", "the bucket's own key"),
    ),
    "kms.key-disabled": (KEY, OF_FILES, _word("state", "the key's state, such as PendingDeletion")),
    "kms.direct-grant": (
        KEY,
        *_DIRECT,
        _maybe(STATEMENT),
        SID,
        _maybe(CONDITION),
        _maybe(_id("grant", "the grant's id, empty where it was not told; null for a statement")),
    ),
    "kms.other-account": (KEY, _id("account", "the account of the key"), OF_FILES, PASTE),
    "files.none": (
        _id("prefix", 'the connector\'s prefix, "" for none'),
        _maybe(Param("markers", ParameterKind.COUNT, "how many folders are there, empty ones")),
    ),
    "files.archived": (
        COUNT,
        _maybe(Param("classes", ParameterKind.COUNTS, "how many of each class")),
    ),
    "files.tagged": (COUNT, ACTIONS),
    "files.other-key": (
        KEY._replace(meaning="the ARN of the key of the files"),
        _maybe(_id("default", "the bucket's own customer-managed key; null for none")),
        _word("decision", "whether the role may decrypt with it: allowed, denied or unknown"),
        PASTE,
    ),
    "files.sse-c": (COUNT,),
    "organization.denies": (
        ACTIONS,
        _word("by", "the kind of policy, as in the snapshot"),
        _maybe(_id("policy", "the policy's ARN, where AWS told it")),
    ),
    "check.unreadable": (
        _word("what", "the fact's path in the snapshot"),
        _maybe(_word("permission", "the permission that is missing")),
        Param(
            "uncertain",
            ParameterKind.WORDS,
            "the actions whose decision stays unknown; may be empty",
        ),
        _maybe(_ids("keys", "the keys of files that it is about")),
        _maybe(
            Param(
                "limit",
                ParameterKind.COUNT,
                "how much AWS stores of such a policy at most, where it is longer",
            )
        ),
        _maybe(
            Param(
                "too_much",
                ParameterKind.TRUTH,
                "that the policies are more than can be worked out here",
            )
        ),
        _maybe(Param("no_policy", ParameterKind.TRUTH, "that AWS gave what is no policy")),
        _maybe(
            Param(
                "organization",
                ParameterKind.TRUTH,
                "that a rule of the organisation refuses the permission, whatever the account says",
            )
        ),
        _maybe(Param("not_pasted", ParameterKind.TRUTH, "that it was not pasted yet")),
        _maybe(Param("not_said", ParameterKind.TRUTH, "that it can only be said, and was not yet")),
        _maybe(Param("signed_in_only", ParameterKind.TRUTH, "that only a sign-in can show it")),
    ),
    "connect.propagating": (SECONDS,),
    "change.conflict": (_id("target", "the name or ARN of what was changed meanwhile"),),
    "change.limit": (
        _word("limit", "which limit: a key of LIMIT_WORDS, or AWS's own words"),
        _maybe(Param("figure", ParameterKind.COUNT, "how many or how much AWS allows")),
        _maybe(_id("target", "the name or ARN of what could not be made")),
    ),
    "change.refused": (
        _id("message", "why, in AWS's own words"),
        _maybe(_id("target", "the name or ARN of what AWS refused to change")),
    ),
}
