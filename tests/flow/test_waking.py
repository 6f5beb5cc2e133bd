"""A computer that slept is noticed, whichever of its clocks stood still meanwhile."""

import pytest

from app.flow.waking import Waking


@pytest.mark.parametrize(
    ("day", "even", "slept"),
    [
        (10, 10, 0),
        (25, 25, 0),  # busy
        (3610, 10, 3600),  # Linux, macOS
        (3610, 3610, 3600),  # Windows, and a process that was stopped
        (-3600, 10, 0),  # somebody set the clock back
    ],
)
def test_a_gap_is_a_sleep(day: float, even: float, slept: int) -> None:
    clocks = {"day": 1e9, "even": 50.0}
    waking = Waking(lambda: clocks["day"], lambda: clocks["even"])
    clocks = {"day": 1e9 + day, "even": 50.0 + even}
    assert waking.slept(10) == slept
    clocks = {name: seconds + 10 for name, seconds in clocks.items()}
    assert waking.slept(10) == 0
