"""A draft whose values are like no others, and what may become of it."""

import functools
from collections.abc import Mapping
from typing import Final

from app.core.change import Plan
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import policy_arn, role_arn
from app.core.journal import Journal, RunKind, RunState, Step, StepState
from app.core.planning.plan import plan
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.run.progress import ChangeProgress, ChangeState
from app.flow.wizard.run_state import Run
from tests.helpers.drafts import MOMENT, untouched
from tests.helpers.reviews import reviewed

ACCOUNT: Final = "998877665544"
DATABASE_ID: Final = "Zq7JBlwfjUOUcQjd5gt7vw"
KEY: Final = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/77aa88bb-12ab-34cd-56ef-9876543210fe"
DRAFT: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        BucketEntry("kauri-forest-imports", "ap-southeast-2", "tawa/rimu-files/", True),
        BucketEntry("k" * 20 + "-long-names-of-buckets-" + "z" * 20, "eu-west-1", "", False, KEY),
    ),
)
REQUEST_ID: Final = "5f0c9f2e-1a2b-4c3d-8e4f-planted00001"
"""Of a call of a test; whoever has it can ask AWS's support about the account."""
SECRETS: Final = (
    ACCOUNT,
    DATABASE_ID,
    KEY,
    KEY.rpartition("/")[2],
    role_arn(ACCOUNT),
    policy_arn(ACCOUNT),
    *(entry.name for entry in DRAFT.buckets),
    DRAFT.buckets[0].prefix,
    "998877665543",  # of another account that is signed in
    "Zq7JBlwfjUOUcQjd5gt7vA",  # another UbiQuity database
    "mistaken-bucket",
    REQUEST_ID,
)
"""What may be seen nowhere while the details are hidden."""

_ANSWER: Final = (
    f"User: arn:aws:iam::049579744830:user/ubiquity is not authorized to perform: sts:AssumeRole "
    f"on resource: {role_arn(ACCOUNT)}"
)
_REFUSED: Final = AwsFailure("sts:AssumeRole", "AccessDenied", _ANSWER, 403)


_STEPS: Final = {
    ChangeState.DONE: StepState.DONE,
    ChangeState.FAILED: StepState.NOT_DONE,
    ChangeState.UNDONE: StepState.UNDONE,
}


@functools.cache
def _planned() -> Plan:
    """Return the plan for ``DRAFT`` where nothing is there yet; many scenes begin with it."""
    return plan(DRAFT, untouched(DRAFT))


def journal_of(states: Mapping[int, ChangeState], state: RunState = RunState.OPEN) -> Journal:
    """Return the journal of a set-up of ``DRAFT`` whose changes are in ``states``."""
    steps = tuple(
        Step(change, _STEPS.get(states.get(number, ChangeState.WAITING), StepState.WAITING), MOMENT)
        for number, change in enumerate(_planned().changes)
    )
    caller = f"arn:aws:iam::{ACCOUNT}:user/jo"
    return Journal("20261123", RunKind.APPLY, ACCOUNT, MOMENT, steps, state, caller, DRAFT)


def made_so_far(
    states: Mapping[int, ChangeState],
    *,
    running: bool = False,
    finished: bool = False,
    undone: bool = False,
    lacking: tuple[str, ...] | None = (),
) -> Run:
    """Return the plan for ``DRAFT`` with its changes in ``states``; none for not begun."""
    snapshot = untouched(DRAFT)
    planned = _planned()
    progress = tuple(
        ChangeProgress(change, state, _REFUSED if state is ChangeState.FAILED else None)
        for number, change in enumerate(planned.changes)
        for state in [states.get(number, ChangeState.NOT_DONE)]
    )
    review = reviewed(DRAFT, snapshot, planned, lacking=lacking)
    run = Run(review, running=running, finished=finished, undone=undone)
    if not states:
        return run
    ended = RunState.FINISHED if finished else RunState.OPEN
    ended = RunState.UNDONE if undone else ended
    return replace(run, progress=progress, journal=journal_of(states, ended))


def ended(
    assume: CheckState, listing: CheckState, without: CheckState = CheckState.PASSED
) -> ConnectionResult:
    """Return a finished test of ``DRAFT`` whose checks ended so."""

    def check(
        kind: CheckKind, state: CheckState, entry: BucketEntry | None = None
    ) -> ConnectionCheck:
        failure = _REFUSED if state is CheckState.FAILED else None
        is_open = kind is CheckKind.ASSUME_WITHOUT and failure is not None
        code = "trust.external-id-not-required" if is_open else None
        failure = None if is_open else failure  # UbiQuity was let in
        return ConnectionCheck(kind, state, entry, 1234 if entry else 0, failure, code=code)

    checks = (
        check(CheckKind.ASSUME, assume),
        check(CheckKind.ASSUME_WITHOUT, without),
        *(check(CheckKind.LIST, listing, entry) for entry in DRAFT.buckets),
    )
    return ConnectionResult(checks, (), finished=True)
