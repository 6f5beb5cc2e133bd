"""How long it took to read a link: no second is counted twice, and no pause at all."""

import pytest

from app.core.diagnosis.codes.catalogue import ChainLink
from app.flow.ports.aws import CallTime
from app.flow.reading_times import ReadingTimes


@pytest.mark.parametrize(
    ("calls", "seconds"),
    [
        ([], None),
        ([(1.0, 1.5)], 0.5),
        ([(1.0, 1.5), (2.0, 2.25)], 0.75),  # one after the other, with a pause
        ([(1.0, 2.0), (1.5, 2.5)], 1.5),  # side by side
        ([(1.0, 4.0), (2.0, 3.0)], 3.0),  # one inside the other
        ([(2.0, 3.0), (1.0, 1.5)], 1.5),  # as they happen to end
    ],
)
def test_the_seconds_in_which_something_was_read(
    calls: list[tuple[float, float]], seconds: float | None
) -> None:
    times = ReadingTimes()
    times.take(CallTime(frozenset({ChainLink.KEY}), 0.0, 9.0))
    for begun, ended in calls:
        times.take(CallTime(frozenset({ChainLink.ROLE, ChainLink.TRUST}), begun, ended))
    assert times.seconds.get(ChainLink.ROLE) == times.seconds.get(ChainLink.TRUST) == seconds
    assert times.seconds[ChainLink.KEY] == 9.0
