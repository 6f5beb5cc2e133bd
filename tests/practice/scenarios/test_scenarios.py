"""Every rehearsal leads to its own finding and to no other; mended, the report is ready."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.core.change import Change, ChangeKind
from app.core.changes.applied import value_at
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.statements import statements_in
from app.core.draft import Draft
from app.core.explain.explain import explain
from app.core.planning.plan import plan
from app.core.report import Report, Verdict, Weight
from app.core.snapshot import Snapshot
from app.flow.connection.checks import CheckState
from app.practice.scenarios.scenario import Rehearsal, Seen, set_up
from app.practice.scenarios.scenario_list import scenario_codes, scenario_of
from app.practice.scenarios.stage import RehearsalStage
from app.practice.server import PracticeAws
from app.wiring.tried_account import refused_change
from tests.helpers.misfits import misfits
from tests.practice.scenarios.mends import CORRECTIONS, MENDS
from tests.practice.scenarios.trainee import Trainee

CODES = scenario_codes()

BESIDE = {
    # The partner may not see the bucket either.
    "signin.wrong-account": ["check.unreadable"],
    # Nothing can be set up there, or could be.
    "signin.wrong-partition": ["role.missing"],
    "signin.not-allowed": ["role.missing"],
    # AWS shows a key's policy to nobody of another account.
    "kms.other-account": ["check.unreadable"],
}
"""What is rightly said besides."""

BEFORE = {"files.other-key": ["kms.decrypt-denied"]}
"""What is rightly said besides, of an earlier link."""

UNDECIDED = frozenset(
    {
        "trust.deny-may-apply",
        "policy.deny-may-apply",
        "bucket.deny-may-apply",
        "kms.deny-may-apply",
        "kms.other-account",
        "check.unreadable",
    }
)
"""Warnings that leave a needed decision unknown."""


@pytest.fixture
def rehearsal(aws: PracticeAws, code: str) -> Iterator[Rehearsal]:
    found = scenario_of(code)
    assert found is not None
    with set_up(found, aws) as rehearsal:
        yield rehearsal


def _codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def _snapshot_with_all(trainee: Trainee, rehearsal: Rehearsal) -> Snapshot:
    """Read the account, and do what a finding needs that reading alone does not show."""
    snapshot = trainee.read(rehearsal)
    if rehearsal.scenario.seen is Seen.CONNECTION_TEST:
        result, _ = trainee.connect(rehearsal.draft)
        return snapshot.with_observations(*result.observations)
    if rehearsal.change is None:
        return snapshot
    failure = trainee.apply(rehearsal, rehearsal.change)
    assert failure is not None
    return snapshot.with_observations(refused_change(rehearsal.change, failure))


def _expected_verdict(code: str) -> Verdict:
    if any(CATALOGUE[c].weight is Weight.BLOCKER for c in (code, *BEFORE.get(code, []))):
        return Verdict.BLOCKED
    return Verdict.INCOMPLETE if code in UNDECIDED else Verdict.READY


def test_every_code_of_the_catalogue_has_a_rehearsal() -> None:
    assert tuple(CATALOGUE) == CODES


@pytest.mark.parametrize("code", [code for code in CODES if not code.startswith("change.")])
def test_a_rehearsal_leads_to_its_finding_alone(trainee: Trainee, rehearsal: Rehearsal) -> None:
    code = rehearsal.scenario.code
    report = diagnose(rehearsal.draft, _snapshot_with_all(trainee, rehearsal))
    assert _codes(report) == [*BEFORE.get(code, []), code, *BESIDE.get(code, [])]
    assert report.verdict is _expected_verdict(code)
    assert [misfits(finding) for finding in report.findings] == [()] * len(report.findings)


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith("change.")])
def test_a_change_that_is_not_made_says_why(trainee: Trainee, rehearsal: Rehearsal) -> None:
    code, change = rehearsal.scenario.code, rehearsal.change
    assert change is not None
    assert _codes(diagnose(rehearsal.draft, trainee.read(rehearsal))) == []
    failure = trainee.apply(rehearsal, change)
    assert failure is not None
    explained = explain(f"{failure.code}: {failure.message}")
    assert explained[0].code == code
    tried = trainee.read(rehearsal).with_observations(refused_change(change, failure))
    report = diagnose(rehearsal.draft, tried)
    assert (_codes(report), report.verdict) == ([code], Verdict.BLOCKED)
    assert misfits(report.findings[0]) == ()
    assert _codes(diagnose(rehearsal.draft, trainee.read(rehearsal))) == []


def _right_again(trainee: Trainee, draft: Draft) -> Report:
    report = diagnose(draft, trainee.read_as_admin(draft))
    assert report.verdict is Verdict.READY
    return report


def _from_now(present: Snapshot, change: Change) -> Change:
    """Return the change that adds what it was to add, to what is there now."""
    there, had, wanted = value_at(present, change), change.before, change.after
    if change.kind is not ChangeKind.PUT_KEY_POLICY:
        return replace(change, before=there)
    added = [s for s in statements_in(wanted) if s not in statements_in(had)]
    assert isinstance(there, dict)
    after = {**there, "Statement": [*statements_in(there), *added]}
    return replace(change, before=there, after=after)


def _make_change(trainee: Trainee, rehearsal: Rehearsal, change: Change) -> None:
    """Make the change that AWS would not make before, and what the plan has besides."""
    planned = plan(rehearsal.draft, trainee.read(rehearsal)).changes
    is_planned = change.kind in {other.kind for other in planned}
    changes = planned if is_planned else (_from_now(trainee.read(rehearsal), change),)
    assert [trainee.apply(rehearsal, each) for each in changes] == [None] * len(changes)


@pytest.mark.parametrize("code", MENDS)
def test_following_the_advice_leads_to_ready(
    trainee: Trainee, aws: PracticeAws, rehearsal: Rehearsal
) -> None:
    stage = RehearsalStage(aws)
    MENDS[rehearsal.scenario.code](stage, rehearsal)
    if rehearsal.change is not None:
        _make_change(trainee, rehearsal, rehearsal.change)
    snapshot = trainee.read(rehearsal)
    report = diagnose(rehearsal.draft, snapshot)
    assert report.verdict is Verdict.READY
    assert rehearsal.scenario.code not in _codes(report)
    connected, _ = trainee.connect(rehearsal.draft)
    assert connected.worked


@pytest.mark.parametrize("code", CORRECTIONS)
def test_correcting_the_draft_leads_to_ready(trainee: Trainee, rehearsal: Rehearsal) -> None:
    correct = CORRECTIONS[rehearsal.scenario.code]
    entry = correct(rehearsal, trainee.read(rehearsal))
    report = _right_again(trainee, replace(rehearsal.draft, buckets=(entry,)))
    assert report.findings == ()


OUTSIDE = [
    code
    for code in CODES
    if code.startswith(("env.", "signin.", "organization."))
    and code not in ("signin.not-allowed", "signin.wrong-partition")
]


@pytest.mark.parametrize("code", OUTSIDE)
def test_what_stood_before_aws_leaves_a_sound_setup(
    trainee: Trainee, aws: PracticeAws, rehearsal: Rehearsal
) -> None:
    aws.faults.clear()
    assert _right_again(trainee, rehearsal.draft).findings == ()


@pytest.mark.parametrize("code", ["connect.propagating"])
def test_a_new_role_is_refused_until_aws_has_spread_it(
    trainee: Trainee, rehearsal: Rehearsal
) -> None:
    result, states = trainee.connect(rehearsal.draft, just_created=True)
    assert result.worked
    assert CheckState.SPREADING in states
