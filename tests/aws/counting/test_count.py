"""Counting with a real server on 127.0.0.1: the first pages in place, the others beside.

Where nothing turns on its being a process, what counts beside runs in a thread.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from app.aws.access import GivenKeys
from app.aws.calls import Calls
from app.aws.clients import Clients, SessionKeys
from app.aws.counting import own_program
from app.aws.counting.count import count_files
from app.aws.counting.messages import (
    CountTask,
    ListingEndpoint,
    Progress,
    Ready,
    SigningKeys,
    line_of,
    read_line,
)
from app.core.call_record import CallOutcome
from app.core.failure import AwsFailure
from app.flow.call_log import CallLog, calls_heard
from app.flow.ports.aws import CountSoFar
from tests.helpers.listing_server import Bucket, ListingServer, error, listing

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "customer-data-imports"
REGION = "ap-southeast-2"
HOSTILE = (
    *(f"in/{number:05}" for number in range(500)),
    *(f"in//{number % 7}/%2F{number}+ &<é中\U0010ffff" for number in range(500)),
    *(f"in/\x01{number}\x7f" for number in range(100)),
    *("in/" + "a" * 900 + chr(0x20 + number % 90) * (number // 90 + 1) for number in range(300)),
    *(f"in/{name}/" for name in ("", "folder", ".", "..", "\ud7ff", "\ue000", "\uffff")),
    *(f"out/{number}" for number in range(500)),
    "in",
    "i",
    "in.",
    "in0",
)
MARKERS = tuple(key for key in HOSTILE if key.endswith("/") and "folder" not in key)


class Watch:
    """The processes that were started, and what the program was told meanwhile."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []
        self.told: list[CountSoFar] = []
        self.start_child = own_program.Child.start

    def all_gone(self) -> bool:
        """Wait until none is left; fails where one does not end."""
        return all(process.wait(timeout=20) is not None for process in self.started)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    watch, start = Watch(), own_program.start

    def started(*arguments: str) -> "subprocess.Popen[bytes]":
        process = start(*arguments)
        watch.started.append(process)
        return process

    def ready(child: own_program.Child, *arguments: str) -> None:
        watch.start_child(child, *arguments)
        while not child.has_spoken:  # else more or fewer pages would be listed meanwhile
            time.sleep(0.005)

    monkeypatch.setattr(own_program, "start", started)
    monkeypatch.setattr(own_program.Child, "start", ready)
    yield watch
    assert watch.all_gone()


def _server(**settings: Any) -> ListingServer:  # noqa: ANN401
    """Return the server of a bucket with pages of 200 keys."""
    bucket = Bucket.of(HOSTILE, MARKERS)
    bucket.fewer = 800
    return ListingServer(bucket, **settings)


def _client(url: str, key: str = "AKIAFIRST") -> "tuple[Calls, Callable[[], S3Client]]":
    """Return what lists as a role does that UbiQuity has assumed."""
    calls = Calls(Clients(GivenKeys(url, "AKIAOWN", "secret")))
    client = calls.clients.s3_as(SessionKeys(key, "secret", "token/+="), REGION)
    return calls, lambda: client


def _count(
    url: str, prefix: str = "in/", told: Callable[[CountSoFar], None] = lambda _so_far: None
) -> CountSoFar | AwsFailure:
    calls, client = _client(url)
    return asyncio.run(count_files(calls.run, client, BUCKET, prefix, told))


def _figures(counted: CountSoFar | AwsFailure) -> tuple[int, int, bool]:
    assert isinstance(counted, CountSoFar), counted
    return counted.files, counted.markers, counted.complete


def _there(prefix: str) -> tuple[int, int, bool]:
    """Return what there is to be counted."""
    keys = [key for key in HOSTILE if key.startswith(prefix)]
    markers = sum(key in MARKERS for key in keys)
    return len(keys) - markers, markers, True


def _by_paginator(url: str, prefix: str) -> tuple[int, int, bool]:
    """Count as everybody does."""
    client = _client(url)[1]()
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
    rows = [row for page in pages for row in page.get("Contents", ())]
    markers = sum(row["Key"].endswith("/") and row["Size"] == 0 for row in rows)
    return len(rows) - markers, markers, True


def test_one_page_costs_no_process(watch: Watch) -> None:
    with listing(_server()) as url:
        counted = _count(url, "out/0", watch.told.append)
    assert _figures(counted) == (1, 0, True)
    assert isinstance(counted, CountSoFar)
    assert counted.requests == 1
    assert [so_far.files for so_far in watch.told] == [1]
    assert watch.started == []


