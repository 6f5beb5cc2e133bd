"""Looks in a process of their own: what dies or hangs costs its own part alone."""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from app.commands.part_looks import arguments_for
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
    if name == "talks":
        print("A library was here.", flush=True)
    if name == "raves":
        print('{"name": "somebody else"}', flush=True)
        continue
    works = name != "broken"
    print(json.dumps({"name": name, "works": works, "detail": f"found {name}"}), flush=True)
"""


def _checked(*names: str) -> list[CheckedPart]:
    def command(left: Sequence[str]) -> Sequence[str]:
        return [sys.executable, "-I", "-S", "-c", _CHILD, *left]

    return list(checked_in_a_child(command, names, lambda name: 0.3 if name == "hangs" else 60.0))


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
    assert (hanging.works, hanging.detail) == (False, "It did not end in time (0 s).")
    assert last.works


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
