"""The store: every edit and step of the set-up, without any window."""

from dataclasses import replace
from typing import Final

import pytest

from app.core.change import Plan
from app.core.draft import Draft
from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice, form_of
from app.core.journal import RunKind, new_journal
from app.core.problem import Severity
from app.core.told.answer import ToldAnswer
from app.core.wording.problems import problem_text
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.redo import again_by_field, again_sentences, to_do_again
from app.flow.wizard.run_state import Run
from app.flow.wizard.session import saved
from app.flow.wizard.state import Flow, Method, Revoking, SavedSession, SetupState
from app.flow.wizard.store import SetupStore
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, MOMENT, PLAIN, REGION, untouched
from tests.helpers.fakes import OFFLINE, FakeCustomer, signed_in
from tests.helpers.reviews import reviewed

FORM: Final = form_of(PLAIN)
REGIONS: Final = {"ap-southeast-2": "Asia Pacific (Sydney)", "us-east-1": "US East (N. Virginia)"}
CREATED: Final = Run(reviewed(PLAIN, untouched(PLAIN), Plan(())), finished=True)
PASSED: Final = ConnectionResult(
    (ConnectionCheck(CheckKind.ASSUME, CheckState.PASSED),), (), finished=True
)


def store_of(*, practice: bool = False, form: DetailsForm = FORM) -> SetupStore:
    """Return a store with a form that was filled in."""
    store = SetupStore(practice=practice)
    store.fill(form)
    return store


def finished(method: Method = Method.CONSOLE, *, practice: bool = False) -> SetupStore:
    """Return a store that stands on the last page, with everything done."""
    store = store_of(practice=practice)
    store.choose_method(method)
    own = ("cloudshell",) if method is Method.CLOUDSHELL else ("role", "trust", "permissions")
    for page in (*own, "connector"):
        store.tick(page, done=True)
    store.change(
        lambda state: replace(
            state,
            signed_in=signed_in(FakeCustomer()),
            creation=replace(state.creation, run=CREATED),
            connection=replace(
                state.connection,
                result=PASSED,
                in_ubiquity=UbiquityAnswer(ToldAnswer.SUCCESS),
            ),
        )
    )
    while store.state.page != "finish":
        assert store.next() is None
    return store


def draft_of(store: SetupStore) -> Draft | None:
    return store.state.draft


def question(store: SetupStore) -> SavedSession | None:
    """Return the earlier start that the person is asked about."""
    return store.state.past.resumable


def said(store: SetupStore, field: str) -> list[str]:
    return [problem_text(remark) for remark in store.state.details.remarks.get(field, ())]


# Listeners


def test_listeners_hear_of_changes_alone() -> None:
    store, heard = SetupStore(practice=False), list[SetupState]()
    store.subscribe(heard.append)
    store.edit("account_id", "1")
    store.edit("account_id", "1")
    store.start_anew()
    assert [state.details.form.account_id for state in heard] == ["1"]
    assert heard[-1] is store.state


# The form


def test_an_edit_is_kept_as_it_was_typed() -> None:
    store = store_of()
    store.edit("account_id", f" {ACCOUNT} ")
    assert store.state.details.form.account_id == f" {ACCOUNT} "
    assert draft_of(store) == PLAIN
    assert store.state.details.touched == frozenset()


def test_a_field_is_cleaned_when_it_is_left_and_that_is_said() -> None:
    store = store_of()
    store.edit("database_id", f"\u200b{DATABASE_ID}\n")
    store.leave("database_id")
    assert store.state.details.form.database_id == DATABASE_ID
    assert said(store, "database_id") == [
        "One line break was removed.",
        "One invisible character was removed.",
    ]
    store.leave("database_id")
    assert len(said(store, "database_id")) == 2  # it stays until the field is edited again
    store.edit("database_id", "x")
    assert said(store, "database_id") == []


def test_a_paste_is_cleaned_before_its_messages_are_due() -> None:
    store = SetupStore(practice=False)
    store.edit("account_id", f" {ACCOUNT}")
    store.clean("account_id")
    assert store.state.details.form.account_id == ACCOUNT
    assert said(store, "account_id") == ["One space was removed."]
    assert store.state.details.touched == frozenset()


