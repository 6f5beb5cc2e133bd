"""``check`` on support bundles: one as the customer saw it, and a list of many."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from app.commands import check_files
from app.commands.check_files import checked_file
from app.core.draft import Draft
from app.core.formats.checks_json import CheckedFile
from app.core.formats.report_json import report_to_json
from tests.commands.called import DRAFT, SNAPSHOT, assert_wrong_input, call
from tests.helpers.bundles import case_of, write_case, write_world
from tests.helpers.drafts import dump_draft
from tests.helpers.snapshots import (
    ACCOUNT,
    UBIQUITY_ROOT,
    World,
    asks_for,
    good,
    good_encrypted,
    trusting,
)

Bytes = pytest.CaptureFixture[bytes]


def another_id() -> World:
    world = good()
    world.set_trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for("aBqJBlwfjUOUcQjd5gt7vZ")))
    return world


def no_role() -> World:
    world = good()
    world.snapshot["role"] = {"state": "missing"}
    return world


def unread() -> World:
    world = good_encrypted()
    world.lose("buckets[0].policy")
    return world


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of bundles as they come in over night."""
    folder = tmp_path_factory.mktemp("night") / "morning"
    for name, world in {
        "a/ready.zip": good(),
        "b.zip": another_id(),
        "c.zip": no_role(),
        "d.zip": another_id(),
        "e.ZIP": unread(),
    }.items():
        write_world(world, folder / name)
    (folder / "damaged.zip").write_bytes((folder / "b.zip").read_bytes()[:-9])
    (folder / "notes.txt").write_text("no bundle")
    (folder / ".hidden.zip").write_text("no bundle")
    return folder


@pytest.fixture
def morning(tmp_path: Path, night: Path) -> Iterator[Path]:
    """Copy that folder, and stand above it."""
    shutil.copytree(night, tmp_path / "morning")
    before = Path.cwd()
    os.chdir(tmp_path)
    yield Path("morning")
    os.chdir(before)


ORDER: Final = ["b.zip", "d.zip", "e.ZIP", "c.zip", "a/ready.zip", "damaged.zip"]


def test_a_folder_is_a_list_with_what_is_the_same_cause_together(
    morning: Path, capsysbinary: Bytes
) -> None:
    for arguments in (["morning"], ["--snapshot", "morning"]):
        called = call(capsysbinary, "check", *arguments)
        assert called.status == 1
        lines = called.text.splitlines()
        assert [Path(line.split()[0]).relative_to(morning).as_posix() for line in lines] == ORDER
        assert f"{ACCOUNT}  Blocked" in lines[0]
        assert "trust.external-id-mismatch  The External ID does not match" in lines[0]
        assert f"{ACCOUNT}  Not certain" in lines[2]
        assert "role.missing" in lines[3]
        assert f"{ACCOUNT}  Ready" in lines[4]
        assert "Not usable" in lines[5]
        assert "its end is missing" in lines[5]
        assert called.err == "6 support bundles: 1 ready, 1 can’t be used.\n"


@pytest.mark.usefixtures("morning")
def test_the_list_as_json(capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "check", "morning/c.zip", "morning/damaged.zip", "--json")
    assert (called.status, called.json["format"]) == (1, "ubiquity-s3-setup/checks")
    missing, damaged = called.json["checks"]
    assert missing.pop("title").startswith("The role")
    assert missing == {
        "file": "morning/c.zip",
        "problem": None,
        "account_id": ACCOUNT,
        "verdict": "blocked",
        "code": "role.missing",
        "saved_at": "2026-11-29T09:08:07Z",
        "masked": True,
        "practice": False,
        "as_told": True,
    }
    assert damaged["file"] == "morning/damaged.zip"
    assert "its end is missing" in damaged["problem"]
    ready = call(capsysbinary, "check", "morning/a", "--json")
    assert (ready.status, [row["verdict"] for row in ready.json["checks"]]) == (0, ["ready"])


@pytest.mark.usefixtures("morning")
def test_several_processes_say_the_same(capsysbinary: Bytes) -> None:
    one = call(capsysbinary, "check", "morning", "--json")
    two = call(capsysbinary, "check", "morning", "--json", "--processes", "2")
    assert (two.status, two.json) == (one.status, one.json)


