"""Moments that one thread waits for: done in their order, or called off."""

import threading

from app.aws.transport.deadlines import Deadlines

_LATER = 3600.0
"""Seconds: no test waits so long."""


def test_the_sooner_comes_first_whenever_it_was_asked_for() -> None:
    done: list[str] = []
    both, deadlines = threading.Event(), Deadlines()

    def last() -> None:
        done.append("later")
        both.set()

    deadlines.after(_LATER, lambda: done.append("never"))
    deadlines.after(0.05, last)
    deadlines.after(0, lambda: done.append("now"))
    assert both.wait(10)
    assert done == ["now", "later"]


def test_what_is_called_off_is_not_done_and_holds_on_to_nothing() -> None:
    done: list[str] = []
    after, deadlines = threading.Event(), Deadlines()
    called_off = deadlines.after(0.05, lambda: done.append("called off"))
    called_off.call_off()
    assert called_off.act is None
    deadlines.after(0.1, after.set)
    assert after.wait(10)
    assert done == []


def test_many_that_are_called_off_are_forgotten_long_before_their_time() -> None:
    deadlines = Deadlines()
    for _ in range(5000):
        deadlines.after(_LATER, lambda: None).call_off()
    assert len(deadlines._waiting) < 1000


def test_one_thread_waits_for_all_and_ends_where_there_is_nothing_to_wait_for() -> None:
    def waiting() -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread not in before]

    before, deadlines = threading.enumerate(), Deadlines()
    hit = threading.Semaphore(0)
    for _ in range(20):
        deadlines.after(0.1, hit.release)
    threads = waiting()
    assert len(threads) == 1
    for _ in range(20):
        assert hit.acquire(timeout=10)
    threads[0].join(10)
    assert not threads[0].is_alive()
    # And another one begins where there is something again.
    deadlines.after(0, hit.release)
    assert hit.acquire(timeout=10)
