"""What the sign-in lacks is said before anything is tried, with the policy to send for it."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.documents.document_text import document_text
from app.core.needs.least_policy import Doing, least_policy
from app.core.snapshot import Unreadable
from app.flow.wizard.state import Method
from tests.helpers.drafts import PLAIN, ROLE_ARN, untouched, whole
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import open_with

pytestmark = pytest.mark.usefixtures("loop")

LACKING = OwnPermissions(missing=(NeededAction("iam:CreateRole", ROLE_ARN),))
VERSIONS = Unreadable("customer_policy.versions", "AccessDenied", "")


def _copied(page: GuidePage, name: str) -> str:
    QGuiApplication.clipboard().clear()
    page.click(name)
    page.wizard.until(lambda: bool(QGuiApplication.clipboard().text()))
    return QGuiApplication.clipboard().text()


def _create(qtbot: QtBot, aws: FakeCustomer) -> GuidePage:
    wizard = open_with(qtbot, PLAIN, Method.CREATE, FakeAccounts(signed_in(aws)))
    wizard.store.change(lambda state: replace(state, page="details"))
    page = GuidePage(wizard)
    page.next("create")
    return page


def test_what_may_not_be_done_comes_with_the_policy_to_send(qtbot: QtBot) -> None:
    aws = FakeCustomer(untouched(PLAIN))
    aws.permissions = LACKING
    page = _create(qtbot, aws)
    assert "may not do this: iam:CreateRole." in page.said("lacking")
    text = _copied(page, "lacking-copy")
    assert document_text(least_policy(PLAIN, Doing.CREATE)) in text
    aws.permissions = OwnPermissions()
    page.do("readAgain")
    assert not page.shows("lacking")
    page.do()
    assert len(aws.applied) == 3


def test_where_the_console_may_do_more_its_shell_is_a_way_on(qtbot: QtBot) -> None:
    aws = FakeCustomer(untouched(PLAIN))
    aws.permissions = LACKING
    page = _create(qtbot, aws)
    page.click("lacking-cloudshell")
    assert page.page == "cloudshell"
    assert page.shows("practise-cloudshell")


def test_what_may_not_be_read_is_said_as_well(qtbot: QtBot) -> None:
    aws = FakeCustomer(replace(untouched(PLAIN), unreadable=(VERSIONS,)))
    page = _create(qtbot, aws)
    said = page.said("lacking")
    assert "it lacks permission for iam:ListPolicyVersions." in said
    assert "may not do this" not in said
    assert "iam:ListPolicyVersions" in _copied(page, "lacking-copy")
    aws.snapshot = untouched(PLAIN)
    page.do("readAgain")
    assert not page.shows("lacking")
    page.do()
    assert len(aws.applied) == 3


def test_whoever_takes_away_needs_another_policy(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    aws.permissions = OwnPermissions(missing=(NeededAction("iam:DeleteRole", ROLE_ARN),))
    wizard = open_with(qtbot, PLAIN, None, FakeAccounts(signed_in(aws)))
    wizard.jump("welcome")
    page = GuidePage(wizard)
    page.click("beginRevoke")
    page.click("revoking-delete-role")
    page.next("revoke")
    assert "iam:DeleteRole" in page.said("lacking-revoke")
    text = _copied(page, "lacking-revoke-copy")
    assert document_text(least_policy(PLAIN, Doing.REVOKE)) in text
    assert not page.shows("lacking-revoke-cloudshell")
