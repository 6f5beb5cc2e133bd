"""The words of every problem of a field, by its code.

One clear sentence, at most two: what is wrong, and what to do. ``{name}`` places are filled
from the problem's parameters; ``{number}`` is ``{count}`` as a word where it is small.
"""

from typing import Final

from app.core.i18n import mark
from app.core.message import Message, Plural
from app.core.wording.problem_words.answer import ANSWER_PROBLEM_WORDS
from app.core.wording.problem_words.bucket import BUCKET_PROBLEM_WORDS
from app.core.wording.problem_words.portal import PORTAL_PROBLEM_WORDS
from app.core.wording.problem_words.requirements import REQUIREMENT_PROBLEM_WORDS
from app.core.wording.problem_words.template import TEMPLATE_PROBLEM_WORDS

NUMBER_WORDS: Final[dict[int, str]] = {
    2: mark("Two"),
    3: mark("Three"),
    4: mark("Four"),
    5: mark("Five"),
    6: mark("Six"),
    7: mark("Seven"),
    8: mark("Eight"),
    9: mark("Nine"),
}
"""Counts at the start of a sentence."""

_CLEANED: Final[dict[str, Message]] = {
    "cleaned.spaces": Plural("One space was removed.", "{number} spaces were removed.", by="count"),
    "cleaned.tabs": Plural("One tab was removed.", "{number} tabs were removed.", by="count"),
    "cleaned.line-breaks": Plural(
        "One line break was removed.",
        "{number} line breaks were removed.",
        by="count",
    ),
    "cleaned.no-break-spaces": Plural(
        "One no-break space was removed.",
        "{number} no-break spaces were removed.",
        by="count",
    ),
    "cleaned.invisible": Plural(
        "One invisible character was removed.",
        "{number} invisible characters were removed.",
        by="count",
    ),
    "cleaned.quotes": Plural(
        "One quotation mark was removed.",
        "{number} quotation marks were removed.",
        by="count",
    ),
    "cleaned.hyphens": Plural(
        "One hyphen was removed.", "{number} hyphens were removed.", by="count"
    ),
    "offer.use": mark("Use “{value}”"),
    "offer.confirm": mark("It is right as it is"),
    "offer.empty": mark("Leave it empty"),
    "offer.key-in-aws": mark("Use this key"),
    "offer.no-key-in-aws": mark("Use no key"),
}

_ACCOUNT: Final[dict[str, Message]] = {
    "account.signed-in-other": mark("You are signed in to another account: {account}."),
    "account.empty": mark("Enter your AWS account ID: 12 digits."),
    "account.digits": Plural(
        "An AWS account ID has 12 digits; this has {count}.",
        "An AWS account ID has 12 digits; this has {count}.",
        by="count",
    ),
    "account.eleven": mark(
        "An AWS account ID has 12 digits; this has 11. "
        "Spreadsheets drop a zero at the start: if yours begins with 0, put it back."
    ),
    "account.no-digits": mark(
        "There is no number in this. Enter the 12 digits of your AWS account ID."
    ),
    "account.several": Plural(
        "This holds {count} account ID. Leave only your own.",
        "This holds {count} account IDs. Leave only the one that owns the bucket.",
        by="count",
    ),
    "account.letters": mark(
        "There is a letter among the digits, such as O for 0 or l for 1. "
        "Copy the number from AWS again."
    ),
    "account.scientific": mark(
        "A spreadsheet has shortened this number, and digits are lost. "
        "Copy the 12 digits from AWS instead."
    ),
    "account.arn-without": mark(
        "This ARN has no account number in it (an S3 bucket’s never has). "
        "Enter the 12 digits of your AWS account ID."
    ),
    "account.alias": mark(
        "This sign-in address has your account’s alias, {alias}, and not its number. "
        "Enter the 12 digits from the account menu, top right in the AWS console."
    ),
    "account.address-without": mark(
        "There is no account number in this address. "
        "Enter the 12 digits from the account menu, top right in the AWS console."
    ),
    "account.partition": mark(
        "This account is in China, GovCloud or the European Sovereign Cloud. "
        "UbiQuity can connect only to accounts of the standard AWS cloud."
    ),
    "account.ubiquity": mark(
        "This is UbiQuity’s own AWS account. Enter the ID of your account, which owns the bucket."
    ),
    "account.access-key": mark(
        "This is the ID of an access key. UbiQuity needs no access keys: "
        "enter the 12 digits of your AWS account ID."
    ),
    "account.canonical": mark(
        "This is a canonical user ID. Enter the 12 digits of your AWS account ID instead."
    ),
    "account.email": mark(
        "This is an e-mail address. Enter the 12 digits of your AWS account ID instead."
    ),
    "account.placeholder": mark(
        "This is the placeholder from the guide. Enter the 12 digits of your AWS account ID."
    ),
    "account.example": mark(
        "This is the example number from the guide. Check that it is your account’s own."
    ),
    "account.from-arn": mark("The account ID was taken from the ARN."),
    "account.from-address": mark("The account ID was taken from the address."),
    "account.from-words": mark("The account ID was taken from the text around it."),
    "account.other-script": mark("The digits were changed to 0–9."),
}

