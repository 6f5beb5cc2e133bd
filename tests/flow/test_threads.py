"""Blocking calls beside the event loop."""

import asyncio
import threading

import pytest

from app.flow.threads import in_thread


def test_work_runs_beside_the_loop() -> None:
    assert asyncio.run(in_thread(threading.current_thread)) is not threading.current_thread()


def test_what_work_raises_is_raised_where_it_is_awaited() -> None:
    def work() -> None:
        raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        asyncio.run(in_thread(work))


def test_an_end_does_not_wait_for_work() -> None:
    """A program that ends while a call hangs must not hang with it."""
    release, done = threading.Event(), threading.Event()

    def work() -> None:
        release.wait()
        done.set()

    async def give_up() -> None:
        task = asyncio.create_task(in_thread(work))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(give_up())
    assert not done.is_set()
    assert all(t.daemon for t in threading.enumerate() if t is not threading.main_thread())
    release.set()
    assert done.wait(10)
