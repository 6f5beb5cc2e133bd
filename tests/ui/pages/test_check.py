"""The page of the check, drawn from what was checked."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.core.diagnosis.chain import links_of
from app.core.diagnosis.diagnose import diagnose
from app.core.fields.details import form_of
from app.core.guide import UBIQUITY_ROOT_ARN
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot
from app.flow.checking import checked_account
from app.flow.wizard.state import Flow
from tests.helpers.drafts import PLAIN, untouched, whole
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
