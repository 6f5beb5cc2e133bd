"""``policies``: one document on standard output, or files in a folder."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.commands.cli import COMMANDS
from app.core.documents.document_text import document_text
from app.exports.by_format import EXPORTS
from tests.commands.called import DRAFT, assert_wrong_input, call
from tests.helpers.golden import golden

Bytes = pytest.CaptureFixture[bytes]

KEY = "arn:aws:kms:ap-southeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.fixture
def encrypted(tmp_path: Path) -> str:
    draft: dict[str, Any] = json.loads(Path(DRAFT).read_text(encoding="utf-8"))
    draft["buckets"][0]["kms_key_arn"] = KEY
    path = tmp_path / "draft.json"
    path.write_text(json.dumps(draft), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("more", [("--json",), ("--format", "json"), ("--format=json", "--json")])
def test_one_document_with_the_guides_policies(
    capsysbinary: Bytes, encrypted: str, more: tuple[str, ...]
) -> None:
    called = call(capsysbinary, "policies", "--draft", encrypted, *more)
    assert called.status == 0
    trust = golden("guide-trust-policy.json", YOUR_UBIQUITY_ACCOUNT_ID="xWqJBlwfjUOUcQjd5gt7vQ")
    permissions = golden("guide-permissions-plain.json", YOUR_BUCKET_NAME="customer-data-imports")
    statement = golden("guide-key-statement.json", YOUR_AWS_ACCOUNT_ID="123456789012")
    # To the letter: the order of the keys counts as well.
    assert (
        called.text
        == document_text(
            {
                "format": "ubiquity-s3-setup/policies",
                "version": 1,
                "role_name": "ubiquity-connectors-s3-access-role",
                "policy_name": "ubiquity-s3-access-policy",
                "trust_policy": trust,
                "permissions_policy": permissions,
                "kms_statements": [
                    {"key_arn": KEY, "bucket": "customer-data-imports", "statement": statement}
                ],
            }
        )
        + "\n"
    )


def test_without_a_key_there_is_no_statement(capsysbinary: Bytes) -> None:
    assert call(capsysbinary, "policies", "--draft", DRAFT, "--json").json["kms_statements"] == []


def test_what_is_unusual_is_said_beside_the_document(capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "policies", "--draft", DRAFT)
    assert called.err.splitlines()[0].startswith("Note: account_id: ")
    assert called.json["version"] == 1


def test_files_in_a_folder(capsysbinary: Bytes, tmp_path: Path, encrypted: str) -> None:
    out = tmp_path / "new" / "folder"
    called = call(capsysbinary, "policies", "--draft", encrypted, "--out", str(out))
    names = ["trust-policy.json", "permissions-policy.json", "kms-key-statement.json"]
    assert called.status == 0
    assert called.text.splitlines() == [str(out / name) for name in names]
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    document = call(capsysbinary, "policies", "--draft", encrypted, "--json").json
    written = [json.loads((out / name).read_text(encoding="utf-8")) for name in names]
    assert written == [
        document["trust_policy"],
        document["permissions_policy"],
        document["kms_statements"][0]["statement"],
    ]


def test_files_and_one_document(capsysbinary: Bytes, tmp_path: Path) -> None:
    out = tmp_path / "folder"
    called = call(capsysbinary, "policies", "--draft", DRAFT, "--json", "--out", str(out))
    assert called.status == 0
    assert called.json["format"] == "ubiquity-s3-setup/policies"
    assert all(str(path) in called.err for path in out.iterdir())
    assert len(list(out.iterdir())) == 2


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_folder_that_can_not_be_written(
    capsysbinary: Bytes, tmp_path: Path, more: tuple[str, ...]
) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    called = call(capsysbinary, "policies", "--draft", DRAFT, "--out", str(file / "in"), *more)
    assert_wrong_input(called, "the file can’t be written: Not a directory. Choose another place.")
    assert len(called.err.splitlines()) == 1  # the draft's own notes would hide it
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_draft_that_can_not_be_used(capsysbinary: Bytes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    called = call(capsysbinary, "policies", "--draft", str(tmp_path), "--out", str(out))
    assert_wrong_input(called, f"{tmp_path}: the file can’t be read: ")
    assert not out.exists()


def test_every_export_can_be_asked_for() -> None:
    [choices] = [option.choices for option in COMMANDS["policies"].options if option.choices]
    assert choices == tuple(EXPORTS)
