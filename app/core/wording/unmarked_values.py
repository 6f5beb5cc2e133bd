"""What in a document is a person's own though nobody marked it: others' names, accounts, folders.

In JSON every text is, but for the words of AWS's policy language and of the guide. In running text
and in commands it is told by its shape. Sources: IAM User Guide, "IAM JSON policy elements
reference" and "IAM identifiers" (ARNs, unique ids); IAM Identity Center, start URLs.
"""

import re
from collections.abc import Callable
from typing import Final

from app.core.guide import POLICY_NAME, ROLE_NAME, SUPPORT_EMAIL, UBIQUITY_ACCOUNT
from app.core.wording.value_sentence import ValueSentence

# As texts, which are compiled where a document is hidden, not at each start.
_STRING: Final = r'"((?:[^"\\\n]|\\.)*)"(\s*:)?'
_POLICY_WORD: Final = (
    r"Allow|Deny|\*|true|false|20\d\d-\d\d-\d\d"
    r"|[a-z0-9-]{2,}:[A-Z*][A-Za-z*?]*|\*:\*|[a-z0-9-]{2,}:\*"  # actions
    r"|[a-z0-9.-]+\.amazonaws\.com"
    r"|ListBuckets?\d*|ObjectOperations\d*|AllowUbiQuity\w*"  # the guide's own Sids
    rf"|arn:aws:iam::{UBIQUITY_ACCOUNT}:root|{UBIQUITY_ACCOUNT}|{ROLE_NAME}|{POLICY_NAME}"
    r"|arn:aws:iam::aws:policy/[\w/-]+"
)
_ARN: Final = r"(arn:aws[a-z-]*:[\w-]*:[\w-]*:)([^\s:\"']*)(:)([^\s\"'”,;)\]]+)"
_SHAPES: Final = (
    r"(?<![\w•.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?<!\d)(?:\d{12}|\d{4}[ -]\d{4}[ -]\d{4})(?!\d)"
    r"|\b(?:A3T|ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|APKA|AROA|ASCA|ASIA)[A-Z0-9]{12,}"
    r"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|https?://[\w.-]+\.awsapps\.com\S*|\bssoins-\w+"
    r"|(?:/home/|/Users/|[A-Z]:\\Users\\)[^\s\"”]+"
)
_OURS: Final = frozenset({SUPPORT_EMAIL, UBIQUITY_ACCOUNT})
_GUIDES: Final = frozenset({f"role/{ROLE_NAME}", f"policy/{POLICY_NAME}", "root"})
_MASK: Final = "•"


def with_hidden(text: str, shown: Callable[[str], str]) -> str:
    """Return ``text`` with each such value as ``shown`` lets it be seen.

    What holds a masked value already stays, so that it can still be told what it is about.
    """
    return _by_shape(re.sub(_STRING, lambda string: _string(string, shown), text), shown)


def parted(text: str) -> ValueSentence:
    """Return a sentence that came whole, from a file or the system, with such values apart."""
    values: dict[str, str] = {}
    stem = "own"
    while f"{{{stem}" in text:
        stem += "_"

    def place(value: str) -> str:
        name = f"{stem}{len(values)}"
        values[name] = value
        return f"{{{name}}}"

    return ValueSentence(_by_shape(text, place), values)


def _string(string: re.Match[str], shown: Callable[[str], str]) -> str:
    value = string[1]
    is_key = string[2] is not None
    says_nothing = not any(map(str.isalnum, value))
    stays = is_key or says_nothing or _MASK in value or re.fullmatch(_POLICY_WORD, value)
    return string[0] if stays else f'"{shown(value)}"'


def _by_shape(text: str, shown: Callable[[str], str]) -> str:
    def arn(match: re.Match[str]) -> str:
        start, account, colon, name = match.groups()
        if account in {UBIQUITY_ACCOUNT, "aws"}:
            return match[0]
        hidden = account if not account or _MASK in account else shown(account)
        stays = name in _GUIDES or _MASK in name
        return f"{start}{hidden}{colon}{name if stays else shown(name)}"

    def other(match: re.Match[str]) -> str:
        return match[0] if match[0] in _OURS else shown(match[0])

    return re.sub(_SHAPES, other, re.sub(_ARN, arn, text))
