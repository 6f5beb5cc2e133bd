"""The page of the check, drawn from what was checked."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.diagnosis.chain import links_of
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.diagnosis.diagnose import diagnose
from app.core.fields.form import form_of
from app.core.guide import UBIQUITY_ROOT_ARN
from app.core.planning.plan import plan
from app.core.snapshot import Caller, Snapshot
from app.flow.checking import checked_account
from app.flow.ports.aws import CallTime
from app.flow.wizard.state import Flow
from app.ui.widgets import told
from tests.helpers.drafts import ACCOUNT, PLAIN, untouched, whole
from tests.helpers.fakes import FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.own_thread import calls_here
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, open_wizard


@pytest.fixture
def wizard(qtbot: QtBot, loop: asyncio.AbstractEventLoop) -> Wizard:
    del loop
    wizard = open_wizard(qtbot, form=form_of(PLAIN))
    wizard.store.begin(Flow.CHECK)
    wizard.until_idle()
    return wizard


def _mends(wizard: Wizard) -> bool:
    """Return whether mending is what the primary button does; checking again is then beside it."""
    screen = Screen(wizard)
    mends = screen.next_text == "Mend it"
    assert screen.shows("checkAgain") is mends
    return mends


def test_a_check_begins_by_itself_where_somebody_is_signed_in(wizard: Wizard) -> None:
    assert wizard.store.state.connection.checked is not None
    assert _mends(wizard)
    Screen(wizard).do("checkAgain")
    assert wizard.store.state.connection.checked is not None
    Screen(wizard).next("create")


def test_drawing_the_window_anew_works_nothing_out(wizard: Wizard) -> None:
    wizard.store.change(
        lambda state: replace(
            state,
            connection=replace(state.connection, checked=checked_account(PLAIN, untouched(PLAIN))),
        )
    )
    with calls_here(plan, diagnose, links_of) as called:
        for words in ("Reading", None):
            wizard.store.change(lambda state: replace(state, busy=words))  # noqa: B023 - called at once
            wizard.context.masking.set_on(words is None)
            wizard.settle()
    assert called == []
    assert _mends(wizard)


@pytest.mark.parametrize(("snapshot", "mends"), [(untouched(PLAIN), True), (whole(PLAIN), False)])
def test_mending_is_offered_where_the_plan_would_do_something(
    wizard: Wizard, snapshot: Snapshot, mends: bool
) -> None:
    _show(wizard, snapshot)
    assert _mends(wizard) is mends


def _show(wizard: Wizard, snapshot: Snapshot) -> None:
    checked = checked_account(PLAIN, snapshot)
    wizard.store.change(
        lambda state: replace(state, connection=replace(state.connection, checked=checked))
    )
    wizard.settle()


def test_what_lets_ubiquity_in_past_the_role_stands_at_the_bucket(wizard: Wizard) -> None:
    ready = whole(PLAIN)
    bucket = ready.buckets[0]
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": UBIQUITY_ROOT_ARN},
        "Action": "s3:*",
        "Resource": f"arn:aws:s3:::{bucket.name}/*",
    }
    opened = replace(bucket, policy={"Version": "2012-10-17", "Statement": [statement]})
    for first, state, has_findings in ((opened, "Worth a look", True), (bucket, "In order", False)):
        snapshot = replace(ready, buckets=(first, *ready.buckets[1:]))
        _show(wizard, snapshot)
        label = wizard.window.findChild(QLabel, "chain-bucket-state")
        button = wizard.window.findChild(QPushButton, "chain-bucket-open")
        assert isinstance(label, QLabel)
        assert isinstance(button, QPushButton)
        assert (label.text(), button.isVisible()) == (state, has_findings)


# With a sign-in of one's own


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(told, "announce", lambda _widget, sentence: said.append(sentence))
    return said


def _checked(qtbot: QtBot, aws: FakeCustomer, account: str = ACCOUNT) -> Screen:
    sign_in = signed_in(aws, account=account)
    wizard = open_wizard(qtbot, FakeAccounts(sign_in, practice=False), form=form_of(PLAIN))
    wizard.store.change(lambda state: replace(state, signed_in=sign_in))
    wizard.store.begin(Flow.CHECK)
    wizard.until_idle()
    return Screen(wizard)


@pytest.mark.usefixtures("loop")
def test_the_first_broken_link_is_open_with_who_can_act_and_the_button(
    qtbot: QtBot, heard: list[str]
) -> None:
    aws = FakeCustomer(untouched(PLAIN))
    aws.call_times = (CallTime(frozenset({ChainLink.ROLE, ChainLink.TRUST}), 5.0, 5.5),)
    page = _checked(qtbot, aws)
    assert heard == [
        "Blocked. Something keeps UbiQuity from using the bucket. Role: The role does not exist."
    ]
    assert page.said("chain-role-known") == "Seen from your account · 0.5\u00a0s"
    assert "Who can act: You, with this program. How it is known: Seen from your account." in (
        page.said("chain-role")
    )
    assert "It was" not in page.said("chain-role")  # the same in other words
    assert not page.shows("fix-chain-1")
    page.click("by-hand-chain-1-button")
    assert page.shows("fix-chain-1")
    page.click("chain-role-mend")
    page.wizard.until_idle()
    page.do()
    page.next("check")
    assert heard[-1].startswith("Ready. ")
    assert page.next_text == "Check again"


@pytest.mark.usefixtures("loop")
def test_whoever_may_not_mend_it_can_look_at_the_changes(qtbot: QtBot) -> None:
    aws = FakeCustomer(untouched(PLAIN))
    aws.permissions = OwnPermissions(missing=(NeededAction("iam:CreateRole", "*"),))
    page = _checked(qtbot, aws)
    assert "Who can act: Your AWS administrator." in page.said("chain-role")
    assert (page.next_text, page.shows("chain-role-mend")) == ("Check again", False)
    aws.permissions = OwnPermissions()
    page.do()
    assert (page.next_text, page.shows("showChanges")) == ("Mend it", False)
    aws.permissions = OwnPermissions(missing=(NeededAction("iam:CreateRole", "*"),))
    page.do("checkAgain")
    page.click("showChanges")
    page.wizard.until_idle()
    assert page.page == "create"


@pytest.mark.usefixtures("loop")
def test_a_check_that_is_cancelled_says_so_and_can_be_made_again(
    qtbot: QtBot, heard: list[str]
) -> None:
    aws = FakeCustomer(whole(PLAIN))
    page = _checked(qtbot, aws)
    aws.gate = gate = Gate()
    page.click("nextButton")
    page.wizard.until(lambda: gate.has_arrivals)
    page.wizard.clock.now += 3
    page.wizard.until(lambda: page.shows("cancelButton"))
    page.click("cancelButton")
    page.wizard.until_idle()
    assert page.said("checkStopped") == (
        "Stopped\nYour account was not read to its end. Nothing was changed in AWS. What stands "
        "below was read before."
    )
    assert heard[-1].startswith("Stopped. Your account was not read to its end.")
    aws.gate = None
    page.do()
    assert not page.shows("checkStopped")
    assert heard[-1].startswith("Ready. ")


@pytest.mark.usefixtures("loop")
def test_a_sign_in_to_another_account_is_a_broken_sign_in_with_a_way_on(qtbot: QtBot) -> None:
    other = "120456789014"
    snapshot = replace(untouched(PLAIN), caller=Caller(f"arn:aws:iam::{other}:user/jo", other))
    page = _checked(qtbot, FakeCustomer(snapshot), other)
    assert page.said("chain-verdict").startswith("Not checked\n")
    assert page.said("chain-caller-state") == "Broken"
    assert page.find(QWidget, "chain-caller").accessibleName() == "Your sign-in: Broken"
    states = [page.said(f"chain-{link}-state") for link in ("ubiquity", "role", "trust")]
    assert "Broken" not in states
    page.click("chain-caller-otherAccount")
    assert page.shows("signInButton-check") or page.shows("signInWays-check")
    page.click("chain-caller-changeAccount")
    assert page.page == "details"


@pytest.mark.usefixtures("loop")
def test_on_the_practice_aws_there_is_no_other_sign_in_to_be_sent_to(qtbot: QtBot) -> None:
    other = "120456789014"
    snapshot = replace(untouched(PLAIN), caller=Caller(f"arn:aws:iam::{other}:user/jo", other))
    sign_in = signed_in(FakeCustomer(snapshot), account=other)
    wizard = open_wizard(qtbot, FakeAccounts(sign_in), form=form_of(PLAIN))
    wizard.store.begin(Flow.CHECK)
    wizard.until_idle()
    page = Screen(wizard)
    assert not page.shows("chain-caller-otherAccount")
    page.click("chain-caller-changeAccount")
    assert page.page == "details"
