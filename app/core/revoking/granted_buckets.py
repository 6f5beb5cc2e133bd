"""The buckets that a role's policies name: where keys of ours may be, when there is no draft."""

from collections.abc import Iterator
from typing import Final

from app.core.documents.statements import statements_of
from app.core.guide import PLACEHOLDER_BUCKETS
from app.core.iam.json_text import strings
from app.core.snapshot import Snapshot

_S3: Final = "arn:aws:s3:::"


def granted_buckets(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names of the buckets that the role and the guide's policy allow, each once.

    A name with a wildcard or a variable in it is none, and neither is one of the guide's
    placeholders.
    """
    role = snapshot.role
    documents = [snapshot.customer_policy.document]
    documents += [policy.document for policy in (*role.attached_policies, *role.inline_policies)]
    names = (name for document in documents for name in buckets_of_document(document))
    return tuple(dict.fromkeys(names))


def buckets_of_document(document: object) -> Iterator[str]:
    """Yield the name of each bucket that a policy allows something on; see ``granted_buckets``."""
    for statement in statements_of(document):
        if statement.get("Effect") != "Allow":
            continue
        for resource in strings(statement.get("Resource")) or ():
            name = resource.removeprefix(_S3).partition("/")[0]
            is_one = resource.startswith(_S3) and name and not set(name) & set("*?$")
            if is_one and name not in PLACEHOLDER_BUCKETS:
                yield name
