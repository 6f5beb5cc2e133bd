"""The receipt: what was done, where, when and by whom, and how to take it back."""

import json

import pytest

from app.core.change import Change, ChangeKind
from app.core.formats.receipt_json import receipt_to_json
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, Step, StepState, new_journal
from app.core.wording.change_words import by_hand_words, done_words
from app.core.wording.receipt import receipt_of, receipt_text
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, KEY_ARN, MOMENT, ROLE_ARN
from tests.helpers.runs import STARTS, change, made

CALLER = f"arn:aws:iam::{ACCOUNT}:user/jo"


def _journal(*states: StepState, state: RunState = RunState.FINISHED) -> Journal:
    changes = made(ENCRYPTED)
    journal = new_journal(
        kind=RunKind.APPLY,
        account_id=ACCOUNT,
        changes=changes,
        now=MOMENT,
        caller_arn=CALLER,
        draft=ENCRYPTED,
    )
    steps = tuple(Step(one, how, MOMENT) for one, how in zip(changes, states, strict=True))
    return replace(journal, steps=steps, state=state)


DONE = _journal(*[StepState.DONE] * 4)


def test_what_was_done_where_when_and_by_whom() -> None:
    text = receipt_text(receipt_of(DONE))
    for part in (ACCOUNT, CALLER, ROLE_ARN, KEY_ARN, "2026-11-23 01:02:03 UTC", "Finished"):
        assert part in text
    assert "1. The policy ubiquity-s3-access-policy was created" in text
    assert "4. The policy of the KMS key" in text


def test_how_to_take_it_back_by_hand_last_thing_first() -> None:
    receipt = receipt_of(DONE)
    assert [words.split()[0] for words in receipt.by_hand] == ["Put", "Detach", "Delete", "Delete"]
    text = receipt_text(receipt)
    for way in (
        "right after it was done: “Undo these changes”",
        "“Revoke access”, “Undo what this program did last”",
        "ubiquity-s3-setup apply --undo",
    ):
        assert way in text
    assert f"{DONE.id}.json" in text
    assert "KMS in the region ap-southeast-2" in text
    assert "stays different" not in text


def test_what_no_undo_brings_back_is_said() -> None:
    changes = STARTS["revoked with versions"]()[1]
    steps = tuple(Step(c, StepState.DONE, MOMENT) for c in changes)
    revoked = replace(DONE, steps=steps, kind=RunKind.REVOKE)
    text = receipt_text(receipt_of(revoked))
    for part in (
        "Once this is taken back, UbiQuity has the same access",
        "What stays different once it is taken back",
        "The old version v1 of the policy ubiquity-s3-access-policy stays deleted",
        "another unique id",
    ):
        assert part in text
    assert "apply --undo" not in text  # it takes no revocation back
    undone = tuple(replace(step, state=StepState.UNDONE) for step in steps)
    text = receipt_text(receipt_of(replace(revoked, steps=undone, state=RunState.UNDONE)))
    assert "How to take it back" not in text
    assert "What stays different\n- " in text


def test_an_uncertain_version_is_not_named() -> None:
    steps = tuple(Step(c, StepState.STARTED, MOMENT) for c in STARTS["shared and full"]()[1])
    assert "version ? " in receipt_text(receipt_of(replace(DONE, steps=steps)))


@pytest.mark.parametrize("name", STARTS)
def test_no_external_id_and_no_document(name: str) -> None:
    _start, changes = STARTS[name]()
    journal = replace(DONE, steps=tuple(Step(c, StepState.DONE, MOMENT) for c in changes))
    receipt = receipt_of(journal)
    both = receipt_text(receipt) + json.dumps(receipt_to_json(receipt))
    for secret in (DATABASE_ID, "another-database-id-00", "Statement", "sts:ExternalId"):
        assert secret not in both


def test_what_was_not_done_is_not_on_it() -> None:
    states = (StepState.DONE, StepState.STARTED, StepState.NOT_DONE, StepState.WAITING)
    receipt = receipt_of(_journal(*states, state=RunState.OPEN))
    assert len(receipt.lines) == 2
    text = receipt_text(receipt)
    assert "it is not certain whether AWS did this" in text
    assert "Not finished" in text
    assert KEY_ARN not in text


def test_what_was_taken_back_needs_nothing_more() -> None:
    states = (StepState.KEPT, *[StepState.UNDONE] * 3)
    text = receipt_text(receipt_of(_journal(*states, state=RunState.UNDONE)))
    assert text.count("(taken back)") == 3
    assert "(left as it is)" in text
    assert "By hand" not in text


def test_nothing_was_done() -> None:
    text = receipt_text(receipt_of(_journal(*[StepState.NOT_DONE] * 4)))
    assert "Nothing was changed." in text


def test_the_json() -> None:
    receipt = receipt_to_json(receipt_of(DONE))
    assert (receipt["format"], receipt["version"]) == ("ubiquity-s3-setup/receipt", 1)
    lines = receipt["lines"]
    assert isinstance(lines, list)
    assert [line["target"] for line in lines][1:3] == [ROLE_ARN, ROLE_ARN]
    assert json.loads(json.dumps(receipt)) == receipt


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_has_its_words(kind: ChangeKind) -> None:
    value = {"policy_arn": "a:policy/p", "version": "v3", "name": "inline"}
    one = change(kind, ROLE_ARN, value, value)
    for words in (done_words(one), by_hand_words(one)):
        assert words
        assert "{" not in words


def test_a_practised_run_sends_nobody_to_a_real_account() -> None:
    created = Change(ChangeKind.CREATE_ROLE, ROLE_ARN, None, {}, reversible=True)
    steps = (Step(created, StepState.DONE, MOMENT),)
    journal = Journal("1", RunKind.APPLY, ACCOUNT, MOMENT, steps, RunState.FINISHED)
    text = receipt_text(receipt_of(journal), practice=True)
    assert "PRACTICE: this was the practice AWS, and nothing real was changed." in text
    assert "command line" not in text
    assert "console" not in text


def test_it_names_what_was_mended() -> None:
    mended = replace(DONE, steps=DONE.steps[2:])
    assert "Receipt: mending the UbiQuity S3 connection" in receipt_text(receipt_of(mended))
    assert "Receipt: setting up the UbiQuity S3 connection" in receipt_text(receipt_of(DONE))


@pytest.mark.parametrize("practice", [True, False])
def test_what_was_taken_back_is_not_offered_to_be_undone(practice: bool) -> None:
    undone = receipt_of(_journal(*[StepState.UNDONE] * 4, state=RunState.UNDONE))
    assert "Undo" not in receipt_text(undone, practice=practice)
    half = (StepState.DONE, StepState.DONE, *[StepState.UNDONE] * 2)
    going_back = receipt_of(_journal(*half, state=RunState.UNDOING))
    assert "“Go on taking back”" in receipt_text(going_back, practice=practice)
    assert "Undo these changes" not in receipt_text(going_back, practice=practice)
    made = receipt_text(receipt_of(DONE), practice=practice)
    assert "“Undo these changes”" in made
