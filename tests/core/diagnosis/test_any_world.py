"""What holds for every snapshot, whatever it is."""

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.formats.report_json import report_to_json
from app.core.report import Evidence, Report, Verdict, Weight
from tests.core.diagnosis.any_world import JSON, MADE, worlds
from tests.helpers.misfits import misfits
from tests.helpers.snapshots import World, allow, blockers_of, codes_of

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
