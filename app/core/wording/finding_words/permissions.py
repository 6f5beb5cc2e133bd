"""The words of findings about the role's permissions."""

from typing import Final

from app.core.i18n import mark
from app.core.wording.finding_words.lines import (
    FIND_DENY,
    FIND_QUOTED,
    LEAVE_OUT_THE_ROLE,
    MISTAKES,
    NAMED,
    TURNS_ON,
    Sentence,
    Wording,
    equals,
    has,
    lacks,
)

IN_POLICY: Final = mark("The statement is in the policy {policy}.")
OPEN_POLICY: Final[tuple[Sentence, ...]] = (
    mark(
        "In the AWS console, open IAM > Roles > {role_name} > Permissions, choose the policy "
        "{policy} and then Edit."
    ),
    lacks(
        "policy",
        mark(
            "In the AWS console, open IAM > Roles > {role_name} > Permissions, choose the policy "
            "{policy_name} and then Edit."
        ),
    ),
)
PASTE_POLICY: Final = mark(
    "Choose JSON and replace everything there with the permissions policy that this program "
    "shows (Step 3). If the policy serves other systems too, keep their statements."
)
SAVE_POLICY: Final = mark("Choose Next, then Save changes.")
AWS_OWN_POLICY: Final = mark(
    "If there is no Edit, the policy is one of AWS’s own. Then create {policy_name} as Step 3 "
    "says, and attach it to the role as well."
)
PASTE_POLICY_FIX: Final = (*OPEN_POLICY, PASTE_POLICY, SAVE_POLICY, AWS_OWN_POLICY)
ATTACH: Final = (
    mark(
        "In the AWS console, open IAM > Roles > {role_name} > Permissions > Add permissions > "
        "Attach policies."
    ),
    mark("Search for {policy_name}, tick it, and choose Add permissions."),
)

