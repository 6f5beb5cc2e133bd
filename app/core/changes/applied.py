"""A snapshot as it would be once changes are made, and what it has where a change acts.

Pure, so that a plan can be tried before AWS sees it. The first tells the plan what remains wrong;
both together are the tests' picture of an account. (Before a write AWS itself is asked what it
has: ``app.aws.present``.)
"""

from collections.abc import Iterable

from app.core.change import Change
from app.core.changes.kinds import rules_of, typed
from app.core.changes.known_facts import known_documents, with_documents
from app.core.snapshot import Snapshot


def after_changes(snapshot: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """Return ``snapshot`` as it would be, were ``changes`` made in their order.

    What a change alone can't tell (the document of a policy that the snapshot doesn't know) is
    named in ``unreadable``. Observations stay: they tell of what was. A change of something that
    the snapshot doesn't have (another role, another key) leaves it as it is.
    """
    documents: dict[str, object] = {}
    for change in changes:
        documents |= known_documents(snapshot)
        snapshot = with_documents(rules_of(change).effect(snapshot, typed(change)), documents)
    return snapshot


def value_at(snapshot: Snapshot, change: Change) -> object:
    """Return what ``snapshot`` has where ``change`` acts, in the form of its before and after.

    None where there is nothing, or where it could not be read. For a version's deletion the
    document is told of the default version only; for ``tag-role`` it is the present values of
    the keys that the change names, ``{}`` where none of them is there.
    """
    side = rules_of(change).found_in(snapshot, typed(change))
    return None if side is None else side.to_json()
