"""Patience with what was made seconds ago: AWS takes a moment to know of it everywhere.

Source: IAM User Guide, "Troubleshoot IAM", "Changes that I make are not always immediately
visible". New roles take seconds, seldom a minute.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, TypeVar

from app.core.failure import AwsFailure
from app.core.journal import Journal
from app.core.observation import ObservedOutcome
from app.flow.clocks import Seconds, Sleep

Answer = TypeVar("Answer")

SPREADING_SECONDS: Final = 60.0
"""For how long after a test began AWS is given time; what it answers after that counts."""

RETRY_WAITS: Final = (2, 3, 5, 5, 10, 10, 15, 10)
"""Seconds between tries, a minute in all: soon at first, since most changes spread in seconds."""

_ARCHIVED: Final = "InvalidObjectState"


def is_denied(answer: object) -> bool:
    """Tell whether AWS refused a call; a network or a sign-in that failed refused nothing.

    Nor does S3 where a file is archived, though its answer has the same HTTP status.
    """
    if not isinstance(answer, AwsFailure) or answer.finding is not None:
        return False
    return answer.http_status == HTTPStatus.FORBIDDEN and answer.code != _ARCHIVED


def is_not_denied(answer: object) -> bool:
    """Tell whether there is nothing to wait for, where a call should work."""
    return not is_denied(answer)


def outcome_of(answer: object) -> ObservedOutcome:
    """Return what an observation says of how a call ended."""
    if not isinstance(answer, AwsFailure):
        return ObservedOutcome.ALLOWED
    return ObservedOutcome.DENIED if is_denied(answer) else ObservedOutcome.FAILED


def was_made_just_now(journal: Journal, now: datetime) -> bool:
    """Tell whether a run has changed something within the last minute before ``now`` (UTC)."""
    times = [step.at for step in journal.steps if step.at is not None]
    return bool(times) and now - max(times) <= timedelta(seconds=SPREADING_SECONDS)


@dataclass(slots=True)
class Spreading:
    """The first minute of one test. Its checks share it, and may wait side by side.

    ``just_created`` tells that something was made or changed seconds ago; else no answer is
    waited for. ``sleep`` and ``seconds`` are the time's passing.
    """

    just_created: bool
    sleep: Sleep = asyncio.sleep
    seconds: Seconds = time.monotonic
    _begun: float | None = field(default=None, init=False)

    async def settled(
        self,
        call: Callable[[], Awaitable[Answer]],
        on_wait: Callable[[float, Answer], None],
        is_settled: Callable[[Answer], bool] = is_not_denied,
    ) -> Answer:
        """Make a call, and again within the first minute until its answer ``is_settled``.

        ``on_wait`` is told once a second for how many seconds this call has been waited for by
        now, and what AWS answered last.
        """
        begun = self.seconds()
        self._begun = begun if self._begun is None else self._begun
        answer = await call()
        for wait in RETRY_WAITS if self.just_created else ():
            if is_settled(answer) or self.seconds() - self._begun >= SPREADING_SECONDS:
                break
            for _ in range(wait):
                on_wait(self.seconds() - begun, answer)
                await self.sleep(1.0)
            answer = await call()
        return answer
