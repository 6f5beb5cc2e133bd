"""The words of findings about the role."""

from typing import Final

from app.core.guide import ROLE_NAME
from app.core.i18n import mark
from app.core.wording.finding_words.lines import (
    FIND_QUOTED,
    LEAVE_OUT_THE_ROLE,
    MISTAKES,
    Line,
    Params,
    Wording,
    has,
    lacks,
)

CREATE_ROLE: Final = (
    mark("In the AWS console, open IAM > Roles and choose Create role."),
    mark(
        "Choose Custom trust policy, replace everything in the box with the trust policy that "
        "this program shows (Step 2), and choose Next."
    ),
    mark("Tick {policy_name} if it is in the list, and choose Next."),
    mark("Enter exactly {role_name} as the role name, and choose Create role."),
)
THEN_PERMISSIONS: Final = mark(
    "If {policy_name} was not in the list, go on with Step 3: the permissions policy."
)


def _differs_in_case(params: Params) -> bool:
    name = str(params.get("found") or "")
    return name != ROLE_NAME and name.lower() == ROLE_NAME.lower()


def _other_name(params: Params) -> bool:
    return bool(params.get("found")) and not _differs_in_case(params)


ROLE_WORDS: Final[dict[str, Wording]] = {
    "role.missing": Wording(
        title=(
            has("account", mark("The role does not exist")),
            mark("The role may not exist"),
        ),
        detail=(
            mark("The AWS account {account} has no role named {role_name}."),
            mark("UbiQuity can use only a role of exactly the name {role_name}."),
        ),
        fix=(*CREATE_ROLE, THEN_PERMISSIONS),
    ),
    "role.misnamed": Wording(
        title=(
            has("found", mark("The role’s name is not the one that UbiQuity uses")),
            mark("The role’s name may not be the one that UbiQuity uses"),
        ),
        detail=(
            mark("There is a role named {found}."),
            mark("There are other names like it: {others}."),
            mark("UbiQuity can use only a role named exactly {role_name}."),
            Line(
                mark(
                    "To AWS two names that differ only in upper and lower case are the same, so "
                    "the old role must be deleted before the right one can be created."
                ),
                _differs_in_case,
            ),
            mark("A role cannot be renamed in AWS."),
        ),
        fix=(
            Line(
                mark(
                    "In the AWS console, open IAM > Roles > {found}. Make sure that nothing else "
                    "uses this role, and choose Delete."
                ),
                _differs_in_case,
            ),
            *CREATE_ROLE,
            THEN_PERMISSIONS,
            Line(
                mark("Once the connection works, you can delete {found} if nothing else uses it."),
                _other_name,
            ),
        ),
    ),
    "role.path": Wording(
        title=(mark("The role has a path, so UbiQuity cannot use it"),),
        detail=(
            mark("Its path is {path}, which makes its ARN {found}."),
            mark("UbiQuity can use the role only without a path."),
            mark("The path of a role cannot be changed in AWS."),
        ),
        fix=(
            mark(
                "In the AWS console, open IAM > Roles > {role_name}. Make sure that nothing else "
                "uses this role, and choose Delete."
            ),
            mark("Create the role again as the next steps say: the console gives it no path."),
            *CREATE_ROLE,
            THEN_PERMISSIONS,
        ),
    ),
    "role.boundary": Wording(
        title=(mark("A permissions boundary limits the role"),),
        detail=(
            mark("The boundary is {boundary}."),
            mark("The boundary leaves out {actions}, so UbiQuity cannot {deeds}."),
            lacks("actions", mark("The boundary leaves out something that UbiQuity needs.")),
            mark("The statement that refuses this is “{sid}”."),
            *MISTAKES,
            mark("A boundary limits the role, whatever its other policies allow."),
        ),
        fix=(
            mark(
                "In the AWS console, open IAM > Roles > {role_name} > Permissions > Permissions "
                "boundary."
            ),
            lacks(
                "statement",
                mark(
                    "Open the policy {boundary} and allow {actions} in it, if it is yours to "
                    "change."
                ),
            ),
            has("statement", mark("Open the policy {boundary}, if it is yours to change.")),
            FIND_QUOTED,
            *LEAVE_OUT_THE_ROLE,
            mark(
                "Or choose Change boundary and take one that allows the permissions policy that "
                "this program shows (Step 3). Your organisation may have rules about this: ask "
                "before removing it."
            ),
        ),
    ),
}
