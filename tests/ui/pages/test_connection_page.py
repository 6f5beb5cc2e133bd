"""The page Test: the customer, who watches for UbiQuity, and UbiQuity's own support."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.sign_in import PRACTISED_CUSTOMER, PRACTISED_SUPPORT, ByProfile
from app.core.snapshot import Caller
from app.core.told.answer import ToldAnswer
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.ports.accounts import PressedTest, SignedIn
from app.flow.ports.aws import CallTime, ListedPage, Visit, Visits
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, BUCKET, PLAIN, untouched, whole
from tests.helpers.fakes import (
    DENIED,
    NOT_LISTED,
    OFFLINE,
    FakeAccounts,
    FakeCustomer,
    FakePracticeUbiquity,
    FakeRoleSession,
    FakeUbiquity,
    Gate,
    signed_in,
)
from tests.helpers.pages import ConnectionPage
from tests.helpers.wizard import fake_accounts, listing, open_with, worked

pytestmark = pytest.mark.usefixtures("loop")

OTHER_ACCOUNT: Final = "120456789014"
_DONE: Final = frozenset({"role", "trust", "permissions", "connector"})
_ENTRY: Final = PLAIN.buckets[0]
SUCCESS: Final = PressedTest(_ENTRY, ToldAnswer.SUCCESS, files=1234)
READY: Final = "Ready\nNow press “Test Connection” in your connector in UbiQuity."
NO_LOOK: Final = AwsFailure(
    "cloudtrail:LookupEvents", "AccessDeniedException", "is not authorized", 400, "req-9"
)


def _visits() -> Visits:
    now = datetime.now(UTC).replace(microsecond=0)
    visit = Visit(now, "ap-southeast-2", "right", "11111111-2222-3333-4444-555555555555")
    return Visits((visit,), regions=("ap-southeast-2",))


def _practice(
    qtbot: QtBot,
    customer: FakeCustomer | None = None,
    method: Method = Method.CONSOLE,
    *others: SignedIn,
    account: str = ACCOUNT,
    answer: PressedTest = SUCCESS,
    idle: bool = True,
) -> ConnectionPage:
    """Come to the page on the practice AWS, and wait until what it begins has ended (``idle``)."""
    sign_in = signed_in(customer or FakeCustomer(whole(PLAIN)), FakeUbiquity([DENIED]), account)
    accounts = FakeAccounts(sign_in, *others)
    accounts.practice_ubiquity = FakePracticeUbiquity(answer)
    wizard = open_with(qtbot, PLAIN, method, accounts)
    wizard.store.change(lambda state: replace(state, creation=replace(state.creation, done=_DONE)))
    wizard.store.change(lambda state: state.at("test"))
    if idle:
        wizard.until_idle()
    return ConnectionPage(wizard)


def _support(ubiquity: FakeUbiquity) -> SignedIn:
    return signed_in(FakeCustomer(), ubiquity, UBIQUITY_ACCOUNT)


def _supports(
    qtbot: QtBot, ubiquity: FakeUbiquity, method: Method = Method.CONSOLE, *, idle: bool = True
) -> ConnectionPage:
    """Come to the page as UbiQuity's support, who can't read the customer's account."""
    sign_in = _support(ubiquity)
    wizard = open_with(qtbot, PLAIN, method, FakeAccounts(sign_in, practice=False))
    wizard.store.change(
        lambda state: replace(
            state, signed_in=sign_in, creation=replace(state.creation, done=_DONE)
        ).at("test")
    )
    if idle:
        wizard.until_idle()
    return ConnectionPage(wizard)


def _real(
    qtbot: QtBot, method: Method = Method.CONSOLE, account_of: FakeCustomer | None = None
) -> ConnectionPage:
    """Come to the page without a sign-in, or with the customer's own to ``account_of``."""
    wizard = open_with(qtbot, PLAIN, method, fake_accounts(practice=False))
    sign_in = replace(signed_in(account_of), way=ByProfile()) if account_of else None
    wizard.store.change(
        lambda state: replace(
            state, signed_in=sign_in, creation=replace(state.creation, done=_DONE)
        )
    )
    wizard.jump("test")
    return ConnectionPage(wizard)


