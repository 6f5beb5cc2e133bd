"""One row of the tables: a way to break a good setup, and what is to be said of it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.helpers.snapshots import Break, World, broken, good


@dataclass(frozen=True, slots=True)
class Row:
    """``codes`` are all that is said; where None, ``code`` alone. ``base`` is the good setup."""

    code: str
    name: str
    how: Break
    codes: str | None = None
    base: Callable[[], World] = good

    @property
    def world(self) -> World:
        """The broken setup."""
        return broken(self.base(), self.how)

    @property
    def expected(self) -> list[str]:
        """The codes of the report."""
        return (self.codes or self.code).split()

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"
