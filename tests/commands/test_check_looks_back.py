"""``check`` looks back for UbiQuity on the practice AWS; no verdict hangs on what it finds."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.needs.least_policy import Doing, least_policy
from app.core.needs.reads import LOOKED_BACK_WITH
from app.practice.account import ACCOUNT_ID, DATABASE_ID, Keys
from app.practice.connector import press_test_connection
from app.practice.server import PracticeAws
from tests.commands.called import call
from tests.commands.practice_account import written
from tests.helpers.sound_setup import sound_setup
from tests.practice.clients import Person, deny
from tests.practice.test_cloudtrail import keys_of

Bytes = pytest.CaptureFixture[bytes]
HEADING = "What AWS has recorded:"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the practice AWS, which slows nobody down here, without waiting for a turn."""
    monkeypatch.setattr("app.aws.event_history._WITHIN", 0.0)


@pytest.fixture
def draft(aws: PracticeAws) -> Draft:
    bucket = aws.buckets[0]
    entry = BucketEntry(bucket.name, bucket.region, bucket.prefix)
    draft = Draft(ACCOUNT_ID, DATABASE_ID, (entry,))
    sound_setup(aws, draft)
    return draft


def _sign_in(monkeypatch: pytest.MonkeyPatch, keys: Keys) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys.secret_access_key)


def test_a_visit_is_in_the_text_and_in_the_saved_snapshot(
    aws: PracticeAws,
    draft: Draft,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    _sign_in(monkeypatch, aws.admin)
    asked = ("check", "--draft", written(draft, tmp_path))
    before = call(capsysbinary, *asked)
    assert before.status == 0
    assert "CloudTrail has no record of UbiQuity since" in before.text
    aws.faults.clock_ahead = timedelta(seconds=5)
    press_test_connection(aws.endpoint_url, aws.ubiquity, draft)
    saved = str(tmp_path / "saved.json")
    live = call(capsysbinary, *asked, "--save-snapshot", saved)
    assert live.status == 0
    recorded = live.text[live.text.index(HEADING) :]
    assert "The role was last used on " in recorded
    assert "UbiQuity assumed the role, with your External ID." in recorded
    snapshot = json.loads(Path(saved).read_text(encoding="utf-8"))
    (seen,) = snapshot["observations"]
    assert (seen["as"], seen["source"], seen["external_id"]) == ("ubiquity", "cloudtrail", "right")
    assert seen["request_id"]
    assert snapshot["role"]["last_used"]["region"] == draft.buckets[0].region
    replayed = call(capsysbinary, *asked, "--snapshot", saved)
    assert replayed.text.endswith(recorded)


def test_a_refusal_to_look_changes_neither_verdict_nor_exit_status(
    aws: PracticeAws,
    draft: Draft,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    policy = least_policy(draft, Doing.CHECK)
    statements = policy["Statement"]
    assert isinstance(statements, list)
    administrator = Person(aws, aws.admin)
    asked = ("check", "--draft", written(draft, tmp_path))
    _sign_in(monkeypatch, keys_of(administrator, "may", *statements))
    allowed = call(capsysbinary, *asked, "--json")
    assert allowed.status == 0
    _sign_in(monkeypatch, keys_of(administrator, "may-not", *statements, deny(LOOKED_BACK_WITH)))
    refused = call(capsysbinary, *asked, "--json")
    assert (refused.status, refused.json) == (0, allowed.json)
    text = call(capsysbinary, *asked)
    assert text.status == 0
    assert LOOKED_BACK_WITH in text.text[text.text.index(HEADING) :]
