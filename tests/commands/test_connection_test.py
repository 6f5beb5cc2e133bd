"""``test`` on the practice AWS, found by AWS's own settings, in both roles."""

import asyncio
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from app.aws.account import CustomerAccount
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.told.answer import ToldAnswer
from app.flow.look_back import LookBack, look_back
from app.flow.ports.aws import CustomerAws
from app.practice.connector import press_test_connection
from app.practice.scenarios.company_network import ClosedDoor
from app.practice.server import PracticeAws
from tests.commands.called import Called, assert_wrong_input, call
from tests.commands.practice_account import draft_for, sign_in, written
from tests.helpers.sound_setup import sound_setup

Bytes = pytest.CaptureFixture[bytes]
Test = Callable[..., Called]

AT_THE_BEGINNING: Final = ["network", "clock", "caller"]
CUSTOMERS: Final = [*AT_THE_BEGINNING, "region", "account", "list", "list"]
UNSEEN: Final = ("visit", "skipped", None)
"""UbiQuity was not here, which proves nothing."""


@pytest.fixture
def draft(aws: PracticeAws) -> Draft:
    return draft_for(aws)


@pytest.fixture
def test(draft: Draft, tmp_path: Path, capsysbinary: Bytes) -> Test:
    path = written(draft, tmp_path)
    return lambda *more: call(capsysbinary, "test", "--draft", path, *more)


def _states(called: Called) -> list[tuple[str, str, str | None]]:
    return [(check["what"], check["state"], check["code"]) for check in called.json["checks"]]


def _failed(called: Called) -> dict[str, str | None]:
    return {what: code for what, state, code in _states(called) if state == "failed"}


def _with_seconds(check: dict[str, Any]) -> bool:
    return isinstance(check["seconds"], float | int)


