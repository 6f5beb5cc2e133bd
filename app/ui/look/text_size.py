"""The sizes of text that a person can choose, in per cent of the system's."""

from typing import Final

SIZES: Final = (80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""From one to the next, a difference that can be seen; those that browsers offer."""


def allowed(percent: int) -> int:
    """Return the size nearest to ``percent``, which may come from a file."""
    return min(SIZES, key=lambda size: abs(size - percent))


def bigger(percent: int) -> int:
    """Return the next size above ``percent``, or the largest."""
    return next((size for size in SIZES if size > percent), SIZES[-1])


def smaller(percent: int) -> int:
    """Return the next size below ``percent``, or the smallest."""
    return next((size for size in reversed(SIZES) if size < percent), SIZES[0])
