"""The rows of ``access``: order, fields and decisions as formats.md says."""

from typing import Final

import pytest

from app.core.formats.report_json import report_to_json
from app.core.report import AccessDecision
from app.core.wording.grounds import grounds_words
from tests.core.diagnosis.broken_buckets import bucket_policy, denied_by_organization, state
from tests.core.diagnosis.broken_keys import key_policy
from tests.core.diagnosis.broken_permissions import gone, listing, objects
from tests.core.diagnosis.broken_trust import OFFICE, bounded, external_id, missing, renamed, under
from tests.helpers.snapshots import (
    BUCKET,
    BUCKET_ARN,
    DATABASE_ID,
    FOUR,
    KEY,
    OBJECTS,
    PREFIX,
    ROLE_ARN,
    Break,
    World,
    allow,
    broken,
    decision_of,
    deny,
    good,
    good_encrypted,
    good_two,
    together,
)

ASSUME: Final = "sts:AssumeRole"
KMS: Final = ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey")


def _row(access: AccessDecision) -> tuple[object, ...]:
    return access.action, access.resource, access.without_external_id, access.bucket, access.prefix


def test_order_and_fields() -> None:
    objects_arn = f"{BUCKET_ARN}/{PREFIX}*"
    expected = [
        (ASSUME, ROLE_ARN, False, None, None),
        (ASSUME, ROLE_ARN, True, None, None),
        (FOUR[0], BUCKET_ARN, False, BUCKET, PREFIX),
        *((action, objects_arn, False, BUCKET, PREFIX) for action in FOUR[1:]),
        *((action, KEY, False, BUCKET, PREFIX) for action in KMS),
    ]
    assert [_row(access) for access in good_encrypted().report().access] == expected


def test_each_entry_of_the_draft_has_its_rows() -> None:
    def again(world: World) -> None:
        world.draft["buckets"].append({**world.entry, "prefix": "exports/"})

    rows = broken(good_two(), again).report().access[2:]
    named = [(row.bucket, row.prefix) for row in rows if row.action == FOUR[0]]
    assert named == [(BUCKET, PREFIX), ("acme-exports", PREFIX), (BUCKET, "exports/")]
    assert len(rows) == 12


def test_without_a_prefix_the_rows_have_an_empty_one() -> None:
    rows = good(prefix="").report().access[2:]
    assert {row.prefix for row in rows} == {""}
    assert rows[1].resource == OBJECTS


def test_the_file_has_each_field_where_it_belongs() -> None:
    rows = report_to_json(good().report())["access"]
    assert isinstance(rows, list)
    assert [sorted(row) for row in rows[:3]] == [
        ["action", "because", "decision", "resource"],
        ["action", "because", "decision", "resource", "without_external_id"],
        ["action", "because", "bucket", "decision", "prefix", "resource"],
    ]


def decisions(world: World) -> str:
    """Return each row's decision by its first letter."""
    return "".join(access.decision[0] for access in world.report().access)


def unread_policy(world: World) -> None:
    world.lose("buckets[0].policy")


