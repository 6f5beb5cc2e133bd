from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.core.diagnosis.codes.catalogue import Link
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.sign_in import ByProfile
from app.core.snapshot import Caller
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.ports import CallTime, ListedFile, ListedPage
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, PLAIN, REGION, untouched, whole
from tests.helpers.fakes import (
    DENIED,
    NO_BUCKET,
    NOT_LISTED,
    OFFLINE,
    FakeAccounts,
    FakeCustomer,
    FakeRoleSession,
    FakeUbiquity,
    Gate,
    signed_in,
)
from tests.helpers.pages import Screen
from tests.helpers.wizard import fake_accounts, listing, open_with, worked

pytestmark = pytest.mark.usefixtures("loop")

FOLDER = Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION, "imports/"),))


OTHER_ACCOUNT = "120456789014"
_DONE = frozenset({"role", "trust", "permissions", "connector"})


def _practice(
    qtbot: QtBot,
    ubiquity: FakeUbiquity,
    draft: Draft = PLAIN,
    method: Method = Method.CONSOLE,
    customer: FakeCustomer | None = None,
    *,
    account: str = ACCOUNT,
    idle: bool = True,
) -> Screen:
    """Come to the page on the practice AWS, and wait until what it begins has ended (``idle``)."""
    sign_in = signed_in(customer or FakeCustomer(whole(draft)), ubiquity, account)
    wizard = open_with(qtbot, draft, method, FakeAccounts(sign_in))
    wizard.store.change(lambda state: replace(state, creation=replace(state.creation, done=_DONE)))
    wizard.store.change(lambda state: state.at("test"))
    if idle:
        wizard.until_idle()
    return Screen(wizard)


def _supports(qtbot: QtBot, ubiquity: FakeUbiquity, method: Method = Method.CONSOLE) -> Screen:
    """Come to the page as UbiQuity's support, who can't read the customer's account."""
    sign_in = signed_in(FakeCustomer(), ubiquity, UBIQUITY_ACCOUNT)
    wizard = open_with(qtbot, PLAIN, method, FakeAccounts(sign_in, practice=False))
    wizard.store.change(
        lambda state: replace(
            state, signed_in=sign_in, creation=replace(state.creation, done=_DONE)
        ).at("test")
    )
    wizard.until_idle()
    return Screen(wizard)


def _real(
    qtbot: QtBot, method: Method = Method.CONSOLE, account_of: FakeCustomer | None = None
) -> Screen:
    """Come to the page without UbiQuity's sign-in; with the customer's own to ``account_of``."""
    wizard = open_with(qtbot, PLAIN, method, fake_accounts(practice=False))
    sign_in = replace(signed_in(account_of), way=ByProfile()) if account_of else None
    wizard.store.change(
        lambda state: replace(
            state, signed_in=sign_in, creation=replace(state.creation, done=_DONE)
        )
    )
    wizard.jump("test")
    return Screen(wizard)


def _listed(*answers: ListedPage | AwsFailure, draft: Draft = PLAIN) -> FakeRoleSession:
    entry = draft.buckets[0]
    return FakeRoleSession({(entry.name, entry.prefix): answers})


# Made by this program


def test_a_test_that_works(qtbot: QtBot) -> None:
    files = ListedPage(234, readable=ListedFile("imports/a.csv", 1))
    page = _practice(qtbot, FakeUbiquity([_listed(files, draft=FOLDER)]), FOLDER)
    assert page.said("testResult") == (
        "It works\nConnection successful. Found 234 files in bucket."
    )
    assert (page.next_text, page.focus, page.line) == ("Next", "nextButton", "")
    assert not page.shows("skipTest")
    page.click("tried-button")
    rows = [page.said(f"tried-checks-check-{n}-state") for n in range(5)]
    assert rows == ["Done · under 0.1 s"] * 5
    assert f"lists imports/ in the bucket {BUCKET} ({REGION})" in page.said("tried-checks")
    assert "234 files found" in page.said("tried-checks")
    page.next("finish")


def test_it_begins_by_itself_and_not_again_while_its_result_holds(qtbot: QtBot) -> None:
    ubiquity = FakeUbiquity([listing(PLAIN, times=1)])
    page = _practice(qtbot, ubiquity)
    worked(page.wizard)
    page.next("finish")
    page.back("test")
    page.wizard.until_idle()
    assert len(ubiquity.asked) == 3  # with the External ID, without, and with a wrong one
    assert page.said("testResult").startswith("It works")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Found 0 files in bucket. An empty bucket or folder is fine."),
        (1, "Found 1 files in bucket."),
    ],
)
def test_few_files(qtbot: QtBot, count: int, words: str) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN, count)]))
    assert words in page.said("testResult")


