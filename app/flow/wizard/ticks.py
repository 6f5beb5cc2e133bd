"""What a page that is done was done for, and so which change of the details undoes it.

A tick remembers the draft that it was made for. It holds for as long as the page would show the
same for the present draft, and comes back when the page shows the same again: what a page shows
is worked out from the guide's documents and values, and no list says which field belongs to which.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.core.draft import BucketEntry
from app.core.frozen import replace

if TYPE_CHECKING:
    from app.core.draft import Draft


class Detail(StrEnum):
    """What of the details has changed, as a person would say it."""

    ACCOUNT = "account"
    DATABASE = "database"
    COUNT = "count"
    """There are more or fewer buckets and folders."""
    BUCKET = "bucket"
    REGION = "region"
    FOLDER = "folder"
    """The prefix, or whether the access is limited to it."""
    KEY = "key"


def _role(draft: "Draft") -> object:
    return draft.account_id


def _trust(draft: "Draft") -> object:
    from app.core.documents.policies import trust_policy

    return draft.account_id, trust_policy(draft.database_id)


def _permissions(draft: "Draft") -> object:
    from app.core.documents.policies import kms_entries, permissions_policy

    keys = dict.fromkeys(entry.kms_key_arn for entry in kms_entries(draft))
    return draft.account_id, permissions_policy(draft.buckets), list(keys)


def _connector(draft: "Draft") -> object:
    return draft.account_id, [(e.region, e.name, e.prefix) for e in draft.buckets]


def _in_aws(draft: "Draft") -> object:
    return _role(draft), _trust(draft), _permissions(draft)


SHOWN: Final[Mapping[str, Callable[["Draft"], object]]] = {
    "role": _role,
    "trust": _trust,
    "permissions": _permissions,
    "create": _in_aws,
    "handoff": _in_aws,
    "cloudshell": _in_aws,
    "connector": _connector,
    "test": lambda draft: draft,
}
"""What each page that can be done has a person carry over, make, send or test."""


def shows_the_same(page_id: str, before: "Draft", after: "Draft") -> bool:
    """Tell whether what was done on a page for ``before`` is all that ``after`` needs there."""
    shown = SHOWN[page_id]
    return before == after or shown(before) == shown(after)


def changed_details(page_id: str, before: "Draft", after: "Draft") -> tuple[Detail, ...]:
    """Return which changes of the details make a page to be done again; none where none does."""
    if shows_the_same(page_id, before, after):
        return ()
    shown, single = SHOWN[page_id], _changes(before, after)
    return tuple(
        detail for detail, changed in single.items() if shown(changed) != shown(before)
    ) or tuple(single)


def _changes(before: "Draft", after: "Draft") -> Mapping[Detail, "Draft"]:
    """Return ``before`` with each detail by itself as it is in ``after``, where it is another."""
    changes = {
        Detail.ACCOUNT: replace(before, account_id=after.account_id),
        Detail.DATABASE: replace(before, database_id=after.database_id),
    }
    if len(before.buckets) != len(after.buckets):
        changes[Detail.COUNT] = replace(before, buckets=after.buckets)
    else:
        for detail, take in _OF_AN_ENTRY.items():
            changes[detail] = replace(before, buckets=_taken(before.buckets, after.buckets, take))
    return {detail: changed for detail, changed in changes.items() if changed != before}


_Take = Callable[[BucketEntry, BucketEntry], BucketEntry]


def _taken(
    before: Sequence[BucketEntry], after: Sequence[BucketEntry], take: _Take
) -> tuple[BucketEntry, ...]:
    return tuple(take(old, new) for old, new in zip(before, after, strict=True))


def _folder(old: BucketEntry, new: BucketEntry) -> BucketEntry:
    return replace(old, prefix=new.prefix, restrict_to_prefix=new.restrict_to_prefix)


_OF_AN_ENTRY: Final[Mapping[Detail, _Take]] = {
    Detail.BUCKET: lambda old, new: replace(old, name=new.name),
    Detail.REGION: lambda old, new: replace(old, region=new.region),
    Detail.FOLDER: _folder,
    Detail.KEY: lambda old, new: replace(old, kms_key_arn=new.kms_key_arn),
}