def test_a_wrong_field_stays_as_it_is_and_its_message_is_due() -> None:
    store = store_of()
    store.edit("account_id", " 12 ")
    assert "account_id" not in store.state.details.touched
    store.leave("account_id")
    assert store.state.details.form.account_id == " 12 "
    assert store.state.details.touched == {"account_id"}
    assert said(store, "account_id") == []
    store.edit("account_id", ACCOUNT)
    assert store.state.details.check.problems("account_id") == ()


@pytest.mark.parametrize(
    ("pasted", "name", "region", "prefix"),
    [
        ("s3://acme-imports/imports/", "acme-imports", "", "imports/"),
        ("arn:aws:s3:::acme-imports/a/b/*", "acme-imports", "", "a/b/"),
        (
            "https://acme-imports.s3.us-east-1.amazonaws.com/imports/x.csv",
            "acme-imports",
            "us-east-1",
            "imports/",
        ),
    ],
)
def test_an_address_fills_in_its_empty_siblings(
    pasted: str, name: str, region: str, prefix: str
) -> None:
    store = SetupStore(practice=False)
    store.edit("buckets[0].name", pasted)
    store.leave("buckets[0].name")
    assert store.state.details.form.buckets == (BucketForm(name, region, prefix),)
    assert any("Filled in" in text for text in said(store, "buckets[0].name"))


def test_an_address_in_the_prefix_names_the_bucket() -> None:
    store = SetupStore(practice=False)
    store.edit("buckets[0].prefix", "s3://acme-imports/imports/")
    store.leave("buckets[0].prefix")
    assert store.state.details.form.buckets == (BucketForm("acme-imports", "", "imports/"),)


def test_an_address_changes_nothing_that_was_typed() -> None:
    store = store_of(form=FORM.with_text("buckets[0].prefix", "mine/"))
    store.edit("buckets[0].name", "https://acme.s3.us-east-1.amazonaws.com/imports/")
    store.leave("buckets[0].name")
    assert store.state.details.form.buckets == (BucketForm("acme", REGION, "mine/"),)


def test_an_address_of_the_second_bucket_fills_in_the_second() -> None:
    store = store_of()
    store.add_bucket()
    store.edit("buckets[1].name", "s3://another/folder/")
    store.leave("buckets[1].name")
    assert store.state.details.form.buckets == (
        FORM.buckets[0],
        BucketForm("another", "", "folder/"),
    )


def test_regions_arrive_late() -> None:
    store = store_of(form=FORM.with_text("buckets[0].region", "Sydney"))
    assert draft_of(store) is None
    store.learn_regions(REGIONS)
    assert store.known_regions == REGIONS
    assert draft_of(store) == PLAIN
    store.leave("buckets[0].region")
    assert store.state.details.form.buckets[0].region == REGION


def test_buckets_come_and_go() -> None:
    store = store_of()
    store.add_bucket()
    store.edit("buckets[1].name", "another")
    store.leave("buckets[0].name")
    store.leave("account_id")
    store.remove_bucket(0)
    assert store.state.details.form.buckets == (BucketForm("another"),)
    assert store.state.details.touched == {"account_id"}
    store.remove_bucket(0)
    assert len(store.state.details.form.buckets) == 1  # the last one stays


def test_a_choice_is_taken() -> None:
    store = store_of()
    store.edit("buckets[0].encryption", EncryptionChoice.CLIENT)
    assert draft_of(store) is None
    store.edit("buckets[0].encryption", EncryptionChoice.DEFAULT)
    store.edit("buckets[0].prefix", "imports")
    store.restrict_to_prefix(0, on=True)
    assert [p.code for p in store.state.details.check.errors] == ["prefix.slash-needed"]
    store.edit("buckets[0].prefix", "imports/")
    draft = draft_of(store)
    assert draft is not None
    assert draft.buckets[0].restrict_to_prefix


# What follows from other details


STEPS: Final = {"role", "trust", "permissions", "connector"}


