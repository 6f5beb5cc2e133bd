"""What the AWS CLI and AWS's APIs print around a policy, taken apart.

Source: the API references of IAM (GetRole, GetRolePolicy, GetPolicyVersion,
ListAttachedRolePolicies, ListRolePolicies, GetAccountAuthorizationDetails), S3 (GetBucketPolicy,
GetBucketEncryption) and KMS (GetKeyPolicy, DescribeKey): the names of their answers' fields. An
answer of GetRole without ``PermissionsBoundary`` says that the role has none; one of ListRoles
never tells.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.frozen import frozen, replace
from app.core.iam.json_text import as_list
from app.core.pasted_documents.copied_ways import url_decoded
from app.core.pasted_documents.kinds import DocumentKind, is_policy, kind_of
from app.core.pasted_documents.loose_json import Read, read_json
from app.core.snapshot import Encryption

JsonObject = Mapping[str, object]

_DEEPEST: Final = 5
_TEXT_IN_TEXT: Final = 4


@frozen
class NamedPolicy:
    """A policy that a list names, without what it says."""

    name: str
    arn: str | None = None


@frozen
class RoleDetails:
    """What an answer tells of the role beside its policies; None where it doesn't."""

    arn: str
    name: str
    path: str | None = None
    id: str | None = None
    boundary: str | None = None
    """The ARN of its permissions boundary."""
    tells_boundary: bool = False
    """Whether the answer would name a boundary if there were one."""
    tags: Mapping[str, str] | None = None
    max_session_duration: int | None = None
    is_of_an_answer: bool = False
    """Whether an answer of AWS's tells it, and not its ARN alone."""


@frozen
class KeyDetails:
    """What ``aws kms describe-key`` tells of a key."""

    arn: str
    manager: str | None = None
    state: str | None = None


@frozen
class Piece:
    """One thing that a JSON value tells.

    ``policy`` is the document of a policy, ``name`` and ``arn`` what it is called where that is
    told, ``of_role`` whose it is. ``is_current`` is false for a version that does not count,
    ``is_none`` where AWS said that there is no such thing.
    """

    kind: DocumentKind
    policy: JsonObject | None = None
    name: str = ""
    arn: str | None = None
    role: RoleDetails | None = None
    listed: tuple[NamedPolicy, ...] = ()
    encryption: Encryption | None = None
    key: KeyDetails | None = None
    is_current: bool = True
    is_inline: bool = False
    is_none: bool = False
    of_role: str | None = None

    @property
    def is_of_an_answer(self) -> bool:
        """Whether it is more than an ARN that stands somewhere in a text."""
        return self.role is None or self.role.is_of_an_answer


