from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.core.draft import BucketEntry, Draft
from app.core.fields.aws_settings import BucketSettings
from app.core.fields.form import BucketForm, form_of
from app.core.guide import EXAMPLE_DATABASE_ID
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, KEY_ARN, REGION
from tests.helpers.fakes import OFFLINE, FakeAccounts, Gate
from tests.helpers.hands import ALT, press
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import REGIONS, Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def aws() -> FakeAccounts:
    """Return what answers, be it that nobody is signed in."""
    accounts = fake_accounts(practice=False)
    accounts.public[BUCKET] = OFFLINE
    return accounts


@pytest.fixture
def wizard(qtbot: QtBot, aws: FakeAccounts, monkeypatch: pytest.MonkeyPatch) -> Wizard:
    monkeypatch.setattr("app.ui.parts.region_inquiry._SOON_MS", 50)
    wizard = open_wizard(qtbot, aws)
    wizard.store.choose_method(Method.CONSOLE)
    wizard.jump("details")
    return wizard


@pytest.fixture
def page(wizard: Wizard) -> DetailsPage:
    return DetailsPage(wizard)


def _fill(page: DetailsPage) -> None:
    page.enter("accountId", ACCOUNT)
    page.enter("databaseId", DATABASE_ID)
    page.enter("bucketName", BUCKET)
    page.enter("bucketRegion", REGION)


def _draft(wizard: Wizard) -> Draft:
    draft = wizard.store.state.draft
    assert draft is not None
    return draft


def test_the_form_makes_the_draft(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    page.enter("bucketPrefix", "imports/")
    assert _draft(wizard) == Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION, "imports/"),))
    assert page.line == ""
    page.next("role")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("accountId", "account menu, top right"),
        ("databaseId", "API > API IDs > Database ID"),
        ("bucketName", "S3 > Buckets"),
        ("bucketRegion", "AWS Region"),
        ("bucketPrefix", "Leave it empty for the whole bucket"),
    ],
)
def test_each_field_says_where_its_value_is(page: DetailsPage, name: str, place: str) -> None:
    assert place in page.message(name)
    assert place in page.box(name).accessibleDescription()


def test_work_starts_in_the_first_field(page: DetailsPage) -> None:
    assert page.focus == "accountId"
    assert page.line == "Waiting for: the AWS account ID"


# Messages


def test_a_message_comes_once_the_field_was_left(page: DetailsPage) -> None:
    page.type("accountId", "1204-567")
    assert page.severity("accountId") is None
    page.leave()
    assert page.severity("accountId") == "error"
    assert "An AWS account ID has 12 digits; this has 7." in page.message("accountId")
    assert "12 digits" in page.box("accountId").accessibleDescription()


def test_a_message_goes_as_soon_as_the_value_is_right(page: DetailsPage) -> None:
    page.enter("accountId", ACCOUNT[:-1])
    assert page.severity("accountId") == "error"
    page.box("accountId").setFocus()
    press(page.box("accountId"), Qt.Key.Key_End)
    page.key(Qt.Key.Key_3)
    assert page.text("accountId") == ACCOUNT
    assert page.severity("accountId") is None
    assert "12 digits. In AWS" in page.message("accountId")


def test_next_shows_all_messages_and_goes_to_the_first(page: DetailsPage) -> None:
    page.enter("accountId", ACCOUNT)
    page.next()
    assert page.page == "details"
    wrong = [n for n in ("databaseId", "bucketName", "bucketRegion") if page.severity(n) == "error"]
    assert wrong == ["databaseId", "bucketName", "bucketRegion"]
    assert page.focus == "databaseId"
    assert page.line == "Waiting for: the UbiQuity Account ID"


def test_empty_fields_are_not_complained_of_in_passing(page: DetailsPage) -> None:
    page.box("accountId").setFocus()
    page.leave()
    assert page.severity("accountId") == "error"
    assert page.severity("bucketName") is None


