"""What UbiQuity was seen to do counts more than what was worked out, and says how it is known."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from app.core.report import Evidence, Finding, Report, Verdict
from tests.core.diagnosis.broken_buckets import (
    BY_SCP,
    bucket_policy,
    fact,
    not_authorized,
)
from tests.core.diagnosis.broken_keys import key_policy
from tests.core.diagnosis.broken_trust import (
    OFFICE,
    also,
    condition,
    external_id,
    missing,
    trust_deny,
)
from tests.helpers.snapshots import (
    BUCKET,
    BUCKET_ARN,
    DATABASE_ID,
    OBJECTS,
    ROLE_ARN,
    ROOT,
    Break,
    World,
    broken,
    codes_of,
    deny,
    good,
    good_encrypted,
)

LIST: Final = "s3:ListBucket"
ASSUME: Final = "sts:AssumeRole"
REFUSED: Final = f"User: x is not authorized to perform: sts:AssumeRole on resource: {ROLE_ARN}"
DENIED: Final = {"code": "AccessDenied", "message": REFUSED}
NO_LIST: Final = {"code": "AccessDenied", "message": "Access Denied", "bucket": BUCKET}
SHUT: Final = bucket_policy(deny("s3:*", [BUCKET_ARN, OBJECTS], Principal="*", Condition=OFFICE))
ADDRESS: Final = condition(IpAddress={"aws:SourceIp": "192.0.2.0/24"})


def seen(who: str, action: str, outcome: str, **more: Any) -> Break:  # noqa: ANN401
    return lambda world: world.observe(who, action, outcome, **more)


def refused(**more: Any) -> Break:  # noqa: ANN401
    return seen("ubiquity", ASSUME, "denied", **{"external_id": "right", **DENIED, **more})


def visited(**more: Any) -> Break:  # noqa: ANN401
    """Let CloudTrail have recorded UbiQuity's visit."""
    told = {"external_id": "right", "source": "cloudtrail", **more}
    return seen("ubiquity", ASSUME, "allowed", **told)


def old_policy(world: World) -> None:
    version = {"id": "v1", "created_at": "2025-01-01T00:00:00Z", "default": True}
    world.snapshot["customer_policy"]["versions"] = [version]


def lost(*paths: str) -> Break:
    return lambda world: world.lose(*paths)


