"""The words of the problems of a template's address in S3."""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message, Plural

TEMPLATE_PROBLEM_WORDS: Final[dict[str, Message]] = {
    "template.empty": mark("Enter the address of the template in S3."),
    "template.signed": mark(
        "This is a signed link, which stops working and lets in whoever has it. Copy the file’s "
        "“Object URL” in the S3 console instead."
    ),
    "template.no-address": mark(
        "This is not the address of a file in S3. Open the file in the S3 console and copy its "
        "“Object URL”: it starts with https://."
    ),
    "template.long": Plural(
        "CloudFormation takes an address of at most {limit} characters; this has {count}.",
        "CloudFormation takes an address of at most {limit} characters; this has {count}.",
        by="count",
    ),
}