def test_the_result_is_one_headline_and_the_chain_with_what_each_link_is_known_by(
    qtbot: QtBot,
) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.call_times = (CallTime(frozenset({Link.PERMISSIONS}), 1.0, 2.25),)
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN)]), customer=customer)
    assert not page.shows("checks")
    assert not page.shows("testChain-verdict")
    known = {link: page.said(f"testChain-{link}-known") for link in ("role", "permissions")}
    assert known == {
        "role": "Seen to work · under 0.1 s",
        "permissions": "Worked out from the policies · 1.2 s",
    }
    assert page.said("testChain-key-known") == ""


FAILURES = [
    ([DENIED], "UbiQuity can’t assume the role.", GuideHeading.ASSUME, "role"),
    (
        [_listed(NOT_LISTED)],
        f"UbiQuity can’t list the bucket {BUCKET}.",
        GuideHeading.OPERATIONS,
        "permissions",
    ),
    (
        [_listed(NO_BUCKET)],
        f"UbiQuity can’t list the bucket {BUCKET}.",
        GuideHeading.REGION,
        "details",
    ),
]


@pytest.mark.parametrize(("answers", "words", "trouble", "place"), FAILURES)
def test_what_only_ubiquity_can_see_has_the_guides_advice(
    qtbot: QtBot,
    answers: list[FakeRoleSession | AwsFailure],
    words: str,
    trouble: GuideHeading,
    place: str,
) -> None:
    page = _supports(qtbot, FakeUbiquity([*answers, listing(PLAIN)]))
    assert page.said("testResult") == f"It does not work yet\n{words}"
    assert "AWS answered: “" in page.said("checks")
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


def test_what_the_account_tells_is_said_in_its_place_with_the_button_that_mends_it(
    qtbot: QtBot,
) -> None:
    ubiquity = FakeUbiquity([DENIED, listing(PLAIN)])
    customer = FakeCustomer(untouched(PLAIN))
    page = _practice(qtbot, ubiquity, method=Method.CREATE, customer=customer)
    assert page.said("testResult") == "It does not work yet\nUbiQuity can’t assume the role."
    assert not page.shows("testAdvice")
    assert page.said("testChain-role-state") == "Broken"
    assert "Who can act: You, with this program." in page.said("testChain-role")
    assert (page.next_text, page.shows("testAgain")) == ("Mend it", True)
    page.click("testChain-role-mend")
    page.wizard.until_idle()
    assert (page.page, page.said("title-create")) == ("create", "Review and mend")
    page.do()  # the changes
    page.next("test")
    worked(page.wizard)
    page.next("finish")


def test_in_the_console_way_the_page_to_mend_it_on_is_named(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([DENIED]), customer=FakeCustomer(untouched(PLAIN)))
    assert page.next_text == "Test again"
    assert page.shows("testChain-role-mend")
    page.click("goAndMend")
    assert page.page == "role"


@pytest.mark.parametrize(
    ("method", "place"), [(Method.CREATE, "create"), (Method.HANDOFF, "handoff")]
)
def test_it_is_mended_in_the_way_that_was_chosen(qtbot: QtBot, method: Method, place: str) -> None:
    page = _supports(qtbot, FakeUbiquity([DENIED]), method=method)
    page.click("goAndMend")
    page.wizard.until_idle()
    assert page.page == place


def test_a_computer_that_is_offline_is_no_trouble_of_the_set_up(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([OFFLINE]))
    assert page.said("testResult").startswith(
        "Not tested\nAWS cannot be reached from this computer"
    )
    assert not page.shows("testAdvice")
    assert not page.shows("goAndMend")
    assert page.next_text == "Test again"


def test_a_sign_in_to_another_account_is_said_to_be_that_and_nothing_is_tried(
    qtbot: QtBot,
) -> None:
    ubiquity = FakeUbiquity([listing(PLAIN)])
    page = _practice(qtbot, ubiquity, account=OTHER_ACCOUNT)
    assert "The sign-in belongs to another AWS account" in page.said("failure-test")
    assert not any(page.shows(name) for name in ("testResult", "testChain", "checks", "testAdvice"))
    assert ubiquity.asked == []
    page.click("failure-test-account")
    assert page.page == "details"
    form = page.wizard.store.state.details.form
    page.wizard.store.fill(replace(form, account_id=OTHER_ACCOUNT))
    page.wizard.jump("test")
    worked(page.wizard)


def test_a_role_that_is_too_open_works_and_is_warned_of(qtbot: QtBot) -> None:
    page = _supports(qtbot, FakeUbiquity([listing(PLAIN)], without=listing(PLAIN)))
    assert page.said("checks-check-1-state") == "Warning · under 0.1 s"
    assert "It let UbiQuity in without an External ID." in page.said("checks")
    assert "Connection successful." in page.said("testResult")


