"""What could not be read is never taken for not there, and the report says what hangs on it."""

import pytest

from app.core.report import Verdict
from tests.core.diagnosis.unread_facts import ASSUME, ROWS, S3, UnreadRow
from tests.helpers.snapshots import blockers_of, codes_of

NEEDED = (ASSUME, *S3, "kms:Decrypt")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_it_is_said_once_and_stops_nothing(row: UnreadRow) -> None:
    report = row.world.report()
    assert codes_of(report) == ["check.unreadable"]
    assert not blockers_of(report)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_decisions_that_hang_on_it_are_unknown_and_no_others(row: UnreadRow) -> None:
    report = row.world.report()
    unknown = {a.action for a in report.access if a.decision == "unknown"}
    assert unknown == set(row.uncertain)
    assert list(report.findings[0].params["uncertain"]) == list(row.uncertain)  # type: ignore[call-overload]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_only_a_needed_decision_makes_it_incomplete(row: UnreadRow) -> None:
    incomplete = any(action in NEEDED for action in row.uncertain)
    assert row.world.report().verdict is (Verdict.INCOMPLETE if incomplete else Verdict.READY)
