"""Waiting for AWS: how long for what, shown while it lasts, and cut short where somebody stops."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from app.core.change import Change
from app.core.changes.kinds import rules_of
from app.core.failure import AwsFailure
from app.flow.clocks import Sleep

_BUSY_CODES: Final = frozenset({"ConcurrentModification", "EntityTemporarilyUnmodifiable"})
"""Somebody else is changing the same thing this second, and AWS asks to try again (IAM API
Reference, "Errors")."""

SPREADING_WAITS: Final = (1.0, 2.0, 3.0, 5.0, 8.0, 10.0, 15.0, 15.0)
"""Seconds between tries: about a minute in all, longer than AWS needs but for rare cases."""

SLOWED_WAITS: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries where AWS asks to slow down: a minute in all, each twice the last."""

IN_USE_WAITS: Final = (1.0, 2.0, 3.0)
"""Seconds to try on where AWS says that what is to be deleted is in use: mostly it is."""

LOST_WAITS: Final = (1.0, 2.0, 3.0, 5.0, 8.0)
"""Seconds between looks for a change whose answer was lost: the request may be on its way."""

LOOK_AGAIN_WAITS: Final = (1.0, 2.0)
"""Seconds between looks before what is not as expected counts as somebody else's doing."""

READ_WAITS: Final = (1.0, 2.0, 5.0)
"""Seconds between tries to read where the network or AWS failed."""

SENDS_AT_MOST: Final = 3
"""How often a change is sent whose answer is lost each time."""

_NAP: Final = 0.5
"""Seconds after which a wait looks whether somebody asked to stop."""

_LOSSES: Final = frozenset({"env.timeout", "env.aws-fault"})
_NETWORK: Final = _LOSSES | {"env.offline"}


class WaitReason(StrEnum):
    """Why a change has to be sent again, or looked for."""

    SPREADING = "spreading"
    IN_USE = "in-use"
    SLOWED = "slowed"
    LOST = "lost"


WAITS: Final[Mapping[WaitReason, tuple[float, ...]]] = {
    WaitReason.SPREADING: SPREADING_WAITS,
    WaitReason.IN_USE: IN_USE_WAITS,
    WaitReason.SLOWED: SLOWED_WAITS,
    WaitReason.LOST: (1.0,) * (SENDS_AT_MOST - 1),
}


def reason_to_wait(change: Change, failure: AwsFailure, *, sent: bool) -> WaitReason | None:
    """Return why ``change`` may be sent again, or None where the failure is for good.

    ``sent`` tells that an earlier request of the same change may have taken effect: what exists
    already may then be what it made.
    """
    if failure.took_effect_unknown or (sent and failure.code == "EntityAlreadyExists"):
        return WaitReason.LOST
    if failure.finding == "env.throttled" or failure.code in _BUSY_CODES:
        return WaitReason.SLOWED
    if failure.code not in rules_of(change).spreading_codes:
        return None
    return WaitReason.IN_USE if failure.code == "DeleteConflict" else WaitReason.SPREADING


def waits_to_read(failure: AwsFailure, *, sent: bool) -> tuple[float, ...]:
    """Return how long to wait between tries to read; none where trying again is no use.

    Without a network nothing was sent that would have to be found, unless ``sent``.
    """
    if failure.finding == "env.throttled":
        return SLOWED_WAITS
    return READ_WAITS if failure.finding in (_NETWORK if sent else _LOSSES) else ()


class Patience:
    """Waits in naps and counts the seconds."""

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        self._sleep = sleep
        self.stopping = False
        """Set it to cut every wait short."""
        self.seconds = 0.0
        """How long has been waited since the last ``begin``."""

    def begin(self) -> None:
        """Count from nought, for the next change."""
        self.seconds = 0.0

    async def wait(self, seconds: float, tell: Callable[[], None]) -> None:
        """Wait ``seconds``, or until somebody stops; call ``tell`` before, and after each nap."""
        tell()
        while seconds > 0 and not self.stopping:
            nap = min(seconds, _NAP)
            await self._sleep(nap)
            seconds -= nap
            self.seconds += nap
            tell()


class Waits:
    """The waits that are left for one change, by reason."""

    def __init__(self) -> None:
        self._left: dict[WaitReason, Iterator[float]] = {}

    def next(self, reason: WaitReason) -> float | None:
        """Return the seconds to wait now, or None once patience is at its end."""
        return next(self._left.setdefault(reason, iter(WAITS[reason])), None)
