"""The words of findings about the bucket."""

from typing import Final

from app.core.i18n import mark
from app.core.wording.finding_words.lines import (
    FIND_DENY,
    FIND_QUOTED,
    LEAVE_OUT_THE_ROLE,
    MISTAKES,
    NAMED,
    TURNS_ON,
    Line,
    Wording,
    by_not_principal,
    has,
    lacks,
)

OPEN_BUCKET_POLICY: Final = (
    mark(
        "In the AWS console, open S3 > General purpose buckets > {bucket} > Permissions > Bucket "
        "policy > Edit."
    ),
    lacks(
        "bucket",
        mark(
            "In the AWS console, open S3 > General purpose buckets, choose the bucket, then "
            "Permissions > Bucket policy > Edit."
        ),
    ),
)
SAVE: Final = mark("Choose Save changes.")
PAST_THE_ROLE: Final = (
    lacks(
        "anybody",
        mark("This lets {who} use {actions} without the role and without your External ID."),
    ),
    has(
        "anybody",
        mark("This lets anyone use {actions} without the role and without your External ID."),
    ),
    NAMED,
    lacks("certain", TURNS_ON),
    lacks("certain", mark("This program cannot tell whether UbiQuity is kept out anyway.")),
    mark("The connection does not need this: the connector uses the role alone."),
)
"""What a statement that lets UbiQuity in directly does."""
TAKE_OUT: Final = (
    FIND_QUOTED,
    lacks("statement", mark("Find each statement that names {ubiquity_root} or “*”.")),
    Line(
        mark("If nothing else of yours relies on it, delete it."),
        lambda params: not params.get("others") and not params.get("anybody"),
    ),
    Line(
        mark("Take out of its Principal: {who}. These can stay: {others}."),
        lambda params: bool(params.get("others")) and not params.get("anybody"),
    ),
    has(
        "anybody",
        mark(
            "If it is not meant for everybody, delete it, or replace “*” with the "
            "accounts that need it."
        ),
    ),
)
"""How a statement that lets UbiQuity in directly is mended, once the policy is open."""