def pieces_of(value: object, depth: int = 0) -> Iterator[Piece]:
    """Yield what a JSON ``value`` tells; nothing for one that is none of AWS's answers."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for entry in value:
            yield from pieces_of(entry, depth + 1)
    if not isinstance(value, Mapping):
        return
    if is_policy(value):
        yield Piece(kind_of(value), value)
        return
    for reader in _READERS:
        pieces = list(reader(value))
        if pieces:
            yield from pieces
            return
    # A list of roles, the details of an account, or an answer inside of another.
    for inner in value.values():
        if isinstance(inner, Mapping | list) or _document(inner) is not None:
            yield from pieces_of(_document(inner) or inner, depth + 1)


def _document(value: object) -> JsonObject | None:
    """Return the policy in a field of an answer: an object, or a text of JSON or of RFC 3986."""
    for _ in range(_TEXT_IN_TEXT):
        if isinstance(value, Mapping):
            return value if is_policy(value) else None
        if not isinstance(value, str):
            return None
        text = value.strip()
        text = url_decoded(text) if text[:3].upper() == "%7B" else text
        if text[:1] not in {"{", '"'}:
            return None
        value = _inner(text)
    return None


def _inner(text: str) -> object:
    if text.startswith('"'):
        return text[1:-1].replace('\\"', '"')
    found = read_json(text, 0)
    return found.value if isinstance(found, Read) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _role(value: JsonObject) -> Iterator[Piece]:
    """Read an answer of GetRole, and an entry of lists of roles."""
    inner = value.get("Role")
    of_get_role = isinstance(inner, Mapping)
    role = inner if isinstance(inner, Mapping) else value
    if not _text(role.get("RoleName")) or not _text(role.get("Arn")):
        return
    # get-account-authorization-details tells of a boundary as GetRole does.
    tells = of_get_role or "RolePolicyList" in role or "PermissionsBoundary" in role
    boundary = role.get("PermissionsBoundary")
    arn = boundary.get("PermissionsBoundaryArn") if isinstance(boundary, Mapping) else None
    seconds = role.get("MaxSessionDuration")
    details = RoleDetails(
        _text(role["Arn"]),
        _text(role["RoleName"]),
        _text(role.get("Path")) or None,
        _text(role.get("RoleId")) or None,
        _text(arn) or None,
        tells_boundary=tells,
        tags=_tags(role.get("Tags")) if of_get_role else None,
        max_session_duration=seconds if isinstance(seconds, int) else None,
        is_of_an_answer=True,
    )
    yield Piece(DocumentKind.ROLE, role=details, arn=details.arn, name=details.name)
    yield from (replace(piece, of_role=details.arn) for piece in _policies_of_role(role))


def _policies_of_role(role: JsonObject) -> Iterator[Piece]:
    trust = _document(role.get("AssumeRolePolicyDocument"))
    if trust is not None:
        yield Piece(DocumentKind.TRUST, trust)
    inline, attached = role.get("RolePolicyList"), role.get("AttachedManagedPolicies")
    if isinstance(inline, list):
        for entry in inline:
            yield from _inline(entry) if isinstance(entry, Mapping) else ()
        yield Piece(DocumentKind.INLINE_LIST, listed=_names(inline, "PolicyName"))
    if isinstance(attached, list):
        yield Piece(DocumentKind.POLICY_LIST, listed=_names(attached, "PolicyName"))


def _tags(value: object) -> Mapping[str, str]:
    entries = [tag for tag in as_list(value or []) if isinstance(tag, Mapping)]
    return {_text(tag.get("Key")): _text(tag.get("Value")) for tag in entries}


def _names(value: object, field: str) -> tuple[NamedPolicy, ...]:
    entries = [entry for entry in as_list(value) if isinstance(entry, Mapping)]
    named = (NamedPolicy(_text(e.get(field)), _text(e.get("PolicyArn")) or None) for e in entries)
    return tuple(policy for policy in named if policy.name)


def _inline(value: JsonObject) -> Iterator[Piece]:
    """Read an answer of GetRolePolicy."""
    document, name = _document(value.get("PolicyDocument")), _text(value.get("PolicyName"))
    if document is not None:
        yield Piece(DocumentKind.PERMISSIONS, document, name, is_inline=bool(name))


def _version(value: JsonObject) -> Iterator[Piece]:
    """Read an answer of GetPolicyVersion."""
    version = value.get("PolicyVersion", value)
    if isinstance(version, Mapping) and "VersionId" in version:
        document = _document(version.get("Document"))
        if document is not None:
            current = version.get("IsDefaultVersion") is not False
            yield Piece(DocumentKind.PERMISSIONS, document, is_current=current)


def _managed(value: JsonObject) -> Iterator[Piece]:
    """Read a policy of an account's details, which has every version."""
    versions, name = value.get("PolicyVersionList"), _text(value.get("PolicyName"))
    for entry in as_list(versions or []):
        if isinstance(entry, Mapping) and entry.get("IsDefaultVersion") is True:
            document = _document(entry.get("Document"))
            if document is not None:
                arn = _text(value.get("Arn")) or None
                yield Piece(DocumentKind.PERMISSIONS, document, name, arn)


def _resource_policy(value: JsonObject) -> Iterator[Piece]:
    """Read an answer of GetBucketPolicy or GetKeyPolicy."""
    document = _document(value.get("Policy"))
    if document is not None:
        yield Piece(kind_of(document), document)


def _attached(value: JsonObject) -> Iterator[Piece]:
    """Read an answer of ListAttachedRolePolicies or ListRolePolicies."""
    attached, names = value.get("AttachedPolicies"), value.get("PolicyNames")
    if isinstance(attached, list):
        yield Piece(DocumentKind.POLICY_LIST, listed=_names(attached, "PolicyName"))
    if isinstance(names, list):
        named = tuple(NamedPolicy(name) for name in names if isinstance(name, str))
        yield Piece(DocumentKind.INLINE_LIST, listed=named)


def _encryption(value: JsonObject) -> Iterator[Piece]:
    configuration = value.get("ServerSideEncryptionConfiguration", value)
    rules = configuration.get("Rules") if isinstance(configuration, Mapping) else None
    for rule in as_list(rules or []):
        default = rule.get("ApplyServerSideEncryptionByDefault") if isinstance(rule, Mapping) else 0
        if isinstance(rule, Mapping) and isinstance(default, Mapping):
            algorithm = _text(default.get("SSEAlgorithm")) or None
            key = _text(default.get("KMSMasterKeyID")) or None
            by_key = rule.get("BucketKeyEnabled") is True
            yield Piece(
                DocumentKind.ENCRYPTION, encryption=Encryption(algorithm, key, by_key), arn=key
            )
            return


def _key(value: JsonObject) -> Iterator[Piece]:
    """Read an answer of DescribeKey."""
    key = value.get("KeyMetadata")
    if isinstance(key, Mapping) and _text(key.get("Arn")):
        arn, manager = _text(key.get("Arn")), _text(key.get("KeyManager")) or None
        details = KeyDetails(arn, manager, _text(key.get("KeyState")) or None)
        yield Piece(DocumentKind.KEY_FACTS, key=details, arn=arn)


_READERS: Final = (
    _role,
    _inline,
    _version,
    _managed,
    _resource_policy,
    _attached,
    _encryption,
    _key,
)