DECIDED: Final[tuple[tuple[str, Break, str], ...]] = (
    ("good", together(), "ad aaaa aaa"),
    ("no role", missing(), "dd uuuu uuu"),
    ("unread role", lambda w: w.lose("role"), "uu uuuu uuu"),
    ("a path: the S3 rows are those of the role once assumed", under("/x/"), "dd aaaa ddd"),
    ("another case", renamed("UBIQUITY-connectors-s3-access-role"), "dd aaaa ddd"),
    ("another External ID", external_id("another"), "dd aaaa aaa"),
    ("External ID not asked for", external_id(DATABASE_ID, "StringLikeIfExists"), "aa aaaa aaa"),
    ("no policy", gone, "ad dddd aaa"),
    ("a bucket that isn't there", state("missing"), "ad aaaa uuu"),
    ("another account's bucket, its policy unknown", state("other-account"), "ad uuuu uuu"),
    ("another account's, and no grant", together(gone, state("other-account")), "ad dddd uuu"),
    ("unread bucket policy", unread_policy, "ad uuuu aaa"),
    (
        "unread bucket policy, and a Deny of the role",
        together(unread_policy, lambda w: w.permissions.append(deny("s3:Put*"))),
        "ad uudu aaa",
    ),
    ("another folder", listing(Condition={"StringLike": {"s3:prefix": "x/*"}}), "ad daaa aaa"),
    ("an address", objects(Condition={"IpAddress": {"aws:SourceIp": "192.0.2.1"}}), "ad auuu aaa"),
    ("a boundary of S3", bounded(allow("s3:*")), "ad aaaa ddd"),
    ("the key trusts nobody", key_policy(), "ad aaaa ddd"),
    ("organisation", denied_by_organization(("s3:Get*", "arn:aws:s3:::*")), "ad adaa aaa"),
    (
        "a Deny of a part, and one that nobody can decide",
        bucket_policy(
            deny("s3:*", f"{BUCKET_ARN}/imports/private/*", Principal="*"),
            deny("s3:DeleteObject", OBJECTS, Principal="*", Condition=OFFICE),
        ),
        "ad aaau aaa",
    ),
)


@pytest.mark.parametrize(("name", "how", "expected"), DECIDED, ids=[case[0] for case in DECIDED])
def test_decisions(name: str, how: Break, expected: str) -> None:
    assert decisions(broken(good_encrypted(), how)) == expected.replace(" ", ""), name


def test_region_and_key_state_are_no_matter_of_policies() -> None:
    def elsewhere(world: World) -> None:
        world.bucket["region"] = "us-east-1"
        world.bucket["kms_key"]["state"] = "Disabled"

    assert decisions(broken(good_encrypted(), elsewhere)) == "adaaaaaaa"


BECAUSE: Final[tuple[tuple[Break, str, str], ...]] = (
    (together(), "s3:GetObject", "statement “ObjectOperations” (the policy ubiquity-s3"),
    (together(), ASSUME, "statement 1 (the trust policy)"),
    (missing(), ASSUME, "There is no such role"),
    (under("/x/"), ASSUME, "role/x/ubiquity-connectors-s3-access-role"),
    (external_id("x"), ASSUME, "No statement of the trust policy"),
    (gone, "s3:PutObject", "No policy of the role or of the bucket"),
    (lambda w: w.permissions.append(deny(Sid="Stop")), "s3:PutObject", "“Stop”"),
    (
        bucket_policy(deny("s3:*", OBJECTS, Principal="*")),
        "s3:PutObject",
        "statement 1 (the bucket policy)",
    ),
    (bounded(), "s3:PutObject", "permissions boundary arn:aws:iam::123456789012:policy/developers"),
    (denied_by_organization(("s3:*", "*")), "s3:PutObject", "service control policy"),
    (unread_policy, "s3:PutObject", "could not be read: the bucket policy"),
    (
        objects(Condition={"IpAddress": {"aws:SourceIp": "192.0.2.1"}}),
        "s3:PutObject",
        "(aws:SourceIp)",
    ),
    (key_policy(), "kms:Decrypt", "Neither the key policy nor a policy of the role"),
)


@pytest.mark.parametrize(("how", "action", "said"), BECAUSE, ids=[case[2] for case in BECAUSE])
def test_because_names_the_statement_that_decides(how: Break, action: str, said: str) -> None:
    report = broken(good_encrypted(), how).report()
    row = next(access for access in report.access if access.action == action)
    assert said in grounds_words(row.because)


def test_the_second_entry_has_decisions_of_its_own() -> None:
    def narrow(world: World) -> None:
        world.set_policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS]))

    report = broken(good_two(), narrow).report()
    assert decision_of(report, "s3:ListBucket") == "allowed"
    assert decision_of(report, "s3:ListBucket", row=1) == "denied"
    (finding,) = report.findings
    assert (finding.code, finding.bucket) == ("policy.wrong-bucket", "acme-exports")
