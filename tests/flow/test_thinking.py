"""Nobody waits for a thought any more: it ends at its next step."""

import asyncio
import threading

import pytest

from app.core.iam.work import OutOfWorkError, Work
from app.flow.thinking import beside_the_window


def test_what_was_thought_comes_back() -> None:
    assert asyncio.run(beside_the_window(lambda work: work.left > 0))


def test_what_was_worked_out_on_the_way_is_let_go_in_the_thread() -> None:
    works: list[Work] = []

    def think(work: Work) -> str:
        works.append(work)
        return work.once(str, works)

    assert asyncio.run(beside_the_window(think))
    assert works[0]._results == {}


def test_who_stops_waiting_stops_the_thought() -> None:
    begun, ended = threading.Event(), threading.Event()

    def think(work: Work) -> None:
        begun.set()
        try:
            while True:
                work.spend(0)
        except OutOfWorkError:
            ended.set()

    async def wait_and_leave() -> None:
        task = asyncio.create_task(beside_the_window(think))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(wait_and_leave())
    assert ended.wait(timeout=10)
