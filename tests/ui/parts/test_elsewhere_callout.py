"""That the answers come from another address than AWS's is said before anything is changed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.core.snapshot import Snapshot
from app.flow.wizard.state import Flow, Method, Revoking
from tests.helpers.drafts import PLAIN, untouched, whole
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import Wizard, open_with

pytestmark = pytest.mark.usefixtures("loop")

THERE = "http://localhost:4566"


def _create(wizard: Wizard) -> None:
    wizard.store.change(lambda state: replace(state, page="details"))
    GuidePage(wizard).next("create")


def _revoke(wizard: Wizard) -> None:
    wizard.store.begin(Flow.REVOKE)
    wizard.store.choose_revoking(Revoking.DELETE_ROLE)
    GuidePage(wizard).next("revoke")


@pytest.mark.parametrize(
    ("snapshot", "begin", "name", "again"),
    [
        (untouched(PLAIN), _create, "elsewhere", "readAgain"),
        (whole(PLAIN), _revoke, "elsewhere-revoke", "readAgain-revoke"),
    ],
    ids=["create", "revoke"],
)
def test_another_address_is_named_until_aws_itself_answers(
    qtbot: QtBot, snapshot: Snapshot, begin: Callable[[Wizard], None], name: str, again: str
) -> None:
    aws = FakeCustomer(replace(snapshot, endpoint=THERE))
    wizard = open_with(qtbot, PLAIN, Method.CREATE, FakeAccounts(signed_in(aws)))
    begin(wizard)
    page = GuidePage(wizard)
    assert page.shows(name)
    assert f"the answers come from {THERE}." in page.said(name)
    aws.snapshot = replace(aws.snapshot, endpoint=None)
    page.do(again)
    assert not page.shows(name)
