"""The guide's Steps 1 to 3, and its ways of revoking, as they are done by hand in the AWS console.

The window's pages beside the console and the page for an AWS administrator say the same words:
these. The words in quotation marks are those of AWS's own pages, as they are named in 2026.
"""

from enum import StrEnum
from typing import Final

from app.core.choices import RevokeWay
from app.core.console_links import (
    create_policy_link,
    create_role_link,
    kms_key_link,
    role_permissions_link,
    role_trust_link,
)
from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import mark, tr


class StepInput(StrEnum):
    """What is pasted at a step: a document, or a name."""

    TRUST_POLICY = "trust-policy"
    PERMISSIONS_POLICY = "permissions-policy"
    KEY_STATEMENT = "key-statement"
    ROLE_NAME = "role-name"
    POLICY_NAME = "policy-name"


@frozen
class ConsolePage:
    """A page of the console that a step begins at.

    ``name`` is the button's that opens it, ``button`` the words on that, and ``in_practice`` is the
    step's sentence where there is no console.
    """

    link: str
    name: str
    button: str
    in_practice: str = ""


@frozen
class ConsoleStep:
    """One instruction: a translated sentence, and what belongs to it.

    ``picture`` names the sketch of where to click, ``key_arn`` the KMS key that the step is about.
    """

    text: str
    place: ConsolePage | None = None
    shows: StepInput | None = None
    picture: str = ""
    key_arn: str = ""


def role_steps() -> tuple[ConsoleStep, ...]:
    """Return the clicks that make the role, with its trust policy."""
    return (
        ConsoleStep(
            tr("Open IAM > Roles > Create role."),
            place=ConsolePage(
                create_role_link(),
                "openCreateRole",
                tr("Open AWS console"),
                tr("In AWS you would open IAM > Roles > Create role."),
            ),
        ),
        ConsoleStep(
            tr("Under “Trusted entity type”, choose “Custom trust policy”."), picture="role-trust"
        ),
        ConsoleStep(
            tr("Replace everything in the editor with this:"), shows=StepInput.TRUST_POLICY
        ),
        ConsoleStep(tr("Choose Next twice. Add no permissions yet.")),
        ConsoleStep(tr("Under “Role name”, paste exactly this:"), shows=StepInput.ROLE_NAME),
        ConsoleStep(tr("Choose “Create role”.")),
    )


def trust_steps() -> tuple[ConsoleStep, ...]:
    """Return the clicks that set the trust policy of a role that is there."""
    return (
        ConsoleStep(
            tr("Open the role."),
            place=ConsolePage(
                role_trust_link(),
                "openRoleTrust",
                tr("Open AWS console"),
                tr("In AWS you would open the role."),
            ),
        ),
        ConsoleStep(
            tr(
                "Choose “Trust relationships”. If the policy there is not this one, choose “Edit "
                "trust policy”."
            ),
            picture="trust-edit",
        ),
        ConsoleStep(tr("Replace everything there with this:"), shows=StepInput.TRUST_POLICY),
        ConsoleStep(tr("Choose “Update policy”.")),
    )


def permissions_steps() -> tuple[ConsoleStep, ...]:
    """Return the clicks that make the policy and attach it to the role."""
    attach = tr("Open the role {role} and choose Add permissions > Attach policies.")
    search = tr("Search for {policy}, tick it and choose “Add permissions”.")
    return (
        ConsoleStep(
            tr("Open IAM > Policies > Create policy."),
            place=ConsolePage(
                create_policy_link(),
                "openCreatePolicy",
                tr("Open AWS console"),
                tr("In AWS you would open IAM > Policies > Create policy."),
            ),
        ),
        ConsoleStep(
            tr("Choose JSON and replace everything there with this:"),
            shows=StepInput.PERMISSIONS_POLICY,
            picture="policy-json",
        ),
        ConsoleStep(
            tr("Choose Next. Under “Policy name”, paste exactly this:"), shows=StepInput.POLICY_NAME
        ),
        ConsoleStep(tr("Choose “Create policy”.")),
        ConsoleStep(
            attach.format(role=ROLE_NAME),
            place=ConsolePage(role_permissions_link(), "openRolePermissions", tr("Open the role")),
            picture="attach",
        ),
        ConsoleStep(search.format(policy=POLICY_NAME)),
    )


def key_steps(draft: Draft) -> tuple[ConsoleStep, ...]:
    """Return the clicks that add the statement to each key's policy; none without a key."""
    keys = dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft))
    if not keys:
        return ()
    return (
        *(_open_key(key, number) for number, key in enumerate(keys, start=1)),
        ConsoleStep(tr("Under “Key policy”, choose “Switch to policy view”, then “Edit”.")),
        ConsoleStep(
            tr(
                "Add this statement inside the square brackets after “Statement”, with a comma "
                "between it and its neighbour. Change nothing else."
            ),
            shows=StepInput.KEY_STATEMENT,
        ),
        ConsoleStep(tr("Choose “Save changes”.")),
    )


def _open_key(key: str, number: int) -> ConsoleStep:
    place = ConsolePage(
        kms_key_link(key),
        f"openKey-{number}",
        tr("Open the key"),
        tr("In AWS you would open this key in KMS."),
    )
    return ConsoleStep(tr("Open this key in KMS."), place=place, key_arn=key)


def key_title() -> str:
    """Return the heading over the steps for a key."""
    return tr("Your bucket uses a KMS key")


def key_reason() -> str:
    """Return why a key's policy has to name the role."""
    return tr(
        "UbiQuity has to decrypt the files it reads. The key decides by itself who may do that, "
        "so its policy has to name the role. The role must exist first."
    )


def permission_reasons() -> tuple[str, ...]:
    """Return the guide's four reasons, one for each permission."""
    return (
        tr("s3:ListBucket: to list the files in the bucket and to verify the connection"),
        tr("s3:GetObject: to read your data files for import"),
        tr("s3:PutObject: to write files to your archive and error subfolders after processing"),
        tr(
            "s3:DeleteObject: used together with s3:PutObject, to move processed files into "
            "your archive and error subfolders"
        ),
    )


def files_are_kept() -> str:
    """Return the guide's note that no file is lost."""
    return tr(
        "Files are never permanently deleted. After processing they are moved to an "
        "archive subfolder (or an error subfolder if processing fails), so the full "
        "history of what was imported is kept."
    )


_REVOKING: Final = {
    RevokeWay.DELETE_ROLE: mark(
        "Open IAM > Roles > {role}. Make sure that nothing else uses it, and choose Delete."
    ),
    RevokeWay.CHANGE_TRUST: mark(
        "Open IAM > Roles > {role} > Trust relationships > Edit trust policy. Delete "
        "UbiQuity’s statement, or change its External ID, and choose Update policy."
    ),
}


def revoke_sentence(way: RevokeWay) -> str:
    """Return how access is ended in the console by ``way``."""
    return tr(_REVOKING[way]).format(role=ROLE_NAME)
