"""The practice AWS as the stage of runs that real requests make, set up anew for each."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.change import Change, ChangeKind
from app.core.choices import Choice, Choices, RevokeWay
from app.core.failure import AwsFailure
from app.core.journal import Journal, RunKind, RunState, new_journal
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import Snapshot
from app.flow.ports.aws import Made
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from app.practice.account import ACCOUNT_ID
from app.practice.people import Person
from app.practice.server import PracticeAws
from tests.helpers.drafts import MOMENT
from tests.helpers.faults import Killed
from tests.helpers.practice_account import Json, everything
from tests.helpers.practice_starts import DRAFT, ROLE_ARN, STARTS
from tests.helpers.runs import change

Plan = Callable[[Snapshot], tuple[Change, ...]]


def _planned(*chosen: Choice) -> Plan:
    return lambda found: plan(DRAFT, found, Choices(frozenset(chosen))).changes


def _revoked(how: RevokeWay, *chosen: Choice) -> Plan:
    choices = Choices(frozenset(chosen))
    return lambda found: revoke_plan(found, how, ACCOUNT_ID, None, choices, MOMENT).changes


_TAGS: Final = change(ChangeKind.TAG_ROLE, ROLE_ARN, {"team": "data"}, {"cost": "1"})

PLANS: Final[dict[str, Plan]] = {
    "nothing": _planned(),
    "shared": lambda found: (*_planned()(found), _TAGS),
    "whole": _revoked(RevokeWay.DELETE_ROLE),
    "closed": _revoked(RevokeWay.CHANGE_TRUST, Choice.END_SESSIONS),
    "past the role": _revoked(RevokeWay.DELETE_ROLE),
    "elsewhere": _planned(Choice.REMAKE_ROLE),
}
"""What is done from each start of the account."""

WALKED: Final = [name for name in PLANS if name != "elsewhere"]
ANEW: Final = "past the role"
"""Where the plan is another each time: a grant gets an id of its own."""


class Mortal(CustomerAccount):
    """The customer's account, until the program is killed at one of its writes."""

    writes = 0
    dies_before = dies_after = -1

    async def apply(self, change: Change) -> Made | AwsFailure:
        self.writes += 1
        if self.writes == self.dies_before:
            raise Killed
        answer = await super().apply(change)
        if self.writes == self.dies_after:
            raise Killed
        return answer


async def _no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


class Scene:
    """The practice AWS, set up anew for each run."""

    def __init__(self, aws: PracticeAws) -> None:
        self.aws = aws
        keys = aws.admin
        self.admin = Person(aws.endpoint_url, keys)
        access = GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
        self.account = Mortal(access)
        self.journals = MemoryJournals()
        self.plans: dict[str, tuple[Change, ...]] = {}
        self.journal: Journal = self.begin("nothing")

    def begin(self, name: str) -> Journal:
        """Set the account up; return the journal of a run that is to begin."""
        self.aws.reset()
        STARTS[name](self.admin)
        if name not in self.plans or name == ANEW:  # else the account is the same each time
            found = asyncio.run(self.account.read_snapshot(DRAFT))
            self.plans[name] = PLANS[name](found)
        self.journals = MemoryJournals()
        self.account.writes, self.account.dies_before, self.account.dies_after = 0, -1, -1
        self.aws.faults.counted.clear()
        self.journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT_ID, changes=self.plans[name], now=MOMENT
        )
        return self.journal

    def work(self, *, undo: bool = False) -> RunState:
        """Start the program and go on, or undo; return how the run stands."""
        applier = Applier(self.account, self.journals, lambda _rows: None, _no_sleep)
        with contextlib.suppress(Killed):
            asyncio.run((applier.undo if undo else applier.go_on)(self.journal))
        self.journal = self.journals.find(self.journal.id) or self.journal
        return self.journal.state

    def everything(self) -> Json:
        """Read back from moto all that a run may change."""
        return everything(self.aws)
