"""What changes all the time is kept in order, and only its latest."""

import threading

from app.flow.latest_kept import LatestKept


def test_while_one_is_kept_only_the_latest_waits() -> None:
    goes_on, begun = threading.Event(), threading.Event()
    kept: list[int] = []
    told: list[str | None] = []

    def keep(value: int) -> str | None:
        kept.append(value)
        begun.set()
        assert goes_on.wait(60)
        return "full" if value == 1 else None

    latest = LatestKept(keep, told.append)
    latest.settle()
    latest.put(1)
    assert begun.wait(60)
    for value in (2, 3, 4):
        latest.put(value)
    latest.settle(0.0)
    assert kept == [1]  # whoever waits no longer, goes
    goes_on.set()
    latest.settle(60)
    assert (kept, told) == ([1, 4], ["full", None])
    latest.put(5)
    latest.settle(60)
    assert kept == [1, 4, 5]
