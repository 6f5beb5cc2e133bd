"""Refusals as the world reports them: whose they are, who was refused what, and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.aws.changes import _METHODS
from app.core.changes.kinds import KINDS
from app.core.explain import needed_calls
from app.core.explain.explain import explain
from app.core.explain.refused_caller import RefusedCaller, caller_named
from app.core.explain.services import ELSEWHERE, service_named, service_of_operation
from app.core.explain.unexplained import Unexplained, Why, unexplained
from app.core.needs.reads import READS
from app.core.wording.findings import words
from app.core.wording.unexplained import unexplained_words
from tests.core.explain.denial_samples import ASSUME, OPERATIONS
from tests.core.explain.refusal_reports import (
    NOT_NEEDED,
    OF_S3,
    OTHER_CALLS,
    OTHER_PRODUCTS,
    REPORTS,
    ROLE,
    SAYS_WHY,
    SOMEBODY_ELSE,
    Report,
)

_ASSUMING = ("role.", "trust.")


def codes(text: str) -> tuple[str, ...]:
    return tuple(explanation.code for explanation in explain(text))


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.source)
def test_leads_to_its_causes_and_to_no_other(report: Report) -> None:
    assert codes(report.text) == report.causes
    assert all(words(match.finding).fix for match in explain(report.text))


@pytest.mark.parametrize("report", OF_S3, ids=lambda report: report.source)
def test_where_s3_refused_the_role_was_assumed(report: Report) -> None:
    assert not [code for code in codes(report.text) if code.startswith(_ASSUMING)]


@pytest.mark.parametrize("report", NOT_NEEDED, ids=lambda report: report.source)
def test_what_the_role_does_not_need_is_no_lack_of_the_sign_in(report: Report) -> None:
    assert "signin.not-allowed" not in codes(report.text)


_TELLING = tuple(report for report in REPORTS if report.causes and report.text[0] not in "[{")
_NOISE = st.lists(
    st.sampled_from(
        (
            "2026-11-23T01:02:03Z ERROR [worker-4]",
            "Traceback (most recent call last):",
            '  File "/app/sync.py", line 12, in run',
            "INFO rows read: 403",
            "    at java.base/java.lang.Thread.run(Thread.java:829)",
            "Retrying in 5 seconds",
            "Hello team, see below.",
            "#42 imports job, step 3 of 7",
            "",
        )
    ),
    max_size=4,
).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(_TELLING), _NOISE, _NOISE)
def test_noise_around_a_refusal_changes_nothing(report: Report, before: str, after: str) -> None:
    assert codes(f"{before}\n{report.text}\n{after}") == report.causes


_WHO = (
    "user 'jo'",
    "'app'@'10.0.0.1'",
    "the service account",
    "tenant 7",
    "jo@acme.com",
    "role ops",
)
_SUBJECT = (
    "table imports",
    "folder /var/data",
    "the wiki",
    "namespace default",
    "your mailbox",
    "port 22",
    "the printer",
    "https://intranet.acme.com/a",
    "registry.acme.com/img",
    "dataset acme:raw",
)
_SAID = (
    "Access denied for {who} to {subject}",
    "ERROR 1045: Access denied for {who}",
    "{subject}: access denied",
    "403 Forbidden: {who} may not open {subject}",
    "{who} is not authorized to perform this operation on {subject}",
    "AccessDeniedException: {subject}",
    "not authorized to perform: read on {subject}",
    "Permission denied; access denied to {subject} ({who})",
)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(_SAID), st.sampled_from(_WHO), st.sampled_from(_SUBJECT))
def test_what_others_deny_is_not_ours(said: str, who: str, subject: str) -> None:
    assert codes(said.format(who=who, subject=subject)) == ()


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("Amazon S3", "s3"),
        ("S3", "s3"),
        ("AWSSecurityTokenService", "sts"),
        ("Sts", "sts"),
        ("AWSKMS", "kms"),
        ("AmazonIdentityManagement", "iam"),
        ("AmazonDynamoDBv2", ELSEWHERE),
        ("s3control", ELSEWHERE),
        ("", ""),
    ],
)
def test_the_sdks_names_of_services(name: str, service: str) -> None:
    assert service_named(name) == service


@pytest.mark.parametrize(
    ("operation", "service"),
    [
        ("ListObjectsV2", "s3"),
        ("HeadBucket", "s3"),
        ("UploadPart", "s3"),
        ("GetPublicAccessBlock", "s3"),
        ("GetPartitions", ELSEWHERE),
        ("AssumeRoleWithSAML", "sts"),
        ("GenerateDataKey", "kms"),
        ("UpdateAssumeRolePolicy", "iam"),
        ("PutRolePermissionsBoundary", "iam"),
        ("RunInstances", ELSEWHERE),
        ("GetItem", ELSEWHERE),
        ("Invoke", ELSEWHERE),
        ("", ""),
    ],
)
def test_the_service_of_a_call(operation: str, service: str) -> None:
    assert service_of_operation(operation) == service


def test_each_call_that_this_program_makes_is_its_services() -> None:
    calls = {action.lower() for action in needed_calls.SIGN_IN} - {"s3:getencryptionconfiguration"}
    calls |= {"s3:getbucketencryption", "s3:listobjectsv2", "s3:headbucket", "s3:headobject"}
    wrong = {
        call
        for call in calls
        if service_of_operation(call[call.index(":") + 1 :]) != call[: call.index(":")]
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("principal", "caller"),
    [
        (ROLE, RefusedCaller.CONNECTOR),
        (ROLE.lower(), RefusedCaller.CONNECTOR),
        (
            "arn:aws:iam::123456789012:role/team/ubiquity-connectors-s3-access-role",
            RefusedCaller.CONNECTOR,
        ),
        ("arn:aws:sts::049579744830:assumed-role/connectors/worker-4", RefusedCaller.CONNECTOR),
        (f"{ROLE.rpartition('/')[0]}-old/jo", RefusedCaller.SOMEBODY),
        (
            "arn:aws:iam::123456789012:user/ubiquity-connectors-s3-access-role",
            RefusedCaller.SOMEBODY,
        ),
        ("arn:aws:iam::123456789012:root", RefusedCaller.ROOT),
        ("anonymous", RefusedCaller.ANONYMOUS),
        ("", RefusedCaller.UNNAMED),
    ],
)
def test_who_was_refused(principal: str, caller: RefusedCaller) -> None:
    assert caller_named(principal) is caller


def test_the_sign_ins_actions_are_those_that_this_program_calls() -> None:
    operations = {name.lower() for name in _METHODS}
    tags = {rules.tag_action for rules in KINDS.values() if rules.tag_action}
    called = {action.lower() for action in (*READS, *tags)}
    own = {
        a for a in needed_calls.SIGN_IN - needed_calls.CONNECTOR if a[:3] in ("iam", "s3:", "kms")
    }
    assert called <= needed_calls.SIGN_IN
    assert operations <= {action.partition(":")[2] for action in own}
    assert {a.partition(":")[2] for a in own - called} <= operations


_KEY = "arn:aws:kms:ap-southeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    ("said", "state", "fix"),
    [
        (f"KMS.DisabledException: {_KEY} is disabled.", "Disabled", "Enable"),
        (f"KMSInvalidStateException: {_KEY} is pending deletion.", "PendingDeletion", "Cancel"),
        (f"{_KEY} is pending replica deletion.", "PendingReplicaDeletion", "Cancel"),
        (f"{_KEY} is pending import.", "PendingImport", "Import key material"),
        (f"KMSInvalidStateException: {_KEY} is unavailable.", "Unavailable", "Custom key stores"),
        (f"KMSInvalidStateException: {_KEY} is creating.", "Creating", "Wait"),
        ("request was rejected because the key state is PendingDeletion", "PendingDeletion", "Can"),
        ("KMSInvalidStateException: see the key's state", None, "If it is pending import"),
        ("An error occurred (DisabledException)", "Disabled", "Enable"),
    ],
)
def test_a_keys_state_is_the_one_that_is_said(said: str, state: str | None, fix: str) -> None:
    (found,) = explain(said)
    assert (found.code, found.params.get("state")) == ("kms.key-disabled", state)
    told = words(found.finding)
    steps = " ".join(step.text for step in told.fix)
    assert fix in steps
    other = {"Enable": "Import", "Import key material": "Enable.", "Custom key stores": "Enable."}
    assert other.get(fix, "nothing of the kind") not in steps


@pytest.mark.parametrize(
    "said",
    [
        "Cluster acme is pending import",
        "The rule is disabled.",
        "key rotation is disabled",
        "Your API key is disabled",
        "KeyState: Enabled",
    ],
)
def test_what_is_not_a_keys_state(said: str) -> None:
    assert codes(said) == ()


def test_pending_import_is_said_as_such() -> None:
    (found,) = explain(f"KMS.KMSInvalidStateException: {_KEY} is pending import.")
    assert "pending import" in words(found.finding).title.text
    assert found.params["key"] == _KEY


WHY_NOTHING = (
    *((report, Why.ROOT, "") for report in SOMEBODY_ELSE[:3]),
    (NOT_NEEDED[0], Why.NOT_NEEDED_BY_ROLE, "s3:GetBucketLocation"),
    (NOT_NEEDED[3], Why.NOT_NEEDED, "s3:ListAllMyBuckets"),
    (OTHER_CALLS[0], Why.WEB_IDENTITY, ""),
    (OTHER_CALLS[1], Why.WEB_IDENTITY, ""),
    (OTHER_CALLS[9], Why.OTHER_CALL, "dynamodb:Scan"),
    (SAYS_WHY[0], Why.LOCKED, ""),
    (SAYS_WHY[3], Why.MFA_DELETE, ""),
    (SAYS_WHY[5], Why.LINK_EXPIRED, ""),
    (SAYS_WHY[7], Why.SAYS_WHY, ""),
    (SAYS_WHY[8], Why.SESSION_POLICY, ""),
    (SAYS_WHY[9], Why.ENDPOINT_POLICY, ""),
    (OTHER_PRODUCTS[0], Why.ANOTHER_PRODUCT, "MySQL"),
    (OTHER_PRODUCTS[4], Why.ANOTHER_PRODUCT, "Google Cloud"),
    (OTHER_PRODUCTS[7], Why.ANOTHER_PRODUCT, "Microsoft Azure"),
    (OTHER_PRODUCTS[9], Why.ANOTHER_PRODUCT, "Kubernetes"),
    (OTHER_PRODUCTS[12], Why.OTHER_STORAGE, ""),
    (OTHER_PRODUCTS[14], Why.OTHER_STORAGE, ""),
    (OTHER_PRODUCTS[18], Why.ANOTHER_PRODUCT, "Tencent Cloud"),
    (OTHER_PRODUCTS[20], Why.NOT_OF_AWS, ""),
    (OTHER_PRODUCTS[22], Why.NOT_OF_AWS, ""),
    (Report("nobody", "the weather is fine"), Why.UNKNOWN, ""),
)


@pytest.mark.parametrize(("report", "why", "name"), WHY_NOTHING, ids=lambda value: str(value)[:60])
def test_says_why_there_is_no_cause(report: Report, why: Why, name: str) -> None:
    found = unexplained(report.text)
    assert (found.why, found.name) == (why, name)
    assert name in (unexplained_words(found) or "")


_NAMES_ITS_MAKER_ALONE = "AWS Marketplace"


@pytest.mark.parametrize("report", [r for r in REPORTS if not r.causes], ids=lambda r: r.source)
def test_what_has_no_cause_is_known_for_what_it_is(report: Report) -> None:
    is_known = unexplained(report.text).why is not Why.UNKNOWN
    assert is_known is (report.source != _NAMES_ITS_MAKER_ALONE)


@pytest.mark.parametrize(
    "text",
    [
        "The condition sts:ExternalId is missing: invalid External ID",
        "External ID mismatch (sts:ExternalId)",
    ],
)
def test_a_condition_key_is_no_call(text: str) -> None:
    assert codes(text) == ("trust.external-id-mismatch", "trust.external-id-placeholder")


def test_each_reason_but_the_unknown_has_words() -> None:
    said = {why: unexplained_words(Unexplained(why, "s3:GetBucketLocation")) for why in Why}
    assert [why for why, text in said.items() if text is None] == [Why.UNKNOWN]
    assert len(set(said.values())) == len(Why)


@given(st.text())
def test_any_text_has_a_reason(text: str) -> None:
    assert unexplained(text).why in Why


@pytest.mark.parametrize(
    ("asked_for", "causes"),
    [
        (
            "s3:DeleteObject",
            ("policy.not-attached", "policy.action-missing", "bucket.explicit-deny"),
        ),
        ("kms:Decrypt", ("kms.decrypt-denied", "kms.explicit-deny")),
        ("iam:CreateRole", ("signin.not-allowed",)),
        ("s3:GetBucketLocation", ()),
        ("sts:AssumeRole", ASSUME),
        ("test", (*ASSUME, *OPERATIONS)),
        ("", (*ASSUME, *OPERATIONS)),
    ],
)
def test_a_bare_refusal_of_a_known_call(asked_for: str, causes: tuple[str, ...]) -> None:
    told = explain("AccessDenied: Access Denied", asked_for)
    assert tuple(explanation.code for explanation in told) == causes