CASES: Final[Mapping[str, tuple[tuple[Break, ...], str]]] = {
    "a refusal that was foreseen": (
        (external_id("another"), refused()),
        "trust.external-id-mismatch verified",
    ),
    "told by Test Connection": (
        (missing(), seen("told", ASSUME, "denied", code="", message="Access denied")),
        "role.missing verified",
    ),
    "told without the call": (
        (external_id("another"), seen("told", "test", "failed", message=REFUSED)),
        "trust.external-id-mismatch verified",
    ),
    "a condition that may block, and does": (
        (ADDRESS, refused()),
        "trust.condition-blocks verified",
    ),
    "a condition that may block, and does not": (
        (ADDRESS, seen("ubiquity", ASSUME, "allowed", external_id="right")),
        "",
    ),
    "a Deny that may apply, and does": (
        (also(trust_deny("*", Condition=OFFICE)), refused()),
        "trust.explicit-deny verified",
    ),
    "a Deny that may apply, and does not": (
        (
            also(trust_deny("*", Condition=OFFICE)),
            seen("ubiquity", ASSUME, "allowed", external_id="right"),
        ),
        "",
    ),
    "a success before the snapshot says nothing": (
        (
            ADDRESS,
            seen("ubiquity", ASSUME, "allowed", external_id="right", at="2026-11-22T01:02:03Z"),
        ),
        "trust.condition-blocks predicted",
    ),
    "a listing shows that the role was assumed": (
        (ADDRESS, seen("ubiquity", LIST, "allowed", bucket=BUCKET)),
        "",
    ),
    "a bucket's Deny, seen": (
        (SHUT, seen("ubiquity", LIST, "denied", **NO_LIST)),
        "bucket.explicit-deny verified",
    ),
    "in without an External ID": (
        (seen("ubiquity", ASSUME, "allowed", external_id="none"),),
        "trust.external-id-not-required verified",
    ),
    "in with a wrong External ID": (
        (seen("ubiquity", ASSUME, "allowed", external_id="wrong"),),
        "trust.external-id-not-required verified",
    ),
    "recorded without an External ID": (
        (visited(external_id="none"),),
        "trust.external-id-not-required verified",
    ),
    "recorded with another External ID": (
        (visited(external_id="wrong"),),
        "trust.external-id-not-required verified",
    ),
    "recorded with another External ID, and another is asked for as well": (
        (external_id([DATABASE_ID, "another"]), visited(external_id="wrong")),
        "",
    ),
    "recorded with another External ID, and the trust policy is not known": (
        (lost("role.trust_policy"), visited(external_id="wrong")),
        "check.unreadable observed",
    ),
    "a try with a made-up External ID, and another is asked for as well": (
        (
            external_id([DATABASE_ID, "another"]),
            seen("ubiquity", ASSUME, "allowed", external_id="wrong"),
        ),
        "trust.external-id-not-required verified",
    ),
    "recorded before the snapshot, and the trust policy keeps it out now": (
        (external_id("another"), visited(at="2026-11-22T01:02:03Z")),
        "trust.external-id-mismatch predicted",
    ),
    "recorded before the snapshot, and a condition may block": (
        (ADDRESS, visited(at="2026-11-22T01:02:03Z")),
        "",
    ),
    "recorded before the snapshot, and a Deny may apply": (
        (also(trust_deny("*", Condition=OFFICE)), visited(at="2026-11-22T01:02:03Z")),
        "",
    ),
    "recorded before the snapshot, and one condition blocks for certain": (
        (
            condition(
                IpAddress={"aws:SourceIp": "192.0.2.0/24"},
                DateLessThan={"aws:CurrentTime": "2026-11-23T00:00:00Z"},
            ),
            visited(at="2026-11-22T01:02:03Z"),
        ),
        "trust.condition-blocks predicted",
    ),
    "recorded since the snapshot": (
        (external_id("another"), visited()),
        "",
    ),
    "recorded since the snapshot, and there was no role then": (
        (missing(), visited()),
        "role.missing observed",
    ),
    "told refused, then recorded": (
        (
            seen("told", ASSUME, "denied", external_id="right", **DENIED),
            visited(at="2026-11-23T01:05:00Z"),
        ),
        "",
    ),
    "recorded, then told refused": (
        (
            external_id("another"),
            visited(),
            seen("told", ASSUME, "denied", external_id="right", **DENIED),
        ),
        "trust.external-id-mismatch verified",
    ),
    "told that the listing was refused, then recorded": (
        (
            seen("told", LIST, "denied", **NO_LIST),
            visited(at="2026-11-23T01:05:00Z"),
        ),
        "connect.propagating verified",
    ),
    "no such bucket any more": (
        (seen("ubiquity", LIST, "failed", code="NoSuchBucket", bucket=BUCKET),),
        "bucket.missing verified",
    ),
    "another region than UbiQuity was given": (
        (
            seen(
                "ubiquity",
                LIST,
                "failed",
                code="AuthorizationHeaderMalformed",
                message="the region 'eu-west-1' is wrong; expecting 'ap-southeast-2'",
                bucket=BUCKET,
            ),
        ),
        "bucket.region-mismatch verified",
    ),
    "the guide's words, and the region is wrong": (
        (
            fact("region", "us-east-1"),
            seen("told", LIST, "failed", message="Bucket does not exist in region", bucket=BUCKET),
        ),
        "bucket.region-mismatch verified",
    ),
    "the guide's words, and all is right here": (
        (seen("told", LIST, "failed", message="Bucket does not exist in region", bucket=BUCKET),),
        "bucket.region-mismatch verified",
    ),
    "another Database ID in UbiQuity than in the draft": (
        (seen("told", ASSUME, "failed", message="Invalid External ID"),),
        "trust.external-id-mismatch verified",
    ),
    "refused, and one fact is not known": (
        (lost("buckets[0].policy"), seen("ubiquity", LIST, "denied", **NO_LIST)),
        "bucket.explicit-deny verified, check.unreadable observed",
    ),
    "refused soon after": ((refused(),), "connect.propagating verified"),
    "refused long after, for no reason to be seen": (
        (refused(at="2026-11-23T02:02:03Z"),),
        "organization.denies predicted",
    ),
    "refused, and the policy is old": ((old_policy, refused()), "organization.denies predicted"),
    "refused at first only": (
        (refused(), seen("ubiquity", ASSUME, "allowed", external_id="right")),
        "",
    ),
    "the organisation, by AWS's own words": (
        (
            seen(
                "ubiquity",
                LIST,
                "denied",
                code="AccessDenied",
                message=not_authorized(LIST, BUCKET_ARN, BY_SCP),
                bucket=BUCKET,
            ),
        ),
        "organization.denies verified",
    ),
    "the customer's own listing is refused like everyone's": (
        (
            bucket_policy(deny("s3:*", [BUCKET_ARN, OBJECTS], Principal="*")),
            seen("customer", LIST, "denied", **NO_LIST),
        ),
        "bucket.explicit-deny predicted",
    ),
    "the organisation limits the sign-in alone": (
        (
            seen(
                "customer",
                "iam:ListRoles",
                "denied",
                code="AccessDenied",
                message=not_authorized("iam:ListRoles", "*", BY_SCP),
            ),
        ),
        "signin.not-allowed observed",
    ),
}


