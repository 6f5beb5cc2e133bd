"""Other people's text in a terminal: it moves no cursor, turns no words and begins no line."""

import contextlib
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.commands.cli import run
from app.commands.manner import Manner
from app.commands.plan_text import revoke_lines, setup_lines
from app.commands.progress import ProgressTeller
from app.commands.running import print_receipt
from app.core.change import Change, Obstacle
from app.core.failure import AwsFailure
from app.core.formats.journal_json import dump_journal, read_journal
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import read_snapshot
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, StepState
from app.core.planning.plan import plan
from app.core.wording.admin_message import admin_message
from app.core.wording.receipt import receipt_of, receipt_text
from app.flow.run.progress import ChangeProgress, ChangeState
from app.system.one_instance import OneInstance
from tests.commands.called import DRAFT, SNAPSHOT, files_of
from tests.core.wording.test_receipt import DONE
from tests.helpers.snapshots import (
    UBIQUITY_ROOT,
    World,
    allow,
    asks_for,
    broken,
    deny,
    good_encrypted,
    inline,
    trusting,
)

FORGED: Final = "ready: all well"
BREAKS: Final = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029")
CHECK: Final = ("check", "--draft", DRAFT, "--snapshot", SNAPSHOT)
UNSEEN: Final = (
    "\x00\x07\x08\t\x1b\x7f\x9b\xa0\xad\u061c\u180e\u200b\u200d\u200e\u202a\u202e\u2060\u2066\u2069"
    "\ufeff\ufe0f\u3164\ufff9\U000e0041\U000e0100\ue000\U0010ffff\ud800"
)

