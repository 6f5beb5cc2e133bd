"""A second start hands over to the first; a killed or stuck one keeps nobody from a window."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.system import one_instance
from app.system.one_instance import (
    ANSWER,
    Handover,
    OneInstance,
    _answered,
    dump_handed_over,
    read_handed_over,
    to_hand_over,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX's local sockets")

NOTHING = Handover()


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # Not below pytest's own: the address of a socket has at most 107 characters.
    with TemporaryDirectory(prefix="run-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setattr(one_instance, "_STUCK", 0.05)
        yield Path(folder)


@contextmanager
def listening(address: str, answer: bytes = ANSWER) -> Iterator[list[bytes]]:
    """Answer one message at ``address``."""
    heard: list[bytes] = []
    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(address)
        server.listen()

        def hear() -> None:
            line, _ = server.accept()
            with line:
                heard.append(line.recv(100_000))
                line.sendall(answer)

        thread = threading.Thread(target=hear)
        thread.start()
        yield heard
        thread.join()


def _first(kind: str = "real") -> OneInstance:
    instance = OneInstance(kind)
    assert not instance.is_taken_over(NOTHING)
    assert instance.address is not None
    return instance


class Slept:
    """A clock that goes by sleeping alone, and somebody who acts at a time."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self, seconds: float) -> None:
        self.now += seconds


def test_a_second_start_hands_over_and_is_none() -> None:
    first = _first()
    with listening(first.address or "") as heard:
        second = OneInstance("real")
        assert second.is_taken_over(Handover(("/a b/ä.json",), share=True, token="t"))
        assert second.address is None
    assert read_handed_over(heard[0]) == Handover(("/a b/ä.json",), share=True, token="t")
    first.give_up()
    _first().give_up()


def test_kinds_screens_and_homes_are_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    instances = [_first(), _first("practice"), _first("role.missing")]
    monkeypatch.setenv("DISPLAY", ":77")
    instances.append(_first())
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    instances.append(_first())
    monkeypatch.setenv("HOME", str(tmp_path / "other"))
    instances.append(_first())
    assert len({each.address for each in instances}) == len(instances)
    for each in instances:
        each.give_up()


def test_it_waits_for_a_window_that_is_being_opened() -> None:
    first, clock = _first(), Slept()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        clock(seconds)
        waits.append(seconds)
        if len(waits) == 3:
            first.give_up()  # it was closed meanwhile

    second = OneInstance("real", wait, lambda: clock.now)
    assert not second.is_taken_over(NOTHING)
    assert second.address is not None
    second.give_up()


def test_one_that_never_listens_or_is_stuck_keeps_nobody_from_a_window() -> None:
    first, clock = _first(), Slept()
    second = OneInstance("real", clock, lambda: clock.now)
    assert not second.is_taken_over(NOTHING)
    assert 15 < clock.now < 16
    assert second.address is None
    with closing(socket.socket(socket.AF_UNIX)) as stuck:
        stuck.bind(first.address or "")
        stuck.listen()
        clock.now = 0.0
        assert not second.is_taken_over(NOTHING)
        assert clock.now == 0.0
    Path(first.address or "").unlink()
    with listening(first.address or "", b"what?\n"):
        assert not second.is_taken_over(NOTHING)
    first.give_up()


def test_what_a_killed_one_left_is_in_nobodys_way(runtime: Path) -> None:
    first = _first()
    with closing(socket.socket(socket.AF_UNIX)) as left:
        left.bind(first.address or "")
    first.give_up()
    assert len(list(runtime.iterdir())) == 2
    _first().give_up()


def test_without_a_place_for_a_lock_each_has_a_window(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object, **_more: object) -> int:
        raise OSError(30, "Read-only file system")

    instance = OneInstance("real")
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        assert not instance.is_taken_over(NOTHING)
    assert instance.address is None
    instance.give_up()


def test_paths_are_whole_and_the_desktops_permission_goes_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "x_TIME5")
    assert to_hand_over(["a.json", "/b.json"], share=True) == Handover(
        (str(tmp_path / "a.json"), "/b.json"), share=True, token="x_TIME5"
    )


@given(
    st.builds(
        Handover,
        st.lists(st.text(st.characters(), max_size=20), max_size=3).map(tuple),
        st.booleans(),
        st.text(max_size=9),
    )
)
def test_any_message_arrives_on_one_line(handed: Handover) -> None:
    message = dump_handed_over(handed)
    assert message.count(b"\n") == 1
    assert read_handed_over(message) == handed


@given(st.binary(max_size=60))
def test_what_is_no_message_is_none(message: bytes) -> None:
    assert read_handed_over(message) is None


def test_who_does_not_answer_in_time_has_got_stuck() -> None:
    goes_on = threading.Event()
    assert _answered(lambda: True)
    assert _answered(lambda: None) is None
    assert _answered(lambda: goes_on.wait(60), stuck=0.01) is False
    goes_on.set()
