"""The words of a plan: each change, and each thing that is left as it is."""

from collections.abc import Mapping
from typing import Final

from app.core.change import Change, ChangeKind, Obstacle
from app.core.frozen import field, frozen
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import mark, tr


@frozen
class ValueSentence:
    """A translated sentence with {places}, and the customer's values that fill them."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)


_CHANGES: Final = {
    ChangeKind.CREATE_ROLE: mark("Create the role {role} with its trust policy"),
    ChangeKind.UPDATE_TRUST_POLICY: mark("Change the trust policy of the role {role}"),
    ChangeKind.CREATE_POLICY: mark("Create the policy {policy}"),
    ChangeKind.CREATE_POLICY_VERSION: mark("Save a new version of the policy {policy}"),
    ChangeKind.DELETE_POLICY_VERSION: mark("Delete an old version of the policy {policy}"),
    ChangeKind.ATTACH_POLICY: mark("Attach the policy {policy} to the role {role}"),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: mark("Set the permissions boundary of the role {role}"),
    ChangeKind.TAG_ROLE: mark("Tag the role {role}"),
    ChangeKind.PUT_KEY_POLICY: mark("Add one statement to the policy of the KMS key {key}"),
    ChangeKind.DETACH_POLICY: mark("Detach the policy {policy} from the role {role}"),
    ChangeKind.DELETE_POLICY: mark("Delete the policy {policy}"),
    ChangeKind.DELETE_ROLE: mark("Delete the role {role}"),
    ChangeKind.PUT_ROLE_POLICY: mark("Save a policy inside the role {role}"),
}

_OBSTACLES: Final = {
    "change.conflict": mark(
        "{target} exists already with other contents. It is left untouched. Ask your AWS "
        "administrator whether it may be changed or deleted."
    ),
    "check.unreadable": mark(
        "{target} could not be read with this sign-in, so nothing is changed there. Use a "
        "sign-in that may read it."
    ),
    "role.misnamed": mark(
        "{target} has almost the required name. AWS allows no second role whose name differs in "
        "upper and lower case only, so it has to be deleted first. It is left untouched."
    ),
    "role.path": mark(
        "{target} has the required name but a path in front of it, so UbiQuity can’t use it. It "
        "has to be deleted before the right one can be made. It is left untouched."
    ),
    "kms.key-differs": mark(
        "The bucket uses the KMS key {target}, which is not the one in your details. Go back to "
        "“Your details” and put in this key."
    ),
    "kms.other-account": mark(
        "The KMS key {target} belongs to another AWS account. Its administrator has to add the "
        "statement from Step 3."
    ),
}


_BUCKET_WITHOUT_KEY: Final = mark(
    "{target} does not use the KMS key in your details: its default encryption uses no key. Go "
    "back to “Your details” and choose the encryption that the bucket has."
)


def change_sentence(change: Change) -> ValueSentence:
    """Return what a change does, in words."""
    values = {"role": ROLE_NAME, "policy": POLICY_NAME, "key": change.target}
    template = tr(_CHANGES[change.kind])
    return ValueSentence(template, {k: v for k, v in values.items() if f"{{{k}}}" in template})


def obstacle_sentence(obstacle: Obstacle) -> ValueSentence:
    """Return why a thing is left as it is, and what to do about it."""
    template = _OBSTACLES[obstacle.code]
    if obstacle.code == "kms.key-differs" and obstacle.target.startswith("arn:aws:s3:"):
        template = _BUCKET_WITHOUT_KEY
    return ValueSentence(tr(template), {"target": obstacle.target})


def obstacle_codes() -> frozenset[str]:
    """Return the codes that there are obstacle sentences for."""
    return frozenset(_OBSTACLES)
