"""The words of a receipt: what was done, and how it is taken back by hand in the AWS console."""

from collections.abc import Mapping
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.i18n import mark, tr
from app.core.journal import StepState

_DONE: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CREATE_ROLE: mark("The role {name} was created"),
    ChangeKind.UPDATE_TRUST_POLICY: mark("The trust policy of the role {name} was changed"),
    ChangeKind.CREATE_POLICY: mark("The policy {name} was created"),
    ChangeKind.CREATE_POLICY_VERSION: mark("The policy {name} was given a new version"),
    ChangeKind.DELETE_POLICY_VERSION: mark(
        "The old version {version} of the policy {name} was deleted"
    ),
    ChangeKind.SET_DEFAULT_POLICY_VERSION: mark(
        "The version {version} of the policy {name} was made its default"
    ),
    ChangeKind.ATTACH_POLICY: mark("The policy {policy} was attached to the role {name}"),
    ChangeKind.DETACH_POLICY: mark("The policy {policy} was detached from the role {name}"),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: mark(
        "The permissions boundary of the role {name} was changed"
    ),
    ChangeKind.TAG_ROLE: mark("The tags of the role {name} were changed"),
    ChangeKind.PUT_KEY_POLICY: mark("The policy of the KMS key {name} was changed"),
    ChangeKind.DELETE_POLICY: mark("The policy {name} was deleted"),
    ChangeKind.DELETE_ROLE: mark("The role {name} was deleted"),
    ChangeKind.PUT_ROLE_POLICY: mark("The inline policy {inline} of the role {name} was changed"),
}

_BY_HAND: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.CREATE_ROLE: mark(
        "Create the role {name} again, with the trust policy, tags and boundary it had (IAM, "
        "Roles, “Create role”)"
    ),
    ChangeKind.UPDATE_TRUST_POLICY: mark(
        "Put the earlier trust policy of the role {name} back (IAM, Roles, {name}, “Trust "
        "relationships”)"
    ),
    ChangeKind.CREATE_POLICY: mark(
        "Create the policy {name} again, with the text it had (IAM, Policies, “Create policy”)"
    ),
    ChangeKind.CREATE_POLICY_VERSION: mark(
        "Save the earlier text of the policy {name} again (IAM, Policies, {name}, “Edit”)"
    ),
    ChangeKind.DELETE_POLICY_VERSION: mark(
        "Delete the version {version} of the policy {name} (the same page)"
    ),
    ChangeKind.SET_DEFAULT_POLICY_VERSION: mark(
        "Make the version {version} of the policy {name} its default again (IAM, Policies, {name}, "
        "“Policy versions”)"
    ),
    ChangeKind.ATTACH_POLICY: mark(
        "Attach the policy {policy} to the role {name} again (IAM, Roles, {name}, “Permissions”)"
    ),
    ChangeKind.DETACH_POLICY: mark(
        "Detach the policy {policy} from the role {name} (IAM, Roles, {name}, “Permissions”)"
    ),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: mark(
        "Put the earlier permissions boundary of the role {name} back, or take it off if there "
        "was none (IAM, Roles, {name}, “Permissions”)"
    ),
    ChangeKind.TAG_ROLE: mark(
        "Put the earlier tags of the role {name} back (IAM, Roles, {name}, “Tags”)"
    ),
    ChangeKind.PUT_KEY_POLICY: mark(
        "Put the earlier policy of the KMS key {name} back (KMS in the region {region}, Customer "
        "managed keys, {name}, “Key policy”)"
    ),
    ChangeKind.DELETE_POLICY: mark("Delete the policy {name} (IAM, Policies)"),
    ChangeKind.DELETE_ROLE: mark("Delete the role {name} (IAM, Roles)"),
    ChangeKind.PUT_ROLE_POLICY: mark(
        "Put the inline policy {inline} of the role {name} back as it was, or delete it if there "
        "was none (IAM, Roles, {name}, “Permissions”)"
    ),
}
"""The parts of AWS's console are named as the console names them."""

_REMAINS: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.DELETE_POLICY_VERSION: mark(
        "The old version {version} of the policy {name} stays deleted."
    ),
    ChangeKind.DELETE_ROLE: mark(
        "The role {name} is made anew: AWS gives it another unique id, so what others allowed the "
        "old one by its id is not restored."
    ),
    ChangeKind.DELETE_POLICY: mark(
        "The policy {name} is made anew with its last text, as its version v1."
    ),
    ChangeKind.UPDATE_TRUST_POLICY: mark(
        "The trust policy of the role {name} comes back without roles and users that no longer "
        "exist: AWS does not accept their names."
    ),
    ChangeKind.PUT_KEY_POLICY: mark(
        "The policy of the KMS key {name} comes back without roles and users that no longer "
        "exist: AWS does not accept their names."
    ),
}

_STANDING: Final[Mapping[StepState, str]] = {
    StepState.STARTED: mark("it is not certain whether AWS did this"),
    StepState.UNDOING: mark("begun to be taken back"),
    StepState.UNDONE: mark("taken back"),
    StepState.KEPT: mark("left as it is"),
}


def done_words(change: Change) -> str:
    """Return what was done, in the installed language."""
    return tr(_DONE[change.kind]).format_map(_values(change))


def by_hand_words(change: Change) -> str:
    """Return the step by hand that does ``change``, one that takes another back."""
    return tr(_BY_HAND[change.kind]).format_map(_values(change))


def remaining_words(change: Change) -> str | None:
    """Return what stays different once ``change`` is taken back; None where nothing does."""
    words = _REMAINS.get(change.kind)
    return tr(words).format_map(_values(change)) if words else None


def standing_words(state: StepState) -> str:
    """Return how a step stands, where that is not simply done; else an empty text."""
    return tr(_STANDING[state]) if state in _STANDING else ""


def _values(change: Change) -> dict[str, str]:
    return {
        "name": change.target.rpartition("/")[2],
        "region": change.target.split(":")[3],
        "policy": _field(change, "policy_arn").rpartition("/")[2],
        "version": _field(change, "version") or "?",  # AWS's answer was lost
        "inline": _field(change, "name"),
    }


def _field(change: Change, key: str) -> str:
    """Return the text under ``key`` of what the change leaves, or else of what was before it."""
    for side in (change.after, change.before):
        if isinstance(side, Mapping) and isinstance(side.get(key), str):
            return str(side[key])
    return ""
