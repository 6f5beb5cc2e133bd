"""Drafts for the templates: the guide's cases, and values that no validation would let through."""

from typing import Final

from app.core.draft import BucketEntry, Draft
from tests.helpers.drafts import (
    ACCOUNT,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    REGION,
)

FOLDER: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (BucketEntry("acme-imports", REGION, "im*ports/${x}?é/", restrict_to_prefix=True),),
)
SEVERAL: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        BucketEntry("other", "us-east-1", "a/", kms_key_arn=KEY_ARN),
        BucketEntry("third", REGION, kms_key_arn=OTHER_KEY_ARN),
        BucketEntry("fourth", REGION, "b/", restrict_to_prefix=True),
        BucketEntry("fourth", REGION, "c c/", restrict_to_prefix=True),
    ),
)
NUMBERED: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        BucketEntry(f"acme-{ACCOUNT}-data", REGION, f"$im*/{ACCOUNT}/", restrict_to_prefix=True),
        BucketEntry(f"x{ACCOUNT}1", REGION),
    ),
)
"""A bucket with the account's number in its name, and one in whose name it is part of another."""

DRAFTS: Final = {
    "plain": PLAIN,
    "encrypted": ENCRYPTED,
    "folder": FOLDER,
    "several": SEVERAL,
    "numbered": NUMBERED,
}

_HOSTILE: Final = (
    "\"quoted\" 'too'",
    "$(touch /tmp/x)`id`",
    "</script><script>alert(1)</script>",
    "two\nlines\r\n  Type: AWS::IAM::User",
    "%{ if true }%PATH%",
    "${var.tags}$${x} ${AWS::StackName} ${!Literal} $${",
    '"}\nresource "aws_iam_user" "x" {',
    "back\\slash \\u0041 \\n",
    "{{resolve:ssm:x}}",
    "# no comment",
    "\u202eright to left\u2028\x85\x1b[2J",
    "é😀",
)


def hostile_drafts() -> dict[str, Draft]:
    """Return drafts with each hostile text wherever a text of theirs can stand."""
    return {
        text: Draft(
            text,
            text,
            (
                BucketEntry(text, text, f"{text}/", restrict_to_prefix=True, kms_key_arn=text),
                BucketEntry(f"{text}2", text),
            ),
        )
        for text in _HOSTILE
    }
