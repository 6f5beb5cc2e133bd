"""``check`` on a snapshot file: the report, the exit status, and what is refused."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import read_snapshot
from app.core.snapshot import Snapshot
from tests.commands.called import DRAFT, SNAPSHOT, assert_wrong_input, call, files_of
from tests.helpers.snapshots import (
    BUCKET_ARN,
    OBJECTS,
    STRANGER,
    UBIQUITY_ROOT,
    World,
    allow,
    document,
    good,
    good_encrypted,
)

Bytes = pytest.CaptureFixture[bytes]
Json = dict[str, Any]

GOLDEN: Final = ("check", "--draft", DRAFT, "--snapshot", SNAPSHOT)


def _without_role(world: World) -> None:
    world.snapshot["role"] = {"state": "missing"}


def _another_account(world: World) -> None:
    world.snapshot["caller"] = {"arn": f"arn:aws:iam::{STRANGER}:user/jo", "account": STRANGER}


def _unreadable_policy(world: World) -> None:
    world.lose("buckets[0].policy")


@pytest.mark.parametrize(
    ("change", "verdict", "words", "status"),
    [
        (lambda _world: None, "ready", "Ready: ", 0),
        (_without_role, "blocked", "Blocked: ", 1),
        (_another_account, "blocked", "Not checked: The sign-in has to be mended first", 1),
        (_unreadable_policy, "incomplete", "Not certain: ", 1),
    ],
    ids=["ready", "blocked", "another account", "incomplete"],
)
def test_the_exit_status_is_the_verdict(
    capsysbinary: Bytes,
    tmp_path: Path,
    change: Callable[[World], object],
    verdict: str,
    words: str,
    status: int,
) -> None:
    world = good_encrypted()
    change(world)
    options = files_of(world, tmp_path)
    called = call(capsysbinary, "check", *options, "--json")
    assert (called.status, called.err) == (status, "")
    assert called.json["verdict"] == verdict
    told = call(capsysbinary, "check", *options)
    assert (told.status, told.err) == (status, "")
    assert told.text.startswith(words)


def test_the_report_is_that_of_the_diagnosis(capsysbinary: Bytes, tmp_path: Path) -> None:
    world = good()
    _without_role(world)
    called = call(capsysbinary, "check", *files_of(world, tmp_path), "--json")
    assert called.json == report_to_json(world.report())


def test_the_example_of_the_formats(capsysbinary: Bytes) -> None:
    report = call(capsysbinary, *GOLDEN, "--json").json
    assert list(report) == ["format", "version", "verdict", "access", "findings"]
    assert (report["format"], report["version"]) == ("ubiquity-s3-setup/report", 1)
    assert report["verdict"] == "blocked"
    assert [(row["action"], row.get("without_external_id")) for row in report["access"]] == [
        ("sts:AssumeRole", None),
        ("sts:AssumeRole", True),
        *(
            (f"s3:{name}", None)
            for name in ("ListBucket", "GetObject", "PutObject", "DeleteObject")
        ),
        *((f"kms:{name}", None) for name in ("Decrypt", "DescribeKey", "GenerateDataKey")),
    ]
    keys = {"code", "severity", "evidence", "bucket", "params", "title", "detail", "fix", "who"}
    assert [set(found) for found in report["findings"]] == [keys | {"doc"}] * len(
        report["findings"]
    )


def test_people_read_every_finding_and_decision(capsysbinary: Bytes) -> None:
    report = call(capsysbinary, *GOLDEN, "--json").json
    text = call(capsysbinary, *GOLDEN).text
    for found in report["findings"]:
        assert found["title"] in text
        assert f"({found['code']})" in text
        assert all(step in text for step in found["fix"])
    for row in report["access"]:
        assert f"{row['resource']}: {row['because']}" in text


def test_a_saved_snapshot_gives_the_same_report(capsysbinary: Bytes, tmp_path: Path) -> None:
    saved = tmp_path / "new" / "saved.json"
    first = call(capsysbinary, *GOLDEN, "--json", "--save-snapshot", str(saved))
    again = call(capsysbinary, "check", "--draft", DRAFT, "--snapshot", str(saved), "--json")
    assert (again.status, again.out) == (first.status, first.out)
    was = read_snapshot(Path(SNAPSHOT).read_text(encoding="utf-8"), "was")
    assert isinstance(was, Snapshot)
    assert read_snapshot(saved.read_text(encoding="utf-8"), "saved") == was


def test_a_snapshot_that_can_not_be_saved(capsysbinary: Bytes, tmp_path: Path) -> None:
    called = call(capsysbinary, *GOLDEN, "--save-snapshot", str(tmp_path))
    assert_wrong_input(called, f"{tmp_path}: the file can’t be written: ")
    assert list(tmp_path.iterdir()) == []


def _json_of(path: str) -> Json:
    read: Json = json.loads(Path(path).read_text(encoding="utf-8"))
    return read


def _with(path: str, **changes: object) -> bytes:
    return json.dumps({**_json_of(path), **changes}).encode()


def _lacking(path: str, key: str) -> bytes:
    return json.dumps({k: v for k, v in _json_of(path).items() if k != key}).encode()


BROKEN: Final = (
    ("draft", b"", "this is not JSON"),
    ("draft", b"{", "this is not JSON: the mistake is at line 1, column 2."),
    ("draft", b"[]", "the file should hold an object, and holds a list."),
    ("draft", b"null", "the file should hold an object"),
    ("draft", b'{"a":' * 5000, ""),
    ("draft", b"[" * 100_000, ""),
    ("draft", b"\xff\xfe{\x00}\x00", "this is not a UTF-8 text."),
    (
        "draft",
        _with(DRAFT, version=2),
        (
            "this program reads version 1 of this file, and this is 2. "
            "Use the newest version of this program."
        ),
    ),
    ("draft", _with(DRAFT, version="1"), "“version” should be a whole number, and is"),
    ("draft", _with(DRAFT, format="x\ny\nz\n1\n2\n3\n4"), "“format” should be"),
    ("draft", _with(DRAFT, account_id=123), "“account_id” should be text, and is"),
    ("draft", _with(DRAFT, account_id="1234\n" * 9), "account_id"),
    ("draft", _with(DRAFT, account_id=None), "account_id"),
    ("draft", _with(DRAFT, database_id=" xWqJBlwfjUOUcQjd5gt7vQ"), "database_id"),
    ("draft", _with(DRAFT, buckets=[]), "“buckets” should hold at least one bucket"),
    ("draft", _with(DRAFT, buckets={}), "“buckets” should be a list"),
    ("draft", _with(DRAFT, buckets=[1]), "“buckets[0]” should be an object"),
    ("draft", _lacking(DRAFT, "database_id"), "“database_id” is missing."),
    ("draft", Path(SNAPSHOT).read_bytes(), "“format” should be “ubiquity-s3-setup/draft”"),
    ("snapshot", Path(DRAFT).read_bytes(), "“format” should be “ubiquity-s3-setup/snapshot”"),
    ("snapshot", b"nothing", "this is not JSON"),
    ("snapshot", b"\x80", "this is not a UTF-8 text."),
    ("snapshot", _with(SNAPSHOT, version=99), "version 1 of this file, and this is 99."),
    ("snapshot", _with(SNAPSHOT, role=[]), "“role” should be an object"),
    ("snapshot", _with(SNAPSHOT, role={"state": "lost"}), "“role.state” should be one of"),
    ("snapshot", _with(SNAPSHOT, captured_at="noon"), "“captured_at” should be a time"),
    *(
        ("snapshot", _lacking(SNAPSHOT, key), f"“{key}” is missing.")
        for key in ("captured_at", "caller", "role", "customer_policy", "buckets")
    ),
)


@pytest.mark.parametrize("more", [(), ("--json",)])
@pytest.mark.parametrize(
    ("which", "contents", "said"), BROKEN, ids=[f"{w}-{n}" for n, (w, *_) in enumerate(BROKEN)]
)
def test_a_file_that_can_not_be_used(
    capsysbinary: Bytes,
    tmp_path: Path,
    which: str,
    contents: bytes,
    said: str,
    more: tuple[str, ...],
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_bytes(contents)
    files = {"draft": DRAFT, "snapshot": SNAPSHOT, which: str(wrong)}
    options = (part for name, file in files.items() for part in (f"--{name}", file))
    saved = tmp_path / "saved.json"
    called = call(capsysbinary, "check", *options, *more, "--save-snapshot", str(saved))
    assert_wrong_input(called, "wrong.json", said)
    assert not saved.exists()


@pytest.mark.parametrize("which", ["draft", "snapshot"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "the file can’t be read: "),
        ("nowhere.json", "the file can’t be read: "),
        ("nowhere/draft.json", "the file can’t be read: "),
        ("a\nb\nc\nd\ne\nf\ng", "a\\nb\\nc\\nd\\ne\\nf\\ng: the file can’t be read: "),
        ("a\0b", "the file can’t be read: "),
        ("x" * 2000, "xxx"),
    ],
)
def test_a_file_that_can_not_be_read(
    capsysbinary: Bytes, tmp_path: Path, which: str, name: str, said: str
) -> None:
    files = {"draft": DRAFT, "snapshot": SNAPSHOT, which: str(tmp_path / name)}
    options = (part for key, file in files.items() for part in (f"--{key}", file))
    assert_wrong_input(call(capsysbinary, "check", *options), said)


def _let_in_past_the_role(world: World) -> None:
    """Let UbiQuity's account in by the bucket's policy, the key's, and a grant."""
    ubiquity = {"AWS": UBIQUITY_ROOT}
    world.bucket["policy"] = document(allow("s3:*", [BUCKET_ARN, OBJECTS], Principal=ubiquity))
    world.key_statements.append(allow("kms:Decrypt", Principal=ubiquity))
    grant = {"grantee": UBIQUITY_ROOT, "operations": ["Decrypt"]}
    world.bucket["kms_key"]["grants"] = [grant]


