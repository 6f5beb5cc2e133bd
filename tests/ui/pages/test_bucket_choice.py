"""Choosing a bucket that AWS lists, in the place of typing it."""

import pytest
from PySide6.QtWidgets import QComboBox, QRadioButton
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.flow.ports.aws import OfferedBucket
from app.flow.wizard.state import Method
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    untouched,
)
from tests.helpers.fakes import FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import open_wizard

pytestmark = pytest.mark.usefixtures("loop")

BUCKETS = (
    OfferedBucket("acme-exports", "us-east-1"),
    OfferedBucket("acme-imports", "ap-southeast-2"),
    OfferedBucket("acme-unknown"),
)
ENCRYPTED_BUCKET = BucketSettings(region="ap-southeast-2", is_key_told=True, key_arn=KEY_ARN)
REFUSED = AwsFailure("s3:ListAllMyBuckets", "AccessDenied", "no")


def _signed_in(qtbot: QtBot, aws: FakeCustomer) -> DetailsPage:
    accounts = FakeAccounts(signed_in(aws, account=ACCOUNT), practice=False)
    page = DetailsPage(open_wizard(qtbot, accounts))
    page.next("method")
    page.click(f"method-{Method.CREATE}")
    page.next("sign-in")
    page.do()
    page.next("details")
    page.wizard.until_idle()
    return page


