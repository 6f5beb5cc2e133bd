"""Which of AWS's documents a policy is, told by what it says.

Sources: IAM User Guide, "AWS JSON policy elements: Principal" (trust and resource policies name
one, identity policies and permissions boundaries can't); Service Authorization Reference (the
prefix of an action is its service). A boundary looks as any permissions policy does.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from app.core.iam.json_text import as_list


class DocumentKind(StrEnum):
    """What a pasted document is."""

    TRUST = "trust"
    PERMISSIONS = "permissions"
    BOUNDARY = "boundary"
    BUCKET = "bucket"
    KEY = "key"
    ROLE = "role"
    """The role itself: its ARN, or what ``aws iam get-role`` prints beside the trust policy."""
    POLICY_LIST = "policy-list"
    """The names of the policies that are attached to the role."""
    INLINE_LIST = "inline-list"
    ENCRYPTION = "encryption"
    """A bucket's default encryption."""
    KEY_FACTS = "key-facts"
    """What ``aws kms describe-key`` prints."""
    UNCLEAR = "unclear"
    """A policy that could be several of them."""
    OTHER = "other"
    """A policy of a service that UbiQuity has nothing to do with."""


POLICIES: Final = (
    DocumentKind.TRUST,
    DocumentKind.PERMISSIONS,
    DocumentKind.BOUNDARY,
    DocumentKind.BUCKET,
    DocumentKind.KEY,
)
"""The kinds that a policy document can be of."""

_BY_SERVICE: Final = {"sts": DocumentKind.TRUST, "s3": DocumentKind.BUCKET, "kms": DocumentKind.KEY}
_BUCKET_ARN: Final = ":s3:::"
_NAMED: Final = ("Principal", "NotPrincipal")
_HEADINGS: Final = (
    ("boundary", DocumentKind.BOUNDARY),
    ("trust", DocumentKind.TRUST),
    ("trusted entities", DocumentKind.TRUST),
    ("assume role policy", DocumentKind.TRUST),
    ("assumerolepolicy", DocumentKind.TRUST),
    ("bucket policy", DocumentKind.BUCKET),
    ("key policy", DocumentKind.KEY),
    ("permissions policy", DocumentKind.PERMISSIONS),
    ("permissions policies", DocumentKind.PERMISSIONS),
    ("inline policy", DocumentKind.PERMISSIONS),
    ("ubiquity-s3-access-policy", DocumentKind.PERMISSIONS),
)


def is_policy(value: object) -> bool:
    """Tell whether a JSON value has the form of a policy document."""
    return isinstance(value, Mapping) and "Statement" in value


def kind_of(document: Mapping[str, object]) -> DocumentKind:
    """Return the kind of a policy ``document`` by its statements."""
    statements = [s for s in as_list(document.get("Statement")) if isinstance(s, Mapping)]
    if not any(name in statement for statement in statements for name in _NAMED):
        return DocumentKind.PERMISSIONS
    named = {_BY_SERVICE.get(service, DocumentKind.OTHER) for service in _services(statements)}
    if buckets_in(document):
        named.add(DocumentKind.BUCKET)
    if len(named) == 1:
        return named.pop()
    if not named and all(_resources(statement) == [] for statement in statements):
        return DocumentKind.TRUST  # "*": every other policy with a principal names a resource
    return DocumentKind.UNCLEAR


def heading_kind(text: str) -> DocumentKind | None:
    """Return the kind of document that the words before it announce; None for none or several."""
    words = " ".join(text.lower().split())
    announced = {kind for name, kind in _HEADINGS if name in words}
    return announced.pop() if len(announced) == 1 else None


def buckets_in(document: object) -> tuple[str, ...]:
    """Return the buckets that a policy's resources name, each once; patterns are none."""
    statements = as_list(document.get("Statement")) if isinstance(document, Mapping) else []
    resources = (r for s in statements if isinstance(s, Mapping) for r in _resources(s))
    names = (arn.partition(_BUCKET_ARN)[2].partition("/")[0] for arn in resources)
    return tuple(dict.fromkeys(name for name in names if name and not set(name) & set("*?$")))


def _services(statements: Iterable[Mapping[str, object]]) -> set[str]:
    actions = (
        action
        for statement in statements
        for element in ("Action", "NotAction")
        for action in as_list(statement.get(element))
        if isinstance(action, str) and ":" in action
    )
    return {action.partition(":")[0].strip().lower() for action in actions}


def _resources(statement: Mapping[str, object]) -> list[str]:
    values = (as_list(statement.get(element)) for element in ("Resource", "NotResource"))
    return [text for texts in values for text in texts if isinstance(text, str)]