def test_what_lets_ubiquity_in_past_the_role_is_said(capsysbinary: Bytes, tmp_path: Path) -> None:
    world = good_encrypted()
    _let_in_past_the_role(world)
    options = files_of(world, tmp_path)
    called = call(capsysbinary, "check", *options, "--json")
    assert (called.status, called.json["verdict"]) == (0, "ready")
    findings = [(f["code"], f["severity"], f["who"]) for f in called.json["findings"]]
    assert findings == [
        ("bucket.direct-grant", "warning", "bucket-owner"),
        ("kms.direct-grant", "warning", "key-admin"),
        ("kms.direct-grant", "warning", "key-admin"),
    ]
    text = call(capsysbinary, "check", *options).text
    assert text.startswith("Ready: ")
    assert "lets UbiQuity in without the role" in text
    assert UBIQUITY_ROOT in text
    # A step that speaks of a quoted statement has it beside it.
    quoted = [f["params"]["statement"] for f in called.json["findings"][:2]]
    lines = [line.removeprefix("  | ") for line in text.splitlines() if line.startswith("  | ")]
    assert "\n".join(lines) == "\n".join(json.dumps(each, indent=2) for each in quoted)
    # Taken out, nothing is left to say.
    calm = call(capsysbinary, "check", *files_of(good_encrypted(), tmp_path), "--json")
    assert (calm.status, calm.json["findings"]) == (0, [])


