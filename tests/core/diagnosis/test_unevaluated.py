"""What is longer than AWS stores, or too much to work out, is said so and unknown: never a hang."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policy_size import size_in_characters
from app.core.frozen import replace
from app.core.iam.work import Work
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.planning.plan import plan
from app.core.report import Finding, Report, Verdict
from app.core.snapshot import PolicyDocument, Snapshot
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, KEY_ARN, MOMENT, whole

Json = dict[str, Any]


def filled(document: Json | object, size: int, **more: object) -> Json:
    """Return ``document`` with a statement about nothing that makes it just ``size`` long."""
    nothing = {"Effect": "Deny", "Action": "sns:Publish", **more, "Sid": ""}
    assert isinstance(document, dict)
    longer = {**document, "Statement": [*document["Statement"], nothing]}
    nothing["Sid"] = "x" * (size - size_in_characters(longer))
    return longer


EMPTY: Final = {"Version": "2012-10-17", "Statement": []}
STRANGER: Final = {"Principal": {"AWS": "arn:aws:iam::999999999999:root"}}


def trust(snapshot: Snapshot, size: int) -> Snapshot:
    document = filled(snapshot.role.trust_policy, size, Action="sts:AssumeRole", **STRANGER)
    return replace(snapshot, role=replace(snapshot.role, trust_policy=document))


def attached(snapshot: Snapshot, size: int, owner: str = ACCOUNT) -> Snapshot:
    arn = f"arn:aws:iam::{owner}:policy/further"
    further = PolicyDocument("further", filled(EMPTY, size, Resource="*"), arn)
    policies = (*snapshot.role.attached_policies, further)
    return replace(snapshot, role=replace(snapshot.role, attached_policies=policies))


def boundary(snapshot: Snapshot, size: int) -> Snapshot:
    all_allowed = {**EMPTY, "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    arn = f"arn:aws:iam::{ACCOUNT}:policy/b"
    document = PolicyDocument("b", filled(all_allowed, size, Resource="*"), arn)
    return replace(snapshot, role=replace(snapshot.role, permissions_boundary=document))


def inline(snapshot: Snapshot, size: int) -> Snapshot:
    sizes = (size // 2, size - size // 2)
    policies = tuple(PolicyDocument(f"p{s}", filled(EMPTY, s, Resource="*")) for s in sizes)
    return replace(snapshot, role=replace(snapshot.role, inline_policies=policies))


def bucket(snapshot: Snapshot, size: int) -> Snapshot:
    document = filled(EMPTY, size, Resource="*", **STRANGER)
    return replace(snapshot, buckets=(replace(snapshot.buckets[0], policy=document),))


def key(snapshot: Snapshot, size: int) -> Snapshot:
    facts = snapshot.buckets[0].kms_key
    assert facts is not None
    policy = filled(facts.policy, size, Resource="*", **STRANGER)
    # White space counts in a key policy: the default one has some in its Sid.
    spaces = len("Enable IAM User Permissions") - len("EnableIAMUserPermissions")
    policy["Statement"][-1]["Sid"] = policy["Statement"][-1]["Sid"][spaces:]
    facts = replace(facts, policy=policy)
    return replace(snapshot, buckets=(replace(snapshot.buckets[0], kms_key=facts),))


LIMITS: Final = [
    (trust, 4096, "role.trust_policy", "sts:AssumeRole"),
    (attached, 6144, "role.attached_policies[1].document", "s3:PutObject"),
    (boundary, 6144, "role.permissions_boundary.document", "s3:PutObject"),
    (inline, 10_240, "role.inline_policies[0].document", "s3:PutObject"),
    (bucket, 20_480, "buckets[0].policy", "s3:PutObject"),
    (key, 32_768, "buckets[0].kms_key.policy", "kms:Decrypt"),
]


def unevaluated(report: Report) -> dict[object, Finding]:
    """Return the findings about what was not evaluated, by what it is."""
    return {f.params["what"]: f for f in report.findings if f.code == "check.unreadable"}


def decisions(report: Report, action: str) -> set[str]:
    """Return the decisions about ``action``."""
    return {row.decision for row in report.access if row.action == action}


@pytest.mark.parametrize(("grow", "limit", "path", "action"), LIMITS)
def test_what_is_longer_than_aws_stores_is_not_evaluated(
    grow: Callable[[Snapshot, int], Snapshot], limit: int, path: str, action: str
) -> None:
    report = diagnose(ENCRYPTED, grow(whole(ENCRYPTED), limit + 1))
    finding = unevaluated(report)[path]
    assert finding.params["limit"] == limit
    assert finding.params["permission"] is None
    assert action in list(finding.params["uncertain"])  # type: ignore[call-overload]
    assert decisions(report, action) == {"unknown"}
    assert report.verdict is Verdict.INCOMPLETE
    # As long as AWS stores it, it is evaluated.
    mended = diagnose(ENCRYPTED, grow(whole(ENCRYPTED), limit))
    assert not unevaluated(mended)
    assert "unknown" not in decisions(mended, action)
    assert mended.verdict is Verdict.READY


def test_a_policy_that_aws_manages_may_be_of_any_length() -> None:
    assert not unevaluated(diagnose(ENCRYPTED, attached(whole(ENCRYPTED), 40_000, owner="aws")))


def test_work_that_ends_leaves_every_decision_unknown() -> None:
    report = diagnose(ENCRYPTED, whole(ENCRYPTED), Work(30))
    assert {row.decision for row in report.access} == {"unknown"}
    assert report.verdict is Verdict.INCOMPLETE
    findings = unevaluated(report)
    assert "role.trust_policy" in findings
    assert all(finding.params["too_much"] for finding in findings.values())
    # With enough of it nothing is left open.
    assert diagnose(ENCRYPTED, whole(ENCRYPTED)).verdict is Verdict.READY


@pytest.mark.parametrize("steps", [0, 30, 100, 300, 1000])
def test_wherever_work_ends_the_report_is_whole_or_unknown(steps: int) -> None:
    report = diagnose(ENCRYPTED, whole(ENCRYPTED), Work(steps))
    is_open = report.verdict is Verdict.INCOMPLETE
    assert is_open or report == diagnose(ENCRYPTED, whole(ENCRYPTED))
    assert is_open == bool(unevaluated(report))


def test_work_that_is_stopped_ends_in_unknown() -> None:
    work = Work()
    work.stop()
    assert diagnose(ENCRYPTED, whole(ENCRYPTED), work).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize("steps", [0, 30, 300])
def test_a_plan_whose_work_ends_changes_no_policy(steps: int) -> None:
    snapshot = trust(whole(ENCRYPTED), 1000)
    short = plan(ENCRYPTED, snapshot, work=Work(steps))
    assert short.changes == ()
    assert {obstacle.code for obstacle in short.cannot_mend} <= {"check.unreadable"}


def test_a_plan_leaves_a_document_alone_that_is_too_long() -> None:
    snapshot = trust(whole(ENCRYPTED), 5000)
    assert [c for c in plan(ENCRYPTED, snapshot).changes if c.target != KEY_ARN] == []


def test_what_is_too_much_even_without_policies_leaves_nothing_known_but_who_looked() -> None:
    seen = Observation(
        MOMENT, Identity.CUSTOMER, "s3:GetObject", ObservedOutcome.FAILED, message="no"
    )
    snapshot = whole(ENCRYPTED).with_observations(*[seen] * 1200)
    report = diagnose(ENCRYPTED, snapshot)
    assert {row.decision for row in report.access} == {"unknown"}
    assert report.verdict is Verdict.INCOMPLETE
    findings = unevaluated(report)
    assert {"role", "customer_policy", "buckets"} <= set(findings)
    assert all(finding.params["too_much"] for finding in findings.values())
    short = plan(ENCRYPTED, snapshot)
    assert short.changes == ()
    assert short.cannot_mend
    fewer = whole(ENCRYPTED).with_observations(*[seen] * 12)
    assert unevaluated(diagnose(ENCRYPTED, fewer)) == {}
