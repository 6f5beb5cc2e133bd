"""A receipt that was sent back, as JSON and as text: what it tells, and why it may not serve."""

import json
from typing import Final

import pytest

from app.core.documents.policies import trust_policy
from app.core.formats.reading import InputProblem
from app.core.formats.receipt_json import receipt_to_json
from app.core.formats.sent_receipt import SentReceipt, read_sent_receipt, receipt_problem
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.journal import RunKind, RunState, Step, StepState, new_journal
from app.core.problem import Problem
from app.core.wording.receipt import Receipt, receipt_of, receipt_text
from app.system.translations import available_languages, install_language
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, MOMENT
from tests.helpers.runs import made

_CHANGES = made(ENCRYPTED)
_JOURNAL = replace(
    new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT, changes=_CHANGES, now=MOMENT, draft=ENCRYPTED
    ),
    steps=tuple(Step(change, StepState.DONE, MOMENT) for change in _CHANGES),
    state=RunState.FINISHED,
)
RECEIPT: Final = receipt_of(_JOURNAL)
OTHER: Final = "210987654321"
STATES: Final = (
    (RunState.FINISHED, None),
    (RunState.OPEN, "answer.receipt-unfinished"),
    (RunState.CLOSED, "answer.receipt-unfinished"),
    (RunState.UNDOING, "answer.receipt-undone"),
    (RunState.UNDONE, "answer.receipt-undone"),
)


def texts_of(receipt: Receipt) -> list[str]:
    """Return the receipt in each form that it may come in."""
    text = receipt_text(receipt)
    quoted = "".join(f"> {line}\n" for line in text.splitlines())
    return [json.dumps(receipt_to_json(receipt)), text, quoted, text.replace("\n", "\r\n")]


def problem_of(text: str) -> Problem | None:
    sent = read_sent_receipt(text, "receipt.txt")
    assert isinstance(sent, SentReceipt), sent
    return receipt_problem(sent, ENCRYPTED)


def said() -> list[Problem]:
    """Return a problem of every kind."""
    receipts = [replace(RECEIPT, state=state) for state, _ in STATES]
    receipts.append(replace(RECEIPT, kind=RunKind.REVOKE))
    texts = [receipt_text(receipt) for receipt in receipts]
    texts += [receipt_text(RECEIPT, practice=True), receipt_text(RECEIPT).replace(ACCOUNT, OTHER)]
    return list(filter(None, map(problem_of, texts)))


@pytest.mark.parametrize(("state", "code"), STATES)
def test_how_far_a_run_came_is_told(state: RunState, code: str | None) -> None:
    for text in texts_of(replace(RECEIPT, state=state)):
        problem = problem_of(text)
        assert (problem.code if problem else None) == code


def test_what_stands_around_a_receipt_is_no_part_of_it() -> None:
    """``apply`` prints before it what it will change: UbiQuity's account stands in that."""
    plan = f"This will be changed:\n\n1. The role\n   {role_arn(OTHER)}\n   Before: nothing\n"
    trust = json.dumps(trust_policy(DATABASE_ID), indent=2)
    for text in texts_of(RECEIPT)[1:]:
        assert problem_of(f"{plan}{trust}\n\n{text}") is None


def test_a_receipt_of_something_else_does_not_serve() -> None:
    for text in texts_of(replace(RECEIPT, kind=RunKind.REVOKE)):
        assert problem_of(text) == said()[4]
    for text in texts_of(RECEIPT):
        problem = problem_of(text.replace(ACCOUNT, OTHER))
        assert problem is not None
        assert problem.params == {"found": OTHER, "account": ACCOUNT}
    practised = problem_of(receipt_text(RECEIPT, practice=True))
    assert practised is not None
    assert practised.code == "answer.receipt-practice"


def test_a_receipt_in_a_language_that_is_not_known_is_taken_by_its_lines() -> None:
    text = receipt_text(RECEIPT).replace("Finished.", "Fertig.")
    assert problem_of(text) is None


@pytest.mark.parametrize("tag", [each.tag for each in available_languages()])
def test_a_receipt_is_understood_whatever_language_it_was_made_in(tag: str) -> None:
    """As of a run in practice that took the access away: neither may pass for access given."""
    revoked = replace(RECEIPT, kind=RunKind.REVOKE, state=RunState.UNDONE)
    install_language(tag)
    text = receipt_text(revoked, practice=True)
    install_language("en")
    sent = read_sent_receipt(text, "receipt")
    assert isinstance(sent, SentReceipt)
    assert (sent.kind, sent.state, sent.practice) == (RunKind.REVOKE, RunState.UNDONE, True)


def test_a_damaged_one_is_refused() -> None:
    problem = read_sent_receipt(texts_of(RECEIPT)[0][:-3], "receipt.json")
    assert isinstance(problem, InputProblem)
    assert problem.text.startswith("receipt.json: this is not JSON")
