"""Journals on the disk: kept before AWS is asked, for their owner alone, and read back."""

import os
import stat
from pathlib import Path

import pytest

from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, Step, StepState, new_journal
from app.system.journal_files import JournalFiles
from tests.helpers.drafts import ACCOUNT, MOMENT, PLAIN
from tests.helpers.runs import made


def _journal(state: RunState = RunState.OPEN, second: int = 3) -> Journal:
    now = MOMENT.replace(second=second)
    journal = new_journal(kind=RunKind.APPLY, account_id=ACCOUNT, changes=made(PLAIN), now=now)
    first, *rest = journal.steps
    return replace(journal, steps=(Step(first.change, StepState.DONE, MOMENT), *rest), state=state)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journals"


def test_another_start_finds_what_was_kept(folder: Path) -> None:
    assert JournalFiles(folder).unfinished() is None
    assert JournalFiles(folder).save(_journal()) is None
    again = JournalFiles(folder)
    assert again.unfinished() == again.unfinished(ACCOUNT) == _journal()
    assert again.last_to_undo(ACCOUNT) == _journal()
    assert again.unfinished("999999999999") is None
    assert again.find(_journal().id) == _journal()
    assert again.find("20200101T000000000000Z-apply") is None
    assert again.problems() == again.unread_since(None) == ()


def test_a_run_is_one_file(folder: Path) -> None:
    files = JournalFiles(folder)
    for state in (RunState.OPEN, RunState.FINISHED):
        files.save(_journal(state))
    files.save(_journal(RunState.FINISHED, second=4))
    assert len(list(folder.iterdir())) == 2
    assert files.unfinished() is None
    assert files.last_to_undo(ACCOUNT) == _journal(RunState.FINISHED, second=4)
    files.save(_journal(RunState.UNDONE, second=4))
    assert files.last_to_undo(ACCOUNT) == _journal(RunState.FINISHED)


def test_the_last_set_up_and_what_stands_since(folder: Path) -> None:
    files = JournalFiles(folder)
    first = replace(_journal(RunState.FINISHED), draft=PLAIN)
    revoked = replace(
        _journal(RunState.FINISHED, second=4), id="30000101T0Z-revoke", kind=RunKind.REVOKE
    )
    files.save(first)
    assert files.standing_since(first) is None
    files.save(revoked)
    assert files.last_to_undo(ACCOUNT) == files.standing_since(first) == revoked
    assert files.last_apply(ACCOUNT) == files.last_apply(ACCOUNT, PLAIN) == first
    assert files.last_apply(ACCOUNT, replace(PLAIN, database_id="b" * 22)) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_may_read_it(folder: Path) -> None:
    JournalFiles(folder).save(_journal())
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_file_is_told_and_left(folder: Path) -> None:
    files = JournalFiles(folder)
    files.save(_journal())
    cut = folder / "20200101T000000000000Z-apply.json"
    cut.write_text('{"format": "ubiqu', encoding="utf-8")
    odd = folder / "20200101T000000000001Z-apply.json"
    odd.write_bytes(b"\xff\xfe\x00")
    assert [problem.source for problem in files.problems()] == [cut.name, odd.name]
    assert all(problem.source in problem.text for problem in files.problems())
    assert all("can’t be gone on with or undone" in p.text for p in files.problems())
    assert files.find(cut.stem) is None
    assert files.unfinished() == _journal()
    assert cut.exists()
    assert odd.exists()


def test_a_damaged_file_may_hide_a_later_run(folder: Path) -> None:
    files = JournalFiles(folder)
    files.save(_journal())
    earlier = folder / "20200101T000000000000Z-apply.json"
    earlier.write_text("{}", encoding="utf-8")
    assert files.unread_since(_journal()) == ()
    assert [problem.source for problem in files.unread_since(None)] == [earlier.name]
    for name in ("20270101T000000000000Z-apply.json", "copy.json"):
        later = folder / name
        later.write_text("{}", encoding="utf-8")
        assert [problem.source for problem in files.unread_since(_journal())] == [name]
        later.unlink()


def test_a_folder_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "journals"
    folder.write_text("in the way", encoding="utf-8")
    files = JournalFiles(folder)
    (problem,) = files.problems()
    assert str(folder) in problem.text
    assert files.unread_since(_journal()) == (problem,)
    assert files.unfinished() is None
    folder.unlink()
    assert files.problems() == ()


def test_a_disk_that_refuses_is_told_in_one_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    sentence = JournalFiles(in_the_way / "journals").save(_journal())
    assert sentence is not None
    assert "could not be saved" in sentence
    in_the_way.unlink()
    assert JournalFiles(in_the_way / "journals").save(_journal()) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_file_among_them_is_told_and_does_not_hang(folder: Path) -> None:
    files = JournalFiles(folder)
    files.save(_journal(RunState.FINISHED))
    os.mkfifo(folder / "20300101T000000000000Z-apply.json")
    (folder / "20300102T000000000000Z-apply.json").symlink_to("/dev/zero")
    with (folder / "20300103T000000000000Z-apply.json").open("wb") as huge:
        huge.truncate(10**12)
    assert files.last_to_undo(ACCOUNT) == _journal(RunState.FINISHED)
    reasons = [problem.text for problem in files.problems()]
    assert [reason.rpartition(": ")[2] for reason in reasons] == [
        "it is a device or a pipe, not a file.",
        "it is a link.",
        "it is larger than 10 MB.",
    ]
    assert len(files.unread_since(_journal())) == 3
    for path in folder.glob("2030*"):
        path.unlink()
    assert files.unread_since(_journal()) == ()


def test_half_written_copies_are_cleaned_away(folder: Path) -> None:
    files = JournalFiles(folder)
    files.save(_journal())
    left = folder / ".20200101T000000000000Z-apply.json.abcdefgh"
    left.touch()
    os.utime(left, (0, 0))
    files.save(_journal(RunState.FINISHED))
    assert [path.name for path in folder.iterdir()] == [f"{_journal().id}.json"]


def test_the_latest_run_is_told_by_its_number_and_not_by_the_clock(folder: Path) -> None:
    files = JournalFiles(folder)
    files.save(_journal(RunState.FINISHED, second=59))  # of an earlier version: without a number
    first = files.begin(_journal(RunState.FINISHED, second=30))
    files.save(first)
    second = JournalFiles(folder).begin(_journal(RunState.FINISHED, second=10))
    assert (first.number, second.number) == (1, 2)
    assert files.begin(second) == second
    files.save(second)
    again = JournalFiles(folder)
    assert again.last_to_undo(ACCOUNT) == again.last_apply(ACCOUNT) == second
    assert again.standing_since(first) == second
    assert again.standing_since(second) is None
    files.save(replace(second, state=RunState.UNDONE))
    assert again.last_to_undo(ACCOUNT) == first
    files.save(replace(first, state=RunState.UNDONE))
    assert again.last_to_undo(ACCOUNT) == _journal(RunState.FINISHED, second=59)


def test_two_runs_of_one_moment_are_two_files(folder: Path) -> None:
    files = JournalFiles(folder)
    for number in (1, 2, 3):
        run = files.begin(_journal(RunState.FINISHED))
        assert run.number == number
        files.save(run)
        assert files.find(run.id) == files.last_to_undo(ACCOUNT) == run
    assert len(list(folder.iterdir())) == 3
    # Neither is one written over whose file can't be read.
    unread = folder / f"{_journal(second=4).id}.json"
    unread.write_text("damaged")
    files.save(files.begin(_journal(RunState.FINISHED, second=4)))
    assert unread.read_text() == "damaged"
    assert len(list(folder.iterdir())) == 5