def _listed(page: DetailsPage) -> list[str]:
    box = page.find(QComboBox, "bucketName")
    model = box.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_region_and_key_follow_from_the_bucket(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    aws.settings = {
        "acme-exports": BucketSettings(region="us-east-1", is_key_told=True),
        "acme-imports": ENCRYPTED_BUCKET,
    }
    page = _signed_in(qtbot, aws)
    assert _listed(page) == [
        "acme-exports · us-east-1",
        "acme-imports · ap-southeast-2",
        "acme-unknown",
    ]
    assert "account’s 3 buckets" in page.message("bucketName")
    page.enter("bucketName", "acme-exports")
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "us-east-1"
    assert "Amazon S3 managed keys" in page.said("encryptionTold")
    page.enter("bucketName", "acme-imports")  # another bucket takes its region along
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "ap-southeast-2"
    assert KEY_ARN in page.said("encryptionTold")
    assert page.message("bucketRegion") == "From AWS."
    page.enter("bucketName", "acme-exports")  # and so it does with its key
    assert "Amazon S3 managed keys" in page.said("encryptionTold")
    page.enter("bucketName", "acme-imports")
    page.click("changeEncryption")  # what AWS told can be changed
    assert page.focus == "encryption-kms"
    assert page.find(QRadioButton, "encryption-kms").isChecked()
    assert page.text("kmsKeyArn") == KEY_ARN
    assert not page.shows("encryptionTold")
    assert aws.asked_about == [("acme-exports", "us-east-1"), ("acme-imports", "ap-southeast-2")]
    page.enter("databaseId", DATABASE_ID)
    page.next("create")


def test_what_was_typed_is_not_overwritten(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    aws.settings = {"acme-imports": ENCRYPTED_BUCKET}
    page = _signed_in(qtbot, aws)
    page.enter("bucketRegion", "eu-west-1")
    page.enter("bucketName", "acme-unknown")
    page.wizard.until_idle()
    page.click("encryption-sse-c")
    page.enter("bucketName", "acme-imports")
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "eu-west-1"
    assert page.find(QRadioButton, "encryption-sse-c").isChecked()
    assert "AWS says this bucket is in ap-southeast-2." in page.message("bucketRegion")
    page.take_offer("bucketRegion")
    assert page.text("bucketRegion") == "ap-southeast-2"
    assert page.message("bucketRegion") == "From AWS."
    page.click("encryption-default")
    assert "encrypts with a KMS key of your own" in page.said("encryption-message")
    page.click("encryption-message-offer")
    assert page.focus == "changeEncryption"
    page.click("changeEncryption")
    assert page.text("kmsKeyArn") == KEY_ARN
    page.enter("kmsKeyArn", OTHER_KEY_ARN)
    assert f"another key: {KEY_ARN}" in page.message("kmsKeyArn")
    assert page.severity("kmsKeyArn") == "warning"
    page.enter("databaseId", DATABASE_ID)
    page.next("create")  # nobody is forced


def test_a_bucket_typed_by_hand_is_asked_about_too(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = REFUSED
    aws.settings = {
        "acme-imports": ENCRYPTED_BUCKET,
        "acme-no-more": BucketSettings(is_there=False),
    }
    page = _signed_in(qtbot, aws)
    page.enter("bucketName", "acme-no-more")
    page.wizard.until_idle()
    assert "AWS knows no bucket of this name" in page.message("bucketName")
    page.enter("bucketName", " acme-imports")
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "ap-southeast-2"
    page.click("changeEncryption")
    page.click("encryption-default")
    page.click("encryption-kms")
    page.enter("databaseId", DATABASE_ID)
    page.next("create")
    assert page.wizard.store.state.draft == ENCRYPTED
    assert aws.asked_about == [("acme-no-more", None), ("acme-imports", None)]


def test_another_account_than_that_of_the_sign_in_is_offered(qtbot: QtBot) -> None:
    page = _signed_in(qtbot, FakeCustomer())
    page.enter("accountId", "210987654321")
    assert f"signed in to another account: {ACCOUNT}" in page.message("accountId")
    page.take_offer("accountId")
    assert page.text("accountId") == ACCOUNT
    assert page.severity("accountId") is None


def test_where_nothing_may_be_listed_the_name_is_typed(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = REFUSED
    page = _signed_in(qtbot, aws)
    assert "may not list the buckets" in page.message("bucketName")
    assert _listed(page) == []
    page.enter("databaseId", DATABASE_ID)
    page.enter("bucketName", "acme-imports")
    page.enter("bucketRegion", "ap-southeast-2")
    page.next("create")


def test_a_shared_screen_offers_masked_names(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    page = _signed_in(qtbot, aws)
    page.share()
    assert not [row for row in _listed(page) if "acme" in row]
    page.share()
    assert len(_listed(page)) == 3


def test_a_bucket_without_a_known_region_leaves_the_field_to_the_person(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    page = _signed_in(qtbot, aws)
    page.enter("bucketName", "acme-unknown")
    assert page.text("bucketRegion") == ""
    page.enter("bucketRegion", "us-east-1")
    page.enter("databaseId", DATABASE_ID)
    page.next("create")


def test_with_a_sign_in_one_value_is_pasted_and_the_rest_chosen(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    aws.settings = {"acme-imports": ENCRYPTED_BUCKET}
    page = _signed_in(qtbot, aws)
    assert page.focus == "databaseId"
    assert page.message("accountId") == "From your sign-in."
    assert not page.shows("encryption-default")  # AWS will tell it
    page.paste("databaseId", DATABASE_ID)
    page.find(QComboBox, "bucketName").setCurrentIndex(1)
    page.wizard.until_idle()
    assert page.line == ""
    page.next("create")
    assert page.wizard.store.state.draft == ENCRYPTED


def test_while_aws_is_asked_nothing_is_asked_of_the_person(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    page = _signed_in(qtbot, aws)
    aws.settings = {"acme-imports": REFUSED}
    aws.gate = Gate()
    page.find(QComboBox, "bucketName").setCurrentIndex(1)
    page.wizard.until(lambda: aws.gate is not None and aws.gate.has_arrivals)
    assert not page.shows("encryption-default")
    aws.gate.open()
    page.wizard.until_idle()
    assert page.shows("encryption-default")  # AWS did not tell


def test_what_a_review_read_is_offered_in_the_form(qtbot: QtBot) -> None:
    aws = FakeCustomer(untouched(ENCRYPTED))
    aws.offered = REFUSED
    aws.settings = {BUCKET: REFUSED}
    page = _signed_in(qtbot, aws)
    page.enter("databaseId", DATABASE_ID)
    page.enter("bucketName", BUCKET)
    page.enter("bucketRegion", "us-east-1")
    page.wizard.until_idle()
    assert page.severity("bucketRegion") is None
    page.next("create")
    page.back("details")
    page.take_offer("bucketRegion")
    assert KEY_ARN in page.said("encryptionTold")  # which nobody had answered
    assert page.wizard.store.state.draft == ENCRYPTED