def test_a_warning_lets_through(page: DetailsPage) -> None:
    _fill(page)
    page.enter("databaseId", EXAMPLE_DATABASE_ID)
    assert page.severity("databaseId") == "warning"
    assert "example from the guide" in page.message("databaseId")
    page.next("role")


# What was pasted


@pytest.mark.parametrize(
    ("name", "pasted", "left", "said"),
    [
        ("accountId", "1204 5678 9013", ACCOUNT, "Two spaces were removed."),
        ("accountId", f"arn:aws:iam::{ACCOUNT}:user/jo", ACCOUNT, "taken from the ARN"),
        ("databaseId", f'"{DATABASE_ID}"\n', DATABASE_ID, "One line break was removed."),
        ("databaseId", f"\u200b{DATABASE_ID}", DATABASE_ID, "One invisible character was removed."),
        ("bucketRegion", "Asia Pacific (Sydney)", "ap-southeast-2", "ap-southeast-2"),
    ],
)
def test_what_is_pasted_is_cleaned_at_once_and_that_is_said(
    page: DetailsPage, name: str, pasted: str, left: str, said: str
) -> None:
    page.paste(name, pasted)
    assert page.text(name) == left
    assert said in page.message(name)
    page.leave()
    assert said in page.message(name)


def test_what_is_typed_is_cleaned_when_the_field_is_left(page: DetailsPage) -> None:
    page.type("accountId", "1204-5678-9013")
    assert page.text("accountId") == "1204-5678-9013"
    page.leave()
    assert page.text("accountId") == ACCOUNT
    assert "Two hyphens were removed." in page.message("accountId")


def test_what_still_stands_there_is_not_said_to_be_removed(page: DetailsPage) -> None:
    page.type("databaseId", " xWqJBlwf abc ")
    page.leave()
    assert page.text("databaseId") == " xWqJBlwf abc "
    assert "removed" not in page.message("databaseId")
    page.type("databaseId", f" {DATABASE_ID}")
    page.leave()
    assert page.text("databaseId") == DATABASE_ID
    assert "One space was removed." in page.message("databaseId")


def test_a_paste_that_is_wrong_is_not_complained_of_yet(page: DetailsPage) -> None:
    page.paste("accountId", "12045")
    assert page.text("accountId") == "12045"
    assert page.severity("accountId") is None


def test_an_address_fills_in_what_it_tells(page: DetailsPage) -> None:
    page.paste("bucketName", f"https://{BUCKET}.s3.{REGION}.amazonaws.com/imports/")
    assert page.text("bucketName") == BUCKET
    assert page.text("bucketRegion") == REGION
    assert page.text("bucketPrefix") == "imports/"


def test_an_offer_is_taken_with_one_click(page: DetailsPage) -> None:
    page.enter("databaseId", f"{DATABASE_ID}==")
    assert page.severity("databaseId") == "warning"
    page.take_offer("databaseId")
    assert page.text("databaseId") == DATABASE_ID
    assert page.severity("databaseId") is None
    assert page.focus == "databaseId"


def test_an_unusual_id_is_asked_for_and_another_thing_is_refused(
    wizard: Wizard, page: DetailsPage
) -> None:
    _fill(page)
    page.enter("databaseId", "jo@example.com")
    assert page.severity("databaseId") == "error"
    page.enter("databaseId", DATABASE_ID[:-1])
    assert page.severity("databaseId") == "error"
    page.next()
    assert (page.page, page.focus) == ("details", "databaseId")
    page.take_offer("databaseId")
    assert page.severity("databaseId") == "warning"
    assert _draft(wizard).database_id == DATABASE_ID[:-1]


# A shared screen


