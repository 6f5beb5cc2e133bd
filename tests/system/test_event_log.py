"""The log: bounded, written by a thread, never in anybody's way, and free of what others wrote."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.call_record import CallOutcome, CallRecord
from app.core.formats.log_text import log_line
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.log_event import (
    Began,
    Commanded,
    Crashed,
    CrashedBefore,
    Ended,
    Event,
    Face,
    HandedOver,
    Kept,
    Lost,
    NotKept,
    Shown,
    Woke,
)
from app.system.event_log import EACH_AT_MOST, KEPT, EventLog, latest_lines

AT = datetime(2026, 11, 29, 19, 51, 2, 345000, UTC)
CALL = CallRecord(
    action="iam:GetRole",
    begun_at=AT,
    seconds=0.25,
    outcome=CallOutcome.REFUSED,
    operation="iam.GetRole",
    region="us-east-1",
    bucket="some-bucket",
    http_status=403,
    request_id="2f4ed1d4-2c45-4c2b-9d3e-0123456789ab",
    host_id="S3's second",
    code="AccessDenied",
    requests=1,
)


def _log(folder: Path, events: int = 0) -> EventLog:
    moments = (AT + timedelta(seconds=n) for n in range(10_000_000))
    log = EventLog(folder, lambda: next(moments))
    for _ in range(events):
        log.take(Shown("setup", "details"))
    return log


def _text(folder: Path) -> str:
    return "".join(path.read_text() for path in sorted(folder.glob("log-*.txt")))


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            Began(Face.REAL, "0.1.0", "3.11.7", "Linux 6.1.0 (x86_64)", packaged=True),
            (
                "began face=real version=0.1.0 python=3.11.7 "
                'system="Linux 6.1.0 (x86_64)" packaged=True'
            ),
        ),
        (Shown("setup", "details"), "shown flow=setup page=details"),
        (Commanded("apply"), "commanded command=apply"),
        (
            CALL,
            (
                "call action=iam:GetRole operation=iam.GetRole region=us-east-1 outcome=refused "
                "code=AccessDenied http_status=403 "
                "request_id=2f4ed1d4-2c45-4c2b-9d3e-0123456789ab seconds=0.250 requests=1"
            ),
        ),
        (
            Crashed("builtins.KeyError", "app/ui/saving.py:31"),
            "crashed kind=builtins.KeyError place=app/ui/saving.py:31",
        ),
        (CrashedBefore("app/ui/saving.py:3"), "crashed-before place=app/ui/saving.py:3"),
        (Woke(3600), "woke seconds=3600"),
        (NotKept(Kept.SESSION, "ENOSPC"), "not-kept what=session reason=ENOSPC"),
        (HandedOver(2), "handed-over files=2"),
        (Lost(7), "lost events=7"),
        (Ended(0), "ended status=0"),
    ],
)
def test_a_line_of_each(event: Event, line: str) -> None:
    assert log_line(AT, event) == f"2026-11-29T19:51:02.345Z {line}"


CANARIES = (
    "123456789012",
    EXAMPLE_DATABASE_ID,
    "some-bucket",
    "acme-payroll-2024",
    "/home/jane/s3-connection.ubiquity-s3",
    "draft.json",
    "AKIAIOSFODNN7EXAMPLE",
    "wJ4CanaryQz/8RtMDENG+bPxRfiCY7kPzExLmNvQ",
    "arn:aws:iam::123456789012:role/UbiQuity",
    "Access denied for Jane",
    "x\ny=1",
)


@pytest.mark.parametrize("canary", CANARIES)
def test_what_others_wrote_has_no_shape_of_ours(canary: str) -> None:
    texts = ("action", "operation", "region", "code", "request_id")
    call = replace(CALL, **dict.fromkeys(texts, canary))  # type: ignore[arg-type]
    events: tuple[Event, ...] = (
        replace(call, bucket=canary, host_id=canary),
        Began(Face.REAL, canary, canary, canary, packaged=False),
        Crashed(canary, canary),
        CrashedBefore(canary),
        NotKept(Kept.SESSION, canary),
    )
    for event in events:
        line = log_line(AT, event)
        assert canary not in line
        assert "=?" in line
        assert "\n" not in line


@given(st.text(max_size=60))
def test_any_text_keeps_to_one_line(text: str) -> None:
    line = log_line(AT, replace(CALL, code=text, request_id=text, operation=text))
    assert re.fullmatch(r"[ -~]+", line)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "log"
    for path in (tmp_path / "log").glob("*"):
        path.chmod(0o600)


def test_only_calls_that_failed_are_noted(folder: Path) -> None:
    log = _log(folder)
    log.take(replace(CALL, outcome=CallOutcome.DONE, code=None))
    log.take(CALL)
    log.start()
    log.close()
    assert _text(folder).count("iam:GetRole") == 1


def test_its_files_are_small_and_few_and_the_owners_alone(folder: Path) -> None:
    folder.mkdir()
    for number in range(KEPT + 3):
        (folder / f"log-20200101T0000{number:02}-1-1.txt").write_text("old\n")
    log = _log(folder)
    for _ in range(60):
        for _ in range(500):
            log.take(CALL)
        log.start()
        assert log._thread is not None
        log.close()
        log._closed = False
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert len(sizes) == KEPT
    assert max(sizes) <= EACH_AT_MOST
    if os.name == "posix":
        newest = max(folder.iterdir())
        assert newest.stat().st_mode & 0o777 == 0o600
    assert len(latest_lines(folder, 1000)) <= 1000
    assert latest_lines(folder, 1000).startswith("2026")


def test_a_flood_before_it_may_write_is_bounded_and_told(folder: Path) -> None:
    log = _log(folder, events=1_250)
    log.start()
    log.close()
    lines = _text(folder).splitlines()
    assert len(lines) == 1_001
    assert lines[0].endswith("lost events=250")


def test_a_disk_that_refuses_costs_lines_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    log = _log(folder, events=3)
    log.start()
    log.close()
    folder.unlink()
    log._closed = False
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda _handle, content: len(content) - 5)
        log.take(Woke(60))
        log._closed = True
        log._work()
    log.take(Ended(0))
    log._work()
    lines = [line.partition(" ")[2] for line in _text(folder).splitlines()]
    assert lines == ["lost events=4", "ended status=0"]


def test_a_full_disk_crowds_out_nothing_that_was_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = _log(folder, events=1)
    log._closed = True
    log._work()
    before = _text(folder)
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda _handle, _content: 0)
        for _ in range(KEPT + 1):
            log.take(Woke(60))
            log._work()
    assert _text(folder) == before
    assert len(list(folder.iterdir())) == 1
    log.take(Ended(0))
    log._work()
    assert _text(folder).splitlines()[-1].endswith("ended status=0")


def test_two_processes_have_a_file_each(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for process in (11, 12):
        monkeypatch.setattr(os, "getpid", lambda process=process: process)
        log = _log(folder, events=1)
        log.start()
        log.close()
    assert len(list(folder.iterdir())) == 2
    assert len(latest_lines(folder).splitlines()) == 2


def test_without_any_there_is_nothing_to_send(folder: Path) -> None:
    assert latest_lines(folder) == ""
