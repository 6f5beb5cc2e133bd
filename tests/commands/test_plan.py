"""``plan``: what would change, in order, with the text before and after."""

from pathlib import Path

import pytest

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.guide import role_arn
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.practice.server import PracticeAws
from tests.commands.called import DRAFT, assert_wrong_input, call, files_of
from tests.commands.practice_account import account_of, draft_for, sign_in, written
from tests.helpers.snapshots import ROLE_ARN, STRANGER, good

Bytes = pytest.CaptureFixture[bytes]


def test_nothing_needs_doing(tmp_path: Path, capsysbinary: Bytes) -> None:
    files = files_of(good(), tmp_path)
    called = call(capsysbinary, "plan", *files, "--json")
    assert (called.status, called.err) == (0, "")
    assert called.json == {
        "format": "ubiquity-s3-setup/plan",
        "version": 1,
        "changes": [],
        "cannot_mend": [],
    }
    told = call(capsysbinary, "plan", *files)
    assert (told.status, "nothing needs doing" in told.text) == (0, True)


def test_before_and_after(tmp_path: Path, capsysbinary: Bytes) -> None:
    world = good()
    world.trust["Condition"]["StringEquals"]["sts:ExternalId"] = f"{DATABASE_ID} "
    world.draft["database_id"] = DATABASE_ID
    files = files_of(world, tmp_path)
    (change,) = call(capsysbinary, "plan", *files, "--json").json["changes"]
    assert set(change) >= {"kind", "target", "before", "after", "reversible"}
    assert (change["kind"], change["target"]) == ("update-trust-policy", ROLE_ARN)
    assert change["after"] == trust_policy(DATABASE_ID)
    told = call(capsysbinary, "plan", *files).text
    assert told.index(f'"{DATABASE_ID} "') < told.index(f'"{DATABASE_ID}"')
    assert "can be undone" in told


def test_what_can_not_be_mended(tmp_path: Path, capsysbinary: Bytes) -> None:
    world = good()
    world.snapshot["organization_denies"] = [
        {"action": "s3:ListBucket", "resource": "*", "by": "service control policy"}
    ]
    files = files_of(world, tmp_path)
    called = call(capsysbinary, "plan", *files, "--json")
    assert (called.status, called.json["cannot_mend"]) == (0, ["organization.denies"])
    told = call(capsysbinary, "plan", *files).text
    assert "organization.denies" in told
    assert "Who can act:" in told


def test_the_account_itself(
    aws: PracticeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    sign_in(monkeypatch, aws.admin)
    draft = draft_for(aws)
    before = account_of(aws)
    called = call(capsysbinary, "plan", "--draft", written(draft, tmp_path), "--json")
    assert called.status == 0
    changes = called.json["changes"]
    assert [change["kind"] for change in changes] == [
        "create-policy",
        "create-role",
        "attach-policy",
        "put-key-policy",
    ]
    assert changes[0]["after"] == permissions_policy(draft.buckets)
    assert changes[1]["target"] == role_arn(ACCOUNT_ID)
    assert account_of(aws) == before
    assert "Reading the role and its policies" in called.err


def test_nobody_is_signed_in(
    aws: PracticeAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    path = written(draft_for(aws), tmp_path)
    arguments = ("plan", "--draft", path, "--json")
    assert_wrong_input(call(capsysbinary, *arguments, "--profile", "nobody"), "nobody")
    assert_wrong_input(call(capsysbinary, *arguments), "sign")
    sign_in(monkeypatch, aws.partner)
    assert_wrong_input(call(capsysbinary, *arguments), "another AWS account", ACCOUNT_ID)
    sign_in(monkeypatch, aws.admin)
    assert call(capsysbinary, *arguments).status == 0


def test_another_account_s_snapshot(tmp_path: Path, capsysbinary: Bytes) -> None:
    world = good()
    world.snapshot["caller"] = {"arn": f"arn:aws:iam::{STRANGER}:root", "account": STRANGER}
    called = call(capsysbinary, "plan", *files_of(world, tmp_path), "--json")
    assert called.json["changes"] == []
    assert "signin.wrong-account" in called.json["cannot_mend"]


def test_the_input_is_wrong(tmp_path: Path, capsysbinary: Bytes) -> None:
    nowhere = str(tmp_path / "nowhere.json")
    assert_wrong_input(call(capsysbinary, "plan"), "--draft FILE")
    assert_wrong_input(call(capsysbinary, "plan", "--draft", nowhere), nowhere)
    wrong = ("plan", "--draft", DRAFT, "--snapshot", nowhere)
    assert_wrong_input(call(capsysbinary, *wrong), nowhere)
