import re

import pytest
from pytestqt.qtbot import QtBot

from app.core.fields.form import BucketForm, DetailsForm, form_of
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.flow.wizard.state import Method, SavedSession
from tests.helpers.drafts import PLAIN
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

EARLIER = SavedSession("trust", form_of(PLAIN), Method.CONSOLE, frozenset({"role"}))


def _welcome(qtbot: QtBot, *, practice: bool, earlier: SavedSession | None = None) -> Wizard:
    return open_wizard(qtbot, fake_accounts(practice=practice), resumable=earlier)


def test_says_what_will_happen(qtbot: QtBot) -> None:
    screen = Screen(_welcome(qtbot, practice=False))
    said = screen.said("page-welcome")
    for sentence in (
        "Connect UbiQuity to your Amazon S3 bucket",
        "You see every change first, and can undo it.",
        "API > API IDs > Database ID",
    ):
        assert sentence in said
    assert len(re.findall(r"\w+", said)) <= 90  # the rest stands ready, folded
    for part, words in (
        ("howItWorks", ("for up to an hour at a time", "No permanent access keys")),
        ("whatIsChanged", (ROLE_NAME, POLICY_NAME, "its files and its settings stay as they are")),
        ("howUndone", ("“Undo these changes”", "ends UbiQuity’s access at any time")),
    ):
        assert all(sentence not in said for sentence in words)
        screen.click(f"{part}-button")
        opened = screen.said("page-welcome")
        assert all(sentence in opened for sentence in words)
    assert not screen.shows("practiceNote")
    assert not screen.shows("resume")


def test_leads_on_to_the_ways(qtbot: QtBot) -> None:
    screen = Screen(_welcome(qtbot, practice=True))
    assert screen.page == "welcome"
    assert screen.focus == "nextButton"
    assert not screen.shows("backButton")
    assert "Nothing here is real" in screen.said("practiceNote")
    screen.next("method")
    assert screen.page == "method"


def test_an_earlier_start_is_asked_about_first(qtbot: QtBot) -> None:
    screen = Screen(_welcome(qtbot, practice=False, earlier=EARLIER))
    assert "What you typed is still here" in screen.said("resume")
    assert screen.focus == "resumeButton"
    screen.next()
    assert screen.page == "welcome"
    assert screen.line == "Waiting for: your choice: go on, or start anew"
    assert screen.focus == "resumeButton"


def test_going_on_leads_to_where_it_was(qtbot: QtBot) -> None:
    wizard = _welcome(qtbot, practice=False, earlier=EARLIER)
    screen = Screen(wizard)
    screen.click("resumeButton")
    assert screen.page == "trust"
    state = wizard.store.state
    assert (state.details.form, state.creation.method) == (form_of(PLAIN), Method.CONSOLE)
    assert state.creation.done == {"role"}
    screen.back("role")
    screen.back("details")
    screen.back("method")
    screen.back("welcome")
    assert not screen.shows("resume")  # it is asked once


def test_on_the_practice_aws_nothing_that_was_done_is_there_any_more(qtbot: QtBot) -> None:
    wizard = _welcome(qtbot, practice=True, earlier=EARLIER)
    Screen(wizard).click("resumeButton")
    assert Screen(wizard).page == "role"
    assert wizard.store.state.creation.done == frozenset()


def test_starting_anew_leaves_it(qtbot: QtBot) -> None:
    wizard = _welcome(qtbot, practice=False, earlier=EARLIER)
    screen = Screen(wizard)
    screen.click("startAnewButton")
    assert not screen.shows("resume")
    assert screen.focus == "nextButton"
    assert wizard.store.state.details.form == DetailsForm()
    screen.next("method")
    assert wizard.store.state.details.form.buckets == (BucketForm(),)