def test_what_is_typed_while_details_are_hidden_stays_hidden(page: DetailsPage) -> None:
    page.enter("accountId", ACCOUNT[:6])
    page.share()
    edit = page.find(QLineEdit, "accountId")
    edit.setFocus()
    press(edit, Qt.Key.Key_End)
    for digit in ACCOUNT[6:]:
        page.type_on(digit)
        assert digit not in edit.displayText()
    assert page.text("accountId") == ACCOUNT  # and nothing that was there is gone
    page.enter("bucketRegion", "sydney")
    assert page.find(QComboBox, "bucketRegion").currentText() == "ap-southeast-2"


# Regions


@pytest.mark.parametrize("typed", ["eu-west-1", "Europe (Ireland)", "ireland", "EU-WEST-1"])
def test_a_region_by_name_or_code(page: DetailsPage, typed: str) -> None:
    page.enter("bucketRegion", typed)
    assert page.text("bucketRegion") == "eu-west-1"


def test_regions_can_be_chosen_from_the_list(wizard: Wizard, page: DetailsPage) -> None:
    box = page.find(QComboBox, "bucketRegion")
    model = box.model()
    shown = [model.index(row, 0).data() for row in range(box.count())]
    assert shown == [f"{code} · {name}" for code, name in REGIONS.items()]
    box.setFocus()
    press(box, Qt.Key.Key_Down, ALT)
    wizard.until(lambda: box.view().isVisible())
    press(box.view(), Qt.Key.Key_Home)
    press(box.view(), Qt.Key.Key_Return)
    wizard.until(lambda: not box.view().isVisible())
    assert page.text("bucketRegion") == next(iter(REGIONS))
    assert page.page == "details"  # Enter chose, and did not lead on


def test_regions_that_come_later_leave_what_was_typed(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot, fake_accounts(practice=False))
    wizard.store.learn_regions({})
    wizard.jump("details")
    page = DetailsPage(wizard)
    page.type("bucketRegion", "sydney")
    wizard.store.learn_regions(REGIONS)
    assert page.text("bucketRegion") == "sydney"
    page.leave()
    assert page.text("bucketRegion") == "ap-southeast-2"


def test_another_partition_is_refused(page: DetailsPage) -> None:
    page.enter("bucketRegion", "cn-north-1")
    assert page.severity("bucketRegion") == "error"
    assert "China" in page.message("bucketRegion")


# Only this folder


