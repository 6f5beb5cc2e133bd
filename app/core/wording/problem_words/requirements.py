"""The words of what is wrong with an organisation's requirements."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message

REQUIREMENT_PROBLEM_WORDS: Final[dict[str, Message]] = {
    "boundary.malformed": mark(
        "This is not the ARN of a policy. It looks like arn:aws:iam::123456789012:policy/Name."
    ),
    "boundary.other-account": mark(
        "This policy belongs to account {account}. A boundary has to be in the role’s own account."
    ),
    "boundary.own-policy": mark(
        "This is the policy that grants UbiQuity its access. A boundary is another policy, which "
        "your organisation has."
    ),
    "tags.malformed": mark("Write each tag as Name=value, with a comma between two tags."),
    "tags.reserved": mark("Names that begin with “aws:” belong to AWS. Choose another name."),
    "tags.twice": mark("“{key}” is there twice. Use each name only once."),
    "tags.too-long": mark(
        "The tag “{key}” is too long: AWS allows 128 characters for a name and 256 for a value."
    ),
    "tags.characters": mark(
        "The tag “{key}” holds a character that AWS does not allow. Letters, "
        "digits, spaces and _ . : / = + - @ are fine."
    ),
    "tags.too-many": mark("AWS allows at most {limit} tags of your own on one role."),
    "description.malformed": mark(
        "AWS allows up to 1,000 characters here, in Western European letters only."
    ),
}
