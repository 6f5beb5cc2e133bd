"""What a change has on its two sides, as types: the only reader of ``before`` and ``after``.

``Change`` keeps its sides as JSON, since the journal has to put back to the letter what was there,
whatever that was; here they are read as what the change's kind has there (the forms are described
at ``Change``), and written. Reading never fails: a side of a damaged journal that lacks something
is read with an empty text there, which AWS has nowhere.
"""

from collections.abc import Mapping
from typing import Final, Generic, Protocol, Self, TypeVar

from app.core.change import Change
from app.core.documents.comparison import same_document
from app.core.documents.statements import statements_of
from app.core.frozen import field, frozen
from app.core.iam.json_text import strings

RESTORED: Final = "restored"
"""A change's setting: what is made was there before and gets back its own tags and description."""


class Side(Protocol):
    """What all types of sides can do. Without arguments one is made that is empty."""

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None where there is nothing."""

    def to_json(self) -> object:
        """Return the JSON of the side."""

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored``, read from AWS, is for AWS what this side says."""


@frozen
class StoredDocument:
    """A policy's document: a role's trust policy, a managed policy's text, a key policy."""

    document: object = None

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None where there is nothing."""
        return None if value is None else cls(value)

    def to_json(self) -> object:
        """Return the JSON of the side."""
        return self.document

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored`` is this document as AWS stores it."""
        return _is_stored_form(self.document, stored.document)


@frozen
class DocumentVersion:
    """A version of a managed policy: its id (``v1``), and its document where that is known."""

    version: str = ""
    document: object = None

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None where there is nothing."""
        if value is None:
            return None
        return cls(_text(value, "version"), _fields(value).get("document"))

    def to_json(self) -> object:
        """Return the JSON of the side."""
        return {"version": self.version, "document": self.document}

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored`` is this version.

        The document of an old version is not always read; a version's never changes.
        """
        return self.version == stored.version and (
            self.document is None or _is_stored_form(self.document, stored.document)
        )


@frozen
class PolicyReference:
    """A managed policy that a role has, attached or as its permissions boundary."""

    arn: str = ""

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None where there is nothing."""
        return None if value is None else cls(_text(value, "policy_arn"))

    def to_json(self) -> object:
        """Return the JSON of the side."""
        return {"policy_arn": self.arn}

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored`` is the same policy."""
        return self == stored


@frozen
class InlinePolicy:
    """A policy inside a role."""

    name: str = ""
    document: object = None

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None where there is nothing."""
        if value is None:
            return None
        return cls(_text(value, "name"), _fields(value).get("document"))

    def to_json(self) -> object:
        """Return the JSON of the side."""
        return {"name": self.name, "document": self.document}

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored`` is the policy of the same name as AWS stores it."""
        return self.name == stored.name and _is_stored_form(self.document, stored.document)


@frozen
class Grant:
    """A grant of a KMS key: who may do what by it. ``operations`` are KMS's own names."""

    id: str = ""
    grantee: str = ""
    operations: tuple[str, ...] = ()

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None where there is nothing."""
        if value is None:
            return None
        operations = strings(_fields(value).get("operations")) or ()
        return cls(_text(value, "id"), _text(value, "grantee"), operations)

    def to_json(self) -> object:
        """Return the JSON of the side."""
        return {"id": self.id, "grantee": self.grantee, "operations": list(self.operations)}

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored`` is the same grant: one never changes."""
        return self.id == stored.id


@frozen
class Tags:
    """Values of some of a role's tags by their keys. No tags are a side too, never None."""

    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, value: object) -> Self | None:
        """Read the JSON of a side; None stands for no tags."""
        return cls({key: str(text) for key, text in _fields(value).items()})

    def to_json(self) -> object:
        """Return the JSON of the side."""
        return dict(self.values)

    def is_same(self, stored: Self) -> bool:
        """Tell whether ``stored`` are the same tags."""
        return self == stored


@frozen
class ChangeSettings:
    """What a role or policy is made with beside its document, and why a version is deleted.

    ``max_session_duration`` is in seconds; ``region`` and ``owner`` (an account) are where a bucket
    is and whose. ``restored`` and ``makes_room``: see ``Change``.
    """

    description: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    permissions_boundary: str | None = None
    max_session_duration: int | None = None
    region: str | None = None
    owner: str | None = None
    restored: bool = False
    makes_room: bool = False

    @classmethod
    def read(cls, settings: Mapping[str, object]) -> Self:
        """Read the settings of a change."""
        boundary = settings.get("permissions_boundary")
        duration = settings.get("max_session_duration")
        return cls(
            description=_text(settings, "description") or None,
            tags={key: str(text) for key, text in _fields(settings.get("tags")).items()},
            permissions_boundary=boundary if isinstance(boundary, str) else None,
            max_session_duration=duration if isinstance(duration, int) else None,
            region=_text(settings, "region") or None,
            owner=_text(settings, "owner") or None,
            restored=bool(settings.get(RESTORED)),
            makes_room=bool(settings.get("makes_room")),
        )

    def to_json(self) -> dict[str, object]:
        """Return the settings as a change has them: only those that say something."""
        entries: dict[str, object] = {
            "description": self.description,
            "tags": dict(self.tags),
            "permissions_boundary": self.permissions_boundary,
            "max_session_duration": self.max_session_duration,
            "region": self.region,
            "owner": self.owner,
            RESTORED: self.restored,
            "makes_room": self.makes_room,
        }
        return {name: value for name, value in entries.items() if value}


S = TypeVar("S", bound=Side)


@frozen
class TypedChange(Generic[S]):
    """A change whose sides are of the type that its kind has.

    ``subject`` is what it is about: the side after it, or else the one before it, empty where a
    damaged journal has neither. The other fields are those of ``Change``.
    """

    target: str
    before: S | None
    after: S | None
    subject: S
    settings: ChangeSettings
    addition: bool


def typed_as(side: type[S], change: Change) -> TypedChange[S]:
    """Return ``change`` with its sides read as ``side``."""
    before, after = side.read(change.before), side.read(change.after)
    subject = after if after is not None else before
    return TypedChange(
        change.target,
        before,
        after,
        side() if subject is None else subject,
        ChangeSettings.read(change.settings),
        change.addition,
    )


def are_same(expected: S | None, stored: S | None) -> bool:
    """Tell whether AWS has what a side of a change says; None for nothing."""
    if expected is None or stored is None:
        return expected is stored
    return expected.is_same(stored)


def _is_stored_form(document: object, stored: object) -> bool:
    """Tell whether ``stored`` is what AWS makes of ``document`` when it is stored.

    Exact equality would be too strict: AWS may write a list of one as a single text, list
    principals and actions in another order, and name an account by its root's ARN ("IAM JSON
    policy elements: Principal"). Such a document counts as the same as long as the statements'
    Sids and the policy's Id are the same too; whatever else differs, somebody changed.
    """
    if document == stored:
        return True
    if not isinstance(document, Mapping) or not isinstance(stored, Mapping):
        return False
    if "Statement" not in document or "Statement" not in stored:
        return False
    if document.get("Id") != stored.get("Id"):
        return False
    return same_document(document, stored) and _sids(document) == _sids(stored)


def _sids(document: Mapping[str, object]) -> list[str]:
    return sorted(str(statement.get("Sid", "")) for statement in statements_of(document))


def _fields(value: object) -> dict[str, object]:
    return {str(key): entry for key, entry in value.items()} if isinstance(value, Mapping) else {}


def _text(value: object, key: str) -> str:
    text = _fields(value).get(key)
    return text if isinstance(text, str) else ""