def _listed(*answers: ListedPage | AwsFailure, draft: Draft = PLAIN) -> FakeRoleSession:
    entry = draft.buckets[0]
    return FakeRoleSession({(entry.name, entry.prefix): answers})


# As the customer


def test_it_begins_by_itself_and_then_it_is_ubiquitys_turn(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.call_times = (CallTime(frozenset({ChainLink.PERMISSIONS}), 1.0, 2.25),)
    page = _real(qtbot, account_of=customer)
    assert page.said("testResult") == READY
    assert page.watching.endswith("last looked 0 s ago")
    page.wizard.clock.now += 5
    page.wizard.until(lambda: page.watching.endswith("last looked 5 s ago"))
    assert (page.line, page.shows("practisePress")) == ("Waiting for: UbiQuity’s test", False)
    assert page.link("ubiquity") == "Not tried yet"
    assert page.link("role") == "In order · Seen from your account"
    assert page.link("permissions") == "In order · Worked out from the policies · 1.2\u00a0s"
    page.click("tried-button")
    tried = page.said("tried-checks")
    assert "The sign-in is to the right account" in tried
    assert f"You list the bucket {BUCKET}" in tried
    assert not page.shows("told-success")  # nobody has to tell what can be seen
    page.next()
    assert (page.page, page.focus) == ("test", "telling-button")


def test_ubiquity_is_seen_from_the_account_and_the_way_goes_on(
    qtbot: QtBot, clipboard: QClipboard
) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.histories = [_visits()]
    page = _real(qtbot, account_of=customer)
    page.wizard.until(lambda: page.shows("watchOutcome") and page.link("trust").count("·") == 2)
    assert "UbiQuity was here" in page.said("watchOutcome")
    assert page.said("testResult").startswith("UbiQuity gets in\n")
    for link in ("ubiquity", "role", "trust"):
        assert page.link(link).startswith("In order · Seen to work · ")
    assert page.link("bucket") == "In order · Seen from your account"  # that is the customer's
    page.click("copyRequestId")
    assert clipboard.text() == "11111111-2222-3333-4444-555555555555"
    page.next("finish")
    said = page.said("outcome")
    assert "was seen to use the role" in said
    assert "Connection successful" not in said  # nobody said so
    page.back("test")
    page.open_answers()
    page.do("told-success")
    assert page.said("testResult") == "It works\nUbiQuity’s own test was successful."


def test_the_watch_goes_on_elsewhere_and_ends_with_what_it_is_about(qtbot: QtBot) -> None:
    page = _real(qtbot, account_of=FakeCustomer(whole(PLAIN)))
    tasks, store = page.wizard.context.tasks, page.wizard.store
    page.back("connector")
    page.key(Qt.Key.Key_Escape)
    assert tasks.is_running("watch")
    page.wizard.jump("test")
    assert page.watching
    page.find(QAbstractButton, "watchStop").setFocus()
    page.click("watchStop")
    page.wizard.until(lambda: not tasks.is_running("watch"))
    assert page.focus == "watchAgain"
    assert not page.shows("watchLine")
    page.click("watchAgain")
    assert page.focus == "watchStop"
    assert page.watching
    assert tasks.is_running("watch")
    store.fill(replace(store.state.details.form, account_id=OTHER_ACCOUNT))
    page.wizard.until(lambda: not tasks.is_running("watch"))
    assert (store.state.connection.watch, store.state.connection.result) == (None, None)


def test_who_may_not_watch_is_asked_for_the_answer_and_what_is_pasted_tells(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.histories = [Visits(failures=(NO_LOOK,), regions=("ap-southeast-2",))]
    page = _real(qtbot, account_of=customer)
    page.wizard.until(lambda: page.shows("told-success"))
    assert "may not look into the account’s event history" in page.said("watchOutcome")
    text = page.find(QPlainTextEdit, "answerText")
    text.insertPlainText("Not authorised to perform sts:AssumeRole")
    page.wizard.until_idle()
    assert page.said("toldCause").startswith("The likeliest cause\n")
    assert page.said("testResult").startswith("Blocked\n")
    assert page.next_text == "Look the error up"
    page.next("explain")
    assert page.wizard.store.state.error_text.startswith("Not authorised")
    page.next("test")
    text.selectAll()
    text.insertPlainText("Connection successful. Found 1,234 files in bucket.")
    page.wizard.until_idle()
    assert page.said("testResult") == (
        "It works\nConnection successful. Found 1234 files in bucket."
    )
    page.next("finish")


def test_what_the_account_tells_is_said_in_its_place_with_the_button_that_mends_it(
    qtbot: QtBot,
) -> None:
    page = _practice(qtbot, FakeCustomer(untouched(PLAIN)), Method.CREATE)
    assert page.said("testResult").startswith("Blocked\nSomething keeps UbiQuity from using")
    assert "Role: " in page.said("testResult")
    assert page.link("role").startswith("Broken")
    assert "Who can act: You, with this program." in page.said("testChain-role")
    assert (page.next_text, page.shows("testAgain"), page.shows("watchLine")) == (
        "Mend it",
        True,
        False,
    )
    page.click("testChain-role-mend")
    page.wizard.until_idle()
    assert (page.page, page.said("title-create")) == ("create", "Review and mend")
    page.do()  # the changes
    page.next("test")
    assert page.said("testResult") == READY
    page.do("practisePress")
    page.next("finish")


def test_run_again_the_last_result_stands_beside_the_new(qtbot: QtBot) -> None:
    customer = FakeCustomer(untouched(PLAIN))
    page = _practice(qtbot, customer)
    assert (page.next_text, page.shows("testBefore")) == ("Test again", False)
    customer.snapshot = whole(PLAIN)
    page.do()
    assert page.said("testResult") == READY
    assert page.said("testBefore").startswith("Before: Blocked. Something keeps UbiQuity")
    assert page.said("testChain-role-note") == "Before: Broken"
    assert not page.shows("testChain-bucket-note")  # as it was
    page.do("testAgain")
    said = "Before: Ready. As far as this program can tell, UbiQuity can use the bucket."
    assert page.said("testBefore") == said  # what is past asks for nothing


def test_in_the_console_way_the_page_to_mend_it_on_is_named(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeCustomer(untouched(PLAIN)))
    assert page.next_text == "Test again"
    assert page.shows("testChain-role-mend")
    page.click("goAndMend")
    assert page.page == "role"


def test_an_account_that_keeps_ubiquity_out_is_not_called_untested(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeCustomer(untouched(PLAIN)))
    page.click("skipTest")
    assert page.said("outcome").endswith(
        "Something keeps UbiQuity from using the bucket. Go back to see why."
    )


def test_a_computer_that_is_offline_is_no_trouble_of_the_set_up(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    page = _practice(qtbot, customer)
    customer.who = OFFLINE
    page.do("testAgain")
    assert page.said("testResult").startswith("Not checked\n")
    assert page.link("caller").startswith("Broken")
    assert not page.shows("goAndMend")
    assert page.next_text == "Test again"
    customer.who = None
    page.do()
    assert page.said("testResult") == READY


def test_a_sign_in_to_another_account_is_said_to_be_that(qtbot: QtBot) -> None:
    elsewhere = FakeCustomer(whole(PLAIN))
    elsewhere.who = Caller("arn:aws:iam::999:user/jo", OTHER_ACCOUNT)
    page = _real(qtbot, account_of=elsewhere)
    assert page.said("testResult").startswith("Not checked\nThe sign-in has to be mended first.")
    assert page.link("caller").startswith("Broken")
    assert page.wizard.store.state.signed_in is not None  # it is somebody's, and stays
    page.click("testChain-caller-changeAccount")
    assert page.page == "details"


def test_a_test_can_be_cancelled_and_fills_the_chain_in_meanwhile(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.gate = gate = Gate()
    page = _practice(qtbot, customer, idle=False)
    page.wizard.until(lambda: gate.has_arrivals)
    assert not any(page.shows(name) for name in ("underWay", "testChain"))  # nothing flashes
    page.wizard.clock.now += 3
    page.wizard.until(lambda: page.shows("cancelButton") and page.shows("underWay"))
    assert page.said("underWay-caller-state") == "Done"
    assert page.said("underWay-role-state") == "In progress"
    page.wizard.clock.now += 4
    page.wizard.until(lambda: page.said("underWay-role-known") == "7 s")
    assert page.said("underWay-files-known") == "Waits for the region to answer"
    page.click("cancelButton")
    page.wizard.until_idle()
    assert page.said("testResult") == (
        "Stopped\nThe test was stopped before its end, so it says nothing yet. Nothing was changed "
        "in AWS."
    )
    assert page.said("underWay-role-state") == "Not tried"
    assert page.said("underWay-ubiquity-known") == "Waits for Test Connection in UbiQuity"
    assert (page.next_text, page.focus) == ("Test the connection", "nextButton")
    page.click("skipTest")
    assert "was not tested" in page.said("outcome")
    page.back("test")
    customer.gate = None
    gate.open()
    page.wizard.until_idle()
    assert page.said("testResult") == READY


def test_the_last_result_stays_until_the_next_test_takes_long_or_has_ended(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    page = _practice(qtbot, customer)
    customer.gate = gate = Gate()
    page.find(QAbstractButton, "testAgain").setFocus()
    page.click("testAgain")
    page.wizard.until(lambda: gate.has_arrivals)
    assert (page.said("testResult"), page.focus) == (READY, "testAgain")
    assert page.shows("testChain")
    page.wizard.clock.now += 3
    page.wizard.until(lambda: page.shows("underWay"))
    assert not page.shows("testChain")
    assert not page.shows("testResult")
    gate.open()
    page.wizard.until_idle()
    assert page.said("testResult") == READY


def test_a_second_press_tests_nothing_twice(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.gate = Gate()
    page = _practice(qtbot, customer, idle=False)
    for _ in range(3):
        page.click("nextButton")
    customer.gate.open()
    page.wizard.until_idle()
    assert len(customer.listed) == 1
    assert page.page == "test"


def test_a_window_that_closes_waits_for_no_call(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.gate = Gate()
    page = _practice(qtbot, customer, idle=False)
    page.wizard.until(lambda: customer.gate is not None and customer.gate.has_arrivals)
    page.window.close()
    page.wizard.until(lambda: not page.wizard.context.tasks.running)
    assert not page.window.isVisible()
    assert page.wizard.crashes == []


# On the practice AWS


def test_the_practice_ubiquity_presses_and_what_it_answers_counts(qtbot: QtBot) -> None:
    page = _practice(qtbot)
    assert page.said("testResult") == READY
    page.do("practisePress")
    assert page.said("testResult") == (
        "It works\nConnection successful. Found 1234 files in bucket."
    )
    assert page.watching  # it goes on
    assert page.link("role") == "In order · Seen to work"
    page.next("finish")
    page.back("test")
    assert page.said("testResult").startswith("It works")


def test_what_the_practice_ubiquity_is_refused_leads_to_the_cause(qtbot: QtBot) -> None:
    refused = PressedTest(_ENTRY, ToldAnswer.ASSUME, message=DENIED.message)
    page = _practice(qtbot, answer=refused)
    page.do("practisePress")
    assert page.said("testResult").startswith("Blocked\n")
    assert page.next_text == "Look the error up"
    page.open_answers()
    assert page.said("toldCause").startswith("The likeliest cause\n")
    page.do("told-success")
    page.next("finish")


def test_a_refusal_without_a_cause_is_no_success_and_can_be_tested_again(qtbot: QtBot) -> None:
    refused = PressedTest(_ENTRY, ToldAnswer.OTHER, message="Something went wrong")
    page = _practice(qtbot, answer=refused)
    page.do("practisePress")
    assert page.said("testResult").startswith("UbiQuity’s test failed\n")
    assert page.next_text == "Look the error up"
    page.do("testAgain")
    assert page.said("testResult") == READY
    assert page.said("testBefore").startswith("Before: UbiQuity’s test failed.")
    page.open_answers()
    page.do("told-success")
    page.next("finish")


def test_ubiquitys_support_can_be_practised_and_the_customer_again(qtbot: QtBot) -> None:
    support, customer = _support(FakeUbiquity([listing(PLAIN, 3)])), FakeCustomer(whole(PLAIN))
    page = _practice(qtbot, customer, Method.CONSOLE, support, signed_in(customer))
    page.do("practiseRole")
    assert page.said("testResult") == "It works\nConnection successful. Found 3 files in bucket."
    worked(page.wizard)
    assert not page.shows("telling-button")
    page.do("practiseRole")
    assert page.said("testResult") == READY
    accounts = page.wizard.context.accounts
    assert isinstance(accounts, FakeAccounts)
    assert accounts.asked[-2:] == [PRACTISED_SUPPORT, PRACTISED_CUSTOMER]


# As UbiQuity's support


def test_a_test_that_works(qtbot: QtBot) -> None:
    page = _supports(qtbot, FakeUbiquity([listing(PLAIN, 3)]))
    assert page.said("testResult") == "It works\nConnection successful. Found 3 files in bucket."
    assert (page.next_text, page.focus, page.line) == ("Next", "nextButton", "")
    assert page.said("underWay-role-known").startswith("Seen to work · ")
    assert not any(page.shows(name) for name in ("skipTest", "practiseRole", "telling-button"))
    page.do("testAgain")
    worked(page.wizard)
    assert page.said("testBefore") == (
        "Before: It works. Connection successful. Found 3 files in bucket."
    )
    page.next("finish")


def test_all_files_are_counted_and_the_sentence_says_how_many(qtbot: QtBot) -> None:
    first = ListedPage(1000, next_token="more")
    again = (first, ListedPage(236, markers=2))
    page = _supports(qtbot, FakeUbiquity([_listed(first, *again)]))
    assert "Found more than 1000 files in bucket." in page.said("testResult")
    page.click("count-0-begin")
    page.wizard.until(lambda: page.said("count-0").endswith("all were counted."))
    assert page.said("count-0").startswith("1,234 files: all were counted.")
    assert "Connection successful. Found 1234 files in bucket." in page.said("testResult")
    assert not page.shows("count-0-begin")
    page.next("finish")
    assert "Found 1234 files in bucket." in page.said("outcome")


FAILURES = [
    ([DENIED], "UbiQuity can’t assume the role.", GuideHeading.ASSUME, Method.CONSOLE, "role"),
    (
        [_listed(NOT_LISTED)],
        f"UbiQuity can’t list the bucket {BUCKET}.",
        GuideHeading.OPERATIONS,
        Method.CONSOLE,
        "permissions",
    ),
    ([DENIED], "UbiQuity can’t assume the role.", GuideHeading.ASSUME, Method.HANDOFF, "handoff"),
]


@pytest.mark.parametrize(("answers", "words", "trouble", "method", "place"), FAILURES)
def test_what_only_ubiquity_can_see_has_the_guides_advice(
    qtbot: QtBot,
    answers: list[FakeRoleSession | AwsFailure],
    words: str,
    trouble: GuideHeading,
    method: Method,
    place: str,
) -> None:
    page = _supports(qtbot, FakeUbiquity([*answers, listing(PLAIN)]), method)
    assert page.said("testResult") == f"It does not work yet\n{words}"
    page.click("tried-button")
    assert "AWS answered: “" in page.said("tried-checks")
    said = page.said("testAdvice")
    assert advice(trouble).title in said
    assert all(check in said for check in advice(trouble).checks)
    assert page.next_text == "Test again"
    page.click("goAndMend")
    assert page.page == place
    page.wizard.jump("test")
    worked(page.wizard)
    assert not page.shows("testAdvice")
    assert not page.shows("goAndMend")
    page.next("finish")


def test_a_role_that_is_too_open_works_and_is_warned_of(qtbot: QtBot) -> None:
    page = _supports(qtbot, FakeUbiquity([listing(PLAIN)], without=listing(PLAIN)))
    assert page.said("underWay-trust-state") == "Worth a look"
    page.click("tried-button")
    assert "The role let UbiQuity in without an External ID." in page.said("tried-checks")
    word, said = page.said("testResult").split("\n")
    assert word == "It works, with a warning"
    assert said.startswith("Connection successful. Found 3 files in bucket. The role let UbiQuity")
    page.next("finish")
    assert page.said("outcome").startswith("Warning\nConnection successful. Found 3 files")


# Without a sign-in


def test_the_real_test_is_in_ubiquity(qtbot: QtBot) -> None:
    page = _real(qtbot)
    assert "the real test is in UbiQuity" in page.said("test-how")
    assert page.focus == "told-success"
    page.next()
    assert (page.page, page.focus) == ("test", "told-success")
    page.click("told-success")
    assert page.said("testResult") == "It works\nUbiQuity’s own test was successful."
    page.next("finish")
    assert "you said that UbiQuity’s own test answered" in page.said("outcome")


@pytest.mark.parametrize(
    ("trouble", "place"),
    [
        (GuideHeading.ASSUME, "role"),
        (GuideHeading.OPERATIONS, "permissions"),
        (GuideHeading.REGION, "details"),
        (GuideHeading.EXTERNAL_ID, "trust"),
    ],
)
def test_each_other_answer_has_the_guides_advice(
    qtbot: QtBot, trouble: GuideHeading, place: str
) -> None:
    page = _real(qtbot)
    page.click(f"told-{trouble}")
    said = page.said("toldAdvice")
    assert all(check in said for check in advice(trouble).checks)
    page.next()
    assert page.page == "test"
    page.click("goAndMend")
    assert page.page == place
    page.wizard.jump("test")
    page.click("told-success")
    assert not page.shows("toldAdvice")
    page.next("finish")


def test_another_error_is_looked_up_and_the_way_back_loses_nothing(qtbot: QtBot) -> None:
    page = _real(qtbot)
    sidebar = page.sidebar
    page.click("told-other")
    assert page.page == "test"  # arrow keys choose as well: nobody is taken elsewhere by them
    assert page.next_text == "Look the error up"
    page.next("explain")
    assert page.focus == "errorText"
    page.wizard.store.take_error_text("sts:AssumeRole AccessDenied")
    assert page.next_text == "Back to the test"
    before = page.wizard.store.state
    page.next("test")
    assert page.wizard.store.state == before.at("test")
    assert page.sidebar == sidebar
    page.click("told-success")
    page.next("finish")


def test_with_a_sign_in_the_answer_counts_for_what_was_read(qtbot: QtBot) -> None:
    page = _real(qtbot, account_of=FakeCustomer(whole(PLAIN)))
    page.open_answers()
    page.do("told-success")
    assert page.link("role") == "In order · Seen to work"
    page.do("told-operations")
    assert page.said("testResult").startswith("Blocked\n")
    assert "Permissions: " in page.said("testResult")
    assert page.link("role") == "In order · Seen to work"
    page.do("told-success")
    page.next("finish")


def test_another_external_id_than_the_trust_policy_asks_for_is_ubiquitys_own(qtbot: QtBot) -> None:
    page = _real(qtbot, account_of=FakeCustomer(whole(PLAIN)))
    page.open_answers()
    page.do("told-external-id")
    word, said = page.said("testResult").split("\n")
    assert word == "UbiQuity’s test failed"
    assert "sent another External ID than the trust policy asks for" in said
    assert page.shows("toldAdvice")
    page.click("goAndMend")
    assert page.page == "details"


def test_finishing_without_success_is_possible_and_said(qtbot: QtBot) -> None:
    page = _real(qtbot)
    page.click("skipTest")
    assert "was not tested, so it is not known whether it works" in page.said("outcome")
    assert "Test: Skipped" in page.sidebar
    page.back("test")
    page.click("told-assume")
    assert page.find(QAbstractButton, "skipTest").text() == "Finish without a successful test"
    page.click("skipTest")
    assert "The last test did not succeed" in page.said("outcome")
