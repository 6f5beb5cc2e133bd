"""Bucket policies that S3 takes and gives back, and those that it does not take.

Sources: Amazon S3 API Reference, "PutBucketPolicy", and public transcripts of MalformedPolicy.
"""

import json

import pytest

from app.practice.account import ACCOUNT_ID, PARTNER_BUCKET
from tests.practice.clients import IMPORTS, Person, allow, document, refusal_of
from tests.practice.conftest import Setup

BUCKET = f"arn:aws:s3:::{IMPORTS}"
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}


def grant(**elements: object) -> dict[str, object]:
    return {**allow("s3:ListBucket", on=BUCKET), "Principal": ROOT, **elements}


def test_it_is_kept_to_the_letter_and_deleted(admin: Person) -> None:
    none = refusal_of(lambda: admin.s3.get_bucket_policy(Bucket=IMPORTS))
    assert (none.code, none.status) == ("NoSuchBucketPolicy", 404)
    assert none.message == "The bucket policy does not exist"
    text = json.dumps({"Version": "2012-10-17", "Id": "é", "Statement": grant()}, indent=3)
    admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=text)
    assert admin.s3.get_bucket_policy(Bucket=IMPORTS)["Policy"] == text
    admin.s3.delete_bucket_policy(Bucket=IMPORTS)
    assert refusal_of(lambda: admin.s3.get_bucket_policy(Bucket=IMPORTS)).status == 404


TAKEN = [
    grant(Resource=f"{BUCKET}/*", Action="s3:*"),
    grant(Principal="*", Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}}),
    grant(Principal={"AWS": "999988887777"}),
    grant(Principal={"AWS": f"arn:aws:iam::{ACCOUNT_ID}:user/practice-admin"}),
    grant(Principal={"Service": "logging.s3.amazonaws.com"}),
    grant(Resource=f"{BUCKET}*"),
]


@pytest.mark.parametrize("statement", TAKEN)
def test_policies_that_s3_takes(admin: Person, statement: dict[str, object]) -> None:
    admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=document(statement))
    assert json.loads(admin.s3.get_bucket_policy(Bucket=IMPORTS)["Policy"])["Statement"] == [
        statement
    ]


NOT_TAKEN = [
    ("nonsense", "Policies must be valid JSON and the first byte must be '{'"),
    ("[]", "Policies must be valid JSON and the first byte must be '{'"),
    (document(allow("s3:ListBucket", on=BUCKET)), "Missing required field Principal"),
    (document(grant(Extra="x")), "Unknown field Extra"),
    (document(grant(Principal={"AWS": "nobody"})), "Invalid principal in policy"),
    (
        document(grant(Principal={"AWS": f"arn:aws:iam::{ACCOUNT_ID}:role/none"})),
        "Invalid principal in policy",
    ),
    (document(grant(Principal={"AWS": "AROAJQABLZS4A3QDU576Q"})), "Invalid principal in policy"),
    (document(grant(Resource="arn:aws:s3:::another")), "Policy has invalid resource"),
    (document(grant(Resource=f"{BUCKET}-two/*")), "Policy has invalid resource"),
    (document(grant(Action="ec2:RunInstances")), "Policy has invalid action"),
    (
        document(grant(Condition={"StringIs": {"aws:PrincipalArn": "x"}})),
        "Invalid Condition type : StringIs",
    ),
]


@pytest.mark.parametrize(("text", "message"), NOT_TAKEN)
def test_policies_that_s3_does_not_take(admin: Person, text: str, message: str) -> None:
    refusal = refusal_of(lambda: admin.s3.put_bucket_policy(Bucket=IMPORTS, Policy=text))
    assert (refusal.code, refusal.status, refusal.message) == ("MalformedPolicy", 400, message)
    assert refusal_of(lambda: admin.s3.get_bucket_policy(Bucket=IMPORTS)).status == 404


def test_a_new_bucket_of_the_same_name_has_none(admin: Person) -> None:
    there = admin.at("us-east-1").s3
    text = document(grant(Resource="arn:aws:s3:::practice-empty"))
    there.put_bucket_policy(Bucket="practice-empty", Policy=text)
    there.delete_bucket(Bucket="practice-empty")
    there.create_bucket(Bucket="practice-empty")
    assert refusal_of(lambda: there.get_bucket_policy(Bucket="practice-empty")).status == 404


def test_a_partners_bucket_is_open_both_ways_or_not_at_all(setup: Setup) -> None:
    name = PARTNER_BUCKET.name
    assert setup.admin.s3.list_objects_v2(Bucket=name)["KeyCount"] == 1
    own = refusal_of(
        lambda: setup.admin.s3.head_bucket(Bucket=name, ExpectedBucketOwner=ACCOUNT_ID)
    )
    assert own.status == 403
    writing = refusal_of(lambda: setup.admin.s3.put_object(Bucket=name, Key="x", Body=b""))
    assert (writing.code, writing.message) == ("AccessDenied", "Access Denied")
    setup.role()
    session = setup.connector()
    assert refusal_of(lambda: session.s3.list_objects_v2(Bucket=name)).status == 403
    setup.policy(document(allow("s3:ListBucket", on=f"arn:aws:s3:::{name}")))
    assert session.s3.list_objects_v2(Bucket=name)["KeyCount"] == 1
