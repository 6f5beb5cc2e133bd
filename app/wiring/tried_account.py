"""The customer's account of a rehearsal whose failure does not show by looking at the account.

AWS refuses some changes, and spreads a role slowly: who only looks finds nothing. So what the
rehearsal is about is tried on the practice AWS whenever the account is read, until it goes well,
and what came of it is in the snapshot as it would be after a run that failed.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from app.aws.access import Access
from app.aws.account import CustomerAccount
from app.core.change import Change
from app.core.draft import Draft
from app.core.failed_call import failed_call
from app.core.failure import AwsFailure
from app.core.observation import Observation, ObservedOutcome
from app.core.snapshot import Snapshot
from app.flow.connection.ubiquity_test import ConnectionTest
from app.flow.ports.aws import CallTime, UbiquityAws
from app.practice.scenarios.scenario import Rehearsal, Seen


class TriedAccount(CustomerAccount):
    """The account as ``access`` reads it, with what is tried in it as a rehearsal says."""

    def __init__(self, access: Access, rehearsal: Rehearsal, ubiquity: UbiquityAws) -> None:
        super().__init__(access)
        self._ubiquity = ubiquity
        self._to_connect = rehearsal.scenario.seen is Seen.CONNECTION_TEST
        self._to_change = rehearsal.change

    async def read_snapshot(
        self,
        draft: Draft,
        on_progress: Callable[[str], None] | None = None,
        on_call: Callable[[CallTime], None] | None = None,
    ) -> Snapshot:
        """Read the account, and try what is to be tried."""
        snapshot = await super().read_snapshot(draft, on_progress, on_call)
        if self._to_change is not None:
            return snapshot.with_observations(*await self._change(self._to_change))
        if self._to_connect:
            return snapshot.with_observations(*await self._connect(draft))
        return snapshot

    async def _change(self, change: Change) -> tuple[Observation, ...]:
        answer = await self.apply(change)
        if not isinstance(answer, AwsFailure):
            self._to_change = None
            return ()
        return (refused_change(change, answer),)

    async def _connect(self, draft: Draft) -> tuple[Observation, ...]:
        result = await ConnectionTest(draft, self._ubiquity, lambda _result: None).run()
        self._to_connect = not result.worked
        return result.observations


def refused_change(change: Change, failure: AwsFailure) -> Observation:
    """Return the observation that ``change`` was not made."""
    refused = failure.finding is None and failure.http_status == 403
    outcome = ObservedOutcome.DENIED if refused else ObservedOutcome.FAILED
    return failed_call(failure, datetime.now(UTC), outcome=outcome, resource=change.target)
