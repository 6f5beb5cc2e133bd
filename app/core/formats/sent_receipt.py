"""A receipt that somebody sent back: read as far as it tells what was done, and where.

It comes as JSON (``apply --json``) or as the text that people keep. The text is in the language of
whoever made it: what has no words in any that this program knows stays unknown.
"""

import re
from typing import Final

from app.core.draft import Draft
from app.core.fields.role_answer import FIELD
from app.core.formats.reading import InputProblem, JsonObject, read_file
from app.core.formats.receipt_json import FORMAT, VERSION
from app.core.frozen import frozen
from app.core.i18n import in_every_language
from app.core.journal import RunKind, RunState
from app.core.problem import Problem, error
from app.core.wording.receipt import PRACTICE_WORDS, REVOKED_TITLE, STATE_WORDS

RECEIPT_LINE: Final = re.compile(
    r"^[> ]*\d+\. [^\n]+\n[> ]* (arn:aws[^\n]+)\n[> ]* \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC",
    re.MULTILINE,
)
"""A numbered line, what it was done to and when: so a receipt's text reads in every language."""
_ACCOUNT: Final = re.compile(r"arn:aws[a-z-]*:(?:iam|kms):[a-z0-9-]*:([0-9]{12}):")
_GONE_BACK: Final = (RunState.UNDOING, RunState.UNDONE)
_NOT_WHOLE: Final = (RunState.OPEN, RunState.CLOSED)


@frozen
class SentReceipt:
    """What a receipt tells; ``state`` is None where its language is not known here."""

    kind: RunKind
    state: RunState | None
    accounts: tuple[str, ...]
    """The accounts in which something was done: one, unless somebody joined two receipts."""
    practice: bool = False


def read_sent_receipt(text: str, name: str) -> SentReceipt | InputProblem:
    """Return what the receipt ``text`` tells; ``name`` is what the problem's sentence calls it."""
    if text.lstrip("\ufeff \n").startswith("{"):
        return read_file(text, name, _of_json)
    return _of_text(text)


def receipt_problem(receipt: SentReceipt, draft: Draft) -> Problem | None:
    """Return why ``receipt`` does not tell that ``draft``'s access was given; None where it does.

    A receipt holds no document: whether the access is right in each part, the test shows.
    """
    account = draft.account_id
    elsewhere = [each for each in receipt.accounts if each != account]
    if receipt.practice:
        return error(FIELD, "answer.receipt-practice", account=account)
    if elsewhere:
        return error(FIELD, "answer.receipt-account", found=elsewhere[0], account=account)
    if receipt.kind is RunKind.REVOKE:
        return error(FIELD, "answer.receipt-revoked")
    if receipt.state in _GONE_BACK:
        return error(FIELD, "answer.receipt-undone")
    if receipt.state in _NOT_WHOLE:
        return error(FIELD, "answer.receipt-unfinished")
    return None


def _of_json(top: JsonObject) -> SentReceipt:
    top.expect_format(FORMAT, VERSION)
    return SentReceipt(
        kind=RunKind(top.choice("kind", tuple(RunKind))),
        state=RunState(top.choice("state", tuple(RunState))),
        accounts=(top.text("account_id"),),
    )


def _of_text(text: str) -> SentReceipt:
    flowing = " ".join(text.split())
    # What stands around the lines, as the plan that ``apply`` prints, names others' accounts too.
    done_to = "\n".join(line[1] for line in RECEIPT_LINE.finditer(text.replace("\r\n", "\n")))
    state = next((state for state, words in STATE_WORDS.items() if _says(flowing, words)), None)
    return SentReceipt(
        kind=RunKind.REVOKE if _says(flowing, REVOKED_TITLE) else RunKind.APPLY,
        state=state,
        accounts=tuple(dict.fromkeys(found[1] for found in _ACCOUNT.finditer(done_to))),
        practice=_says(flowing, PRACTICE_WORDS),
    )


def _says(text: str, words: str) -> bool:
    return any(" ".join(said.split()) in text for said in in_every_language(words))