@pytest.mark.parametrize("prefix", ["in/", ""])
def test_every_key_is_counted_once(watch: Watch, prefix: str) -> None:
    """Also where AWS asks to slow down, where answers break off, and where pages are short."""
    troubles = iter([None] * 4 + [error(503, "SlowDown"), error(500, "InternalError")] * 2)
    cuts = iter([None] * 6 + [300, 0, 2000])
    server = _server(instead=lambda *_: next(troubles, None), cuts=cuts)
    log = CallLog()
    with listing(server) as url:
        with calls_heard(log.take):
            counted = _count(url, prefix, watch.told.append)
        server.bucket.fewer = 0
        assert _figures(counted) == _by_paginator(url, prefix) == _there(prefix)
    assert isinstance(counted, CountSoFar)
    assert counted.slowed
    assert server.asked - server.refused > 12
    in_place, beside = log.records
    assert (in_place.requests, beside.requests) == (1, counted.requests - 1)
    assert (beside.outcome, beside.request_id) == (CallOutcome.DONE, "R1")
    (process,) = watch.started
    assert process.args == (sys.executable, "-m", "app", own_program.COUNT)  # keys go by the pipe
    figures = [so_far.files + so_far.markers for so_far in watch.told]
    assert figures == sorted(figures)


def test_expired_keys_are_renewed_on_the_way(watch: Watch) -> None:
    signed: list[str] = []

    def expired(_query: dict[str, str], head: str) -> tuple[int, bytes] | None:
        signed.append("AKIAFIRST" if "AKIAFIRST" in head else "AKIASECOND")
        return error(400, "ExpiredToken") if signed[-1] == "AKIAFIRST" and len(signed) > 4 else None

    server = _server(instead=expired)
    server.bucket.fewer = 950
    with listing(server) as url:
        clients = [_client(url)[1](), _client(url, "AKIASECOND")[1]()]
        calls = _client(url)[0]
        counting = count_files(
            calls.run, lambda: clients[len(signed) > 4], BUCKET, "in/", watch.told.append
        )
        assert _figures(asyncio.run(counting)) == _there("in/")
    assert signed.count("AKIASECOND") > 10  # the process goes on with them
    assert len(watch.started) == 1


@pytest.mark.parametrize(("status", "code"), [(403, "AccessDenied"), (301, "PermanentRedirect")])
def test_a_refusal_ends_as_the_first_page_would(watch: Watch, status: int, code: str) -> None:
    asked: list[str] = []

    def refused(_query: dict[str, str], head: str) -> tuple[int, bytes] | None:
        asked.append(head)
        return error(status, code) if len(asked) > 3 else None

    with listing(_server(instead=refused)) as url:
        failure = _count(url)
        assert isinstance(failure, AwsFailure)
        assert (failure.action, failure.code) == ("s3:ListBucket", code)
        assert failure == _count(url)
    assert len(watch.started) == 1


def test_cancelled_it_leaves_nothing_behind(watch: Watch) -> None:
    async def cancel(url: str) -> None:
        calls, client = _client(url)
        at_work = asyncio.Event()

        def told(so_far: CountSoFar) -> None:
            if so_far.requests > 3:  # those of the process
                at_work.set()

        counting = asyncio.ensure_future(count_files(calls.run, client, BUCKET, "in/", told))
        await at_work.wait()
        counting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await counting

    with listing(_server(pause=0.1)) as url:
        asyncio.run(cancel(url))
        assert watch.all_gone()


def test_the_process_ends_with_the_program_that_started_it() -> None:
    with listing(_server(pause=60)) as url, own_program.start(own_program.COUNT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        place = ListingEndpoint(f"{url}/{BUCKET}", REGION, "s3", "tests", {"timeout": (5, 90)})
        keys = SigningKeys("AKIAFIRST", "secret")
        process.stdin.write(line_of(CountTask(place, "in/", "in/00001", "in/00000", keys)))
        process.stdin.flush()
        said = [read_line(process.stdout.readline()) for _ in range(2)]
        assert said[0] == Ready()
        assert isinstance(said[1], Progress)
        process.stdin.close()
        assert process.wait(timeout=20) == 1


def test_a_process_that_dies_is_done_without(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(so_far: CountSoFar) -> None:
        watch.told.append(so_far)
        for process in watch.started:
            process.kill()

    with listing(_server(pause=0.01)) as url:
        assert _figures(_count(url, told=dies)) == _there("in/")
        assert len(watch.started) == 1

        def none(*_: str) -> "subprocess.Popen[bytes]":
            raise PermissionError

        monkeypatch.setattr(own_program, "start", none)
        assert _figures(_count(url)) == _there("in/")


def test_until_the_process_is_ready_pages_are_counted_in_place(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        own_program, "console_command", lambda *_: [sys.executable, "-c", "input()"]
    )
    monkeypatch.setattr(own_program.Child, "start", watch.start_child)
    with listing(_server()) as url:
        assert _figures(_count(url)) == _there("in/")
    assert len(watch.started) == 1


def test_a_listing_that_knows_no_start_is_counted_page_by_page(watch: Watch) -> None:
    class Forgetful(Bucket):
        def page(self, asked: dict[str, str]) -> bytes:
            return super().page({name: asked[name] for name in asked if name != "start-after"})

    bucket = Bucket.of(HOSTILE, MARKERS)
    with listing(ListingServer(Forgetful(bucket.keys, bucket.empty, 800))) as url:
        assert _figures(_count(url)) == _there("in/")
    assert len(watch.started) == 1