def test_a_public_bucket_is_said(capsysbinary: Bytes, tmp_path: Path) -> None:
    world = good()
    world.bucket["policy"] = document(allow("s3:GetObject", OBJECTS, Principal="*"))
    called = call(capsysbinary, "check", *files_of(world, tmp_path), "--json")
    assert (called.status, called.json["verdict"]) == (0, "ready")
    [finding] = called.json["findings"]
    assert (finding["code"], finding["params"]["who"]) == ("bucket.direct-grant", ["*"])
    assert finding["params"]["anybody"] is True
    assert "Block Public Access" in finding["detail"]


@pytest.mark.parametrize("option", ["--draft", "--snapshot"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 1_000_000, "nested too deep"),
        (b'{"a": ' * 100_000, "nested too deep"),
        (b'{"format": 1, "format": 2}', "\u201cformat\u201d is there twice"),
        (b'{"a": {"b": [1e999]}}', "\u201ca.b[0]\u201d should be a number"),
        (b'{"a": NaN}', "\u201ca\u201d should be a number"),
        (b'{"a": ' + b"7" * 5000 + b"}", "\u201ca\u201d should be a number"),
        (b" " * 10_000_001, "larger than 10 MB"),
        ("{}".encode("utf-16"), "not a UTF-8 text"),
    ],
)
def test_an_odd_file_is_one_sentence(
    option: str, content: bytes, said: str, tmp_path: Path, capsysbinary: Bytes
) -> None:
    odd = tmp_path / "odd.json"
    odd.write_bytes(content)
    files = {"--draft": DRAFT, "--snapshot": SNAPSHOT, option: str(odd)}
    arguments = [part for pair in files.items() for part in pair]
    assert_wrong_input(call(capsysbinary, "check", *arguments), "odd.json", said)
    odd.write_bytes(Path({"--draft": DRAFT, "--snapshot": SNAPSHOT}[option]).read_bytes())
    assert call(capsysbinary, "check", *arguments).status in (0, 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("option", ["--draft", "--snapshot"])
def test_what_is_no_file_is_not_waited_for(
    option: str, tmp_path: Path, capsysbinary: Bytes
) -> None:
    os.mkfifo(tmp_path / "fifo")
    for odd in (str(tmp_path / "fifo"), "/dev/zero", str(tmp_path)):
        files = {"--draft": DRAFT, "--snapshot": SNAPSHOT, option: odd}
        arguments = [part for pair in files.items() for part in pair]
        assert_wrong_input(call(capsysbinary, "check", *arguments), odd, "can\u2019t be read")
    assert call(capsysbinary, *GOLDEN).status in (0, 1)
