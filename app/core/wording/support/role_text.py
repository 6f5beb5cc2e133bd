"""The role's configuration as text, in the place of the screenshots that the guide asks for.

It is made of a snapshot's JSON object, so that it shows what that file holds and no more.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.core.conventions import labelled
from app.core.documents.document_text import document_text
from app.core.i18n import tr
from app.core.snapshot import NOT_PASTED
from app.core.wording.characters import escaped, escaped_json


def role_text(snapshot: Mapping[str, object]) -> str:
    """Return role, trust policy, permissions, buckets and keys as AWS's console has them."""
    return "\n".join(map(escaped, _lines(snapshot))) + "\n"


def _lines(snapshot: Mapping[str, object]) -> Iterator[str]:
    role = _object(snapshot.get("role"))
    unread = _objects(snapshot.get("unreadable"))
    is_pasted = any(entry.get("code") == NOT_PASTED for entry in unread)
    words = (
        tr("Pasted, and not read from AWS: {time}") if is_pasted else tr("Read from AWS: {time}")
    )
    yield words.format(time=_text(snapshot.get("captured_at")))
    caller = _object(snapshot.get("caller"))
    if caller:
        yield tr("Read with the sign-in: {caller}").format(caller=_text(caller.get("arn")))
    yield from _heading(tr("Role"))
    yield from _fields(role, ("state", "arn", "path", "id", "max_session_duration", "tags"))
    if role.get("state") == "found":
        yield from _document(tr("Trust policy"), role.get("trust_policy"))
        yield from _policies(tr("Attached policy"), role.get("attached_policies"))
        yield from _policies(tr("Inline policy"), role.get("inline_policies"))
        boundary = _object(role.get("permissions_boundary"))
        if boundary:
            name = tr("Permissions boundary: {name}").format(name=_text(boundary.get("arn")))
            yield from _document(name, boundary.get("document"))
    for bucket in _objects(snapshot.get("buckets")):
        yield from _bucket(bucket)


def _bucket(bucket: Mapping[str, object]) -> Iterator[str]:
    yield from _heading(tr("Bucket: {name}").format(name=_text(bucket.get("name"))))
    yield from _fields(bucket, ("state", "region", "encryption", "object_ownership"))
    yield from _document(tr("Bucket policy"), bucket.get("policy"))
    key = _object(bucket.get("kms_key"))
    if key:
        yield from _fields(key, ("arn", "manager", "state"))
        yield from _document(tr("Key policy"), key.get("policy"))


def _policies(words: str, policies: object) -> Iterator[str]:
    for policy in _objects(policies):
        yield from _document(labelled(words, _text(policy.get("name"))), policy.get("document"))


def _heading(words: str) -> Iterator[str]:
    yield ""
    yield words
    yield "=" * len(escaped(words))


def _fields(of: Mapping[str, object], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if of.get(name) is not None:
            value = of[name]
            text = value if isinstance(value, str) else " ".join(document_text(value).split())
            yield f"{name}: {text}"


def _document(words: str, document: object) -> Iterator[str]:
    yield ""
    yield words
    if document is None:
        yield tr("(none, or not read)")
    else:
        yield from escaped_json(document_text(document)).split("\n")


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _objects(values: object) -> Iterator[Mapping[str, object]]:
    yield from (v for v in values if isinstance(v, Mapping)) if isinstance(values, list) else ()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
