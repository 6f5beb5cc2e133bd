"""A snapshot as it would be once changes are made, and what it has where a change acts.

Pure, so that a plan can be tried before AWS sees it. The first tells the plan what remains wrong;
both together are the tests' picture of an account. (Before a write AWS itself is asked what it
has: ``app.aws.present``.)
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.changes import attachment, role
from app.core.changes import key_policy as key
from app.core.changes import managed_policy as policy
from app.core.changes.known_facts import known_documents, with_documents
from app.core.snapshot import Snapshot


def after_changes(snapshot: Snapshot, changes: Iterable[Change]) -> Snapshot:
    """Return ``snapshot`` as it would be, were ``changes`` made in their order.

    What a change alone can't tell (the document of a policy that the snapshot doesn't know) is
    named in ``unreadable``. Observations stay: they tell of what was. A change of something that
    the snapshot doesn't have (another role, another key) leaves it as it is.
    """
    known: dict[str, object] = {}
    for change in changes:
        known |= known_documents(snapshot)
        snapshot = with_documents(_RULES[change.kind][0](snapshot, change), known)
    return snapshot


def value_at(snapshot: Snapshot, change: Change) -> object:
    """Return what ``snapshot`` has where ``change`` acts, in the form of its before and after.

    None where there is nothing, or where it could not be read. For a version's deletion the
    document is told of the default version only; for ``tag-role`` it is the present values of
    the keys that the change names, ``{}`` where none of them is there.
    """
    return _RULES[change.kind][1](snapshot, change)


Making = Callable[[Snapshot, Change], Snapshot]
Finding = Callable[[Snapshot, Change], object]

_RULES: Final[Mapping[ChangeKind, tuple[Making, Finding]]] = {
    ChangeKind.CREATE_ROLE: (role.create_role, role.trust_at),
    ChangeKind.UPDATE_TRUST_POLICY: (role.update_trust, role.trust_at),
    ChangeKind.DELETE_ROLE: (role.delete_role, role.trust_at),
    ChangeKind.CREATE_POLICY: (policy.create_policy, policy.policy_at),
    ChangeKind.CREATE_POLICY_VERSION: (policy.create_version, policy.policy_at),
    ChangeKind.DELETE_POLICY_VERSION: (policy.delete_version, policy.version_at),
    ChangeKind.SET_DEFAULT_POLICY_VERSION: (policy.set_default, policy.default_at),
    ChangeKind.DELETE_POLICY: (policy.delete_policy, policy.policy_at),
    ChangeKind.ATTACH_POLICY: (attachment.attach, attachment.attachment_at),
    ChangeKind.DETACH_POLICY: (attachment.detach, attachment.attachment_at),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: (role.set_boundary, role.boundary_at),
    ChangeKind.TAG_ROLE: (role.tag_role, role.tags_at),
    ChangeKind.PUT_ROLE_POLICY: (role.put_inline, role.inline_at),
    ChangeKind.PUT_KEY_POLICY: (key.put_key_policy, key.key_policy_at),
}
