"""Looks in a process of their own: what dies or hangs costs its own part alone."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import pytest

from app.commands.part_looks import arguments_for
from app.core.guide import SUPPORT_EMAIL
from app.wiring.installation import in_a_child
from app.wiring.installation.in_a_child import checked_in_a_child
from app.wiring.installation.part import CheckedPart

_CHILD: Final = """
import json, os, sys, time
for name in sys.argv[1:]:
    if name == "dies":
        sys.stderr.write("loading\\nno such library: libmissing.so\\n\\n")
        sys.stderr.flush()
        os._exit(7)
    if name == "hangs":
        time.sleep(600)
    if name == "leaves":  # a process of its own, which holds the pipes and outlives it
        import subprocess
        child = subprocess.Popen([sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"])
        name_of_it = str(child.pid)
    if name == "stands":
        sys.stderr.write(os.environ["DUMP"])
        sys.stderr.flush()
    if name == "talks":
        print("A library was here.", flush=True)
    if name == "raves":
        print('{"name": "somebody else"}', flush=True)
        continue
    works = name != "broken"
    detail = name_of_it if name == "leaves" else f"found {name}"
    print(json.dumps({"name": name, "works": works, "detail": detail}), flush=True)
"""


_DUMP: Final = """Timeout (0:00:55)!
Thread 0x00007f10 (most recent call first):
  File "/opt/threading.py", line 324 in wait
  File "/home/anna/src/app/wiring/installation/round_trip.py", line 40 in look_at_practice
  File "/home/anna/src/app/wiring/installation/part.py", line 25 in looked_at

Thread 0x00007f11 (most recent call first):
  File "/opt/threading.py", line 324 in wait

Current thread 0x00007f12 (most recent call first):
  File "app\\practice\\gate.py", line 74 in _troubled
  File "app\\practice\\gate.py", line 58 in __call__
"""


def _command(left: Sequence[str]) -> Sequence[str]:
    return [sys.executable, "-I", "-S", "-c", _CHILD, *left]


def _checked(*names: str) -> list[CheckedPart]:
    return list(checked_in_a_child(_command, names, lambda name: 0.3 if name == "hangs" else 60.0))


def test_every_part_is_told_in_its_order() -> None:
    assert _checked("first", "broken", "talks", "last") == [
        CheckedPart("first", works=True, detail="found first"),
        CheckedPart("broken", works=False, detail="found broken"),
        CheckedPart("talks", works=True, detail="found talks"),
        CheckedPart("last", works=True, detail="found last"),
    ]


def test_a_part_that_kills_the_process_is_told_with_its_last_words() -> None:
    parts = _checked("first", "dies", "raves", "last")
    assert [(part.name, part.works) for part in parts] == [
        ("first", True),
        ("dies", False),
        ("raves", False),
        ("last", True),
    ]
    assert parts[1].detail == "The program died of it (7). loading no such library: libmissing.so"


def test_a_part_that_hangs_ends_and_the_others_are_looked_at() -> None:
    hanging, last = _checked("hangs", "last")
    assert not hanging.works
    assert hanging.detail == (
        "It did not end in time (0 s). Close other programs and run it once more. If it hangs "
        f"again, send these lines to {SUPPORT_EMAIL}."
    )
    assert last.works


def test_of_a_part_that_hangs_it_is_told_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUMP", _DUMP)
    _, hanging = _checked("stands", "hangs")
    assert hanging.detail.endswith(
        " app/wiring/installation/round_trip.py:40, app/practice/gate.py:74"
    )


def test_a_process_writes_where_it_stands_before_it_is_ended() -> None:
    program = """
import sys
from app.wiring.installation import in_a_child
in_a_child._TELLS_WHERE = 0.1
in_a_child.tell_parent({"hangs": sys.stdin.read}, ["hangs"])
"""
    command = [sys.executable, "-c", program]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:  # noqa: S603
        assert process.stdin is not None
        assert process.stderr is not None
        dump: list[str] = []
        while '"<string>"' not in "".join(dump):  # its last line
            dump.append(process.stderr.readline().decode())
        process.stdin.close()
    assert "part.py" in "".join(dump)


def test_whoever_waits_is_told_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_a_child, "_SLOW", 0.1)
    told: list[tuple[str, bool]] = []
    limits = {"hangs": 0.7}
    parts = checked_in_a_child(
        _command,
        ["first", "hangs"],
        lambda name: limits.get(name, 60.0),
        lambda name, seconds: told.append((name, seconds > 0)),
    )
    assert [part.works for part in parts] == [True, False]
    assert ("hangs", True) in told


def test_what_a_part_left_running_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_a_child, "_PARTING", 0.1)
    left, dead = _checked("leaves", "dies")
    os.kill(int(left.detail), signal.SIGKILL)  # it is there still
    assert not dead.works


def test_a_process_that_cannot_be_started_is_the_finding_of_every_part() -> None:
    parts = list(checked_in_a_child(lambda _left: ["/no/such/program"], ["first", "last"]))
    assert [(part.name, part.works) for part in parts] == [("first", False), ("last", False)]
    assert "/no/such/program" in parts[0].detail


def test_what_may_be_damaged_is_imported_by_its_own_look_alone() -> None:
    program = """
import sys
from pathlib import Path
from app.commands.part_looks import all_looks
all_looks(Path("picture"))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
    damaged = {"PySide6", "awscrt", "boto3", "botocore", "keyring", "lxml", "moto", "truststore"}
    assert damaged.isdisjoint(loaded)


def test_the_program_is_asked_for_the_parts_that_are_left() -> None:
    assert arguments_for(["crt", "lxml"], "/a b.png")[-3:] == ["/a b.png", "crt", "lxml"]
    assert json.dumps(arguments_for(["crt"], None)[2:]) == '["", "crt"]'
