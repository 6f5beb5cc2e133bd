"""``check --block``: the report is that of the snapshot, and what is odd about a block is said."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from app.core.formats.snapshot_block import BEGIN, END, block_of
from tests.commands.called import DRAFT, SNAPSHOT, Called, assert_wrong_input, call, files_of
from tests.helpers.snapshots import STRANGER, World, good

Bytes = pytest.CaptureFixture[bytes]

PROMPT: Final = "[cloudshell-user@ip-10-2-34-56 ~]$ "


def fresh(world: World, *, hours: int = 1) -> World:
    """Return the world as it was read so many hours ago."""
    at = datetime.now(UTC) - timedelta(hours=hours)
    world.snapshot["captured_at"] = at.isoformat(timespec="seconds")
    return world


def check(captured: Bytes, world: World, folder: Path, text: str, *more: str) -> Called:
    """Check a file that holds ``text`` as the block."""
    draft = files_of(world, folder)[:2]
    path = folder / "block.txt"
    path.write_text(text, encoding="utf-8")
    return call(captured, "check", *draft, "--block", str(path), *more)


def test_a_block_gives_the_report_of_its_snapshot(capsysbinary: Bytes, tmp_path: Path) -> None:
    world = fresh(good())
    text = f"{PROMPT}bash ubiquity-s3.sh\n{block_of(world.read()[1])}{PROMPT}\n"
    called = check(capsysbinary, world, tmp_path, text, "--json")
    assert (called.status, called.err, called.json["verdict"]) == (0, "", "ready")
    assert called.json == call(capsysbinary, "check", *files_of(world, tmp_path), "--json").json
    world.snapshot["role"] = {"state": "missing"}
    saved = tmp_path / "saved.json"
    again = check(
        capsysbinary, world, tmp_path, block_of(world.read()[1]), "--save-snapshot", str(saved)
    )
    assert again.status == 1
    assert again.text.startswith("Blocked: ")
    assert json.loads(saved.read_text("utf-8"))["role"] == {"state": "missing"}


def test_a_block_of_another_account_is_said_and_so_is_an_old_one(
    capsysbinary: Bytes, tmp_path: Path
) -> None:
    world = fresh(good(), hours=25)
    old = check(capsysbinary, world, tmp_path, block_of(world.read()[1]), "--json")
    assert (old.status, old.json["verdict"]) == (0, "ready")
    assert "more than a day ago" in old.err
    world = fresh(good())
    world.snapshot["caller"] = {"arn": f"arn:aws:iam::{STRANGER}:user/jo", "account": STRANGER}
    other = check(capsysbinary, world, tmp_path, block_of(world.read()[1]), "--json")
    assert (other.status, other.json["verdict"]) == (1, "blocked")
    assert other.json["findings"][0]["code"] == "signin.wrong-account"
    assert STRANGER in other.err
    assert len(other.err.splitlines()) == 1
    right = fresh(good())
    assert check(capsysbinary, right, tmp_path, block_of(right.read()[1])).status == 0


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda block: block[:300], "cut short"),
        (lambda block: block.removeprefix(BEGIN), "cut short"),
        (lambda block: block.replace("e", "f"), "altered"),
        (lambda _block: "I ran it, all is well!", "there is no block"),
        (lambda _block: f"{BEGIN}\n{END}", "altered"),
    ],
)
def test_a_damaged_block_is_wrong_input(
    capsysbinary: Bytes, tmp_path: Path, damage: Callable[[str], str], said: str
) -> None:
    world = fresh(good())
    block = block_of(world.read()[1])
    assert_wrong_input(check(capsysbinary, world, tmp_path, damage(block)), "block.txt", said)
    assert check(capsysbinary, world, tmp_path, block).status == 0


@pytest.mark.parametrize("other", [("--snapshot", SNAPSHOT), ("--profile", "p")])
def test_a_block_stands_alone(capsysbinary: Bytes, other: tuple[str, str]) -> None:
    called = call(capsysbinary, "check", "--draft", DRAFT, "--block", SNAPSHOT, *other)
    assert_wrong_input(called, "--block", other[0], "can’t be given together")


def test_a_file_that_windows_saved_is_read(capsysbinary: Bytes, tmp_path: Path) -> None:
    world = fresh(good())
    draft = files_of(world, tmp_path)[:2]
    path = tmp_path / "block.txt"
    path.write_bytes(block_of(world.read()[1]).replace("\n", "\r\n").encode("utf-16"))
    assert call(capsysbinary, "check", *draft, "--block", str(path)).status == 0
    path.write_bytes(b"\x89PNG\xff")
    refused = call(capsysbinary, "check", *draft, "--block", str(path))
    assert_wrong_input(refused, "block.txt: this is not a text.")


def test_what_is_given_for_the_other_is_told(capsysbinary: Bytes, tmp_path: Path) -> None:
    world = fresh(good())
    draft, snapshot = files_of(world, tmp_path)[:2], files_of(world, tmp_path)[3]
    block = tmp_path / "block.txt"
    block.write_text(block_of(world.read()[1]), encoding="utf-8")
    for option, path, said in (
        ("--block", snapshot, "Give it with --snapshot."),
        ("--snapshot", str(block), "Give it to “check” with --block."),
    ):
        assert_wrong_input(call(capsysbinary, "check", *draft, option, path), said)
    assert call(capsysbinary, "check", *draft, "--block", str(block)).status == 0
