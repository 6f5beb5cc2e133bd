"""The connection test: what UbiQuity's connector does, done with UbiQuity's own identity.

Assume the role with the External ID, make sure that it can't be assumed without, then list each
connector's prefix page by page. Every answer becomes an observation of the snapshot.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, TypeVar

from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.core.snapshot import Identity, Observation, ObservedOutcome
from app.flow.clocks import Clock, Seconds, Sleep
from app.flow.connection.checks import (
    CheckKind,
    CheckState,
    ConnectionCheck,
    ConnectionResult,
)
from app.flow.ports import UbiquityAws, UbiquitySession

Answer = TypeVar("Answer")

PROPAGATION_WAITS: Final = (2.0, 3.0, 5.0, 5.0, 10.0, 10.0, 15.0)
"""Seconds between tries while what was just made may still be spreading: 50 in one test."""

MOST_PAGES: Final = 1000
"""Pages of 1,000 files that are counted: more take minutes, and tell no more of the connection."""


@dataclass(slots=True)
class ConnectionTest:
    """Runs one test; ``on_progress`` gets the result so far after every step.

    ``just_created`` allows for AWS still spreading a new role or policy: what is denied is then
    tried again, for as long as ``PROPAGATION_WAITS`` in the whole test.
    """

    draft: Draft
    ubiquity: UbiquityAws
    on_progress: Callable[[ConnectionResult], None]
    just_created: bool = False
    sleep: Sleep = asyncio.sleep
    now: Clock = lambda: datetime.now(UTC)
    seconds: Seconds = time.monotonic
    _checks: list[ConnectionCheck] = field(default_factory=list)
    _observations: list[Observation] = field(default_factory=list)
    _waits: list[float] = field(default_factory=list)
    _begun: dict[int, float] = field(default_factory=dict)
    """When each check began, by ``seconds``."""

    async def run(self) -> ConnectionResult:
        """Make the checks in the connector's order and return the finished result."""
        self._waits = list(PROPAGATION_WAITS) if self.just_created else []
        self._begun = {}
        self._checks = [
            ConnectionCheck(CheckKind.ASSUME, CheckState.WAITING),
            ConnectionCheck(CheckKind.ASSUME_WITHOUT, CheckState.WAITING),
            *(
                ConnectionCheck(CheckKind.LIST, CheckState.WAITING, entry)
                for entry in self.draft.buckets
            ),
        ]
        session = await self._assume(0)
        if session is None:
            for index in range(1, len(self._checks)):
                self._set(index, CheckState.SKIPPED)
        else:
            await self._assume_without(1)
            for index, entry in enumerate(self.draft.buckets, start=2):
                await self._list(index, entry, session)
        return self._tell(finished=True)

    async def _assume(self, index: int) -> UbiquitySession | None:
        self._set(index, CheckState.RUNNING)
        arn = role_arn(self.draft.account_id)
        answer = await self._patiently(
            index, lambda: self.ubiquity.assume_role(arn, self.draft.database_id)
        )
        self._observe("sts:AssumeRole", arn, None, "right", _failure(answer))
        if isinstance(answer, AwsFailure):
            self._set(index, CheckState.FAILED, answer)
            return None
        self._set(index, CheckState.PASSED)
        return answer

    async def _patiently(
        self, index: int, call: Callable[[], Awaitable[Answer | AwsFailure]]
    ) -> Answer | AwsFailure:
        """Make a call; while it is denied and there is time left, make it again."""
        answer = await call()
        while self._waits and isinstance(answer, AwsFailure) and _is_denied(answer):
            self._set(index, CheckState.SPREADING, answer)
            await self.sleep(self._waits.pop(0))
            answer = await call()
        return answer

    async def _assume_without(self, index: int) -> None:
        """UbiQuity must be refused when it does not name the External ID (the guide, Step 2)."""
        self._set(index, CheckState.RUNNING)
        arn = role_arn(self.draft.account_id)
        failure = _failure(await self.ubiquity.assume_role(arn, None))
        self._observe("sts:AssumeRole", arn, None, "none", failure)
        if failure is None:
            self._set(index, CheckState.FAILED)
        elif failure.finding is not None:
            self._set(index, CheckState.SKIPPED, failure)
        else:
            self._set(index, CheckState.PASSED)

    async def _list(self, index: int, entry: BucketEntry, session: UbiquitySession) -> None:
        self._set(index, CheckState.RUNNING)
        where, files, complete = (entry.name, entry.region, entry.prefix), 0, False
        page = await self._patiently(index, lambda: session.list_page(*where, None))
        for number in range(1, MOST_PAGES + 1):
            if isinstance(page, AwsFailure):
                break
            files, complete = files + page.count, page.next_token is None
            if complete or number == MOST_PAGES:
                break
            self._set(index, CheckState.RUNNING, files=files)
            page = await session.list_page(*where, page.next_token)
        failure = _failure(page)
        self._observe("s3:ListBucket", bucket_arn(entry.name), entry.name, None, failure)
        state = CheckState.FAILED if failure else CheckState.PASSED
        self._set(index, state, failure, files, complete=bool(failure) or complete)

    def _set(
        self,
        index: int,
        state: CheckState,
        failure: AwsFailure | None = None,
        files: int = 0,
        *,
        complete: bool = True,
    ) -> None:
        old, now = self._checks[index], self.seconds()
        begun = self._begun.setdefault(index, now)
        took = now - begun if state in (CheckState.PASSED, CheckState.FAILED) else None
        self._checks[index] = ConnectionCheck(
            old.kind, state, old.entry, files, failure, complete, took
        )
        self._tell(finished=False)

    def _tell(self, *, finished: bool) -> ConnectionResult:
        result = ConnectionResult(tuple(self._checks), tuple(self._observations), finished)
        self.on_progress(result)
        return result

    def _observe(
        self,
        action: str,
        resource: str,
        bucket: str | None,
        external_id: str | None,
        failure: AwsFailure | None,
    ) -> None:
        self._observations.append(
            Observation(
                at=self.now(),
                identity=Identity.UBIQUITY,
                action=action,
                outcome=_outcome(failure),
                resource=resource,
                bucket=bucket,
                external_id=external_id,
                code=failure.code if failure else None,
                message=failure.message if failure else None,
                request_id=failure.request_id if failure else None,
            )
        )


def _failure(answer: object) -> AwsFailure | None:
    return answer if isinstance(answer, AwsFailure) else None


def _outcome(failure: AwsFailure | None) -> ObservedOutcome:
    if failure is None:
        return ObservedOutcome.ALLOWED
    return ObservedOutcome.DENIED if _is_denied(failure) else ObservedOutcome.FAILED


def _is_denied(failure: AwsFailure) -> bool:
    return failure.finding is None and failure.http_status == HTTPStatus.FORBIDDEN
