"""The role's ARN as an administrator sends it back: whether it is the one that UbiQuity may assume.

Sources: the guide, Step 1 (the exact name, and no path); IAM User Guide, "IAM identifiers" (the
forms of ARNs) and "IAM roles", for a session's ARN.
"""

import re
from typing import Final

from app.core.guide import ROLE_NAME, role_arn
from app.core.likeness import differ_by_at_most, letters
from app.core.problem import Problem, error

FIELD: Final = "role_arn"

_ARN: Final = re.compile(r"arn:(aws[a-z-]*):(iam|sts)::([0-9]*):([a-z-]+)/?([\w+=,.@/-]*)")
_CONSOLE_ROLE: Final = re.compile(r"/roles/(?:details/)?([\w+=,.@-]+)")
_CONSOLE: Final = re.compile(r"https?://\S*console\.\S+")
_LETTERS_WRONG: Final = 2


def check_role_answer(text: str, account_id: str) -> Problem | None:
    """Return what is wrong with the answer ``text`` to "please send me the role's ARN".

    None where the right ARN stands in it, whatever stands around. ``account_id`` is the draft's.
    """
    arns = [_Arn(*parts.groups()) for parts in _ARN.finditer(text)]
    if any(arn.is_right(account_id) for arn in arns):
        return None
    if not arns:
        return _without_arn(text)
    roles = list(dict.fromkeys(arn for arn in arns if arn.kind == "role"))
    if not roles:
        return arns[0].mistaken()
    if len(roles) > 1:
        return error(FIELD, "answer.several", count=len(roles))
    return roles[0].difference(account_id)


class _Arn:
    """The parts of one ARN; a full stop at its end belongs to the sentence around it."""

    def __init__(self, partition: str, service: str, account: str, kind: str, name: str) -> None:
        self.partition, self.service, self.account = partition, service, account
        self.kind, self.full_name = kind, name.rstrip(".,")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Arn) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def text(self) -> str:
        return f"arn:{self.partition}:{self.service}::{self.account}:{self.kind}/{self.full_name}"

    @property
    def name(self) -> str:
        return self.full_name.rpartition("/")[2]

    def is_right(self, account_id: str) -> bool:
        return self.text == role_arn(account_id)

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