hostile_text = st.one_of(
    st.builds("{}{}".format, st.sampled_from(BREAKS), st.just(FORGED)),
    st.text(alphabet=st.sampled_from(UNSEEN + "".join(BREAKS)), min_size=1, max_size=4),
    st.text(alphabet=st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co")), min_size=1),
).map(lambda text: f"{text}\n{FORGED}")


@dataclass(frozen=True)
class Printed:
    status: int
    out: bytes
    err: bytes


@contextlib.contextmanager
def _streams() -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Let the standard streams be two of ours, which refuse what UTF-8 lacks."""
    out, err = io.BytesIO(), io.BytesIO()
    with (
        contextlib.redirect_stdout(io.TextIOWrapper(out, encoding="utf-8", newline="\n")),
        contextlib.redirect_stderr(io.TextIOWrapper(err, encoding="utf-8", newline="\n")),
    ):
        yield out, err


def printed(act: Callable[[], int | None]) -> Printed:
    with _streams() as (out, err):
        status = act()
        return Printed(status or 0, out.getvalue(), err.getvalue())


def called(arguments: Sequence[str]) -> Printed:
    return printed(lambda: run(arguments))


def assert_harmless(text: str) -> None:
    """See that ``text`` holds nothing that isn't seen, and no line of somebody else."""
    lines = text.split("\n")
    for line in lines:
        assert line.isprintable()
        assert not [c for c in line if unicodedata.category(c) in {"Cf", "Mn"} or c == "\u3164"]
        assert not line.lstrip(" -0123456789.").startswith(FORGED)


def assert_all_harmless(done: Printed) -> None:
    assert_harmless(done.out.decode("utf-8"))
    assert_harmless(done.err.decode("utf-8"))


def _rich() -> World:
    """Return a world in which many texts of others stand, and much is said about them."""
    world = good_encrypted()
    world.set_trust(
        trusting({"AWS": UBIQUITY_ROOT}, asks_for("another")),
        trusting({"AWS": "arn:aws:iam::123456789012:role/other"}, Sid="Others"),
        deny(
            "sts:AssumeRole", Principal="*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
        ),
    )
    world.role["inline_policies"] = [inline("extra", deny("s3:*", "*", Sid="No"))]
    world.set_boundary(allow("s3:Get*", "*", Sid="Some"))
    world.bucket["policy"] = {
        "Version": "2012-10-17",
        "Statement": [deny("s3:PutObject", "*", Sid="Not", Principal="*")],
    }
    world.snapshot["similar_roles"] = [
        {"name": "Ubiquity", "arn": "arn:aws:iam::123456789012:role/Ubiquity"}
    ]
    world.snapshot["organization_denies"] = [
        {"action": "s3:GetObject", "resource": "*", "by": "service control policy"}
    ]
    world.observe(
        "customer",
        "s3:ListBucket",
        "denied",
        resource="arn:aws:s3:::acme-imports",
        bucket="acme-imports",
        code="AccessDenied",
        message="not allowed",
        request_id="1",
    )
    world.snapshot.setdefault("unreadable", []).append(
        {"what": "buckets[0].object_ownership", "code": "Odd", "message": "no"}
    )
    return world


RICH: Final = _rich()


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each text in ``value``; a name of a key is one too, marked by ``KEY``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _places(inner, (*path, index))
    elif isinstance(value, str):
        yield path


def _put(top: Any, path: Sequence[str | int], text: str) -> None:  # noqa: ANN401
    *way, last = path
    for part in way:
        top = top[part]
    top[last] += text


_APART: Final = 6
"""So many worlds share out the places, so that not everything is broken in each."""


def _with(text: str, *places: Sequence[str | int]) -> World:
    def break_it(world: World) -> None:
        for place in places:
            _put(world.snapshot, place, text)

    return broken(RICH, break_it)


SNAPSHOT_PLACES: Final = tuple(_places(RICH.snapshot))
DRAFT_PLACES: Final = tuple(_places(RICH.draft))

_slow = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_world_is_as_rich_as_it_claims(tmp_path: Path) -> None:
    done = called(["check", *files_of(RICH, tmp_path)])
    assert done.status == 1
    assert len(done.out.splitlines()) > 40
    assert len(SNAPSHOT_PLACES) > 60


@_slow
@given(places=st.sets(st.sampled_from(SNAPSHOT_PLACES), min_size=1, max_size=6), text=hostile_text)
def test_a_snapshot_of_somebody_else(
    tmp_path: Path, places: set[tuple[str | int, ...]], text: str
) -> None:
    files = files_of(_with(text, *places), tmp_path)
    for command in ("check", "plan"):
        done = called([command, *files])
        assert done.status in {0, 1, 2}
        assert_all_harmless(done)
        as_json = called([command, *files, "--json"])
        assert_all_harmless(as_json)
        if as_json.status != 2:
            json.loads(as_json.out)


@pytest.mark.parametrize("command", ["check", "plan"])
def test_every_text_of_a_snapshot(tmp_path: Path, command: str) -> None:
    text = f"\x1b[2J\u202e\x9b\u2028{FORGED}\n{FORGED}"
    accepted = [place for place in SNAPSHOT_PLACES if _is_read(_with(text, place))]
    assert len(accepted) > len(SNAPSHOT_PLACES) / 2
    for first in range(_APART):
        done = called([command, *files_of(_with(text, *accepted[first::_APART]), tmp_path)])
        assert done.status in {0, 1}
        assert_all_harmless(done)


def _is_read(world: World) -> bool:
    """Tell whether the file is accepted, whatever is then made of it."""
    return not isinstance(read_snapshot(json.dumps(world.snapshot), "x"), InputProblem)


@_slow
@given(place=st.sampled_from(DRAFT_PLACES), text=hostile_text)
def test_a_draft_of_somebody_else(tmp_path: Path, place: tuple[str | int, ...], text: str) -> None:
    files = files_of(broken(RICH, lambda world: _put(world.draft, place, text)), tmp_path)
    for arguments in (["check", *files], ["plan", *files], ["policies", *files[:2]]):
        done = called(arguments)
        assert done.status in {0, 1, 2}
        assert_all_harmless(done)


@pytest.fixture
def without_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open no wizard for what names a file: it has tests of its own for hostile names."""

    def run_wizard(instance: OneInstance, **_how: object) -> int:
        instance.give_up()
        return 0

    monkeypatch.setattr("app.bootstrap.wizard.run_wizard", run_wizard)


@_slow
@given(text=hostile_text)
@pytest.mark.usefixtures("without_a_window")
def test_arguments_and_names_of_files(tmp_path: Path, text: str) -> None:
    for arguments in (
        [text],
        ["check", text],
        ["check", f"--{text}={text}"],
        ["check", "--draft", text, "--snapshot", text],
        [
            "check",
            "--draft",
            DRAFT,
            "--snapshot",
            SNAPSHOT,
            "--save-snapshot",
            f"{tmp_path}/{text}",
        ],
        ["explain", "--text", text],
        ["practice", "--scenario", text],
        ["revoke", "--how", text],
        ["policies", "--draft", DRAFT, "--out", f"{DRAFT}/{text}"],
    ):
        done = called(arguments)
        assert done.status in {0, 1, 2}
        assert_all_harmless(done)


@pytest.mark.parametrize("command", ["check", "plan", "apply", "revoke"])
def test_the_name_of_a_profile(command: str) -> None:
    for text in ("\x1b[2J\u202e", f"a\n{FORGED}", f"a\u2028{FORGED}\x9b"):
        more = [] if command in {"check", "plan"} else ["--yes"]
        done = called([command, "--draft", DRAFT, "--profile", text, *more])
        assert done.status in {1, 2}
        assert_all_harmless(done)


def test_json_says_the_same_exactly(tmp_path: Path) -> None:
    by = f"\x1b\x9b\u202e\u2028\U000e0041\ud800 {FORGED}\n{FORGED}"
    files = files_of(_with(by, ("organization_denies", 0, "by")), tmp_path)
    done = called(["check", *files, "--json"])
    assert_all_harmless(done)
    denied = RICH.snapshot["organization_denies"][0]["by"] + by
    assert any(denied in text for text in _texts(json.loads(done.out)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


# A run: what is shown before it, asked, told while it goes on, and its receipt


def _hostile_journal(text: str) -> Journal:
    """Return a journal read from a file in which ``text`` stands wherever it can."""
    top = json.loads(dump_journal(DONE))
    top["caller_arn"] += text
    for step in top["steps"]:
        step["target"] += text
        for side in ("before", "after"):
            for place in list(_places(step.get(side), (side,))):
                _put(step, place, text)
    journal = read_journal(json.dumps(top), "journal.json")
    assert isinstance(journal, Journal), journal
    return journal


@_slow
@given(text=hostile_text, state=st.sampled_from(StepState), kind=st.sampled_from(RunKind))
def test_a_run_is_told_of(text: str, state: StepState, kind: RunKind) -> None:
    journal = _hostile_journal(text)
    steps = tuple(replace(step, state=state) for step in journal.steps)
    journal = replace(journal, steps=steps, kind=kind, state=RunState.UNDOING)
    failure = AwsFailure("iam:CreateRole", "AccessDenied", f"not allowed {text}")
    known = [AwsFailure("x", "x", text, finding=code) for code in ("change.conflict", "role.path")]

    def act() -> None:
        for as_json in (False, True):
            manner = Manner(yes=False, as_json=as_json)
            manner.show(*setup_lines(_plan_of(journal)))
            manner.show(*revoke_lines(replace(_plan_of(journal), cannot_mend=())))
            print_receipt(journal, manner)
        for undoing in (False, True):
            teller = ProgressTeller(undoing=undoing)
            for change in (step.change for step in steps):
                teller.tell((ChangeProgress(change, ChangeState.WAITING),))
                for each in (failure, *known):
                    teller.tell((ChangeProgress(change, ChangeState.RUNNING),))
                    teller.tell((ChangeProgress(change, ChangeState.FAILED, failure=each),))

    assert_all_harmless(printed(act))
    assert_harmless(receipt_text(receipt_of(journal)))


def _plan_of(journal: Journal) -> Any:  # noqa: ANN401
    draft, snapshot = good_encrypted().read()
    planned = plan(draft, snapshot)
    changes: tuple[Change, ...] = tuple(step.change for step in journal.steps)
    obstacles = tuple(Obstacle("change.conflict", change.target) for change in changes)
    return replace(planned, changes=changes, cannot_mend=obstacles)


@_slow
@given(place=st.sampled_from(SNAPSHOT_PLACES), text=hostile_text)
def test_a_letter_to_an_administrator(place: tuple[str | int, ...], text: str) -> None:
    world = _with(text, place)
    try:
        draft, _snapshot = world.read()
        report = world.report()
    except AssertionError:
        return  # refused as a file
    for finding in report.findings:
        assert_harmless(admin_message(draft, finding))