def _said(report: Report) -> str:
    return ", ".join(f"{finding.code} {finding.evidence}" for finding in report.findings)


@pytest.mark.parametrize(("breaks", "said"), CASES.values(), ids=CASES)
def test_counts_more_than_what_was_worked_out(breaks: tuple[Break, ...], said: str) -> None:
    assert _said(broken(good(), *breaks).report()) == said


def test_decisions_stay_those_of_the_policies() -> None:
    before = broken(good(), ADDRESS).report()
    after = broken(good(), ADDRESS, seen("ubiquity", ASSUME, "allowed", external_id="right"))
    assert after.report().access == before.access
    assert after.report().verdict is Verdict.INCOMPLETE


def test_reading_with_the_key_is_a_matter_of_the_key() -> None:
    told = "kms:Decrypt on the resource associated with this ciphertext because no identity"
    world = broken(
        good_encrypted(),
        key_policy(),
        seen(
            "ubiquity", "s3:GetObject", "denied", code="AccessDenied", message=told, bucket=BUCKET
        ),
    )
    assert _said(world.report()) == "kms.decrypt-denied verified"


@pytest.mark.parametrize(
    ("action", "cause"),
    [
        (ASSUME, "trust.external-id-mismatch"),
        (LIST, "policy.not-attached"),
        ("s3:GetObject", "policy.not-attached"),
    ],
)
def test_a_bare_refusal_is_of_the_call_that_was_refused(action: str, cause: str) -> None:
    def unread(world: World) -> None:
        world.role["state"] = "unreadable"
        world.lose("role")

    refusal = seen("ubiquity", action, "denied", **NO_LIST)
    assert _said(broken(good(), unread, refusal).report()).startswith(f"{cause} verified")


def test_names_what_was_seen_to_work_no_more() -> None:
    world = broken(good(), SHUT, seen("ubiquity", LIST, "allowed", bucket=BUCKET))
    (finding,) = world.report().findings
    assert finding.params["actions"] == ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]


def test_a_network_that_failed_explains_what_was_not_read() -> None:
    def offline(world: World) -> None:
        code = "EndpointConnectionError"
        told = 'Could not connect to the endpoint URL: "https://sts.amazonaws.com/"'
        world.bucket["state"] = "unreadable"
        paths = ("caller", "role", "customer_policy", "buckets[0]")
        world.lose(*paths, code=code, message=told)
        world.observe("customer", "sts:GetCallerIdentity", "failed", code=code, message=told)

    assert codes_of(broken(good(), offline).report()) == ["env.offline"]


def test_another_accounts_role_is_not_taken_for_the_drafts() -> None:
    elsewhere = ROOT.replace("123456789012", "210987654321")

    def foreign(world: World) -> None:
        world.snapshot["caller"] = {"arn": elsewhere, "account": "210987654321"}
        world.role["arn"] = ROLE_ARN.replace("123456789012", "210987654321")

    report = broken(good(), external_id("another"), foreign).report()
    assert codes_of(report) == ["signin.wrong-account"]
    assert report.access[0].decision == "unknown"


def test_the_evidence_of_facts_and_of_consequences() -> None:
    facts: list[Finding] = [*broken(good(), missing()).report().findings]
    facts += broken(good(), fact("region", "us-east-1")).report().findings
    assert {finding.evidence for finding in facts} == {Evidence.OBSERVED}
    (worked_out,) = broken(good(), external_id("another")).report().findings
    assert worked_out.evidence is Evidence.PREDICTED