def test_finishing_without_success_is_possible_and_said(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([DENIED]))
    page.click("skipTest")
    assert page.page == "finish"
    assert "The last test did not succeed" in page.said("outcome")
    assert "Test: Skipped" in page.sidebar


def test_a_test_can_be_cancelled_and_says_what_was_tried_and_what_was_not(qtbot: QtBot) -> None:
    ubiquity = FakeUbiquity([listing(PLAIN)])
    ubiquity.gate = gate = Gate()
    page = _practice(qtbot, ubiquity, idle=False)
    page.wizard.until(lambda: gate.has_arrivals)
    assert not any(page.shows(name) for name in ("checks", "test-how"))  # nothing flashes
    page.wizard.clock.now += 3
    page.wizard.until(lambda: page.shows("cancelButton") and page.shows("checks"))
    assert page.line == "Testing the connection · 3 s"
    assert "This does what UbiQuity’s connector does" in page.said("test-how")
    assert page.said("checks-check-0-state") == "In progress · 3 s"
    page.click("cancelButton")
    page.wizard.until_idle()
    assert page.said("testResult") == (
        "Stopped\nThe test was stopped before its end, so it says nothing yet. Nothing was changed "
        "in AWS."
    )
    assert [page.said(f"checks-check-{n}-state") for n in range(3)] == ["Skipped"] * 3
    assert (page.next_text, page.focus) == ("Test the connection", "nextButton")
    page.click("skipTest")
    assert "was not tested" in page.said("outcome")
    page.back("test")
    page.click("nextButton")
    ubiquity.gate = None
    gate.open()
    page.wizard.until_idle()
    worked(page.wizard)


def test_what_the_test_showed_stays_where_reading_the_account_is_cancelled(qtbot: QtBot) -> None:
    customer = FakeCustomer(whole(PLAIN))
    customer.gate = gate = Gate()
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN)]), customer=customer, idle=False)
    page.wizard.until(lambda: gate.has_arrivals)
    page.wizard.clock.now += 3
    page.wizard.until(lambda: page.shows("cancelButton"))
    page.click("cancelButton")
    page.wizard.until_idle()
    assert "your account was not read to its end" in page.said("testResult")
    worked(page.wizard)
    page.next("finish")


def test_a_second_press_tests_nothing_twice(qtbot: QtBot) -> None:
    ubiquity = FakeUbiquity([listing(PLAIN)])
    ubiquity.gate = Gate()
    page = _practice(qtbot, ubiquity, idle=False)
    for _ in range(3):
        page.click("nextButton")
    ubiquity.gate.open()
    page.wizard.until_idle()
    assert len(ubiquity.asked) == 3  # with the External ID, without, and with a wrong one
    assert page.page == "test"


def test_it_can_be_tested_again(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN, 3)]))
    page.do("testAgain")
    worked(page.wizard)


def test_new_details_need_a_new_test(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN)]))
    store = page.wizard.store
    store.fill(replace(store.state.details.form, account_id=OTHER_ACCOUNT))
    assert store.state.connection.result is None


# Made by UbiQuity


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
        (GuideHeading.EXTERNAL_ID, "role"),
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


def test_with_a_sign_in_the_account_is_looked_at_meanwhile_and_the_answer_counts(
    qtbot: QtBot,
) -> None:
    page = _real(qtbot, account_of=FakeCustomer(whole(PLAIN)))
    assert page.said("testResult").startswith("Ready\n")
    assert page.said("testChain-role-known") == "Seen from your account"
    page.do("told-success")
    assert page.said("testChain-role-known") == "Seen to work"
    page.do("told-operations")
    assert page.said("testResult").startswith("Blocked\n")
    assert "Permissions: " in page.said("testResult")
    assert page.said("testChain-role-known") == "Seen to work"
    page.do("told-success")
    page.next("finish")


def test_with_a_sign_in_to_another_account_only_the_sign_in_is_broken(qtbot: QtBot) -> None:
    elsewhere = replace(whole(PLAIN), caller=Caller("arn:aws:iam::999:user/jo", OTHER_ACCOUNT))
    page = _real(qtbot, account_of=FakeCustomer(elsewhere))
    assert page.said("testResult").startswith("Not checked\nThe sign-in has to be put right first.")
    assert page.said("testChain-caller-state") == "Broken"
    page.click("testChain-caller-changeAccount")
    assert page.page == "details"


def test_finishing_untested_is_possible_and_said(qtbot: QtBot) -> None:
    page = _real(qtbot)
    page.click("skipTest")
    assert "was not tested, so it is not known whether it works" in page.said("outcome")
