"""What could not be read is never taken for not there, and the report says what hangs on it."""

import pytest

from app.core.report import Verdict
from app.core.wording.findings import words
from tests.core.diagnosis.unread_facts import ASSUME, ROWS, S3, UnreadRow
from tests.helpers.snapshots import BUCKET, ROOT, blockers_of, codes_of, good

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


@pytest.mark.parametrize(
    ("kind", "by_organization"),
    [("service control policy", True), ("identity-based policy", False)],
)
def test_what_the_organisation_refuses_no_administrator_of_the_account_can_allow(
    kind: str, by_organization: bool
) -> None:
    message = (
        f"User: {ROOT} is not authorized to perform: s3:GetBucketPolicy on resource: "
        f'"arn:aws:s3:::{BUCKET}" with an explicit deny in a {kind}'
    )
    world = good()
    world.lose("buckets[0].policy", code="AccessDenied", message=message)
    (finding,) = world.report().findings
    told = words(finding)
    steps = " ".join(step.text for step in told.fix)
    asked_of = "looks after your AWS organisation" if by_organization else "AWS administrator"
    assert f"Ask the person who {asked_of}" in steps or f"Ask your {asked_of} to allow" in steps
    assert ("Nobody else can allow it." in steps) is by_organization
    assert ("The sign-in lacks the permission" in told.detail.text) is not by_organization
    assert "s3:GetBucketPolicy" in told.detail.text
