"""What holds for every snapshot, whatever it is."""

import copy
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.formats.report_json import report_to_json
from app.core.report import AccessDecision, Evidence, Finding, Report, Verdict, Weight
from app.core.wording.findings import words
from tests.core.diagnosis.any_world import JSON, MADE, worlds
from tests.helpers.misfits import misfits
from tests.helpers.snapshots import World, allow, blockers_of, codes_of, good

EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NEEDED = ("sts:AssumeRole", "s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
ORDER = list(CATALOGUE)
DOCUMENT = JSON.map(
    lambda json: json if json is None or isinstance(json, dict) else {"Statement": json}
)
"""Documents are objects (formats.md)."""


def needed(report: Report) -> set[str]:
    """Return the decisions without which nothing works."""
    actions = (*NEEDED, "kms:Decrypt")
    rows = (a for a in report.access if a.action in actions and not a.without_external_id)
    return {row.decision for row in rows}


@EXAMPLES
@given(worlds())
def test_a_report_is_whole(world: World) -> None:
    report = world.report()
    text = json.dumps(report_to_json(report))
    assert json.loads(text)["verdict"] == report.verdict
    codes = codes_of(report)
    assert sorted(codes, key=ORDER.index) == codes
    # What was learned from an answer's words alone may lack values.
    own = (f for f in report.findings if f.evidence is not Evidence.VERIFIED and f.params)
    assert [misfits(finding) for finding in own if misfits(finding)] == []


@EXAMPLES
@given(worlds())
def test_the_verdict_follows_from_the_rest(world: World) -> None:
    report = world.report()
    if blockers_of(report):
        assert report.verdict is Verdict.BLOCKED
    elif "unknown" in needed(report):
        assert report.verdict is Verdict.INCOMPLETE
    else:
        assert report.verdict is Verdict.READY


@EXAMPLES
@given(worlds(tried=False))
def test_whatever_is_denied_has_a_cause(world: World) -> None:
    report = world.report()
    if "denied" in needed(report):
        assert blockers_of(report)
    predicted = [f for f in report.findings if f.evidence is Evidence.PREDICTED]
    stopping = [f for f in predicted if CATALOGUE[f.code].weight is Weight.BLOCKER]
    if needed(report) == {"allowed"}:
        assert stopping == []


@EXAMPLES
@given(worlds(), st.randoms(use_true_random=False))
def test_order_never_matters(world: World, random: Any) -> None:  # noqa: ANN401
    other = world.copy()
    role = other.role
    documents = [role.get("trust_policy"), other.bucket.get("policy")]
    documents += [p["document"] for p in role.get("attached_policies") or []]
    documents += [p["document"] for p in role.get("inline_policies") or []]
    for document in documents:
        if document:
            random.shuffle(document["Statement"])
    if not any(entry["what"].startswith("role.") for entry in other.snapshot["unreadable"]):
        random.shuffle(role.get("inline_policies") or [])
    one, two = world.report(), other.report()
    assert codes_of(one) == codes_of(two)
    assert one.verdict is two.verdict
    assert [a.decision for a in one.access] == [a.decision for a in two.access]


@EXAMPLES
@given(worlds())
def test_an_unrelated_permission_never_blocks(world: World) -> None:
    other = world.copy()
    if other.role.get("inline_policies") is not None:
        other.role["inline_policies"].append(
            {"name": "unrelated", "document": {"Statement": [allow("sqs:*")]}}
        )
    assert set(blockers_of(other.report())) <= set(blockers_of(world.report()))


@EXAMPLES
@given(st.sampled_from(sorted(MADE)), DOCUMENT, DOCUMENT, DOCUMENT, DOCUMENT, DOCUMENT)
def test_no_document_is_too_odd(
    name: str, trust: object, policy: object, bucket: object, key: object, boundary: object
) -> None:
    world = MADE[name].copy()
    world.role["trust_policy"] = trust
    world.role["attached_policies"][0]["document"] = policy
    world.snapshot["customer_policy"]["document"] = copy.deepcopy(policy)
    arn = "arn:aws:iam::123456789012:policy/b"
    world.role["permissions_boundary"] = {"arn": arn, "document": boundary}
    world.bucket["policy"] = bucket
    if world.bucket["kms_key"]:
        world.bucket["kms_key"]["policy"] = key
    report = world.report()
    assert json.dumps(report_to_json(report))
    assert report.verdict in (Verdict.BLOCKED, Verdict.INCOMPLETE, Verdict.READY)


# Titles and decisions

_STOPS: Final = ("explicit-deny", "decrypt-denied", "action-missing", "wrong-bucket")


def _contradictions(report: Report) -> Iterator[str]:
    """Yield each finding whose words say otherwise than the decisions do."""
    for finding in report.findings:
        if finding.evidence is Evidence.PREDICTED or finding.code == "files.other-key":
            rows = _rows_of(finding, report)
            for action in dict.fromkeys(row.action for row in rows):
                # What is said of all buckets at once is true of one of them at least.
                if all(_disagree(finding, row) for row in rows if row.action == action):
                    yield f"{finding.code} {dict(finding.params)}: {action}"


def _rows_of(finding: Finding, report: Report) -> list[AccessDecision]:
    told = finding.params.get("actions")
    actions = told if isinstance(told, list) else []
    by_room = {"trust": ["sts:AssumeRole"], "kms": actions or ["kms:Decrypt"]}
    room, _, kind = finding.code.partition(".")
    named = by_room.get(room, actions) if kind != "external-id-not-required" else ["sts:AssumeRole"]
    if finding.code == "files.other-key":
        named = ["kms:Decrypt"]
    return [
        row
        for row in report.access
        if row.action in named
        and row.without_external_id == (kind == "external-id-not-required")
        and finding.bucket in (None, row.bucket)
        and ("key" not in finding.params or row.resource == finding.params["key"])
    ]


def _disagree(finding: Finding, row: AccessDecision) -> bool:
    kind, params = finding.code.partition(".")[2], finding.params
    if finding.code == "files.other-key":
        return params["decision"] != row.decision
    if kind == "external-id-not-required":
        says_without = bool(params.get("certain")) and not params.get("any")
        says_any = bool(params.get("certain")) and bool(params.get("any"))
        return (says_without and row.decision != "allowed") or (
            says_any and row.decision == "allowed"
        )
    if finding.code == "trust.too-open" or kind == "direct-grant":
        return False
    if kind == "deny-may-apply":
        return row.decision == "allowed" and not params.get("part")
    if kind in _STOPS:
        return row.decision == "allowed"
    return CATALOGUE[finding.code].weight is Weight.BLOCKER and row.decision == "allowed"


@settings(EXAMPLES, max_examples=60)
@given(worlds(tried=False))
def test_no_title_says_otherwise_than_the_decisions(world: World) -> None:
    assert list(_contradictions(world.report())) == []


@pytest.mark.parametrize(
    ("condition", "title"),
    [
        ({"StringLike": {"sts:ExternalId": "*"}}, "UbiQuity gets in with any External ID"),
        ({"StringLike": {"sts:ExternalId": "?*"}}, "UbiQuity gets in with any External ID"),
        ({"Null": {"sts:ExternalId": "false"}}, "UbiQuity gets in with any External ID"),
        (
            {"StringLikeIfExists": {"sts:ExternalId": "*"}},
            "UbiQuity gets in without an External ID",
        ),
        ({"Bool": {"aws:SecureTransport": "true"}}, "UbiQuity gets in without an External ID"),
        ({}, "UbiQuity gets in without an External ID"),
    ],
)
def test_the_title_says_how_it_gets_in_as_the_decision_does(
    condition: dict[str, Any], title: str
) -> None:
    world = good()
    world.trust["Condition"] = condition
    report = world.report()
    (finding,) = report.findings
    assert words(finding).title.text == title
    without = next(row for row in report.access if row.without_external_id)
    assert (without.decision == "allowed") == ("without" in title)
    assert report.verdict is Verdict.READY


def test_nobody_is_said_to_get_in_whom_a_deny_keeps_out() -> None:
    world = good()
    world.trust["Condition"] = {}
    statement = {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}
    world.role["trust_policy"]["Statement"].append(statement)
    titles = [words(finding).title.text for finding in world.report().findings]
    assert "The trust policy does not ask for your External ID" in titles
