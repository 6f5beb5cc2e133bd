"""``check`` where it asks AWS itself, found by AWS's own settings: the practice AWS here."""

import json
from pathlib import Path

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.formats.draft_json import FORMAT, VERSION
from app.practice.account import ACCOUNT_ID, DATABASE_ID, Keys
from app.practice.scenarios.company_network import ClosedDoor
from app.practice.server import PracticeAws
from tests.commands.called import Called, call
from tests.helpers.sound_setup import sound_setup

Bytes = pytest.CaptureFixture[bytes]


@pytest.fixture
def draft(aws: PracticeAws) -> Draft:
    bucket = aws.buckets[0]
    entry = BucketEntry(bucket.name, bucket.region, bucket.prefix)
    return Draft(ACCOUNT_ID, DATABASE_ID, (entry,))


@pytest.fixture
def draft_file(draft: Draft, tmp_path: Path) -> str:
    entry = draft.buckets[0]
    bucket = {"name": entry.name, "region": entry.region, "prefix": entry.prefix}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "account_id": draft.account_id,
        "database_id": draft.database_id,
        "buckets": [bucket],
    }
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def _sign_in(monkeypatch: pytest.MonkeyPatch, keys: Keys) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys.secret_access_key)


def _codes(called: Called) -> list[str]:
    return [found["code"] for found in called.json["findings"]]


def test_the_default_chain(
    aws: PracticeAws,
    draft: Draft,
    draft_file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    _sign_in(monkeypatch, aws.admin)
    nothing = call(capsysbinary, "check", "--draft", draft_file, "--json")
    assert nothing.status == 1
    assert _codes(nothing) == ["signin.other-endpoint", "role.missing"]
    assert "Reading the role and its policies" in nothing.err.splitlines()
    sound_setup(aws, draft)
    sound = call(capsysbinary, "check", "--draft", draft_file, "--json")
    assert (sound.status, sound.json["verdict"]) == (0, "ready")
    told = call(capsysbinary, "check", "--draft", draft_file)
    assert told.status == 0
    assert "Reading" not in told.text


def test_whoever_can_mend_it_with_this_program_is_told_so_and_a_replay_tells_nobody(
    aws: PracticeAws,
    draft_file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    _sign_in(monkeypatch, aws.admin)
    saved = str(tmp_path / "saved.json")
    asked = ("check", "--draft", draft_file)
    live = call(capsysbinary, *asked, "--save-snapshot", saved)
    assert "Who can act: You, with this program." in live.text
    replayed = call(capsysbinary, *asked, "--snapshot", saved)
    assert "with this program" not in replayed.text
    assert "Who can act: Your AWS administrator." in replayed.text


def test_a_named_profile_and_its_saved_snapshot(
    aws: PracticeAws,
    draft_file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    config, saved = tmp_path / "config", tmp_path / "saved.json"
    config.write_text(
        "[profile acme]\n"
        f"aws_access_key_id = {aws.admin.access_key_id}\n"
        f"aws_secret_access_key = {aws.admin.secret_access_key}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    asked = ("check", "--draft", draft_file, "--json")
    live = call(capsysbinary, *asked, "--profile", "acme", "--save-snapshot", str(saved))
    assert (live.status, _codes(live)) == (1, ["signin.other-endpoint", "role.missing"])
    replayed = call(capsysbinary, *asked, "--snapshot", str(saved))
    assert (replayed.status, replayed.out, replayed.err) == (1, live.out, "")
    assert aws.admin.secret_access_key not in saved.read_text(encoding="utf-8")
    assert aws.admin.access_key_id not in saved.read_text(encoding="utf-8")


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize(
    ("more", "code"),
    [((), "signin.none"), (("--profile", "nobody"), "signin.profile-missing")],
)
def test_nobody_is_signed_in(
    draft_file: str, capsysbinary: Bytes, more: tuple[str, ...], code: str
) -> None:
    called = call(capsysbinary, "check", "--draft", draft_file, "--json", *more)
    assert (called.status, called.json["verdict"]) == (1, "blocked")
    assert _codes(called) == [code]


def test_a_network_that_fails(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    _sign_in(monkeypatch, aws.admin)
    with ClosedDoor() as door:
        monkeypatch.setenv("AWS_ENDPOINT_URL", door.url)
        called = call(capsysbinary, "check", "--draft", draft_file, "--json")
    assert (called.status, called.json["verdict"]) == (1, "blocked")
    assert _codes(called) == ["env.offline"]
    assert "Traceback" not in called.err
