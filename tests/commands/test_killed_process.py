"""The command line as a process of its own, really killed in the middle of a write.

The practice AWS holds the request open, before or after it made the change; then nobody is left
to hear the answer. What the next start ends with is compared to the letter.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from app.core.draft import Draft
from app.practice.faults import HungUpError
from app.practice.server import PracticeAws
from app.practice.signature import read_signature
from tests.commands.called import call
from tests.commands.practice_account import account_of, draft_for, sign_in, written
from tests.commands.terminal import answering
from tests.helpers.sound_setup import sound_setup

Bytes = pytest.CaptureFixture[bytes]

_SECONDS: Final = 60.0
"""How long a slow machine may take to start a program; a test that works never waits so long."""

_WRITES: Final = ("Attach", "Create", "Delete", "Detach", "Put", "Update")

BEFORE, AFTER = "before it took effect", "after it took effect"
GO_ON, UNDO = "go on", "undo"


class Hold:
    """Holds one write open once it has come to the practice AWS."""

    def __init__(self, number: int, when: str) -> None:
        self._left = number
        self._when = when
        self.reached = threading.Event()
        self.released = threading.Event()
        self.answered = threading.Event()
        """Set once it is answered, or the connection is about to be closed."""

    def pass_on(self, action: str, answer: Any) -> Any:  # noqa: ANN401 - the gate's answer
        """Call ``answer`` for a request of ``action``, and wait where it is the one to hold."""
        if not action.partition(":")[2].startswith(_WRITES):
            return answer()
        self._left -= 1
        if self._left != 0:
            return answer()
        answered = answer() if self._when == AFTER else None
        self.reached.set()
        assert self.released.wait(_SECONDS)
        self.answered.set()
        if answered is None:
            raise HungUpError
        return answered


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, number: int, when: str) -> Iterator[Hold]:
    """Let the practice AWS hold its ``number``-th write from now on."""
    from app.practice import gate  # it imports moto, once that has started

    hold, troubled = Hold(number, when), gate.Gate._troubled

    def holding(self: gate.Gate, request: Any, environ: Any) -> Any:  # noqa: ANN401
        signature = read_signature(request)
        action = gate._action_of(request, signature) if signature else ""
        return hold.pass_on(action, lambda: troubled(self, request, environ))

    with monkeypatch.context() as patched:
        patched.setattr(gate.Gate, "_troubled", holding)
        try:
            yield hold
        finally:
            hold.released.set()


def kill_at(monkeypatch: pytest.MonkeyPatch, number: int, when: str, *arguments: str) -> None:
    """Start the command line as the system would, and kill it at its ``number``-th write."""
    with held(monkeypatch, number, when) as hold:
        process = subprocess.Popen(  # noqa: S603 - this program, with made-up keys
            [sys.executable, "-m", "app", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        try:
            assert hold.reached.wait(_SECONDS), process.poll()
            assert process.poll() is None
        finally:
            process.kill()
            process.communicate(timeout=_SECONDS)
        assert process.returncode != 0


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask at once again what became of a request that nobody heard of again."""
    monkeypatch.setattr("app.flow.run.one_change.LOST_WAITS", (0.0,) * 5)


@pytest.fixture
def draft(aws: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> Draft:
    sign_in(monkeypatch, aws.admin)
    return draft_for(aws)


@pytest.mark.parametrize(
    ("number", "when", "ending"),
    [(1, AFTER, UNDO), (2, AFTER, GO_ON), (3, BEFORE, UNDO)],
)
def test_apply_is_killed(
    aws: PracticeAws,
    draft: Draft,
    number: int,
    when: str,
    ending: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    before, path = account_of(aws), written(draft, tmp_path)
    kill_at(monkeypatch, number, when, "apply", "--draft", path, "--yes")
    assert account_of(aws) != before
    if ending == GO_ON:
        called = call(capsysbinary, "apply", "--draft", path, "--yes")
        assert called.status == 0, called.err
        checked = call(capsysbinary, "check", "--draft", path, "--json")
        assert checked.json["verdict"] == "ready"
        (versions,) = account_of(aws)["policies"].values()
        assert list(versions) == ["v1"]  # nothing was made twice
    undone = call(capsysbinary, "apply", "--undo", "--yes")
    assert undone.status == 0, undone.err
    assert account_of(aws) == before


@pytest.mark.parametrize(("number", "when", "ending"), [(3, BEFORE, GO_ON), (3, AFTER, UNDO)])
def test_revoke_is_killed(
    aws: PracticeAws,
    draft: Draft,
    number: int,
    when: str,
    ending: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    empty = account_of(aws)
    sound_setup(aws, draft)
    before = account_of(aws)
    kill_at(monkeypatch, number, when, "revoke", "--yes")
    if ending == GO_ON:
        called = call(capsysbinary, "revoke", "--yes", "--json")
        assert (called.status, called.json["proof"]["assume_role"]) == (0, "denied"), called.err
        assert account_of(aws) == empty
        return
    answering(monkeypatch, UNDO)
    undone = call(capsysbinary, "revoke")
    assert undone.status == 1, undone.err  # taken back, so access has not ended
    assert account_of(aws) == before


def test_an_undo_is_killed(
    aws: PracticeAws,
    draft: Draft,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    before, path = account_of(aws), written(draft, tmp_path)
    assert call(capsysbinary, "apply", "--draft", path, "--yes").status == 0
    kill_at(monkeypatch, 3, AFTER, "apply", "--undo", "--yes")
    assert account_of(aws) != before
    undone = call(capsysbinary, "apply", "--undo", "--yes")
    assert undone.status == 0, undone.err
    assert account_of(aws) == before


@pytest.mark.skipif(sys.platform == "win32", reason="stopping a process is POSIX's")
def test_apply_sleeps_while_a_write_is_under_way(
    aws: PracticeAws,
    draft: Draft,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    """The process is stopped, as by a sleeping computer; what AWS answers it hears late."""
    before, path = account_of(aws), written(draft, tmp_path)
    with held(monkeypatch, 2, AFTER) as hold:
        process = subprocess.Popen(  # noqa: S603 - this program, with made-up keys
            [sys.executable, "-m", "app", "apply", "--draft", path, "--yes"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        try:
            assert hold.reached.wait(_SECONDS), process.poll()
            process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
            hold.released.set()
            hold.answered.wait(_SECONDS)
            process.send_signal(signal.SIGCONT)
            _, said = process.communicate(timeout=_SECONDS)
        finally:
            process.kill()
    assert process.returncode == 0, said
    (versions,) = account_of(aws)["policies"].values()
    assert list(versions) == ["v1"]  # nothing was made twice
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before
