"""The plan of each rehearsal, carried out on the practice AWS and taken back, by real requests.

What is still wrong is what the plan had said, nothing is left to do, and an undo puts the account
back to the letter. Over any start, without a network: ``tests/core/planning/test_any_start.py``.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from app.aws.account import CustomerAccount
from app.core.change import ChangeKind, Plan
from app.core.diagnosis.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.gone_principals import without_gone
from app.core.journal import Journal, RunKind, RunState
from app.core.plan import plan
from app.core.report import Weight
from app.core.snapshot import Snapshot
from app.core.snapshot_json import snapshot_to_json
from app.core.undo import left_by_undo
from app.core.wishes import Wishes
from app.flow.apply import Applier, new_journal
from app.flow.memory_journals import MemoryJournals
from app.practice.account import ACCOUNT_ID
from app.practice.scenarios import scenario, scenario_codes, set_up
from app.practice.scenarios.scenario import Rehearsal, Seen, WithKeys
from app.practice.server import PracticeAws
from tests.helpers.drafts import MOMENT
from tests.practice.scenarios.trainee import Trainee

SEEN: Final = [code for code in scenario_codes() if (s := scenario(code)) and s.seen is Seen.CHECK]


async def _no_pause(_seconds: float) -> None:
    """Wait for nothing."""


@dataclass
class Administrator:
    """The practice account's administrator, who carries plans out and takes them back."""

    draft: Draft
    account: CustomerAccount
    journals: MemoryJournals = field(default_factory=MemoryJournals)

    def read(self) -> Snapshot:
        return asyncio.run(self.account.read_snapshot(self.draft))

    def carry_out(self, wanted: Plan) -> Journal:
        journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT_ID, changes=wanted.changes, now=MOMENT
        )
        return asyncio.run(self._applier().apply(journal))

    def take_back(self, journal: Journal) -> Journal:
        return asyncio.run(self._applier().undo(journal))

    def _applier(self) -> Applier:
        return Applier(self.account, self.journals, lambda _rows: None, _no_pause)


@pytest.fixture
def rehearsal(aws: PracticeAws, code: str) -> Iterator[Rehearsal]:
    found = scenario(code)
    assert found is not None
    with set_up(found, aws) as rehearsal:
        if code.startswith("env."):
            aws.faults.clear()
        yield rehearsal


@pytest.fixture
def admin(aws: PracticeAws, trainee: Trainee, rehearsal: Rehearsal) -> Administrator:
    way = WithKeys(aws.endpoint_url, aws.admin)
    return Administrator(rehearsal.draft, trainee.account(way))


def _said(codes: Iterable[str]) -> Counter[str]:
    """Count the blockers, but for what AWS answers to a change itself."""
    return Counter(
        code
        for code in codes
        if CATALOGUE[code].weight is Weight.BLOCKER and not code.startswith("change.")
    )


def _still_wrong(draft: Draft, snapshot: Snapshot) -> Counter[str]:
    return _said(finding.code for finding in diagnose(draft, snapshot).findings)


def _account(snapshot: Snapshot) -> dict[str, Any]:
    return {k: v for k, v in snapshot_to_json(snapshot).items() if k != "captured_at"}


@pytest.mark.parametrize("code", SEEN)
def test_what_the_plan_says_is_what_becomes(admin: Administrator) -> None:
    start = admin.read()
    wanted = plan(admin.draft, start)
    journal = admin.carry_out(wanted)
    assert journal.state is RunState.FINISHED, [step for step in journal.steps]
    end = admin.read()
    cannot = [o.code for o in wanted.cannot_mend if o.code != "check.unreadable"]
    assert _still_wrong(admin.draft, end) == _said(cannot)
    again = plan(admin.draft, end)
    assert again.changes == ()
    assert again.cannot_mend == wanted.cannot_mend
    undone = admin.take_back(journal)
    assert undone.state is RunState.UNDONE
    assert _account(admin.read()) == _account(start)
