import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.change import ChangeKind
from app.core.documents.policies import trust_policy
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.planning.plan import plan
from app.core.sign_in import ByProfile, Profile, ProfileKind
from app.core.snapshot import Snapshot
from app.flow.wizard.state import Method
from app.ui.tour.effort import Effort
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    kms_key,
    untouched,
    whole,
)
from tests.helpers.fakes import REFUSED, FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.pages import DetailsPage, GuidePage
from tests.helpers.wizard import open_with
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")

OTHER = Draft(ACCOUNT, "Zq7JBlwfjUOUcQjd5gt7vw", PLAIN.buckets)


def _review(qtbot: QtBot, accounts: FakeAccounts, draft: Draft = PLAIN) -> GuidePage:
    wizard = open_with(qtbot, draft, Method.CREATE, accounts)
    wizard.store.change(lambda state: replace(state, page="details"))
    page = GuidePage(wizard)
    page.next("create")
    return page


def _practice(aws: FakeCustomer, account: str = ACCOUNT) -> FakeAccounts:
    return FakeAccounts(signed_in(aws, account=account))


def _states(page: GuidePage, count: int) -> list[str]:
    return [page.said(f"changes-change-{row}-state") for row in range(count)]


# The plan and what becomes of it


def test_the_plan_is_shown_before_anything_is_changed(qtbot: QtBot) -> None:
    aws = FakeCustomer(untouched(ENCRYPTED))
    page = _review(qtbot, _practice(aws), ENCRYPTED)
    promised = "Only these 4 changes will be made, once you choose “Create in the practice AWS”."
    assert promised in page.said("planSummary")
    rows = page.said("changes")
    for words in (
        f"Create the policy {POLICY_NAME} for {BUCKET}",
        f"Create the role {ROLE_NAME} with its trust policy",
        f"Attach the policy {POLICY_NAME} to the role {ROLE_NAME}",
        f"Add one statement to the policy of the KMS key {KEY_ARN}",
        "Can be undone",
    ):
        assert words in rows
    assert page.focus == "nextButton"
    for row in (1, 3):
        page.click(f"change-{row}-details-button")
    after = page.find(QPlainTextEdit, "change-3-sides-after").toPlainText()
    assert '+       "Sid": "AllowUbiQuityConnectorDecrypt"' in after
    before = page.find(QPlainTextEdit, "change-3-sides-before").toPlainText()
    assert "AllowUbiQuityConnectorDecrypt" not in before
    assert page.find(QPlainTextEdit, "change-1-sides-before").toPlainText() == "− Nothing"
    assert DATABASE_ID in page.find(QPlainTextEdit, "change-1-sides-after").toPlainText()
    assert page.document("change-1-shell").startswith("aws iam create-role ")
    assert aws.applied == []
    assert page.next_text == "Create in the practice AWS"
    assert page.line == "Waiting for: the changes in AWS"