@pytest.mark.parametrize(
    ("field", "value", "again", "why"),
    [
        ("account_id", "210987654321", STEPS, "Changed since: the AWS account."),
        (
            "database_id",
            "Zq7JBlwfjUOUcQjd5gt7vA",
            {"trust"},
            "Changed since: the UbiQuity Account ID.",
        ),
        ("buckets[0].name", "another", {"permissions", "connector"}, "Changed since: the bucket."),
        ("buckets[0].prefix", "imports/", {"connector"}, "Changed since: the folder."),
        ("buckets[0].region", "us-east-1", {"connector"}, "Changed since: the region."),
    ],
)
def test_other_details_undo_what_was_done_with_the_old_ones(
    field: str, value: str, again: set[str], why: str
) -> None:
    store = finished()
    store.change(lambda state: replace(state, failure=OFFLINE))
    store.edit(field, value)
    state = store.state
    assert state.creation.done == STEPS - again
    assert (state.creation.run, state.connection, state.failure) == (None, Connection(), None)
    assert state.creation.method is Method.CONSOLE
    assert {page.id for page in to_do_again(state)} == {*again, "test"}
    assert all(why in sentence for sentence in again_sentences(state))
    store.edit(field, FORM.text_of(field))  # it is as it was, and so is what was done in AWS
    assert store.state.creation.done == STEPS
    assert [page.id for page in to_do_again(store.state)] == []


def test_details_that_are_no_draft_yet_untick_nothing() -> None:
    store = finished()
    store.edit("account_id", "12")
    store.add_bucket()
    assert store.state.creation.done == STEPS
    assert again_sentences(store.state) == ()
    assert store.state.connection == Connection()  # it was of what is no more


def test_a_second_bucket_concerns_what_names_buckets() -> None:
    store = finished()
    store.add_bucket()
    store.edit("buckets[1].name", "another")
    store.edit("buckets[1].region", REGION)
    assert store.state.creation.done == {"role", "trust"}
    again = "Step 3, Step 4 and “Test the connection” are to be done again"
    assert again_sentences(store.state) == (f"{again}. Changed since: the list of buckets.",)
    assert again_by_field(store.state) == {"buckets": f"{again}. This has changed."}
    store.tick("permissions", done=True)
    store.remove_bucket(1)
    assert store.state.creation.done == {"role", "trust", "connector"}
    assert list(again_by_field(store.state)) == ["buckets"]


def test_what_a_tick_was_for_outlives_the_program() -> None:
    before = finished()
    before.edit("buckets[0].name", "another")
    after = SetupStore(practice=False)
    after.offer_resuming(saved(before.state))
    after.resume()
    assert after.state.creation.done == {"role", "trust"}
    assert again_by_field(after.state) == again_by_field(before.state)
    after.edit("buckets[0].name", BUCKET)
    assert after.state.creation.done == STEPS


def test_a_file_without_what_ticks_were_for_means_its_own_details() -> None:
    store = SetupStore(practice=False)
    done = frozenset({"role", "trust"})
    store.offer_resuming(SavedSession("permissions", FORM, Method.CONSOLE, done))
    store.resume()
    assert store.state.creation.done == done
    store.edit("database_id", "Zq7JBlwfjUOUcQjd5gt7vA")
    assert store.state.creation.done == {"role"}


def test_what_was_made_stays_where_the_same_is_needed() -> None:
    journal = new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT, changes=(), draft=PLAIN, now=MOMENT
    )
    made = Run(reviewed(PLAIN, untouched(PLAIN), Plan(())), journal, finished=True)
    store = finished(Method.CREATE)
    store.change(lambda state: replace(state, creation=state.creation.with_run(made)))
    runs = []
    for field, value in (("region", "us-east-1"), ("name", "another")):
        store.edit(f"buckets[0].{field}", value)
        runs.append(store.state.creation.run)
    assert runs == [made, None]
    (sentence, *_) = again_sentences(store.state)
    assert sentence.startswith(
        "“Review and create” is to be done again. Changed since: the bucket."
    )
    for text in (BUCKET, ""):  # what was made for it has to be looked at anew
        store.edit("buckets[0].name", text)
        assert store.state.creation.run is None


def test_what_was_sent_is_sent_again_where_it_would_be_another() -> None:
    store = finished(Method.HANDOFF)
    store.edit("buckets[0].region", "us-east-1")  # which is only for the connector
    assert "handoff" not in {page.id for page in to_do_again(store.state)}
    store.edit("buckets[0].name", "another")
    (sentence,) = again_sentences(store.state)[:1]
    assert sentence.startswith("“Send this to your AWS administrator” is to be done again")
    while store.state.page != "handoff":
        store.back()
    assert store.next() is None
    assert "handoff" not in {page.id for page in to_do_again(store.state)}


