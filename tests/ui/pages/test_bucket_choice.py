"""Choosing a bucket that AWS lists, in the place of typing it."""

import pytest
from PySide6.QtWidgets import QComboBox, QRadioButton
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.flow.ports import OfferedBucket
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, KEY_ARN
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import open_wizard

pytestmark = pytest.mark.usefixtures("loop")

BUCKETS = (
    OfferedBucket("acme-exports", "us-east-1"),
    OfferedBucket("acme-imports", "ap-southeast-2"),
    OfferedBucket("acme-unknown"),
)
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
    aws.keys = {("acme-imports", "ap-southeast-2"): KEY_ARN}
    page = _signed_in(qtbot, aws)
    assert _listed(page) == [
        "acme-exports · us-east-1",
        "acme-imports · ap-southeast-2",
        "acme-unknown",
    ]
    assert "3 buckets" in page.said("bucketsListed")
    page.enter("bucketName", "acme-exports")
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "us-east-1"
    assert not page.find(QRadioButton, "encryption-kms").isChecked()
    page.enter("bucketName", "acme-imports")  # another bucket takes its region along
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "ap-southeast-2"
    assert page.find(QRadioButton, "encryption-kms").isChecked()
    assert page.text("kmsKeyArn") == KEY_ARN
    page.enter("databaseId", DATABASE_ID)
    page.next("create")


def test_what_was_typed_is_not_overwritten(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    page = _signed_in(qtbot, aws)
    page.enter("bucketRegion", "eu-west-1")
    page.click("encryption-sse-c")
    page.enter("bucketName", "acme-imports")
    page.wizard.until_idle()
    assert page.text("bucketRegion") == "eu-west-1"
    assert page.find(QRadioButton, "encryption-sse-c").isChecked()


def test_where_nothing_may_be_listed_the_name_is_typed(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = REFUSED
    page = _signed_in(qtbot, aws)
    assert "may not list the buckets" in page.said("bucketsListed")
    assert _listed(page) == []
    page.enter("databaseId", DATABASE_ID)
    page.enter("bucketName", "acme-imports")
    page.enter("bucketRegion", "ap-southeast-2")
    page.next("create")


def test_a_shared_screen_offers_no_names(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.offered = BUCKETS
    page = _signed_in(qtbot, aws)
    page.share()
    assert _listed(page) == []
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
