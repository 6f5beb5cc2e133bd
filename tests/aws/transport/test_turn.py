"""Who makes calls works in turn, and waits at the same time as the others."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.transport.turn import Turn
from app.core.failure import AwsFailure
from tests.aws.doubles import REGION, keys
from tests.aws.hostile_server import Request, hostile

LONG = 20.0
"""Seconds: nothing in here takes so long unless it hangs."""
NO_BUCKETS = b"<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"


def _beside(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_one_works_at_a_time() -> None:
    mine, log, has_it = Turn(LONG), list[str](), threading.Event()

    def other() -> None:
        has_it.wait(LONG)
        with mine.taken():
            log.append("other")

    thread = _beside(other)
    with mine.taken():
        has_it.set()
        thread.join(0.05)  # it would be through by now
        log.append("first")
    thread.join(LONG)
    assert log == ["first", "other"]


def test_who_waits_lets_the_other_work() -> None:
    mine, log = Turn(LONG), list[str]()

    def other() -> None:
        with mine.taken():
            log.append("other")

    with mine.taken():
        with mine.taken():  # a call within a call is the same call
            pass
        with mine.given_away():
            _beside(other).join(LONG)
        log.append("first")
    assert log == ["other", "first"]


def test_no_two_wait_for_each_other() -> None:
    mine, log = Turn(patience=0.0), list[str]()

    def other() -> None:
        with mine.taken():
            log.append("other")

    with mine.taken():
        _beside(other).join(LONG)
        log.append("first")
    assert log == ["other", "first"]


def test_who_has_no_turn_gives_none_away() -> None:
    mine = Turn(LONG)
    with mine.given_away():
        pass
    with mine.taken():
        pass
    with pytest.raises(KeyError), mine.taken():
        raise KeyError
    log = list[str]()

    def other() -> None:
        with mine.taken():
            log.append("other")

    _beside(other).join(LONG)
    assert log == ["other"]  # what failed has given it back


def test_calls_wait_for_aws_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are answered only once both were asked: with a turn that nobody does without."""
    patient, both_asked = Turn(LONG), threading.Barrier(2)
    monkeypatch.setattr("app.aws.calls.TURN", patient)
    monkeypatch.setattr("app.aws.transport.connections.TURN", patient)

    def reply(request: Request) -> None:
        both_asked.wait(LONG / 4)  # sooner than anybody works without the turn
        request.send_response(200)
        request.send_header("x-amz-request-id", "R1")
        request.send_header("Content-Length", str(len(NO_BUCKETS)))
        request.end_headers()
        request.wfile.write(NO_BUCKETS)

    async def both(calls: Calls) -> list[object]:
        list_buckets = calls.clients.s3(REGION).list_buckets
        work = [calls.run("s3:ListAllMyBuckets", list_buckets) for _ in range(2)]
        return await asyncio.gather(*work)

    with hostile(reply) as server:
        answers = asyncio.run(both(Calls(Clients(keys(server.url)))))
    assert not any(isinstance(answer, AwsFailure) for answer in answers), answers
    assert len(answers) == 2