def test_the_same_details_written_otherwise_drop_nothing() -> None:
    store = finished()
    before = store.state
    store.edit("account_id", f"{ACCOUNT} ")
    store.leave("account_id")
    assert store.state.creation.done == before.creation.done
    assert store.state.connection.result == before.connection.result
    store.learn_regions(REGIONS)
    assert store.state.creation.done == before.creation.done


def test_another_way_needs_another_plan() -> None:
    store = finished()
    store.choose_method(Method.CONSOLE)
    plans = [store.state.creation.run]
    store.choose_method(Method.CREATE)
    plans.append(store.state.creation.run)
    assert plans == [CREATED, None]
    assert store.state.creation.done


# The way


@pytest.mark.parametrize("method", Method)
def test_the_whole_way_and_back(method: Method) -> None:
    store = finished(method)
    ids = ["finish"]
    while store.state.page != "welcome":
        store.back()
        ids.append(store.state.page)
    own = {
        Method.CREATE: "create",
        Method.CONSOLE: "trust",
        Method.HANDOFF: "handoff",
        Method.CLOUDSHELL: "cloudshell",
    }
    assert [page in ids for page in own.values()] == [method is one for one in own]
    store.back()
    assert store.state.page == "welcome"


def test_next_ends_at_the_last_page() -> None:
    store = finished()
    assert store.next() is None
    assert store.state.page == "finish"


def test_next_on_wrong_details_shows_every_message() -> None:
    store = SetupStore(practice=False)
    store.choose_method(Method.CONSOLE)
    store.next()
    assert store.next() is None
    store.edit("account_id", f" {ACCOUNT}")
    store.edit("buckets[0].name", "No!")
    waits = store.next()
    assert waits is not None
    assert waits.focus == "database_id"
    assert store.state.page == "details"
    assert store.state.details.touched >= {
        "account_id",
        "database_id",
        "buckets[0].name",
        "buckets[0].region",
    }
    assert store.state.details.form.account_id == ACCOUNT  # what is right was cleaned
    store.edit("database_id", DATABASE_ID)
    store.edit("buckets[0].name", BUCKET)
    store.edit("buckets[0].region", REGION)
    assert store.next() is None
    assert store.state.page == "role"


def test_next_shows_what_it_waits_for_elsewhere() -> None:
    store = store_of()
    store.next()
    waits = store.next()
    assert waits is not None
    assert waits == store.waiting()
    assert store.state.page == "method"
    store.choose_method(Method.HANDOFF)
    assert store.waiting() is None
    assert store.next() is None


@pytest.mark.parametrize("further", ["sign-in", "details", "create"])
def test_who_chooses_another_way_further_on_stands_on_that_way(further: str) -> None:
    store = store_of()
    store.choose_method(Method.CREATE)
    store.change(lambda state: replace(state, page=further))
    store.choose_method(Method.CONSOLE)
    assert store.state.page == ("details" if further == "details" else "method")
    assert store.next() is None


def test_who_disables_the_connector_after_all_sees_that() -> None:
    store = store_of()
    store.begin(Flow.REVOKE)
    store.choose_revoking(Revoking.DELETE_ROLE)
    assert store.next() is None
    assert store.state.page == "revoke"
    store.choose_revoking(Revoking.DISABLE)
    assert store.state.page == "revoke-way"
    store.choose_revoking(Revoking.DELETE_ROLE)
    assert store.next() is None
    assert store.state.page == "revoke"


def test_a_tick_can_be_taken_back() -> None:
    store = store_of()
    store.choose_method(Method.CONSOLE)
    store.tick("role", done=True)
    store.go_to("trust")
    assert store.state.page == "trust"
    store.tick("role", done=False)
    store.back()
    assert store.next() is not None
    store.tick("role", done=True)
    assert store.next() is None


def test_pages_that_cannot_be_reached_are_not_gone_to() -> None:
    store = store_of()
    store.go_to("finish")
    assert store.state.page == "welcome"
    store.go_to("method")
    assert store.state.page == "method"
    store.go_to("create")  # not on this way
    assert store.state.page == "method"


def test_nobody_leaves_while_something_is_done() -> None:
    store = finished()
    store.back()
    store.change(lambda state: replace(state, busy="Testing the connection"))
    store.next()
    store.back()
    store.go_to("welcome")
    store.skip_test()
    assert store.state.page == "test"
    store.change(lambda state: replace(state, busy=None))
    store.skip_test()
    assert store.state.page == "finish"