@pytest.mark.usefixtures("morning")
def test_what_the_program_fails_on_stops_no_other(
    capsysbinary: Bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = check_files._checked

    def failing(path: str, draft: Draft | None) -> object:
        if path.endswith("d.zip"):
            raise RecursionError
        return checked(path, draft)

    monkeypatch.setattr(check_files, "_checked", failing)
    called = call(capsysbinary, "check", "morning", "--json")
    rows = {Path(row["file"]).name: row for row in called.json["checks"]}
    assert "this program failed on it (RecursionError)" in rows["d.zip"]["problem"]
    assert rows["b.zip"]["verdict"] == "blocked"


def test_a_folder_that_can_not_be_looked_into_has_a_line(
    morning: Path, capsysbinary: Bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (morning / "closed").mkdir()
    scan = os.scandir

    def closed(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    called = call(capsysbinary, "check", "morning", "--json")
    assert len(called.json["checks"]) == len(ORDER) + 1
    last = called.json["checks"][-2:]
    assert "closed" in {Path(row["file"]).name for row in last}


def ending_file(path: str, draft: Draft | None) -> CheckedFile:
    if path.endswith("d.zip"):
        os._exit(1)
    return checked_file(path, draft)


def ending_part(files: Sequence[str], draft: Draft | None) -> list[CheckedFile]:
    return [ending_file(file, draft) for file in files]


@pytest.mark.usefixtures("morning")
def test_what_ends_a_process_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real processes, which take a second: nothing else shows that a dead one costs one line."""
    monkeypatch.setattr(check_files, "_AT_ONCE", 1)
    monkeypatch.setattr(check_files, "checked_part", ending_part)
    monkeypatch.setattr(check_files, "checked_file", ending_file)
    files = ["morning/d.zip", "morning/c.zip"]
    rows = {row.file: row for row in check_files.checked_files(files, None, 2)}
    assert set(rows) == set(files)
    assert "came to an end" in (rows["morning/d.zip"].problem or "")
    assert rows["morning/c.zip"].code == "role.missing"


@pytest.mark.usefixtures("morning")
def test_one_bundle_is_the_report_that_the_customer_saw(
    capsysbinary: Bytes, tmp_path: Path
) -> None:
    expected = report_to_json(another_id().report())
    for arguments in (["morning/b.zip"], ["--snapshot", "morning/b.zip"]):
        called = call(capsysbinary, "check", *arguments, "--json")
        assert called.status == 1
        assert [f["code"] for f in called.json["findings"]] == [
            f["code"] for f in expected["findings"]  # type: ignore[attr-defined]
        ]  # fmt: skip
        assert "Replay of the support bundle morning/b.zip" in called.err
        assert "is masked" in called.err
        assert "told something else" not in called.err
    kept = tmp_path / "kept.json"
    saved = call(capsysbinary, "check", "morning/b.zip", "--save-snapshot", str(kept))
    assert saved.text.startswith("Blocked: ")
    assert json.loads(kept.read_text())["format"] == "ubiquity-s3-setup/snapshot"


def test_another_draft_may_be_tried_on_a_bundle(morning: Path, capsysbinary: Bytes) -> None:
    """Support asks what would be said with other details."""
    write_case(case_of(*good().read()), morning / "whole.zip", seed=None)
    own = call(capsysbinary, "check", "morning/whole.zip")
    assert (own.status, own.text.partition(":")[0]) == (0, "Ready")
    assert "is masked" not in own.err
    other = call(capsysbinary, "check", "--draft", DRAFT, "--snapshot", "morning/whole.zip")
    assert "told something else: Ready (" in other.err
    plan = call(capsysbinary, "plan", "--draft", DRAFT, "--snapshot", "morning/whole.zip", "--json")
    assert plan.status == 0


def test_the_real_id_is_no_other_one_than_the_masked_one(
    tmp_path: Path, capsysbinary: Bytes
) -> None:
    """Support tries the customer's own details on a masked bundle, or gives those left out."""
    draft, snapshot = good().read()
    details = tmp_path / "own.json"
    details.write_text(dump_draft(draft))
    for without in ((), ("draft.json",)):
        path = write_case(case_of(draft, snapshot), tmp_path / "masked.zip", without=without)
        assert draft.database_id not in path.read_bytes().decode("latin-1")
        given = ("--draft", str(details), "--snapshot", str(path))
        checked = call(capsysbinary, "check", *given)
        assert (checked.status, checked.text.partition(":")[0]) == (0, "Ready")
        assert "told something else" not in checked.err
        assert call(capsysbinary, "plan", *given, "--json").json["changes"] == []
        listed = call(capsysbinary, "check", str(path), str(path), "--draft", str(details))
        assert "Ready" in listed.text


def test_what_was_left_out_is_asked_for(tmp_path: Path, capsysbinary: Bytes) -> None:
    case = case_of(*good().read())
    no_snapshot = write_case(case, tmp_path / "a.zip", without=("snapshot.json",))
    no_draft = write_case(case, tmp_path / "b.zip", without=("draft.json",))
    assert_wrong_input(call(capsysbinary, "check", str(no_snapshot)), "holds no snapshot")
    assert_wrong_input(call(capsysbinary, "check", str(no_draft)), "--draft FILE")
    listed = call(capsysbinary, "check", str(tmp_path), "--json")
    assert [row["problem"] is None for row in listed.json["checks"]] == [False, False]
    mended = write_case(replace(case, practice=True), tmp_path / "a.zip")
    called = call(capsysbinary, "check", str(mended))
    assert called.status == 0
    assert "practice AWS" in called.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "This is missing: --draft FILE."),
        (("--snapshot", SNAPSHOT), "This is missing: --draft FILE."),
        ((SNAPSHOT,), "it is not a ZIP file"),
        (("nowhere.zip",), "the file can’t be read"),
        (("morning", "--profile", "p"), "--profile is for one check"),
        (("morning/b.zip", "--snapshot", "morning/b.zip"), "--snapshot is for one check"),
        (("morning", "--save-snapshot", "x"), "--save-snapshot is for one check"),
        (("morning", "--processes", "0"), "--processes should be a number from 1 to 64."),
        (("morning", "--processes", "many"), "--processes should be a number"),
        (("morning", "--draft", "nowhere.json"), "nowhere.json"),
        (("empty",), "no support bundle"),
    ],
)
def test_what_can_not_be_asked_for(
    arguments: tuple[str, ...], sentence: str, morning: Path, capsysbinary: Bytes
) -> None:
    Path("empty").mkdir()
    assert_wrong_input(call(capsysbinary, "check", *arguments), sentence)
    assert call(capsysbinary, "check", str(morning / "a" / "ready.zip")).status == 0
