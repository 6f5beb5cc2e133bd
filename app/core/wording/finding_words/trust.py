"""The words of findings about the trust policy."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message
from app.core.wording.finding_words.lines import (
    FIND_DENY,
    FIND_QUOTED,
    NAMED,
    OUT_WITH_NOT_PRINCIPAL,
    TURNS_ON,
    Line,
    Params,
    Wording,
    by_not_principal,
    has,
    knows,
    lacks,
)

OPEN_TRUST: Final = mark(
    "In the AWS console, open IAM > Roles > {role_name} > Trust relationships > Edit trust policy."
)
PASTE_TRUST: Final = mark(
    "Replace everything there with the trust policy that this program shows (Step 2). If other "
    "systems use this role too, keep their statements and replace only UbiQuity’s."
)
SAVE_TRUST: Final = mark("Choose Update policy.")
PASTE_TRUST_FIX: Final = (OPEN_TRUST, PASTE_TRUST, SAVE_TRUST)


def _is_damaged(params: Params) -> bool:
    from app.core.documents.damage import is_damaged_form

    database_id, external_id = params.get("expected"), params.get("found")
    return (
        isinstance(database_id, str)
        and isinstance(external_id, str)
        and is_damaged_form(database_id, external_id)
    )


def _may_be_anothers(params: Params) -> bool:
    return bool(params.get("found")) and not _is_damaged(params)


def _both(one: str, other: str, message: Message) -> Line:
    """Say ``message`` where both values are there and true."""
    return Line(message, lambda params: bool(params.get(one)) and bool(params.get(other)))


_LEAVE_OUT_UBIQUITY: Final = has(
    "paste",
    mark(
        "If it is not needed, delete it. If it is, replace that part of it with "
        "what is shown here: it then leaves out UbiQuity’s account as well."
    ),
)

TRUST_WORDS: Final[dict[str, Wording]] = {
    "trust.principal-wrong": Wording(
        title=(
            has("found", mark("The trust policy names someone other than UbiQuity")),
            knows("found", mark("The trust policy lets nobody in")),
            mark("The trust policy may not let UbiQuity in"),
        ),
        detail=(
            mark("The trust policy names {found}."),
            mark("The Principal there has to be UbiQuity’s account: {ubiquity_root}."),
        ),
        fix=PASTE_TRUST_FIX,
    ),
    "trust.principal-orphaned": Wording(
        title=(mark("The trust policy names a role or user that was deleted"),),
        detail=(
            mark("Only its id {found} is left."),
            mark("Creating it again does not help: it would have another id."),
            mark("The Principal there has to be UbiQuity’s account: {ubiquity_root}."),
        ),
        fix=PASTE_TRUST_FIX,
    ),
    "trust.action-wrong": Wording(
        title=(mark("The trust policy does not allow the action that UbiQuity needs"),),
        detail=(
            mark("The trust policy names UbiQuity, but allows only {found}."),
            mark("The action has to be sts:AssumeRole."),
        ),
        fix=PASTE_TRUST_FIX,
    ),
    "trust.condition-blocks": Wording(
        title=(
            has("certain", mark("A condition in the trust policy keeps UbiQuity out")),
            mark("A condition in the trust policy may keep UbiQuity out"),
        ),
        detail=(
            NAMED,
            TURNS_ON,
            has("certain", mark("UbiQuity does not meet it.")),
            lacks("certain", mark("Only UbiQuity can say whether it meets it.")),
            mark("The only condition that UbiQuity needs there is StringEquals on sts:ExternalId."),
        ),
        fix=PASTE_TRUST_FIX,
    ),
    "trust.deny-may-apply": Wording(
        title=(mark("A Deny in the trust policy may keep UbiQuity out"),),
        detail=(
            NAMED,
            TURNS_ON,
            Line(
                mark("AWS does not say whom “NotPrincipal” leaves out of a Deny."),
                by_not_principal,
            ),
            Line(
                mark("Only UbiQuity can say whether it applies to UbiQuity."),
                lambda params: not by_not_principal(params),
            ),
        ),
        fix=(
            OPEN_TRUST,
            FIND_QUOTED,
            FIND_DENY,
            _LEAVE_OUT_UBIQUITY,
            OUT_WITH_NOT_PRINCIPAL,
            lacks(
                "paste",
                mark(
                    "If it is not needed, delete it. If it is, ask {support_email} whether "
                    "it applies to UbiQuity."
                ),
            ),
            SAVE_TRUST,
        ),
    ),
    "trust.explicit-deny": Wording(
        title=(mark("A Deny in the trust policy keeps UbiQuity out"),),
        detail=(NAMED, TURNS_ON, mark("A Deny overrides every statement that allows.")),
        fix=(
            OPEN_TRUST,
            FIND_QUOTED,
            FIND_DENY,
            _LEAVE_OUT_UBIQUITY,
            OUT_WITH_NOT_PRINCIPAL,
            lacks("paste", mark("Delete it, or change it so that it leaves out {ubiquity_root}.")),
            SAVE_TRUST,
        ),
    ),
    "trust.too-open": Wording(
        title=(mark("Anyone in AWS may try to use the role"),),
        detail=(
            mark("The trust policy has “*” as Principal, which means every AWS account."),
            has("external_id_required", mark("Only the External ID keeps others out.")),
            lacks("external_id_required", mark("Others may also get in without your External ID.")),
            NAMED,
            mark("The connection does not need this: only UbiQuity’s account has to be there."),
        ),
        fix=PASTE_TRUST_FIX,
    ),
    "trust.external-id-mismatch": Wording(
        title=(
            has("found", mark("The External ID does not match")),
            mark("The External ID may not match"),
        ),
        detail=(
            mark("UbiQuity sends {expected}, and the trust policy asks for {found}."),
            "{difference}",
            mark("The trust policy also accepts {others}."),
            lacks(
                "found",
                mark(
                    "The trust policy has to ask for exactly your UbiQuity Account ID, without "
                    "spaces or line breaks."
                ),
            ),
        ),
        fix=(
            mark("In UbiQuity, open {database_id_place} and make sure that it is {expected}."),
            lacks("expected", mark("In UbiQuity, open {database_id_place} and copy it.")),
            OPEN_TRUST,
            Line(mark("Put {expected} in place of the value of sts:ExternalId."), _is_damaged),
            Line(
                mark(
                    "If {found} belongs to another UbiQuity database of yours, keep it and add "
                    'yours beside it: ["{found}", "{expected}"]. Otherwise put {expected} in its '
                    "place."
                ),
                _may_be_anothers,
            ),
            lacks("found", mark("Put it in place of the value of sts:ExternalId.")),
            SAVE_TRUST,
        ),
    ),
    "trust.external-id-placeholder": Wording(
        title=(mark("The External ID was not filled in"),),
        detail=(
            mark("The trust policy still has the guide’s {found} in place of {expected}."),
            lacks("found", mark("The trust policy still has the guide’s placeholder.")),
        ),
        fix=(
            OPEN_TRUST,
            mark("Put {expected} in place of {found}."),
            lacks(
                "expected",
                mark("Put your UbiQuity Account ID there. It is under {database_id_place}."),
            ),
            SAVE_TRUST,
        ),
    ),
    "trust.external-id-not-required": Wording(
        title=(
            _both("any", "certain", mark("UbiQuity gets in with any External ID")),
            has("any", mark("The trust policy accepts any External ID")),
            has("certain", mark("UbiQuity gets in without an External ID")),
            mark("The trust policy does not ask for your External ID"),
        ),
        detail=(
            mark(
                "All UbiQuity customers share one AWS account of UbiQuity. The External ID makes "
                "sure that only your own connectors can use the role."
            ),
            lacks("any", mark("The trust policy does not ask for it.")),
            has("any", mark("The trust policy asks for one, but accepts any.")),
            mark("The trust policy should ask for {expected}."),
        ),
        fix=PASTE_TRUST_FIX,
    ),
}
