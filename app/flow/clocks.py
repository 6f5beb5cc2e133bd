"""The time and its passing, as whoever turns on them is given them: the system's, or a test's."""

from collections.abc import Awaitable, Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Tells what time it is (UTC)."""

Seconds = Callable[[], float]
"""Tells seconds that pass evenly, from no certain time on: how long something took."""

Sleep = Callable[[float], Awaitable[None]]
"""Lets so many seconds pass."""
