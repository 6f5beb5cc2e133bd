"""One reading of an account: its calls, and what of it AWS did not tell."""

import asyncio
import contextlib
import re
import time
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.transport.core_sessions import CALLS_AT_ONCE
from app.core.diagnosis.snapshot_facts import links_told_by
from app.core.diagnosis.unevaluated import NO_POLICY
from app.core.failed_call import failed_call
from app.core.failure import AwsFailure
from app.core.formats.reading import is_policy
from app.core.observation import Observation
from app.core.snapshot import Unreadable
from app.flow.clocks import Clock, Seconds
from app.flow.ports.aws import CallTime

T = TypeVar("T")

_AT_ONCE: Final = CALLS_AT_ONCE
"""How many calls run side by side. S3 takes thousands a second and KMS hundreds (S3 User Guide,
"Best practices design patterns"; AWS KMS Developer Guide, "Request quotas"), so that three buckets
wait for their answers and not for each other."""
_AT_ONCE_OF_IAM: Final = 8
"""How many of them ask IAM. All that is done in an account shares its rate, which AWS tells nobody
and raises for nobody (re:Post, "How do I resolve API throttling or Rate exceeded errors for IAM
and AWS STS?"); no step of a reading has more for it than these."""

_PARTS: Final = ("caller", "role", "similar_roles", "customer_policy", "buckets")


class AccountReading:
    """Asks AWS for the facts of one snapshot and keeps note of those that it could not read."""

    def __init__(
        self,
        calls: Calls,
        account_id: str,
        clock: Clock,
        seconds: Seconds = time.monotonic,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> None:
        """``on_call`` is told how long each call took, by ``seconds``."""
        self.account_id = account_id
        self._calls = calls
        self._clock = clock
        self._seconds = seconds
        self._on_call = on_call
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._places_of_iam = asyncio.Semaphore(min(_AT_ONCE_OF_IAM, _AT_ONCE))
        self._unreadable: dict[str, Unreadable] = {}
        self._observations: dict[tuple[str, str | None], Observation] = {}

    def aside(self) -> "AccountReading":
        """Return a reading by the same calls at once, which makes its notes for itself.

        For facts that are asked for before it is known whether they count: ``adopt`` what it
        noted, or forget it.
        """
        beside = AccountReading(
            self._calls, self.account_id, self._clock, self._seconds, self._on_call
        )
        beside._places, beside._places_of_iam = self._places, self._places_of_iam
        return beside

    def adopt(self, beside: "AccountReading") -> None:
        """Make the notes of a reading from ``aside`` as if this one had made them."""
        for entry in beside.unreadable:
            self._unreadable.setdefault(entry.what, entry)
        for seen in beside.observations:
            self._observations.setdefault(_kind(seen), seen)

    @property
    def clients(self) -> Clients:
        """The clients of the sign-in; to be used inside of ``ask`` and ``fact`` only."""
        return self._calls.clients

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """What could not be read, in the snapshot's order."""
        return tuple(sorted(self._unreadable.values(), key=_place))

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The failures of network and sign-in: the first of each kind for each service."""
        return tuple(self._observations.values())

    async def ask(
        self,
        action: str,
        work: Callable[[], T],
        bucket: str | None = None,
        what: str | None = None,
    ) -> T | AwsFailure:
        """Return what ``work`` returns, or why it failed.

        ``action`` is the permission that the call needs, ``bucket`` the one it is about,
        ``what`` the path of the fact that it tells, where its permission reads others as well. A
        failure of network or sign-in becomes an observation too, so that the diagnosis, and a
        replay of the snapshot, can say it.
        """
        answer = await self.try_quietly(action, work, what)
        if isinstance(answer, AwsFailure) and answer.finding:
            self._observe(answer, bucket)
        return answer

    async def try_quietly(
        self, action: str, work: Callable[[], T], what: str | None = None
    ) -> T | AwsFailure:
        """Return what ``work`` returns, or why it failed, of which no note is made."""
        of_iam = self._places_of_iam if action.startswith("iam:") else contextlib.nullcontext()
        async with of_iam, self._places:
            begun = self._seconds()
            answer = await self._calls.run(action, work)
            if self._on_call is not None:
                links = links_told_by(action, what)
                self._on_call(CallTime(links, begun, self._seconds()))
            return answer

    async def fact(
        self, what: str, action: str, work: Callable[[], T], absent: Collection[str] = ()
    ) -> T | None:
        """Return what ``work`` returns, or None where there is none or it could not be read.

        ``absent`` are AWS's codes for "there is none"; any other failure is noted under the
        fact's path ``what``.
        """
        answer = await self.ask(action, work, what=what)
        if not isinstance(answer, AwsFailure):
            return answer
        if answer.code not in absent:
            self.miss(what, answer)
        return None

    def policy(self, what: str, action: str, document: object) -> object:
        """Return the policy that AWS gave for the fact ``what``; None for what is none.

        That is noted as not read: no file could hold it, and nothing can be told from it. None
        of a fact that was noted before stays as it is. ``action`` is the permission.
        """
        if is_policy(document):
            return document
        self.miss(what, AwsFailure(action, NO_POLICY, ""))
        return None

    def miss(self, what: str, failure: AwsFailure) -> None:
        """Note that the fact at path ``what`` could not be read; the first reason counts."""
        entry = Unreadable(what, failure.code, failure.message)
        self._unreadable.setdefault(what, entry)

    def miss_whole(self, what: str, because_of: str) -> None:
        """Note that nothing of ``what`` could be read, for the reason noted at ``because_of``.

        The one note takes the place of all that were made for its parts.
        """
        reason = self._unreadable[because_of]
        parts = [path for path in self._unreadable if path.startswith(f"{what}.")]
        for path in parts:
            del self._unreadable[path]
        self._unreadable[what] = Unreadable(what, reason.code, reason.message)

    def missed(self, what: str) -> bool:
        """Tell whether ``what`` was noted as not read."""
        return what in self._unreadable

    def _observe(self, failure: AwsFailure, bucket: str | None) -> None:
        observation = failed_call(failure, self._clock(), bucket=bucket)
        self._observations.setdefault(_kind(observation), observation)


def _kind(observation: Observation) -> tuple[str, str | None]:
    """Return what tells one failure from another: the service and its code."""
    return observation.action.partition(":")[0], observation.code


def _place(entry: Unreadable) -> tuple[int, list[str | int]]:
    part = re.split(r"[.\[]", entry.what, maxsplit=1)[0]
    pieces = re.split(r"(\d+)", entry.what)
    return _PARTS.index(part), [int(piece) if piece.isdecimal() else piece for piece in pieces]
