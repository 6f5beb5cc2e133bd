"""All four ways to the end: the real window, real boto3 over real HTTP, the practice AWS."""

import pytest
from PySide6.QtGui import QClipboard
from pytestqt.qtbot import QtBot

from app.core.guide import ROLE_NAME
from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.pages import DetailsPage, GuidePage
from tests.helpers.wizard import Wizard, open_wizard, worked

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def wizard(qtbot: QtBot, accounts: PracticeAccounts) -> Wizard:
    return open_wizard(qtbot, accounts)


def _to_the_steps(wizard: Wizard, example: str, method: str) -> GuidePage:
    """Go from Welcome to what follows the details on ``method``, with an example's values."""
    form = DetailsPage(wizard)
    form.next("method")
    form.click(f"method-{method}")
    form.next("details")
    form.click(f"fill-{example}")
    page = GuidePage(wizard)
    page.next({"create": "create", "console": "role"}.get(method, method))
    return page


def _to_the_end(page: GuidePage, files: int) -> None:
    """Go from Step 4 to Finish."""
    page.click("done-connector")
    page.next("test")  # it begins by itself
    page.do("practisePress")
    found = f"Connection successful. Found {files} files in bucket."
    assert found in page.said("testResult")
    page.next("finish")
    assert found in page.said("outcome")
    assert "This was the practice AWS" in page.said("outcome")
    page.next()
    assert not page.window.isVisible()
    assert page.wizard.crashes == []


@pytest.mark.parametrize(
    ("example", "changes", "files"),
    [("bucket", 3, 6), ("folder", 3, 6), ("encrypted", 4, 3), ("two", 3, 6)],
)
def test_created_for_me(wizard: Wizard, example: str, changes: int, files: int) -> None:
    page = _to_the_steps(wizard, example, "create")
    assert f"Only these {changes} changes will be made" in page.said("planSummary")
    page.do()
    assert "All changes were made." in page.said("planSummary")
    page.next("connector")
    _to_the_end(page, files)


def test_in_the_console_way_step_by_step(wizard: Wizard) -> None:
    page = _to_the_steps(wizard, "encrypted", "console")
    for step, following in (
        ("role", "trust"),
        ("trust", "permissions"),
        ("permissions", "connector"),
    ):
        page.next()
        assert page.page == step  # it waits for the tick
        page.do(f"practise-{step}")
        page.next(following)
    _to_the_end(page, 3)


def test_by_someone_else(wizard: Wizard) -> None:
    page = _to_the_steps(wizard, "two", "handoff")
    assert f"role/{ROLE_NAME}" in page.document("handoffLetter")
    page.do("practise-all")
    assert page.shows("practised")
    page.next("connector")
    _to_the_end(page, 6)


def test_in_cloudshell(wizard: Wizard, clipboard: QClipboard) -> None:
    page = _to_the_steps(wizard, "encrypted", "cloudshell")
    page.do("practise-cloudshell")
    page.click("copyPrinted")
    assert clipboard.text() == wizard.store.state.creation.printed
    page.do("pasteSentButton-cloudshell")
    assert page.page == "connector"
    assert "Ready" in page.said("sentNote")
    _to_the_end(page, 3)


def test_what_was_not_done_is_found_mended_and_finished(wizard: Wizard) -> None:
    """The box is ticked and nothing is done: the test says so, and the way goes on."""
    page = _to_the_steps(wizard, "bucket", "console")
    for step, following in (
        ("role", "trust"),
        ("trust", "permissions"),
        ("permissions", "connector"),
    ):
        page.tick(step)
        page.next(following)
    page.click("done-connector")
    page.next("test")  # it begins by itself
    assert page.said("testResult").startswith("Blocked")
    assert page.said("testChain-role-state") == "Broken"
    assert not page.shows("watchLine")
    page.click("goAndMend")
    assert page.page == "role"
    page.do("practise-role")
    page.next("trust")
    page.next("permissions")
    page.next("connector")
    page.next("test")  # it begins by itself
    assert page.said("testBefore").startswith("Before: Blocked")
    assert page.said("testChain-role-note") == "Before: Broken"
    assert page.said("testChain-permissions-state") == "Broken"
    page.click("goAndMend")
    assert page.page == "permissions"
    page.do("practise-permissions")
    page.next("connector")
    page.next("test")  # it begins by itself
    # The practice AWS is seen to have let UbiQuity in, as the customer's own account tells it.
    page.do("practisePress")
    wizard.until(lambda: page.shows("copyRequestId"))
    assert page.said("testChain-trust-known").startswith("Seen to work · ")
    page.do("practiseRole")
    worked(wizard)  # and so has support, by the real test


def test_the_wrong_region_is_said_and_mended(wizard: Wizard) -> None:
    page = _to_the_steps(wizard, "bucket", "create")
    wizard.jump("details")
    form = DetailsPage(wizard)
    form.enter("bucketName", "practice-data-import")  # a letter short
    form.next("create")
    assert "practice-data-import" in page.said("obstacle")  # there is no such bucket
    page.do()
    page.next("connector")
    page.click("done-connector")
    page.next("test")  # it begins by itself
    assert page.said("testChain-bucket-state") == "Broken"
    assert "Who can act: You." in page.said("testChain-bucket")
    page.click("goAndMend")
    assert page.page == "details"
    form.enter("bucketName", "practice-data-imports")
    form.next("create")
    # The policy is there already, for the mistyped bucket: it is named, and stays unless chosen.
    assert "practice-data-import" in page.said("kept")
    page.click("offer-replace-permissions-policy")
    page.do()
    page.next("connector")
    _to_the_end(page, 6)
