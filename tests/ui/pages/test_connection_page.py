from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.wording.troubleshooting import GuideHeading, advice
from app.flow.ports import ListedPage
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, PLAIN, REGION
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


def _practice(
    qtbot: QtBot,
    ubiquity: FakeUbiquity,
    draft: Draft = PLAIN,
    method: Method = Method.CONSOLE,
) -> Screen:
    accounts = FakeAccounts(signed_in(FakeCustomer(), ubiquity))
    wizard = open_with(qtbot, draft, method, accounts)
    done = frozenset({"role", "trust", "permissions", "connector"})
    wizard.store.change(lambda state: replace(state, creation=replace(state.creation, done=done)))
    wizard.jump("test")
    return Screen(wizard)


def _real(qtbot: QtBot, method: Method = Method.CONSOLE) -> Screen:
    wizard = open_with(qtbot, PLAIN, method, fake_accounts(practice=False))
    wizard.store.change(
        lambda state: replace(
            state,
            creation=replace(
                state.creation, done=frozenset({"role", "trust", "permissions", "connector"})
            ),
        )
    )
    wizard.jump("test")
    return Screen(wizard)


def _listed(*answers: ListedPage | AwsFailure, draft: Draft = PLAIN) -> FakeRoleSession:
    entry = draft.buckets[0]
    return FakeRoleSession({(entry.name, entry.prefix): answers})


# Made by this program


def test_a_test_that_works(qtbot: QtBot) -> None:
    pages = (ListedPage(1000, next_token="more"), ListedPage(234))
    page = _practice(qtbot, FakeUbiquity([_listed(*pages, draft=FOLDER)]), FOLDER)
    assert page.line == "Waiting for: a successful test"
    assert (page.next_text, page.focus) == ("Test the connection", "nextButton")
    assert not page.shows("skipTest")
    page.do()
    assert "Connection successful. Found 1234 files in bucket." in page.said("testResult")
    assert [page.said(f"checks-check-{n}-state") for n in range(3)] == ["Done", "Done", "Done"]
    assert f"lists imports/ in the bucket {BUCKET} ({REGION})" in page.said("checks")
    assert "1234 files found" in page.said("checks")
    assert (page.next_text, page.focus, page.line) == ("Next", "nextButton", "")
    page.next("finish")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Found 0 files in bucket. An empty bucket or folder is fine."),
        (1, "Found 1 file in bucket."),
    ],
)
def test_few_files(qtbot: QtBot, count: int, words: str) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN, count)]))
    page.do()
    assert words in page.said("testResult")


FAILURES = [
    ([DENIED], DENIED, GuideHeading.ASSUME, "role"),
    ([_listed(NOT_LISTED)], NOT_LISTED, GuideHeading.OPERATIONS, "permissions"),
    ([_listed(NO_BUCKET)], NO_BUCKET, GuideHeading.REGION, "details"),
]


@pytest.mark.parametrize(("answers", "failure", "trouble", "place"), FAILURES)
def test_a_failure_has_the_guides_advice_and_can_be_mended(
    qtbot: QtBot,
    answers: list[FakeRoleSession | AwsFailure],
    failure: AwsFailure,
    trouble: GuideHeading,
    place: str,
) -> None:
    page = _practice(qtbot, FakeUbiquity([*answers, listing(PLAIN)]))
    page.do()
    assert f"AWS answered: “{failure.message}”" in page.said("testResult")
    said = page.said("testAdvice")
    assert advice(trouble).title in said
    assert all(check in said for check in advice(trouble).checks)
    assert page.next_text == "Test again"
    page.click("goAndMend")
    assert page.page == place
    page.wizard.jump("test")
    assert not page.shows("testAdvice")
    page.do()
    worked(page.wizard)
    assert not page.shows("goAndMend")
    page.next("finish")


@pytest.mark.parametrize(
    ("method", "place"), [(Method.CREATE, "create"), (Method.HANDOFF, "handoff")]
)
def test_it_is_mended_in_the_way_that_was_chosen(qtbot: QtBot, method: Method, place: str) -> None:
    page = _practice(qtbot, FakeUbiquity([DENIED]), method=method)
    page.do()
    page.click("goAndMend")
    page.wizard.until_idle()
    assert page.page == place


def test_a_computer_that_is_offline_is_no_trouble_of_the_set_up(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([OFFLINE]))
    page.do()
    assert "AWS cannot be reached from this computer." in page.said("testResult")
    assert not page.shows("testAdvice")
    assert not page.shows("goAndMend")
    assert page.next_text == "Test again"


def test_a_role_that_is_too_open_works_and_is_warned_of(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN)], without=listing(PLAIN)))
    page.do()
    assert page.said("checks-check-1-state") == "Warning"
    assert "It let UbiQuity in without an External ID." in page.said("checks")
    assert "Connection successful." in page.said("testResult")


def test_finishing_without_success_is_possible_and_said(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([DENIED]))
    page.do()
    page.click("skipTest")
    assert page.page == "finish"
    assert "The last test did not succeed" in page.said("outcome")
    assert "Test: Skipped" in page.sidebar


def test_a_test_can_be_cancelled(qtbot: QtBot) -> None:
    ubiquity = FakeUbiquity([listing(PLAIN)])
    ubiquity.gate = gate = Gate()
    page = _practice(qtbot, ubiquity)
    page.click("nextButton")
    page.wizard.until(lambda: gate.has_arrivals)
    page.wizard.clock.now += 3
    page.wizard.until(lambda: page.shows("cancelButton"))
    assert page.line == "Testing the connection · 3 s"
    assert page.said("checks-check-0-state").startswith("In progress")
    page.click("cancelButton")
    page.wizard.until_idle()
    assert not page.shows("checks")
    assert (page.next_text, page.focus) == ("Test the connection", "nextButton")
    ubiquity.gate = None
    page.do()
    worked(page.wizard)


def test_a_second_press_tests_nothing_twice(qtbot: QtBot) -> None:
    ubiquity = FakeUbiquity([listing(PLAIN)])
    ubiquity.gate = Gate()
    page = _practice(qtbot, ubiquity)
    for _ in range(3):
        page.click("nextButton")
    ubiquity.gate.open()
    page.wizard.until_idle()
    assert len(ubiquity.asked) == 2  # with the External ID, and without
    assert page.page == "test"


def test_it_can_be_tested_again(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN, 3)]))
    page.do()
    page.do("testAgain")
    worked(page.wizard)


def test_new_details_need_a_new_test(qtbot: QtBot) -> None:
    page = _practice(qtbot, FakeUbiquity([listing(PLAIN)]))
    page.do()
    page.wizard.store.fill(replace(page.wizard.store.state.details.form, account_id="120456789014"))
    page.wizard.jump("test")
    assert not page.shows("testResult")


# Made by UbiQuity


def test_the_real_test_is_in_ubiquity(qtbot: QtBot) -> None:
    page = _real(qtbot)
    assert "the real test is in UbiQuity" in page.said("test-how")
    assert page.focus == "told-success"
    page.next()
    assert (page.page, page.focus) == ("test", "told-success")
    page.click("told-success")
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


def test_finishing_untested_is_possible_and_said(qtbot: QtBot) -> None:
    page = _real(qtbot)
    page.click("skipTest")
    assert "was not tested, so it is not known whether it works" in page.said("outcome")
