"""Whether AWS has, where a change acts, what the change expects there.

Compared as JSON values. Exact equality would be too strict for documents: on storing a policy
AWS may write a list of one as a single text, list principals and actions in another order, and
name an account by its root's ARN ("IAM JSON policy elements: Principal"). Such a document is the
one that was stored, so it counts as the same as long as the statements' Sids and the policy's Id
are too; whatever else differs, somebody changed.
"""

from collections.abc import Collection, Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.documents.comparison import same_document
from app.core.documents.gone_principals import without_gone
from app.core.documents.statements import statements_of

_WITH_DOCUMENT: Final = (
    ChangeKind.PUT_ROLE_POLICY,
    ChangeKind.DELETE_POLICY_VERSION,
    ChangeKind.SET_DEFAULT_POLICY_VERSION,
)
"""Kinds whose values hold a document beside its name or version."""


def same_value(kind: ChangeKind, one: object, other: object) -> bool:
    """Tell whether two values of a change's side are the same for AWS."""
    if kind is ChangeKind.TAG_ROLE:
        return (one or {}) == (other or {})  # no tags: None before, and {} where AWS has none
    if one == other:
        return True
    if kind not in _WITH_DOCUMENT:
        return _same_stored(one, other)
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    rest = [{k: v for k, v in value.items() if k != "document"} for value in (one, other)]
    return rest[0] == rest[1] and _same_stored(one.get("document"), other.get("document"))


def _same_stored(one: object, other: object) -> bool:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return False
    if "Statement" not in one or "Statement" not in other or one.get("Id") != other.get("Id"):
        return False
    return same_document(one, other) and _sids(one) == _sids(other)


def _sids(document: Mapping[str, object]) -> list[str]:
    return sorted(str(statement.get("Sid", "")) for statement in statements_of(document))


def is_before(change: Change, value: object, gone: Collection[str] = ()) -> bool:
    """Tell whether ``value`` is what was there before ``change``.

    The document of an old policy version is not always read; a version's never changes. ``gone``
    are roles that were deleted meanwhile: AWS shows their unique ids where their ARNs were.
    """
    if gone and not same_value(change.kind, change.before, value):
        now = without_gone(value)
        return now != value and same_value(change.kind, without_gone(change.before, gone), now)
    before = change.before
    if isinstance(before, Mapping) and "version" in before and before.get("document") is None:
        return isinstance(value, Mapping) and value.get("version") == before["version"]
    return same_value(change.kind, change.before, value)


def is_after(change: Change, value: object) -> bool:
    """Tell whether ``value`` is what ``change`` leaves there."""
    return same_value(change.kind, change.after, value)


def is_half_way(change: Change, value: object) -> bool:
    """Tell whether ``value`` is what the first of the change's two requests leaves (tags)."""
    if change.kind is not ChangeKind.TAG_ROLE or not isinstance(value, Mapping):
        return False
    before, after = _tags(change.before), _tags(change.after)
    return all(value.get(key) in (before.get(key), after.get(key)) for key in before | after)


def _tags(value: object) -> dict[str, object]:
    return {str(key): text for key, text in value.items()} if isinstance(value, Mapping) else {}
