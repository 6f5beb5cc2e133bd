from dataclasses import replace

import pytest
from PySide6.QtGui import QClipboard
from pytestqt.qtbot import QtBot

from app.core.draft import BucketEntry, Draft
from app.flow.wizard.state import Method
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, PLAIN, REGION
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")

TWO = Draft(
    ACCOUNT,
    DATABASE_ID,
    (BucketEntry(BUCKET, REGION, "imports/"), BucketEntry("acme-exports", "us-east-1")),
)


def _connector(qtbot: QtBot, draft: Draft, *, practice: bool = False) -> GuidePage:
    accounts = fake_accounts(draft, practice=practice)
    wizard = open_with(qtbot, draft, Method.CONSOLE, accounts)
    wizard.store.change(
        lambda state: replace(
            state,
            creation=replace(state.creation, done=frozenset({"role", "trust", "permissions"})),
        )
    )
    wizard.jump("connector")
    return GuidePage(wizard)


def test_the_steps_are_those_of_ubiquitys_form(qtbot: QtBot) -> None:
    said = _connector(qtbot, TWO).said("connector-steps")
    order = [
        "Database > Connectors > Add Connector",
        "Amazon S3",
        "AWS Account ID",
        "Region",
        "Bucket Name",
        "Prefix",
        "Test Connection",
    ]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accountId", ACCOUNT),
        ("region", REGION),
        ("bucketName", BUCKET),
        ("prefix", "imports/"),
        ("accountId-2", ACCOUNT),
        ("region-2", "us-east-1"),
        ("bucketName-2", "acme-exports"),
    ],
)
def test_each_value_has_its_own_copy_button(
    qtbot: QtBot, clipboard: QClipboard, name: str, value: str
) -> None:
    page = _connector(qtbot, TWO)
    assert value in page.said(f"connector-{name}")
    page.click(f"connector-{name}-copy")
    assert clipboard.text() == value


def test_several_buckets_are_several_connectors(qtbot: QtBot) -> None:
    page = _connector(qtbot, TWO)
    said = page.said("severalConnectors")
    assert "Each region and each prefix needs its own connector. They share one role" in said
    assert "Leave “Prefix” empty." in page.said("connector-steps")
    assert page.said("connector-steps").count("Leave “Prefix” empty.") == 1
    assert not page.shows("connector-prefix-2")
    assert not _connector(qtbot, PLAIN).shows("severalConnectors")


def test_it_waits_for_the_tick(qtbot: QtBot) -> None:
    page = _connector(qtbot, PLAIN)
    assert page.focus == "connector-accountId-copy"
    page.next()
    assert (page.page, page.focus) == ("connector", "done-connector")
    assert page.line == "Waiting for: your tick, once the connector is saved"
    page.tick("connector")
    page.next("test")


def test_practising_adds_nothing_to_the_real_ubiquity(qtbot: QtBot) -> None:
    page = _connector(qtbot, PLAIN, practice=True)
    assert "add nothing in your real UbiQuity" in page.said("practiceConnector")
    assert not _connector(qtbot, PLAIN).shows("practiceConnector")
