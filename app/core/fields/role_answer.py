"""The role's ARN as an administrator sends it back: whether it is the one that UbiQuity may assume.

Sources: the guide, Step 1 (the exact name, and no path); IAM User Guide, "IAM identifiers" (the
forms of ARNs) and "IAM roles", for a session's ARN.
"""

import re
from typing import Final

from app.core.guide import ROLE_NAME, role_arn
from app.core.likeness import differ_by_at_most, letters
from app.core.pasted.cleaning import StrayCharacter, stray_kind
from app.core.problem import Problem, error

FIELD: Final = "role_arn"

# A terminal or a mail program breaks an ARN at its marks; a name that is torn is only joined where
# that makes the right one (``_holds_right``).
_ARN: Final = re.compile(
    r"arn\s*:\s*(aws[a-z-]*)\s*:\s*(iam|sts)\s*:\s*:\s*([0-9][0-9\s-]*)?:\s*([a-z-]+)"
    r"(?:\s*/\s*([\w+=,.@/-]*))?"
)
_QUOTED_LINE: Final = re.compile(r"\n[ \t]*(?:[>|][> |\t]*)")
_HYPHENS: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_NO_DIGIT: Final = re.compile(r"[\s-]")
_CONSOLE_ROLE: Final = re.compile(r"/roles/(?:details/)?([\w+=,.@-]+)")
_CONSOLE: Final = re.compile(r"https?://\S*console\.\S+")
_LETTERS_WRONG: Final = 2


def check_role_answer(text: str, account_id: str) -> Problem | None:
    """Return what is wrong with the answer ``text`` to "please send me the role's ARN".

    None where the right ARN stands in it, whatever stands around. ``account_id`` is the draft's.
    """
    text = _as_written(text)
    if _holds_right(text, account_id):
        return None
    arns = [_Arn(*parts.groups("")) for parts in _ARN.finditer(text)]
    if not arns:
        return _without_arn(text)
    roles = list(dict.fromkeys(arn for arn in arns if arn.kind == "role"))
    if not roles:
        return arns[0].mistaken()
    if len(roles) > 1:
        return error(FIELD, "answer.several", count=len(roles))
    return roles[0].difference(account_id)


def _as_written(text: str) -> str:
    """Return ``text`` without a quoted line's marks, other hyphens and what nobody sees in it."""
    seen = (char for char in text if stray_kind(char) is not StrayCharacter.INVISIBLE)
    return _QUOTED_LINE.sub("\n", "".join(seen).translate(_HYPHENS))


def _holds_right(text: str, account_id: str) -> bool:
    """Tell whether the right ARN stands in ``text``, with white space or without."""
    account = r"[\s-]*".join(account_id)
    first, last = (_with_gaps(part) for part in role_arn(account_id).split(account_id))
    # A full stop or a comma may end the sentence; with more behind it, it belongs to the name.
    return re.search(rf"{first}\s*{account}\s*{last}(?![.,]*[\w+=@/-])", text) is not None


def _with_gaps(text: str) -> str:
    return r"\s*".join(re.escape(char) for char in text)


class _Arn:
    """The parts of one ARN; a full stop at its end belongs to the sentence around it."""

    def __init__(self, partition: str, service: str, account: str, kind: str, name: str) -> None:
        self.partition, self.service = partition, service
        self.account = _NO_DIGIT.sub("", account)
        self.kind, self.full_name = kind, name.rstrip(".,")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Arn) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def text(self) -> str:
        named = f"/{self.full_name}" if self.full_name else ""
        return f"arn:{self.partition}:{self.service}::{self.account}:{self.kind}{named}"

    @property
    def name(self) -> str:
        return self.full_name.rpartition("/")[2]

    def mistaken(self) -> Problem:
        """Say what it is in the place of a role's."""
        codes = {"policy": "answer.policy", "user": "answer.user", "assumed-role": "answer.session"}
        code = codes.get(self.kind, "answer.other-arn")
        return error(FIELD, code, arn=self.text)

    def difference(self, account_id: str) -> Problem:
        """Say how the role differs from the one that is needed."""
        values = {"arn": self.text, "expected": role_arn(account_id)}
        if self.partition != "aws":
            return error(FIELD, "answer.partition", arn=self.text)
        if self.account != account_id:
            values |= {"found": self.account, "account": account_id}
            return error(FIELD, "answer.account", **values)
        if self.name == ROLE_NAME:
            path = f"/{self.full_name.removesuffix(self.name)}"
            return error(FIELD, "answer.path", path=path, **values)
        code = "answer.letter" if _is_alike(self.name) else "answer.name"
        return error(FIELD, code, name=self.full_name, role=ROLE_NAME, **values)


def _is_alike(name: str) -> bool:
    same = letters(name) == letters(ROLE_NAME)
    return same or differ_by_at_most(_LETTERS_WRONG, name.lower(), ROLE_NAME)


def _without_arn(text: str) -> Problem:
    role = _CONSOLE_ROLE.search(text)
    if role is not None:
        right = role[1] == ROLE_NAME
        return error(FIELD, "answer.console-role" if right else "answer.console", name=role[1])
    if _CONSOLE.search(text):
        return error(FIELD, "answer.console-page")
    if ROLE_NAME in text:
        return error(FIELD, "answer.name-alone", role=ROLE_NAME)
    return error(FIELD, "answer.none")
