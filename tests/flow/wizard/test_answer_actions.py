"""The way back: each kind of answer goes on where it belongs, or says what is wrong with it."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from app.core.draft import Draft
from app.core.fields.form import form_of
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_block import block_of
from app.core.formats.snapshot_json import dump_snapshot
from app.core.formats.what_is import Kind, what_is
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.snapshot import Caller, Snapshot, Unreadable
from app.flow.wizard.answer_actions import AnswerActions, awaits_answer
from app.flow.wizard.sent_back import SentBack
from app.flow.wizard.state import Flow, Method, SavedSession
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import ACCOUNT, PLAIN, untouched, whole

NOW: Final = datetime(2026, 11, 29, 1, 2, 3, tzinfo=UTC)
OTHER: Final = "210987654321"
RECEIPT: Final = {
    "format": "ubiquity-s3-setup/receipt",
    "version": 1,
    "kind": "apply",
    "state": "finished",
    "account_id": ACCOUNT,
}


def store_of(method: Method, draft: Draft = PLAIN) -> SetupStore:
    store = SetupStore(practice=False)
    store.fill(form_of(draft))
    store.choose_method(method)
    return store


def read(snapshot: Snapshot, *, hours: int = 1) -> Snapshot:
    """Return the snapshot as it was read so many hours ago."""
    return replace(snapshot, captured_at=NOW - timedelta(hours=hours))


def take(store: SetupStore, text: str) -> InputProblem | None:
    """Take ``text`` as the window does."""
    return asyncio.run(AnswerActions(store, lambda: NOW).take(what_is(text), text, "the answer"))


def sent_of(store: SetupStore) -> SentBack:
    sent = store.state.connection.sent
    assert sent is not None
    return sent


@pytest.mark.parametrize("method", [Method.HANDOFF, Method.CLOUDSHELL])
@pytest.mark.parametrize("dump", [dump_snapshot, block_of])
def test_a_sound_snapshot_leads_to_step_4_with_the_whole_diagnosis(
    method: Method, dump: Callable[[Snapshot], str]
) -> None:
    store = store_of(method)
    assert awaits_answer(store.state)
    assert take(store, dump(read(whole(PLAIN)))) is None
    assert store.state.page == "connector"
    checked = store.state.connection.checked
    assert checked is not None
    assert checked == sent_of(store).checked
    assert (checked.draft, checked.can_mend) == (PLAIN, False)
    if method is Method.CLOUDSHELL:
        assert "cloudshell" in store.state.creation.done


def test_what_is_not_sound_stays_and_can_be_sent_again() -> None:
    store = store_of(Method.CLOUDSHELL)
    take(store, block_of(read(untouched(PLAIN))))
    assert store.state.page == "cloudshell"
    assert not sent_of(store).is_sound
    assert store.state.connection.checked == sent_of(store).checked
    take(store, block_of(read(whole(PLAIN))))
    assert store.state.page == "connector"
    # With other details it is no answer to anything.
    store.edit("database_id", "Zq7JBlwfjUOUcQjd5gt7vA")
    assert store.state.connection.sent is None
    assert "cloudshell" not in store.state.creation.done


def test_what_is_not_certain_is_shown_and_may_be_gone_on_with() -> None:
    store = store_of(Method.CLOUDSHELL)
    unsure = replace(
        read(whole(PLAIN)), unreadable=(Unreadable("buckets[0].policy", "AccessDenied", "no"),)
    )
    take(store, block_of(unsure))
    assert store.state.page == "cloudshell"
    assert not sent_of(store).is_sound
    assert store.next() is None
    assert store.state.page == "connector"


def test_old_and_foreign_ones_are_said_and_not_gone_on_with() -> None:
    store = store_of(Method.CLOUDSHELL)
    take(store, block_of(read(whole(PLAIN), hours=25)))
    assert store.state.page == "cloudshell"
    assert "more than a day ago" in sent_of(store).notes[0].text
    assert store.waiting() is None  # the person may go on
    jo = Caller(f"arn:aws:iam::{OTHER}:user/jo", OTHER)
    foreign = replace(read(whole(PLAIN)), caller=jo)
    take(store, block_of(foreign))
    assert store.state.page == "cloudshell"
    assert not sent_of(store).is_sound
    assert OTHER in sent_of(store).notes[0].text


def test_a_receipt_stands_for_the_block_of_cloudshell_and_an_arn_does_not() -> None:
    store = store_of(Method.CLOUDSHELL)
    take(store, role_arn(ACCOUNT))
    assert store.state.page == "cloudshell"
    assert "cloudshell" not in store.state.creation.done
    take(store, json.dumps(RECEIPT))
    assert store.state.page == "connector"
    assert "cloudshell" in store.state.creation.done


def test_an_arn_or_a_receipt_leads_on_from_the_hand_off() -> None:
    for text in (role_arn(ACCOUNT), json.dumps(RECEIPT)):
        store = store_of(Method.HANDOFF)
        assert take(store, text) is None
        assert store.state.page == "connector"
        assert sent_of(store).problem is None
        assert store.state.creation.ticks["handoff"] == PLAIN


def test_an_answer_that_is_not_right_says_why_and_the_right_one_leads_on() -> None:
    store = store_of(Method.HANDOFF)
    for text, code in (
        (role_arn(OTHER), "answer.account"),
        (json.dumps({**RECEIPT, "state": "undone"}), "answer.receipt-undone"),
        ("arn:aws:iam::123456789012:user/jo", "answer.user"),
    ):
        take(store, text)
        assert store.state.page == "handoff"
        problem = sent_of(store).problem
        assert problem is not None
        assert problem.code == code
    take(store, role_arn(ACCOUNT))
    assert store.state.page == "connector"


def test_an_arn_alone_does_not_stand_for_what_cloudshell_printed() -> None:
    store = store_of(Method.CLOUDSHELL)
    take(store, role_arn(ACCOUNT))
    assert store.state.page == "cloudshell"
    assert sent_of(store).is_sound
    waiting = store.waiting()
    assert waiting is not None
    assert waiting.focus == "block"


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (Kind.BLOCK, block_of(whole(PLAIN))[:200], "cut short"),
        (Kind.SNAPSHOT, dump_snapshot(whole(PLAIN))[:-9], "this is not JSON"),
        (Kind.RECEIPT, '{"format": "ubiquity-s3-setup/receipt"', "this is not JSON"),
    ],
)
def test_what_can_not_be_read_is_a_sentence_and_changes_nothing(
    kind: Kind, text: str, said: str
) -> None:
    store = store_of(Method.HANDOFF)
    before = store.state
    problem = asyncio.run(AnswerActions(store).take(kind, text, "the answer"))
    assert problem is not None
    assert said in problem.text
    assert store.state == before
    assert take(store, role_arn(ACCOUNT)) is None
    assert store.state.page == "connector"


def test_an_earlier_start_that_waits_is_gone_on_with() -> None:
    store = SetupStore(practice=False)
    session = SavedSession("handoff", form_of(PLAIN), Method.HANDOFF, frozenset())
    store.offer_resuming(session)
    assert not awaits_answer(store.state)
    AnswerActions(store).resume_for_answer()
    assert (store.state.page, store.state.draft) == ("handoff", PLAIN)
    assert awaits_answer(store.state)
    store = SetupStore(practice=False)
    store.offer_resuming(replace(session, method=Method.CONSOLE))
    AnswerActions(store).resume_for_answer()
    assert store.state.past.resumable is not None


def test_only_a_set_up_done_elsewhere_waits_for_an_answer() -> None:
    store = store_of(Method.CONSOLE)
    assert not awaits_answer(store.state)
    store.go_by(Method.CLOUDSHELL)
    assert store.state.page == "cloudshell"
    assert awaits_answer(store.state)
    store.begin(Flow.CHECK)
    assert not awaits_answer(store.state)
    fresh = SetupStore(practice=False)
    fresh.choose_method(Method.CREATE)
    fresh.next()
    fresh.next()
    assert fresh.state.page == "sign-in"
    fresh.go_by(Method.CLOUDSHELL)
    assert fresh.state.page == "details"