BUCKET_WORDS: Final[dict[str, Wording]] = {
    "bucket.missing": Wording(
        title=(mark("The bucket {bucket} does not exist"), mark("The bucket may not exist")),
        detail=(
            has("bucket", mark("AWS knows no bucket of that name.")),
            mark("The name must match exactly, in lower case and without spaces."),
        ),
        fix=(
            mark("In the AWS console, open S3 > General purpose buckets and look for the bucket."),
            mark("Correct the name in your details here, and in the connector in UbiQuity."),
            mark("If there is no bucket yet, choose Create bucket there."),
        ),
    ),
    "bucket.other-account": Wording(
        title=(
            has("account", mark("The bucket {bucket} belongs to another AWS account")),
            mark("The bucket may belong to another AWS account"),
        ),
        detail=(
            mark("The role is in the account {account}."),
            mark("The bucket has to be in the same AWS account as the role."),
        ),
        fix=(
            mark("Check the bucket’s name and the AWS account ID in your details."),
            mark("If both are right, do this setup in the account that owns the bucket."),
            mark("Or use a bucket of the account {account}."),
        ),
    ),
    "bucket.region-mismatch": Wording(
        title=(
            has("named", mark("The address names a region that AWS does not have: {named}")),
            has("found", mark("The bucket is in another region")),
            mark("The bucket may be in another region"),
        ),
        detail=(
            has("named", mark("The region meant is probably {found}.")),
            has(
                "named",
                mark(
                    "A region is written as a code such as ap-southeast-2. A zone, such as "
                    "ap-southeast-2a, or a name, such as Sydney, is not that code."
                ),
            ),
            mark("The bucket is in {found}, and your details say {expected}."),
            mark("The region in UbiQuity has to be the one where the bucket is."),
        ),
        fix=(
            mark("Set the region to {found} in your details here."),
            mark("Set the Region to {found} in the connector in UbiQuity."),
            has(
                "named",
                mark(
                    "Where another program said this, look in its settings, in AWS_REGION and "
                    "AWS_DEFAULT_REGION, and at “region =” in the AWS config file."
                ),
            ),
            lacks(
                "found",
                mark(
                    "In the AWS console, open S3 > General purpose buckets and read the AWS "
                    "Region of the bucket."
                ),
            ),
            lacks("found", mark("Set that Region in the connector in UbiQuity, and here.")),
        ),
    ),
    "bucket.explicit-deny": Wording(
        title=(
            has("actions", mark("The bucket policy of {bucket} refuses UbiQuity")),
            has("actions", mark("The bucket policy refuses UbiQuity")),
            mark("The bucket policy may refuse UbiQuity"),
        ),
        detail=(
            mark("The rule refuses {actions}, so UbiQuity cannot {deeds}."),
            NAMED,
            TURNS_ON,
            *MISTAKES,
            mark("A Deny overrides every statement that allows."),
        ),
        fix=(
            *OPEN_BUCKET_POLICY,
            FIND_QUOTED,
            FIND_DENY,
            *LEAVE_OUT_THE_ROLE,
            lacks(
                "paste",
                mark("Delete it, or change it so that it leaves out the role {role_name}."),
            ),
            SAVE,
        ),
    ),
    "bucket.deny-may-apply": Wording(
        title=(
            mark("The bucket policy of {bucket} may refuse UbiQuity"),
            mark("The bucket policy may refuse UbiQuity"),
        ),
        detail=(
            mark("The rule refuses {actions} in some cases."),
            NAMED,
            mark("The rule covers {part}, which is a part of what the connector reads."),
            TURNS_ON,
            *MISTAKES,
            Line(
                mark("Only UbiQuity can say whether it applies to UbiQuity."),
                lambda params: not params.get("part") and not by_not_principal(params),
            ),
        ),
        fix=(
            *OPEN_BUCKET_POLICY,
            FIND_QUOTED,
            FIND_DENY,
            *LEAVE_OUT_THE_ROLE,
            lacks(
                "paste",
                mark(
                    "If it is not needed, delete it. If it is, change it so that it leaves "
                    "out the role {role_name}, or ask {support_email} whether it applies to "
                    "UbiQuity."
                ),
            ),
            SAVE,
        ),
    ),
    "bucket.direct-grant": Wording(
        title=(
            has("anybody", mark("The bucket policy of {bucket} lets anybody in")),
            has("certain", mark("The bucket policy of {bucket} lets UbiQuity in without the role")),
            has("certain", mark("The bucket policy lets UbiQuity in without the role")),
            mark("The bucket policy may let UbiQuity in without the role"),
        ),
        detail=(
            *PAST_THE_ROLE,
            has(
                "anybody",
                mark(
                    "“*” means everybody on the internet, including UbiQuity. This check "
                    "does not look at whether the bucket’s Block Public Access keeps them "
                    "out."
                ),
            ),
        ),
        fix=(
            *OPEN_BUCKET_POLICY,
            *TAKE_OUT,
            mark("If no statement is left, choose Delete instead, which takes the policy away."),
            SAVE,
        ),
    ),
    "bucket.object-ownership": Wording(
        title=(mark("Files from other accounts may be unreadable"),),
        detail=(
            mark("The bucket {bucket} has ACLs switched on: Object Ownership is {ownership}."),
            mark(
                "A file that another AWS account puts there can belong to that account, "
                "and UbiQuity may not be able to read it."
            ),
        ),
        fix=(
            mark(
                "If no other account writes to the bucket, there is nothing to do. Otherwise go on:"
            ),
            mark(
                "In the AWS console, open S3 > General purpose buckets > {bucket} > Permissions > "
                "Object Ownership > Edit."
            ),
            lacks(
                "bucket",
                mark(
                    "In the AWS console, open S3 > General purpose buckets, choose the bucket, "
                    "then Permissions > Object Ownership > Edit."
                ),
            ),
            mark(
                "Choose ACLs disabled (recommended), once you are sure that no other system "
                "relies on ACLs."
            ),
            SAVE,
        ),
    ),
}