PERMISSION_WORDS: Final[dict[str, Wording]] = {
    "policy.missing": Wording(
        title=(
            has("account", mark("The role has no permissions for UbiQuity")),
            mark("The role may have no permissions for UbiQuity"),
        ),
        detail=(
            has("account", mark("No policy of the role allows UbiQuity anything.")),
            mark("The account {account} has no policy named {policy_name}."),
            mark("The role needs a policy that allows what UbiQuity does with the bucket."),
        ),
        fix=(
            mark("In the AWS console, open IAM > Policies > Create policy > JSON."),
            mark(
                "Replace everything there with the permissions policy that this program shows "
                "(Step 3), and choose Next."
            ),
            mark("Enter the policy name {policy_name} and choose Create policy."),
            *ATTACH,
        ),
    ),
    "policy.not-attached": Wording(
        title=(
            has("policy", mark("The permissions policy is not attached to the role")),
            mark("The permissions policy may not be attached to the role"),
        ),
        detail=(
            mark("The policy {policy} exists and would allow everything that UbiQuity needs."),
            mark("The policy has no effect until it is attached to {role_name}."),
        ),
        fix=ATTACH,
    ),
    "policy.placeholder": Wording(
        title=(mark("The permissions policy still names the guide’s example bucket"),),
        detail=(
            mark("The policy names {found}, where it has to name {bucket}."),
            IN_POLICY,
            mark("So nothing is allowed on your own bucket."),
        ),
        fix=PASTE_POLICY_FIX,
    ),
    "policy.wrong-bucket": Wording(
        title=(
            has("found", mark("The role has no permissions for the bucket {bucket}")),
            mark("The role may have no permissions for the bucket"),
        ),
        detail=(
            mark("Its policies name {found} instead."),
            mark("The bucket’s name in the policy must match exactly."),
        ),
        fix=PASTE_POLICY_FIX,
    ),
    "policy.objects-not-covered": Wording(
        title=(mark("The permissions reach the bucket, but not the files in it"),),
        detail=(
            mark("The policy allows {actions} on {found}, which is the bucket itself."),
            mark("For the files it has to be {expected}."),
            lacks("expected", mark("For the files, “/*” has to follow the bucket’s name.")),
            IN_POLICY,
        ),
        fix=PASTE_POLICY_FIX,
    ),
    "policy.bucket-not-covered": Wording(
        title=(mark("The permissions reach the files, but not the list of them"),),
        detail=(
            mark("The policy allows s3:ListBucket on {found}, which means files."),
            mark("For the list it has to be the bucket itself: {expected}."),
            lacks("expected", mark("For the list it has to be the bucket itself, without “/*”.")),
            IN_POLICY,
        ),
        fix=PASTE_POLICY_FIX,
    ),
    "policy.prefix-mismatch": Wording(
        title=(
            has("found", mark("The permissions are for a different folder from the connector’s")),
            mark("The permissions may be for a different folder from the connector’s"),
        ),
        detail=(
            mark("The connector asks for the folder {expected}."),
            equals("expected", "", mark("The connector has no prefix: it asks for everything.")),
            mark("The policy allows {actions} only for {found}."),
            IN_POLICY,
            mark("Both must match exactly, with “/” at the end and none at the start."),
        ),
        fix=(
            mark("Decide which folder is right. If it is the one in your details:"),
            *PASTE_POLICY_FIX,
            mark(
                "If it is the one in the policy: set the Prefix of the connector in UbiQuity, and "
                "the one in your details here, to that folder."
            ),
        ),
    ),
    "policy.action-missing": Wording(
        title=(
            mark("The permissions leave out {actions}"),
            mark("The permissions may leave out something that UbiQuity needs"),
        ),
        detail=(
            mark("So UbiQuity cannot {deeds}."),
            mark("It needs s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject."),
        ),
        fix=PASTE_POLICY_FIX,
    ),
    "policy.too-broad": Wording(
        title=(mark("The role may do more in S3 than UbiQuity needs"),),
        detail=(
            mark("The permissions reach other buckets: {buckets}."),
            mark("The permissions allow other actions: {actions}."),
            mark("The permissions open the whole of {whole}, and you asked for one folder."),
            mark("This is in {policies}."),
            mark("The connection works, but a role that may do less is safer."),
        ),
        fix=(
            *PASTE_POLICY_FIX,
            mark(
                "Detach the other policies from the role, so that only UbiQuity uses it. "
                "If another system needs them, give it a role of its own."
            ),
        ),
    ),
    "policy.explicit-deny": Wording(
        title=(
            has("actions", mark("A Deny in a policy of the role stops UbiQuity")),
            mark("A Deny in a policy of the role may stop UbiQuity"),
        ),
        detail=(
            mark("The rule refuses {actions}, so UbiQuity cannot {deeds}."),
            IN_POLICY,
            NAMED,
            TURNS_ON,
            *MISTAKES,
            mark("A Deny overrides every statement that allows."),
        ),
        fix=(
            *OPEN_POLICY,
            FIND_QUOTED,
            FIND_DENY,
            *LEAVE_OUT_THE_ROLE,
            lacks(
                "paste",
                mark("Delete it, or change it so that it leaves out what UbiQuity needs."),
            ),
            SAVE_POLICY,
        ),
    ),
    "policy.deny-may-apply": Wording(
        title=(mark("A Deny in a policy of the role may stop UbiQuity"),),
        detail=(
            mark("The rule refuses {actions} under a condition."),
            IN_POLICY,
            NAMED,
            TURNS_ON,
            *MISTAKES,
            mark("This program cannot tell whether it applies to UbiQuity."),
        ),
        fix=(
            *OPEN_POLICY,
            FIND_QUOTED,
            FIND_DENY,
            *LEAVE_OUT_THE_ROLE,
            lacks(
                "paste",
                mark(
                    "If it is not needed, delete it. If it is, ask {support_email} whether "
                    "it applies to UbiQuity."
                ),
            ),
            SAVE_POLICY,
        ),
    ),
    "policy.condition-blocks": Wording(
        title=(
            has("certain", mark("A condition in the permissions stops UbiQuity")),
            mark("A condition in the permissions may stop UbiQuity"),
        ),
        detail=(
            mark("The role is allowed {actions} under a condition only."),
            IN_POLICY,
            NAMED,
            TURNS_ON,
            has("certain", mark("UbiQuity does not meet it.")),
            lacks("certain", mark("This program cannot tell whether UbiQuity meets it.")),
        ),
        fix=PASTE_POLICY_FIX,
    ),
}