def test_only_this_folder_needs_a_folder(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    assert not page.shows("restrictToPrefix")  # there is none yet
    page.enter("bucketPrefix", "imports/")
    page.click("restrictToPrefix")
    assert page.severity("bucketPrefix") is None
    page.enter("bucketPrefix", "")
    assert page.severity("bucketPrefix") == "error"
    page.next()
    assert (page.page, page.focus) == ("details", "bucketPrefix")
    page.enter("bucketPrefix", "imports")
    assert page.severity("bucketPrefix") == "error"
    page.take_offer("bucketPrefix")
    assert page.text("bucketPrefix") == "imports/"
    assert _draft(wizard).buckets[0].restrict_to_prefix


# Encryption


def test_a_kms_key_of_their_own(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    assert not page.shows("kmsKeyArn")
    page.click("encryption-kms")
    assert page.shows("kmsKeyArn")
    page.next()
    assert (page.focus, page.severity("kmsKeyArn")) == ("kmsKeyArn", "error")
    page.enter("kmsKeyArn", KEY_ARN.rpartition("/")[2])
    page.take_offer("kmsKeyArn")
    assert _draft(wizard).buckets[0].kms_key_arn == KEY_ARN
    page.click("encryption-default")
    assert not page.shows("kmsKeyArn")
    assert _draft(wizard).buckets[0].kms_key_arn is None
    page.click("encryption-kms")
    assert page.text("kmsKeyArn") == KEY_ARN  # nothing that was typed is lost


def test_sse_c_stops_with_the_reason(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    page.click("encryption-sse-c")
    assert "keys which only you hold" in page.said("encryption-message")
    assert wizard.store.state.draft is None
    page.next()
    assert (page.page, page.focus) == ("details", "encryption-sse-c")
    assert page.line == "Waiting for: the encryption"
    page.click("encryption-default")
    assert not page.shows("encryption-message")
    page.next("role")


# Several buckets


def _add(page: DetailsPage, name: str, region: str) -> None:
    page.click("addBucket")
    assert page.focus == "bucketName-2"
    page.enter("bucketName-2", name)
    page.enter("bucketRegion-2", region)


def test_a_second_bucket(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    assert not page.shows("removeBucket")
    page.click("addBucket")
    page.next()
    assert page.line == "Waiting for: the bucket’s name (bucket 2)"
    assert page.focus == "bucketName-2"
    page.enter("bucketName-2", "acme-exports")
    page.enter("bucketRegion-2", "us-east-1")
    page.enter("bucketPrefix-2", "exports/")
    page.click("restrictToPrefix-2")
    page.click("encryption-kms-2")
    page.enter("kmsKeyArn-2", KEY_ARN.replace(REGION, "us-east-1"))
    second = _draft(wizard).buckets[1]
    assert (second.name, second.prefix, second.restrict_to_prefix) == (
        "acme-exports",
        "exports/",
        True,
    )
    assert second.kms_key_arn == KEY_ARN.replace(REGION, "us-east-1")


@pytest.mark.parametrize("at_once", [False, True])
def test_details_that_were_filled_in_before_are_all_there(
    qtbot: QtBot, aws: FakeAccounts, *, at_once: bool
) -> None:
    names = ("acme-imports", "acme-exports", "acme-archive")
    draft = Draft(ACCOUNT, DATABASE_ID, tuple(BucketEntry(name, REGION) for name in names))
    wizard = open_wizard(qtbot, aws, form=form_of(draft))
    wizard.store.change(lambda state: replace(state, page="details"))
    page = DetailsPage(wizard)
    if at_once:  # before the cards beyond the first have come by themselves
        while not page.shows("addBucket"):
            QApplication.processEvents()
        assert not page.shows("bucketName-3")
        page.find(QAbstractButton, "addBucket").click()
        assert page.focus == "bucketName-4"
    wizard.until(lambda: page.shows("bucketName-3"))
    shown = [page.text(f"bucketName{suffix}") for suffix in ("", "-2", "-3")]
    assert tuple(shown) == names


def test_a_bucket_can_be_removed(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    _add(page, "acme-exports", "us-east-1")
    first = page.find(QAbstractButton, "removeBucket")
    assert first.accessibleName() == "Remove bucket 1"
    page.click("removeBucket")
    assert [entry.name for entry in _draft(wizard).buckets] == ["acme-exports"]
    assert page.text("bucketName") == "acme-exports"
    assert not page.shows("bucketName-2")
    assert page.focus  # it has not gone with the button


def test_the_same_bucket_twice(page: DetailsPage) -> None:
    _fill(page)
    _add(page, BUCKET, REGION)
    page.next()
    assert page.severity("bucketPrefix-2") == "error"
    assert f"{BUCKET} is already in the list" in page.message("bucketPrefix-2")
    assert page.focus == "bucketPrefix-2"


@pytest.mark.parametrize(("other", "place"), [("default", "encryption-2"), ("kms", "kmsKeyArn-2")])
def test_two_keys_for_one_bucket_are_said_where_it_can_be_seen(
    page: DetailsPage, other: str, place: str
) -> None:
    _fill(page)
    page.click("encryption-kms")
    page.enter("kmsKeyArn", KEY_ARN)
    _add(page, BUCKET, REGION)
    page.enter("bucketPrefix-2", "exports/")
    page.click(f"encryption-{other}-2")
    if other == "kms":
        page.enter("kmsKeyArn-2", KEY_ARN.replace("1234abcd", "dcba4321"))
    page.next("role")
    page.back("details")
    assert "name different encryption keys" in page.said(f"{place}-message")


def test_too_many_buckets_say_how_many_fit(wizard: Wizard, page: DetailsPage) -> None:
    _fill(page)
    form = wizard.store.state.details.form
    many = tuple(BucketForm(f"{number:02d}-{'a' * 60}", REGION) for number in range(40))
    wizard.store.fill(replace(form, buckets=many))
    wizard.settle()
    assert "AWS allows 6144 characters" in page.said("buckets-message")
    page.next()
    assert (page.page, page.focus) == ("details", "addBucket")


# Practice


@pytest.mark.parametrize("way", ["bucket", "folder", "encrypted", "two"])
def test_practice_values_can_be_filled_in(qtbot: QtBot, way: str) -> None:
    wizard = open_wizard(qtbot, fake_accounts())
    wizard.store.choose_method(Method.CONSOLE)
    wizard.jump("details")
    page = DetailsPage(wizard)
    page.click(f"fill-{way}")
    entries = _draft(wizard).buckets
    assert entries[0].name == page.text("bucketName")
    assert entries[0].restrict_to_prefix == (way == "folder")
    assert (entries[0].kms_key_arn is not None) == (way == "encrypted")
    assert len({e.region for e in entries}) == (2 if way == "two" else 1)
    page.next("role")


def test_nothing_is_filled_in_for_a_real_account(page: DetailsPage) -> None:
    assert not page.shows("practiceValues")


# Without a sign-in


def test_aws_can_be_asked_for_the_region_by_nobody(
    wizard: Wizard, page: DetailsPage, aws: FakeAccounts
) -> None:
    assert not page.shows("askRegion")
    page.enter("bucketName", BUCKET)
    page.leave()  # to the button: nothing is missing yet
    assert page.focus == "askRegion"
    assert page.severity("bucketRegion") is None
    assert "sends the bucket’s name to AWS" in page.said("askRegion-message")
    page.click("askRegion")
    wizard.until(lambda: "Or choose the region yourself." in page.said("askRegion-message"))
    aws.public[BUCKET] = BucketSettings(region="us-east-1")
    page.click("askRegion")
    wizard.until(lambda: page.text("bucketRegion").startswith("us-east-1"))
    assert page.message("bucketRegion") == "From AWS."
    assert not page.shows("askRegion")
    assert not page.shows("askRegion-message")
    assert page.focus == "bucketRegion"
    page.enter("bucketRegion", REGION)
    assert page.message("bucketRegion").startswith("AWS says this bucket is in us-east-1.")
    page.take_offer("bucketRegion")
    assert page.text("bucketRegion").startswith("us-east-1")


def test_a_bucket_that_aws_does_not_know_is_said_at_its_name(
    wizard: Wizard, page: DetailsPage, aws: FakeAccounts
) -> None:
    page.enter("bucketName", "acme-typo")
    page.click("askRegion")
    wizard.until(lambda: page.message("bucketName").startswith("AWS knows no bucket"))
    assert page.focus == "bucketName"
    aws.public[BUCKET] = BucketSettings(region=REGION)
    page.enter("bucketName", BUCKET)
    page.click("askRegion")
    wizard.until(lambda: page.text("bucketRegion").startswith(REGION))


def test_asking_can_be_stopped(wizard: Wizard, page: DetailsPage, aws: FakeAccounts) -> None:
    aws.gate = Gate()
    page.enter("bucketName", BUCKET)
    page.click("askRegion")
    wizard.until(lambda: page.shows("stopAskingRegion"))
    assert page.said("askRegion-message") == "Asking AWS where this bucket is."
    page.find(QAbstractButton, "stopAskingRegion").setFocus()
    page.click("stopAskingRegion")
    wizard.until(lambda: not page.shows("stopAskingRegion"))
    assert page.focus == "askRegion"
    assert not wizard.store.state.inquiry.asking
    aws.gate.open()
    aws.public[BUCKET] = BucketSettings(region=REGION)
    page.click("askRegion")
    wizard.until(lambda: page.text("bucketRegion").startswith(REGION))
