"""A profile of this computer, as on a real account: its endpoint is the practice AWS."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.practice.server import PracticeAws
from app.wiring.computer_accounts import ComputerAccounts
from tests.helpers.pages import DetailsPage, GuidePage
from tests.helpers.wizard import open_wizard

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ComputerAccounts]:
    """Give a computer with one AWS profile and no other sign-in."""
    with PracticeAws() as aws:
        credentials = tmp_path / "credentials"
        credentials.write_text(
            f"[acme-admin]\naws_access_key_id = {aws.admin.access_key_id}\n"
            f"aws_secret_access_key = {aws.admin.secret_access_key}\n",
            encoding="utf-8",
        )
        (tmp_path / "config").write_text("", encoding="utf-8")
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.endpoint_url)
        yield ComputerAccounts()


def _to_the_review(qtbot: QtBot, computer: ComputerAccounts, account: str) -> GuidePage:
    form = DetailsPage(open_wizard(qtbot, computer))
    form.next("method")
    form.click("method-create")
    form.next("sign-in")
    assert form.find(QComboBox, "profile-sign-in").currentText() == "acme-admin"
    form.do()
    assert "Signed in as practice-admin in" in form.said("signedIn-sign-in")
    form.next("details")
    assert not form.shows("practiceValues")
    assert form.text("accountId") == ACCOUNT_ID
    form.enter("accountId", account)
    form.enter("databaseId", DATABASE_ID)
    form.enter("bucketName", "practice-data-imports")
    form.enter("bucketRegion", "ap-southeast-2")
    page = GuidePage(form.wizard)
    page.next("create")
    return page


def test_created_with_a_profile(qtbot: QtBot, computer: ComputerAccounts) -> None:
    page = _to_the_review(qtbot, computer, ACCOUNT_ID)
    assert page.next_text == "Create in AWS"
    page.do()
    page.next("connector")
    page.click("done-connector")
    page.next("test")
    assert page.said("testResult").startswith("Ready")
    page.click("telling-button")
    page.do("told-success")
    page.next("finish")
    assert f"In AWS account {ACCOUNT_ID}" in page.said("page-finish")
    page.wizard.store.change(
        lambda state: replace(state, creation=replace(state.creation, run=None))
    )
    page.wizard.jump("create")
    assert "Nothing has to be changed" in page.said("planSummary")
    assert page.wizard.crashes == []


def test_a_profile_of_another_account_changes_nothing(
    qtbot: QtBot, computer: ComputerAccounts
) -> None:
    page = _to_the_review(qtbot, computer, "998877665544")
    said = page.said("failure-create")
    assert f"You are signed in to account {ACCOUNT_ID}, and your details say 998877665544." in said
    assert page.wizard.store.state.creation.run is None
