"""A permissions policy extended: what is granted stays, what is lacking is added.

Source: the guide's "Granting access to multiple buckets"; IAM User Guide, "IAM JSON policy
elements: Version" (variables need 2012-10-17) and "… Sid".
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from app.core.documents.additions import TAGGING_ACTIONS, TAGGING_SID
from app.core.documents.policies import POLICY_VERSION, Document, permissions_policy
from app.core.documents.statements import RawStatement, allows, statements_in, with_more, with_one
from app.core.draft import BucketEntry
from app.core.iam.json_text import one_or_list, strings
from app.core.planning.entries import granted_folders


def extensions(
    present: Document, lacking: Sequence[BucketEntry], buckets: Collection[str]
) -> Iterator[Document]:
    """Yield ``present`` with what ``lacking`` needs, in the guide's own shape where it has that.

    ``buckets`` are the names of the draft's buckets.
    """
    folders = granted_folders(present, buckets)
    if folders is not None:
        document = with_more(permissions_policy([*folders.entries(), *lacking]), folders.others)
        granted = granted_folders(document, buckets)
        if granted is not None and granted.covers(folders):
            yield document
    guides = (s for s in statements_in(permissions_policy(lacking)) if isinstance(s, Mapping))
    added = _added(present, tuple(guides))
    if added is not None:
        yield added


def _added(present: Document, statements: Sequence[RawStatement]) -> Document | None:
    """Return ``present`` with more statements; None where that would change what others say.

    Text such as ``${*}`` is a variable in Version 2012-10-17 alone. An older document gets that
    version only where no statement of its own would be read otherwise by it.
    """
    longer = with_more(present, statements)
    if "${" not in json.dumps(statements) or present.get("Version") == POLICY_VERSION:
        return longer
    if "${" in json.dumps(statements_in(present)):
        return None
    return {**longer, "Version": POLICY_VERSION}


def with_tagging(document: Document, entries: Sequence[BucketEntry]) -> Document:
    """Return ``document`` with the statement about tags for ``entries``, extended if it is there.

    As it is where there are no entries, or where the addition would change what others say.
    """
    if not entries:
        return document
    needed = _object_resources(entries)
    for place, statement in enumerate(statements_in(document)):
        if isinstance(statement, Mapping) and _is_tagging(statement):
            both = dict.fromkeys([*(strings(statement["Resource"]) or ()), *needed])
            return with_one(document, place, {**statement, "Resource": one_or_list(tuple(both))})
    statement = {
        "Sid": TAGGING_SID,
        "Effect": "Allow",
        "Action": list(TAGGING_ACTIONS),
        "Resource": one_or_list(needed),
    }
    return _added(document, [statement]) or document


def _is_tagging(statement: RawStatement) -> bool:
    actions = {action.lower() for action in strings(statement.get("Action")) or ()}
    ours_alone = {action.lower() for action in TAGGING_ACTIONS}
    ours = statement.get("Sid") == TAGGING_SID and actions == ours_alone
    return ours and allows(statement, ("Action", "Resource")) and "Resource" in statement


def _object_resources(entries: Sequence[BucketEntry]) -> tuple[str, ...]:
    objects = statements_in(permissions_policy(entries))[-1]
    resources = strings(objects.get("Resource")) if isinstance(objects, Mapping) else ()
    return resources or ()
