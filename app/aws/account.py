"""The customer's account, as the flows see it."""

from collections.abc import Callable
from datetime import UTC, datetime

from app.aws.access import Access
from app.aws.caller import ASK_CALLER, ask_caller, wrong_account
from app.aws.calls import Calls
from app.aws.changes import action_of, make_change
from app.aws.clients import Clients
from app.aws.reading import Clock, Reading
from app.aws.snapshot import read_snapshot
from app.core.change import Change
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.snapshot import Caller, Snapshot


def _now() -> datetime:
    return datetime.now(UTC)


class CustomerAccount:
    """The customer's account, seen and changed with the customer's own sign-in.

    Implements ``app.flow.ports.CustomerAws``; ``access`` says which sign-in, ``clock`` tells
    the time of a snapshot.
    """

    def __init__(self, access: Access, clock: Clock = _now) -> None:
        self._calls = Calls(Clients(access))
        self._clock = clock
        self._caller: Caller | None = None

    async def caller(self) -> Caller | AwsFailure:
        """Return who is signed in."""
        answer = await self._calls.run(ASK_CALLER, lambda: ask_caller(self._calls.clients))
        self._caller = None if isinstance(answer, AwsFailure) else answer
        return answer

    async def read_snapshot(
        self, draft: Draft, on_progress: Callable[[str], None] | None = None
    ) -> Snapshot:
        """Read all facts that the draft turns on; what can't be read is named in the snapshot."""
        reading = Reading(self._calls, draft.account_id, self._clock)
        tell = on_progress or (lambda _words: None)
        return await read_snapshot(reading, draft, self._clock(), tell)

    async def apply(self, change: Change) -> AwsFailure | None:
        """Make one change; None when AWS confirmed it.

        Nothing is changed where the sign-in belongs to another account than the target.
        """
        action = action_of(change.kind)
        caller = self._caller or await self.caller()
        if isinstance(caller, AwsFailure):
            return caller
        stranger = wrong_account(action, caller, change.target.split(":")[4])
        if stranger:
            return stranger
        return await self._calls.run(action, lambda: make_change(self._calls.clients, change))