_DATABASE: Final[dict[str, Message]] = {
    "database.empty": mark(
        "Enter your UbiQuity Account ID. In UbiQuity it is under API > API IDs > Database ID."
    ),
    "database.percent": mark(
        "This was copied from a web address: characters are written as % and a number. "
        "Copy the UbiQuity Account ID from the page API > API IDs in UbiQuity."
    ),
    "database.characters": mark(
        "A UbiQuity Account ID can’t contain {characters}. Copy it again from UbiQuity."
    ),
    "database.short": mark("A UbiQuity Account ID has 22 characters; this has only one."),
    "database.long": mark(
        "An External ID has at most {limit} characters; this has {count}. "
        "Copy only the UbiQuity Account ID."
    ),
    "database.too-long": mark(
        "With this UbiQuity Account ID the trust policy is longer than AWS allows "
        "({limit} characters). Copy only the ID from UbiQuity."
    ),
    "database.secret": mark(
        "This looks like a secret key or token of AWS. Never paste one here: "
        "enter your UbiQuity Account ID."
    ),
    "field.secret": mark(
        "This looks like a secret key or token of AWS, which this program never needs here. It "
        "is not kept: delete it. If others have seen it, have it taken back in AWS."
    ),
    "database.padding": mark(
        "UbiQuity shows your UbiQuity Account ID without = at the end, and the two must match "
        "exactly."
    ),
    "database.guid": mark(
        "This is a GUID. UbiQuity Account IDs are in base64 form and have 22 characters: yours is "
        "in UbiQuity under API > API IDs > Database ID."
    ),
    "database.name": mark(
        "This looks like the name of a bucket, a role or a region. Your UbiQuity Account ID is "
        "in UbiQuity under API > API IDs > Database ID."
    ),
    "database.account": mark(
        "This looks like an AWS account ID. Your UbiQuity Account ID is in UbiQuity "
        "under API > API IDs > Database ID."
    ),
    "database.access-key": mark(
        "This looks like the ID of an AWS access key, which UbiQuity never needs. Your UbiQuity "
        "Account ID is in UbiQuity under API > API IDs > Database ID."
    ),
    "database.arn": mark(
        "This looks like an ARN of AWS. Your UbiQuity Account ID is in UbiQuity "
        "under API > API IDs > Database ID."
    ),
    "database.address": mark(
        "This looks like an address. Your UbiQuity Account ID is in UbiQuity "
        "under API > API IDs > Database ID."
    ),
    "database.email": mark(
        "This looks like an e-mail address. Your UbiQuity Account ID is in UbiQuity "
        "under API > API IDs > Database ID."
    ),
    "database.length": Plural(
        "A UbiQuity Account ID usually has {usual} characters; this has {count}. Check it.",
        "A UbiQuity Account ID usually has {usual} characters; this has {count}. Check it.",
        by="count",
    ),
    "database.mistyped": mark(
        "This has the right length, but not the form of a UbiQuity Account ID. "
        "Copy it from UbiQuity rather than typing it."
    ),
    "database.shape": mark(
        "A UbiQuity Account ID usually has only letters, digits, + and /. "
        "Check that nothing else was copied."
    ),
    "database.example": mark(
        "This is the example from the guide. Enter your own UbiQuity Account ID."
    ),
    "database.placeholder": mark(
        "This is the placeholder from the guide. Your own UbiQuity Account ID is in UbiQuity "
        "under API > API IDs > Database ID."
    ),
    "database.label": mark("The UbiQuity Account ID was taken from the text around it."),
    "database.brackets": mark("The brackets around it were removed."),
}

_ACROSS: Final[dict[str, Message]] = {
    "buckets.none": mark("Enter at least one bucket."),
    "buckets.twice": mark(
        "The bucket {bucket} is already in the list without a prefix. "
        "Remove one of the two, or give this one a prefix."
    ),
    "buckets.twice-prefix": mark(
        "The bucket {bucket} is already in the list with the prefix {prefix}. "
        "Remove one of the two, or change its prefix."
    ),
    "buckets.two-regions": mark(
        "A bucket is in one region, but {bucket} is in the list with both {other} and {region}. "
        "Correct the wrong one."
    ),
    "buckets.two-keys": mark(
        "The lines for the bucket {bucket} name different encryption keys. "
        "A bucket has one default key: check which it is."
    ),
    "buckets.limit-undone": mark(
        "Another line gives access to the whole bucket {bucket}, "
        "so limiting this one to its folder changes nothing."
    ),
    "buckets.too-many": Plural(
        "One policy has no room for {count} bucket: AWS allows {limit} characters. "
        "As written, {fit} fit.",
        "One policy has no room for {count} buckets: AWS allows {limit} characters. "
        "As written, the first {fit} fit.",
        by="count",
    ),
    "encryption.sse-c": mark(
        "UbiQuity can’t read files encrypted with SSE-C, "
        "because that needs keys which only you hold. Choose another encryption for the bucket."
    ),
}

PROBLEM_WORDS: Final[dict[str, Message]] = (
    _CLEANED
    | _ACCOUNT
    | _DATABASE
    | BUCKET_PROBLEM_WORDS
    | _ACROSS
    | PORTAL_PROBLEM_WORDS
    | ANSWER_PROBLEM_WORDS
    | REQUIREMENT_PROBLEM_WORDS
    | TEMPLATE_PROBLEM_WORDS
)