def test_as_the_customer_until_all_is_well(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(monkeypatch, aws.admin)
    nothing = test("--json")
    assert (nothing.status, nothing.json["verdict"]) == (1, "blocked")
    assert _failed(nothing) == {"account": "role.missing"}
    sound_setup(aws, draft)
    sound = test("--json")
    assert (sound.status, sound.json["verdict"]) == (0, "ready")
    assert _states(sound) == [*((what, "passed", None) for what in CUSTOMERS), UNSEEN]
    known = {check["what"]: check["evidence"] for check in sound.json["checks"]}
    assert known.pop("account") == "predicted"
    assert set(known.values()) == {"observed"}
    timed = [check["what"] for check in sound.json["checks"] if _with_seconds(check)]
    assert timed == [what for what in CUSTOMERS if what != "clock"]
    assert sound.json["files"] == [
        {"bucket": draft.buckets[0].name, "prefix": "imports/", "count": 6, "complete": True},
        {"bucket": draft.buckets[1].name, "prefix": "imports/", "count": 3, "complete": True},
    ]
    observed = sound.json["observations"]
    assert {(o["as"], o["action"], o["outcome"]) for o in observed} == {
        ("customer", "s3:ListBucket", "allowed")
    }
    # Each check is told while the test goes on, with its time, and each once.
    told = sound.err.splitlines()
    assert told[0] == "Asking AWS who is signed in"
    assert len(told) == 1 + len(CUSTOMERS) + len([UNSEEN])
    assert all(line.startswith(("  passed ", "  skipped ")) for line in told[1:])


def test_once_ubiquity_was_here_the_customer_sees_it(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound_setup(aws, draft)
    aws.let_pass(timedelta(days=1))  # of the same second nobody can say what came first
    pressed = press_test_connection(aws.endpoint_url, aws.ubiquity, draft)
    assert {answer.told for answer in pressed} == {ToldAnswer.SUCCESS}
    sign_in(monkeypatch, aws.admin)
    seen = test("--json")
    assert (seen.status, _states(seen)[-1]) == (0, ("visit", "passed", None))
    assert seen.json["checks"][-1]["evidence"] == "verified"
    first = seen.json["observations"][0]
    assert (first["as"], first["source"], first["external_id"]) == (
        "ubiquity",
        "cloudtrail",
        "right",
    )


def test_as_ubiquitys_support_until_it_is_connected(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(monkeypatch, aws.ubiquity)
    refused = test("--json")
    assert (refused.status, refused.json["verdict"]) == (1, "blocked")
    assert list(_failed(refused)) == ["assume"]
    assert _failed(refused)["assume"] is not None
    assert refused.json["files"] == []
    sound_setup(aws, draft)
    works = test("--json")
    assert (works.status, works.json["verdict"]) == (0, "ready")
    whats = [what for what, _state, _code in _states(works)]
    assert whats == [
        *AT_THE_BEGINNING,
        *("assume", "assume-without", "assume-wrong"),
        *("list", "read", "list", "read"),
    ]
    assert not _failed(works)
    known = {check["what"]: check["evidence"] for check in works.json["checks"]}
    assert known["assume"] == known["list"] == "verified"
    assert known["network"] == "observed"
    assert [row["count"] for row in works.json["files"]] == [6, 3]
    assert {o["as"] for o in works.json["observations"]} == {"ubiquity"}
    assert not {o["action"] for o in works.json["observations"]} & {
        "s3:PutObject",
        "s3:DeleteObject",
    }  # nothing is written without somebody's yes


def test_what_this_computer_has_just_set_up_is_known_of(
    aws: PracticeAws, draft: Draft, test: Test, tmp_path: Path, capsysbinary: Bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """AWS is given time to spread it, and no visit from before counts."""
    monkeypatch.setattr("app.flow.connection.spreading.RETRY_WAITS", (0,))
    aws.faults.spreading_tries = 1
    sound_setup(aws, draft)  # by somebody else, on another computer
    sign_in(monkeypatch, aws.ubiquity)
    assert list(_failed(test("--json"))) == ["assume"]
    aws.reset()
    aws.faults.spreading_tries = 1
    sign_in(monkeypatch, aws.admin)
    path = written(draft, tmp_path)
    assert call(capsysbinary, "apply", "--draft", path, "--yes").status == 0
    told: list[datetime | None] = []

    async def spy(account: CustomerAws, draft: Draft, ours: datetime | None) -> LookBack | None:
        told.append(ours)
        return await look_back(account, draft, ours)

    monkeypatch.setattr("app.flow.connection.customer_test.look_back", spy)
    assert test("--json").status == 0
    assert told != [None]
    sign_in(monkeypatch, aws.ubiquity)
    assert test("--json").status == 0


@pytest.mark.parametrize("role", ["admin", "ubiquity"])
def test_files_are_counted_to_the_end_where_that_is_asked_for(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    sound_setup(aws, draft)
    sign_in(monkeypatch, getattr(aws, role))
    monkeypatch.setattr("app.aws.listing._PAGE", 4)
    whole = test("--json", "--count")
    files = [(row["count"], row["complete"]) for row in whole.json["files"]]
    assert (whole.status, files) == (0, [(6, True), (3, True)])
    assert f"{draft.buckets[0].name}, imports/: 6 files counted in " in whole.err
    assert draft.buckets[1].name + ", imports/: 3 files counted" not in whole.err


def test_nobody_is_signed_in(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch
) -> None:
    for more, code in ((), "signin.none"), (("--profile", "nobody"), "signin.profile-missing"):
        called = test("--json", *more)
        assert (called.status, called.json["verdict"]) == (1, "blocked")
        assert _states(called)[:3] == [
            ("network", "passed", None),
            ("clock", "passed", None),
            ("caller", "failed", code),
        ]
        assert {state for _what, state, _code in _states(called)[3:]} == {"skipped"}
        assert [o["as"] for o in called.json["observations"]] == ["customer"]
    sound_setup(aws, draft)
    sign_in(monkeypatch, aws.admin)
    assert test("--json").status == 0


def test_another_account_is_not_asked_any_further(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sign_in(monkeypatch, aws.admin)
    path = written(replace(draft, account_id="998877665544"), tmp_path, "other.json")
    called = call(capsysbinary, "test", "--draft", path, "--json")
    assert called.status == 1
    assert _failed(called) == {"caller": "signin.wrong-account"}
    assert called.json["files"] == []
    sound_setup(aws, draft)
    mended = call(capsysbinary, "test", "--draft", written(draft, tmp_path), "--json")
    assert mended.status == 0


def test_a_region_that_is_off_skips_its_bucket_alone(
    aws: PracticeAws, draft: Draft, tmp_path: Path, capsysbinary: Bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sign_in(monkeypatch, aws.admin)
    elsewhere = BucketEntry(aws.buckets[1].name, "us-east-1")
    draft = replace(draft, buckets=(draft.buckets[0], elsewhere))
    sound_setup(aws, draft)
    path = written(draft, tmp_path, "elsewhere.json")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-2")
    with monkeypatch.context() as off:
        off.setattr(aws.faults, "regions_off", frozenset({"us-east-1"}))
        called = call(capsysbinary, "test", "--draft", path, "--json")
    assert called.status == 1
    assert _states(called)[3:] == [
        ("region", "passed", None),
        ("region", "failed", "signin.region-disabled"),
        ("account", "failed", "signin.region-disabled"),
        ("list", "passed", None),
        ("list", "skipped", None),
        UNSEEN,
    ]
    mended = call(capsysbinary, "test", "--draft", path, "--json")
    assert mended.status == 0


def test_a_network_that_fails(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(monkeypatch, aws.admin)
    with monkeypatch.context() as broken, ClosedDoor() as door:
        broken.setenv("AWS_ENDPOINT_URL", door.url)
        called = test("--json")
    assert called.status == 1
    assert _states(called)[0] == ("network", "failed", "env.offline")
    assert _failed(called) == {"network": "env.offline"}
    assert "Traceback" not in called.err
    sound_setup(aws, draft)
    assert test("--json").status == 0


def test_a_draft_that_is_none(
    aws: PracticeAws, draft: Draft, test: Test, tmp_path: Path, capsysbinary: Bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sound_setup(aws, draft)
    sign_in(monkeypatch, aws.admin)
    missing = call(capsysbinary, "test", "--draft", str(tmp_path / "none.json"), "--json")
    assert_wrong_input(missing, "none.json")
    assert_wrong_input(call(capsysbinary, "test", "--json"), "--draft FILE")
    assert_wrong_input(test("--snapshot", "x"), "--snapshot")
    assert test("--json").status == 0


def test_ctrl_c_stops_at_once(
    aws: PracticeAws, draft: Draft, test: Test, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound_setup(aws, draft)
    sign_in(monkeypatch, aws.admin)

    presses = iter([signal.SIGINT])

    async def interrupted(*_: object) -> None:
        for press in presses:
            signal.raise_signal(press)
        await asyncio.Event().wait()

    with monkeypatch.context() as pressed:
        pressed.setattr(CustomerAccount, "list_page", interrupted)
        stopped = test("--json")
    assert (stopped.status, stopped.out) == (130, b"")
    assert stopped.err.splitlines()[-1] == "Stopped."
    assert test("--json").status == 0
