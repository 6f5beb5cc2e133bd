"""Looking for a newer version: only where the person allows it, quietly, once a day at most.

Nothing is downloaded or installed, and nothing of the person told. A look that fails is kept, for
whoever opens "About"; nobody is disturbed by it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from app.core.formats.reading import InputProblem
from app.core.formats.update_json import read_signed, read_statement, signed_bytes
from app.core.newer_version import (
    Look,
    LookProblem,
    Standing,
    UpdateSource,
    VersionStatement,
    is_due,
    news,
    problem_of,
)
from app.flow.clocks import Clock
from app.flow.threads import in_thread


class KeptLook(Protocol):
    """The file that the last look is kept in; it is asked in a thread of its own."""

    def load(self) -> Look | None:
        """Return the last look; None where there was none."""

    def save(self, look: Look) -> object:
        """Keep ``look``; where the disk refuses, the next one comes sooner."""


class Permission(Protocol):
    """Whether the person allows it, which is asked nobody and kept among the settings."""

    def load(self) -> bool:
        """Return whether it is allowed; False as long as nothing was said."""

    def save(self, allowed: bool, /) -> object:
        """Keep what was said."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How is asked: ``ask`` blocks, and returns the answer or why there is none.

    ``is_signed`` tells whether the key (its first value) signed the message (the second) with the
    signature (the third).
    """

    source: UpdateSource
    ask: Callable[[str], bytes | LookProblem]
    is_signed: Callable[[bytes, bytes, bytes], bool]


class NewerVersion:
    """Looks for a version after the ``installed`` one."""

    def __init__(
        self,
        asking: Asking | None,
        permission: Permission,
        kept: KeptLook,
        installed: str,
        now: Clock = lambda: datetime.now(UTC),
    ) -> None:
        """``asking`` is None where this build has no address to ask."""
        self._asking = asking
        self._permission = permission
        self._kept = kept
        self._installed = installed
        self._now = now
        self._last: Look | None = None

    @property
    def can_look(self) -> bool:
        """Whether this build has an address to ask."""
        return self._asking is not None

    def allow(self, *, on: bool) -> None:
        """Take note of what the person chose."""
        self._permission.save(on)

    def standing(self) -> Standing:
        """Return what there is to tell, as far as it has been looked."""
        if self._asking is None:
            return Standing(allowed=False)
        newer = news(self._last, self._asking.source, self._installed)
        return Standing(self._permission.load(), self._last, newer)

    async def look_when_due(self) -> None:
        """Read the last look where that is allowed, and ask where it was not within a day."""
        if self._asking is None or not self._permission.load():
            return
        self._last, now = await in_thread(self._kept.load), self._now()
        if is_due(self._last, now):
            asking = self._asking
            answer = await in_thread(lambda: asking.ask(asking.source.address))
            self._last = look = _look(answer, asking, self._last, now)
            await in_thread(lambda: self._kept.save(look))


def _look(answer: bytes | LookProblem, asking: Asking, last: Look | None, now: datetime) -> Look:
    """Return what a look at ``now`` told; a good statement that was seen before stays."""
    statement = answer if isinstance(answer, LookProblem) else _statement(answer, asking)
    if isinstance(statement, VersionStatement):
        problem = problem_of(statement, asking.source, last, now)
        if problem is None:
            return Look(now, None, statement)
        statement = problem
    return Look(now, statement, last.statement if last else None)


def _statement(answer: bytes, asking: Asking) -> VersionStatement | LookProblem:
    try:
        signed = read_signed(answer.decode())
    except UnicodeDecodeError:
        return LookProblem.ANSWER
    if isinstance(signed, InputProblem):
        return LookProblem.ANSWER
    key = asking.source.public_key
    if not asking.is_signed(key, signed_bytes(signed.text), signed.signature):
        return LookProblem.SIGNATURE
    statement = read_statement(signed.text)
    return LookProblem.ANSWER if isinstance(statement, InputProblem) else statement