def test_a_page_starts_without_the_failure_of_another() -> None:
    store = finished()
    for leave in (store.back, lambda: store.go_to("details"), store.skip_test):
        store.change(lambda state: replace(state, failure=OFFLINE))
        leave()
        assert store.state.failure is None


def test_finishing_without_a_successful_test() -> None:
    store = finished()
    store.change(
        lambda state: replace(
            state, page="test", connection=replace(state.connection, result=None, in_ubiquity=None)
        )
    )
    assert store.next() is not None
    store.skip_test()
    assert store.state.page == "finish"
    store.back()
    assert store.state.page == "test"


# An earlier start


def restarted(session: SavedSession | None, *, practice: bool = False) -> SetupStore:
    store = SetupStore(practice=practice)
    store.offer_resuming(session)
    return store


def test_resuming_is_asked_once() -> None:
    session = saved(finished().state)
    store = restarted(session)
    assert question(store) == session
    assert store.state.details.form == DetailsForm()
    assert store.next() is not None
    store.resume()
    assert question(store) is None
    store.resume()  # nothing more to go on with
    assert store.state.details.form == FORM


def test_nothing_to_go_on_with() -> None:
    assert question(restarted(None)) is None
    nothing = SavedSession("details", DetailsForm(), None, frozenset())
    assert question(restarted(nothing)) is None


def test_starting_anew() -> None:
    store = restarted(saved(finished().state))
    store.start_anew()
    assert store.state == SetupStore(practice=False).state


@pytest.mark.parametrize("page", ["welcome", "details", "trust", "permissions", "connector"])
def test_going_on_with_a_real_account(page: str) -> None:
    before = finished()
    before.change(lambda state: replace(state, page=page))
    store = restarted(saved(before.state))
    store.resume()
    assert store.state.page == page
    assert draft_of(store) == PLAIN
    assert store.state.creation.method is Method.CONSOLE
    assert store.state.creation.done == before.state.creation.done
    assert store.state.connection.result is None


def test_what_was_tested_or_created_is_not_known_any_more() -> None:
    store = restarted(saved(finished(Method.CREATE).state))
    store.resume()
    assert store.state.page == "sign-in"
    console = restarted(saved(finished(Method.CONSOLE).state))
    console.resume()
    assert console.state.page == "test"


def test_going_on_in_the_practice_account_starts_at_the_first_step_to_do() -> None:
    store = restarted(saved(finished(practice=True).state), practice=True)
    store.resume()
    assert store.state.creation.done == frozenset()
    assert store.state.page == "role"
    assert draft_of(store) == PLAIN
    assert store.state.practice


@pytest.mark.parametrize(
    "session",
    [
        SavedSession("welcome", DetailsForm(), Method.CONSOLE, frozenset()),
        SavedSession("welcome", FORM, None, frozenset()),
        SavedSession("welcome", DetailsForm(account_id="1"), None, frozenset()),
    ],
)
def test_everyone_hears_that_it_was_answered(session: SavedSession) -> None:
    store, heard = restarted(session), list[SetupState]()
    store.subscribe(heard.append)
    store.resume()
    assert heard[-1].past.resumable is None
    assert heard[-1].details.form == session.details
    assert heard[-1].creation.method is session.method


def test_a_page_that_is_not_on_the_way() -> None:
    session = SavedSession("create", FORM, Method.HANDOFF, frozenset())
    store = restarted(session)
    store.resume()
    assert store.state.page == "connector"


def test_going_on_keeps_the_sign_in() -> None:
    store = restarted(saved(finished().state))
    sign_in = signed_in(FakeCustomer())
    store.change(lambda state: replace(state, signed_in=sign_in))
    store.resume()
    assert store.state.signed_in is sign_in


def test_messages_of_an_earlier_start_wait_until_they_are_due() -> None:
    wrong = replace(FORM, account_id="12")
    store = restarted(SavedSession("details", wrong, Method.CONSOLE, frozenset()))
    store.resume()
    assert store.state.details.touched == frozenset()
    assert [p.severity for p in store.state.details.check.errors] == [Severity.ERROR]
    store.edit("account_id", ACCOUNT)
    assert store.next() is None