def test_creating_leads_on(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    page.do()
    assert _states(page, 3) == ["Done", "Done", "Done"]
    assert "All changes were made." in page.said("planSummary")
    assert (page.next_text, page.line, page.focus) == ("Next", "", "nextButton")
    assert not page.shows("readAgain")
    page.next("connector")


def test_where_all_is_there_nothing_is_done(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    page = _review(qtbot, _practice(aws))
    assert "Nothing has to be changed" in page.said("planSummary")
    page.next("connector")
    assert aws.applied == []


def test_a_refused_change_stops_and_is_gone_on_with(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    page = _review(qtbot, _practice(aws))
    page.do()
    assert _states(page, 3) == ["Done", "Failed", "To do"]
    said = page.said("planSummary")
    assert "A change did not work. 1 of 3 changes was made. 2 were not made." in said
    assert "You can go on from here, or undo what was made." in said
    said = page.said("changes-change-1-detail")
    assert said.startswith("AWS does not allow this sign-in to do it: “is not authorized”")
    assert "your AWS administrator, who can allow it" in said
    assert page.said("changes-change-2-detail") == "Not begun"
    page.click("receipt-more-button")
    assert "was created" in page.document("receipt-text")
    assert page.next_text == "Go on with the changes"
    page.do()
    assert _states(page, 3) == ["Done", "Done", "Done"]
    page.next("connector")
    assert len(aws.applied) == 3


def test_a_refused_change_stops_and_is_read_anew(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    page = _review(qtbot, _practice(aws))
    page.do()
    page.do("readAgain")
    assert "Only these 2 changes will be made" in page.said("planSummary")
    assert page.next_text == "Make these changes"  # the policy is there already
    page.do()
    page.next("connector")


def test_all_of_it_is_taken_back(qtbot: QtBot) -> None:
    start = untouched(ENCRYPTED)
    aws = FakeCustomer(start)
    page = _review(qtbot, _practice(aws), ENCRYPTED)
    page.do()
    assert _states(page, 4) == ["Done"] * 4
    page.click("undo")
    assert "deletes what this program made" in page.said("undo-question")
    assert (page.next_text, page.focus) == ("Keep everything as it is", "nextButton")
    page.next()
    assert not page.shows("undo-question")
    assert aws.snapshot != start
    page.click("undo")
    words_meanwhile: set[str] = set()
    page.wizard.store.subscribe(
        lambda state: words_meanwhile.add(page.next_text if state.busy else "")
    )
    page.do("undo-yes")
    assert words_meanwhile == {"Next", ""}  # nothing is kept as it is any more
    assert _states(page, 4) == ["Taken back"] * 4
    assert "the account is exactly as it was before" in page.said("planSummary")
    assert plan(ENCRYPTED, aws.snapshot).changes == plan(ENCRYPTED, start).changes
    assert not page.shows("undo")
    assert page.next_text == "Read the account again"
    page.do()
    page.do()
    page.next("connector")


@pytest.mark.usefixtures("no_second_look")
def test_somebody_elses_change_meanwhile_is_not_overwritten(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    theirs = whole(OTHER)
    aws.snapshot = replace(theirs, customer_policy=aws.snapshot.customer_policy)
    page.do()
    assert "Somebody changed this in the meantime" in page.said("failure-create")
    assert aws.snapshot.role == theirs.role
    page.do("readAgain")
    page.do()
    page.next("connector")
    assert OTHER.database_id in json.dumps(aws.snapshot.role.trust_policy)


@pytest.mark.usefixtures("no_second_look")
def test_an_undo_in_somebodys_way_stops_and_can_be_left(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    page.do()
    theirs = replace(aws.snapshot.role, trust_policy=trust_policy(OTHER.database_id))
    aws.snapshot = replace(aws.snapshot, role=theirs)
    page.click("undo")
    page.do("undo-yes")
    assert "Somebody changed this in the meantime" in page.said("failure-create")
    assert aws.snapshot.role.trust_policy == theirs.trust_policy
    assert "A change could not be taken back. 1 of 3 changes is taken back." in page.said(
        "planSummary"
    )
    assert page.said("changes-change-1-detail") == "This could not be taken back."
    assert not page.shows("otherWay")
    assert page.next_text == "Go on taking back"
    page.click("leaveRun")
    page.wizard.until(lambda: not page.shows("failure-create"))
    assert page.next_text == "Read the account"
    page.do()
    page.do()
    page.next("connector")


def test_an_expired_sign_in_is_renewed_and_nothing_is_lost(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    expired = AwsFailure("iam:CreateRole", "ExpiredToken", "", 403, finding="signin.expired")
    aws.failures = {ChangeKind.CREATE_ROLE: [expired]}
    accounts = _real(aws, *PROFILES)
    page = _review(qtbot, accounts)
    page.do()
    page.do()
    assert "The AWS sign-in has expired." in page.said("failure-create")
    assert page.next_text == "Sign in"
    page.do()
    assert page.next_text == "Go on with the changes"
    page.do()
    page.next("connector")
    assert len(aws.applied) == 3


def test_another_sign_in_can_go_on_where_the_first_was_refused(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    accounts = _real(aws, *PROFILES)
    page = _review(qtbot, accounts)
    page.do()
    page.do()
    assert page.next_text == "Go on with the changes"
    page.click("otherSignIn")
    page.wizard.until_idle()
    page.find(QComboBox, "profile").setEditText("other")
    page.do("signInButton")
    assert accounts.asked == [ByProfile("acme-admin"), ByProfile("other")]
    page.do()
    page.next("connector")
    assert len(aws.applied) == 3


# What it is called, and what is heard of it


def _sentences(spoken: list[Spoken]) -> list[str]:
    heard = [one.sentence for one in spoken]
    spoken.clear()
    return heard


def test_each_result_is_said_once_and_in_its_order(qtbot: QtBot, spoken: list[Spoken]) -> None:
    page = _review(qtbot, _practice(FakeCustomer()))
    plan_read = "Only these 3 changes will be made, once you choose “Create in the practice AWS”."
    assert _sentences(spoken)[-2:] == ["Review and create", plan_read]
    page.do()
    making, *made, ended = _sentences(spoken)
    assert making == "The changes are being made. Please leave this window open."
    assert [one.rpartition(": ")[2] for one in made] == ["Done"] * 3
    assert made[0].startswith(f"Create the policy {POLICY_NAME}")
    assert ended == "All changes were made."
    page.click("undo")
    question = page.find(QAbstractButton, "nextButton").accessibleDescription()
    assert question.endswith("Undo now?")
    assert page.find(QAbstractButton, "undo-yes").accessibleDescription() == question
    assert spoken == [Spoken("Undo these changes", "undo"), Spoken(question, "undo")]
    assert page.focus == "nextButton"
    spoken.clear()
    page.do("undo-yes")
    taking, *back, over = _sentences(spoken)
    assert taking.startswith("The changes are being taken back.")
    assert [one.rpartition(": ")[2] for one in back] == ["Taken back"] * 3
    assert (
        over == "Everything is taken back: the account is exactly as it was before these changes."
    )


def test_a_stop_and_what_was_not_done_are_said(qtbot: QtBot, spoken: list[Spoken]) -> None:
    aws = FakeCustomer()
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    page = _review(qtbot, _practice(aws))
    spoken.clear()
    page.do()
    heard = _sentences(spoken)
    assert [words for words in heard if ": Failed" in words]
    _, summary, code = page.said("planSummary").split("\n")
    assert (heard[-1], code) == (summary, "Code for UbiQuity’s support: AccessDenied")


def test_undo_has_a_title_of_its_own_and_its_button_is_always_in_sight(qtbot: QtBot) -> None:
    page = _review(qtbot, _practice(FakeCustomer()))
    page.do()
    assert "Undo" not in page.window.windowTitle()
    page.click("undo")
    for _ in range(2):  # while it is asked, and once it is done
        assert page.said("title-create") == "Undo these changes"
        assert page.window.windowTitle().startswith("Undo · ")
        assert "Undo: Current" in page.sidebar
        if page.shows("undo-yes"):
            assert not page.shows("backButton")  # it answers with no, as Esc does
            page.do("undo-yes")
    page.do()
    assert page.said("title-create") == "Review and create"


def test_what_comes_of_reading_again_is_in_sight(qtbot: QtBot) -> None:
    page = _review(qtbot, _practice(FakeCustomer()))
    page.window.resize(700, 400)
    page.do()
    page.click("undo")
    page.do("undo-yes")
    scroller = next(s for s in page.window.findChildren(QScrollArea) if s.isVisible())
    bar = scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.do()
    page.wizard.settle()
    summary = page.find(QWidget, "planSummary")
    assert summary.visibleRegion().boundingRect() == summary.rect()
    page.do()
    page.next("connector")


def test_what_is_there_is_mended(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(OTHER))
    page = _review(qtbot, _practice(aws))
    assert page.said("title-create") == "Review and mend"
    assert page.window.windowTitle().startswith("Review and mend · ")
    assert "Review and mend: Current" in page.sidebar
    assert page.next_text == "Make this change"
    assert "once you choose “Make this change”." in page.said("planSummary")
    page.do()
    page.click("receipt-more-button")
    assert "Receipt: mending the UbiQuity S3 connection" in page.document("receipt-text")
    page.next("connector")
    assert "Review and mend: Done" in page.sidebar


def test_nothing_is_promised_any_more_once_something_was_done(qtbot: QtBot) -> None:
    page = _review(qtbot, _practice(FakeCustomer(untouched(ENCRYPTED))), ENCRYPTED)
    said = page.said("page-create")
    for words in ("will be made, once", "Nothing of this is needed", "What stays as it is"):
        assert words in said
    page.do()
    for _ in range(2):  # once it is made, and once it is taken back
        said = page.said("page-create")
        for words in ("Nothing is changed", "will be made", "unless you tick it", "What stays as"):
            assert words not in said
        assert "What stayed as it was" in said
        if page.shows("undo"):
            page.click("undo")
            page.do("undo-yes")


def _words(page: GuidePage) -> int:
    """Return how many words there are to read on the page, as the tour counts them."""
    effort = Effort()
    effort.look("create", page.find(QWidget, "page-create"))
    return effort.words["create"]


def test_it_is_short(qtbot: QtBot) -> None:
    """Three changes and three folded steps are read in half a minute, their outcome at a glance."""
    page = _review(qtbot, _practice(FakeCustomer()))
    assert _words(page) < 85
    page.do()
    assert _words(page) < 45


def test_starting_afresh_after_a_conflict_goes_on_by_itself(
    qtbot: QtBot, no_second_look: None
) -> None:
    del no_second_look
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    aws.snapshot = replace(whole(OTHER), customer_policy=aws.snapshot.customer_policy)
    page.do()
    assert "Somebody changed this in the meantime" in page.said("failure-create")
    assert not page.shows("practiceAfresh")  # the same button stands beside the failure
    aws.snapshot = untouched(PLAIN)
    page.do("failure-create-afresh")
    assert page.next_text == "Create in the practice AWS"


# Entered again


def _entered_again(page: GuidePage) -> None:
    page.back("details")
    page.next("create")


def test_the_account_is_read_whenever_the_page_is_entered(qtbot: QtBot) -> None:
    """As it is by now, whatever came between; only what was begun stays as it was."""
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    aws.snapshot = whole(OTHER)
    _entered_again(page)
    assert page.next_text == "Make this change"
    page.wizard.store.edit("database_id", OTHER.database_id)
    _entered_again(page)
    assert "Nothing has to be changed" in page.said("planSummary")
    aws.snapshot = untouched(PLAIN)
    page.next("connector")
    page.back("create")
    page.wizard.until_idle()
    page.do()
    _entered_again(page)
    assert "All changes were made." in page.said("planSummary")  # begun, and ended
    page.click("undo")
    page.do("undo-yes")
    _entered_again(page)
    assert page.next_text == "Create in the practice AWS"
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    page.do()
    _entered_again(page)
    assert page.next_text == "Go on with the changes"


def test_another_sign_in_has_its_own_plan(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _real(aws, *PROFILES))
    page.do()
    aws.snapshot = whole(OTHER)
    page.click("otherSignIn")
    page.wizard.until_idle()
    page.find(QComboBox, "profile").setEditText("other")
    page.do("signInButton")
    assert page.next_text == "Make this change"


# Stopping


def test_cancel_lets_the_present_change_end_and_begins_no_other(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    wizard = page.wizard
    aws.gate = gate = Gate()
    page.click("nextButton")
    wizard.until(lambda: gate.has_arrivals)  # what is timed has begun
    wizard.clock.now += 2
    wizard.until(lambda: page.shows("cancelButton"))
    assert page.line == "Making the changes · 2 s"
    assert page.focus == "nextButton"
    page.click("cancelButton")
    wizard.until(lambda: page.line == "Stopping once the present change has ended · 2 s")
    gate.open()
    wizard.until_idle()
    assert _states(page, 3) == ["Done", "To do", "To do"]
    assert "You stopped. 1 of 3 changes was made. 2 were not made." in page.said("planSummary")
    assert [str(change.kind) for change in aws.applied] == ["create-policy"]
    assert (page.next_text, page.focus) == ("Go on with the changes", "nextButton")


def test_closing_lets_the_present_change_end(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    aws.gate = gate = Gate()
    page.click("nextButton")
    page.wizard.until(lambda: gate.has_arrivals)
    page.window.close()
    assert page.window.isVisible()
    gate.open()
    page.wizard.until(lambda: not page.window.isVisible())
    assert [str(change.kind) for change in aws.applied] == ["create-policy"]


def test_closing_twice_closes_at_once(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    aws.gate = Gate()
    page.click("nextButton")
    page.window.close()
    page.window.close()
    assert not page.window.isVisible()
    aws.gate.open()
    page.wizard.until_idle()
    assert aws.applied == []


def test_reading_can_be_cancelled_and_begun_again(qtbot: QtBot, spoken: list[Spoken]) -> None:
    aws = FakeCustomer()
    aws.gate = gate = Gate()
    wizard = open_with(qtbot, PLAIN, Method.CREATE, _practice(aws))
    wizard.store.change(lambda state: replace(state, page="details"))
    page = GuidePage(wizard)
    page.click("nextButton")
    wizard.until(lambda: gate.has_arrivals)
    wizard.clock.now += 1
    wizard.until(lambda: page.shows("cancelButton"))
    assert page.line == "Reading the practice account · 1 s"
    page.key(Qt.Key.Key_Escape)
    wizard.until_idle()
    assert page.line == "Waiting for: your AWS account to be read"
    assert page.next_text == "Read the account"
    stopped = "You stopped before the account was read. Nothing was changed."
    assert page.said("about-create") == stopped
    assert [one.sentence for one in spoken][-1] == stopped
    aws.gate = None
    page.do()
    assert page.next_text == "Create in the practice AWS"


def test_a_second_press_makes_nothing_twice(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _review(qtbot, _practice(aws))
    aws.gate = Gate()
    for _ in range(3):
        page.click("nextButton")
    page.click("backButton")
    aws.gate.open()
    page.wizard.until_idle()
    assert page.page == "create"
    assert len(aws.applied) == 3


# What stands in the way


def test_what_others_put_there_is_named_and_stays(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(OTHER))
    page = _review(qtbot, _practice(aws))
    assert OTHER.database_id in page.said("kept")
    page.do()
    trust = json.dumps(aws.snapshot.role.trust_policy)
    assert OTHER.database_id in trust
    assert DATABASE_ID in trust
    page.next("connector")


def test_a_choice_is_off_until_it_is_ticked(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(OTHER))
    page = _review(qtbot, _practice(aws))
    box = page.find(QAbstractButton, "offer-replace-trust-policy")
    assert not box.isChecked()
    assert "can no longer use it" in page.said("offer")
    page.click("offer-replace-trust-policy")
    page.wizard.until_idle()
    assert page.find(QAbstractButton, "offer-replace-trust-policy").isChecked()
    page.do()
    trust = json.dumps(aws.snapshot.role.trust_policy)
    assert OTHER.database_id not in trust
    assert DATABASE_ID in trust


def _seen(page: GuidePage) -> list[QLabel]:
    return [label for label in page.window.findChildren(QLabel) if label.isVisible()]


def _under_a_path() -> Snapshot:
    found = whole(PLAIN)
    arn = role_arn(ACCOUNT).replace("role/", "role/data/")
    return replace(found, role=replace(found.role, arn=arn, path="/data/"))


def test_what_can_not_be_mended_is_named_with_who_can(qtbot: QtBot) -> None:
    aws = FakeCustomer(_under_a_path())
    accounts = _practice(aws)
    page = _review(qtbot, accounts)
    assert "Who can act: Your AWS administrator." in page.said("obstacle")
    assert "As things are, this program can’t change anything here." in page.said("planSummary")
    assert "if you choose that below" in page.said("planSummary")
    assert not any("Nothing of this is needed" in one.text() for one in _seen(page))
    assert page.line == "Waiting for: the obstacles on this page to be removed"
    assert not page.shows("changes")
    assert page.next_text == "Read the account again"
    aws.snapshot = untouched(PLAIN)  # what the practice AWS has afresh
    page.do("practiceAfresh")
    assert accounts.resets == 1
    assert page.next_text == "Create in the practice AWS"


def test_deleting_a_role_asks_once_and_is_never_the_default(qtbot: QtBot) -> None:
    aws = FakeCustomer(_under_a_path())
    page = _review(qtbot, _practice(aws))
    page.click("offer-remake-role")
    page.wizard.until_idle()
    assert page.next_text == "Next"
    page.click("remakeRole")
    assert "role/data/" in page.said("remakeRole-question")
    assert (page.next_text, page.focus) == ("Keep everything as it is", "nextButton")
    page.next()
    assert aws.applied == []
    page.click("remakeRole")
    page.do("remakeRole-yes")
    assert ChangeKind.DELETE_ROLE in aws.applied_kinds
    assert aws.snapshot.role.arn == role_arn(ACCOUNT)
    page.next("connector")


def test_what_is_made_anew_is_not_told_of_as_gone(qtbot: QtBot) -> None:
    aws = FakeCustomer(_under_a_path())
    page = _review(qtbot, _practice(aws))
    page.click("offer-remake-role")
    page.wizard.until_idle()
    page.click("remakeRole")
    page.do("remakeRole-yes")
    page.click("undo")
    anew = "is created again. AWS gives it another unique id"
    assert anew in page.said("undo-question")
    page.do("undo-yes")
    assert anew in page.said("planSummary")
    assert "was deleted" not in page.said("planSummary")
    assert aws.snapshot.role.path == "/data/"


def test_another_way_can_be_chosen(qtbot: QtBot) -> None:
    page = _review(qtbot, _practice(FakeCustomer(_under_a_path())))
    page.click("otherWay")
    assert (page.page, page.focus) == ("method", "method-create")


def test_another_key_is_named(qtbot: QtBot) -> None:
    found = untouched(ENCRYPTED)
    bucket = replace(found.buckets[0], kms_key=kms_key(arn=OTHER_KEY_ARN))
    aws = FakeCustomer(replace(found, buckets=(bucket,)))
    page = _review(qtbot, _practice(aws), ENCRYPTED)
    assert OTHER_KEY_ARN in page.said("obstacle")


# What an organisation requires


def test_what_an_organisation_requires_goes_into_the_new_role(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = DetailsPage(_review(qtbot, _practice(aws)).wizard)
    page.click("requirements-more-button")
    page.type("boundary", "Boundary")
    page.key(Qt.Key.Key_Tab)
    assert "This is not the ARN of a policy." in page.said("boundary-message")
    boundary = f"arn:aws:iam::{ACCOUNT}:policy/Boundary"
    page.type("boundary", boundary)
    page.type("tags", "Owner=Data team")
    page.key(Qt.Key.Key_Tab)
    page.wizard.until_idle()  # it is planned anew, and nothing can be begun meanwhile
    page.do()
    made = next(change for change in aws.applied if change.kind is ChangeKind.CREATE_ROLE)
    assert made.settings["permissions_boundary"] == boundary
    assert made.settings["tags"] == {"Owner": "Data team"}


# With a sign-in of this computer


def _real(aws: FakeCustomer, *found: Profile, account: str = ACCOUNT) -> FakeAccounts:
    return FakeAccounts(signed_in(aws, account=account), practice=False, found=found)


PROFILES = (Profile("acme-admin", ProfileKind.IDENTITY_CENTER), Profile("other", ProfileKind.KEYS))


def test_somebody_has_to_sign_in_first(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    accounts = _real(aws, *PROFILES)
    page = _review(qtbot, accounts)
    assert accounts.asked == []
    assert page.line == "Waiting for: your AWS sign-in"
    assert (page.next_text, page.focus) == ("Sign in", "profile")
    box = page.find(QComboBox, "profile")
    model = box.model()
    assert [model.index(row, 0).data() for row in range(2)] == [
        "acme-admin · IAM Identity Center",
        "other · access key",
    ]
    assert box.currentText() == "acme-admin"
    page.do()
    assert accounts.asked == [ByProfile("acme-admin")]
    assert "Signed in as jo in" in page.said("signedIn")
    assert page.next_text == "Create in AWS"
    page.do()
    assert len(aws.applied) == 3
    assert not page.shows("signIn")
    page.next("connector")


def test_no_sign_in_on_this_computer(qtbot: QtBot) -> None:
    page = _review(qtbot, _real(FakeCustomer()))
    assert "has no sign-in on this computer." in page.said("noProfiles")
    assert "default profile" not in page.said("page-create")
    page.click("otherWay")
    assert page.page == "method"


def test_the_wrong_account_is_said_and_another_can_be_used(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    accounts = FakeAccounts(
        signed_in(aws, account="998877665544"),
        signed_in(aws),
        practice=False,
        found=PROFILES,
    )
    page = _review(qtbot, accounts)
    page.do()
    said = page.said("failure-create")
    assert f"You are signed in to account 998877665544, and your details say {ACCOUNT}." in said
    assert page.next_text == "Sign in"
    page.find(QComboBox, "profile").setEditText("other")
    page.do()
    assert accounts.asked == [ByProfile("acme-admin"), ByProfile("other")]
    assert not page.shows("failure-create")
    assert page.next_text == "Create in AWS"


def test_a_sign_in_that_fails_is_explained(qtbot: QtBot) -> None:
    expired = AwsFailure("sts:GetCallerIdentity", "ExpiredToken", "", finding="signin.expired")
    page = _review(qtbot, FakeAccounts(expired, practice=False, found=PROFILES))
    page.do()
    assert "The AWS sign-in has expired." in page.said("failure-create")
    assert "Sign in to AWS again" in page.said("failure-create")
    assert page.find(QAbstractButton, "nextButton").isEnabled()
    page.click("otherWay")
    assert page.page == "method"
