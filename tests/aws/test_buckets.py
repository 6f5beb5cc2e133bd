"""Buckets: where they are, whose they are, and what is in them."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ReadTimeoutError

from app.aws.account import CustomerAccount
from app.core.draft import BucketEntry
from app.core.snapshot import BucketFacts, Encryption, Snapshot, State, Unreadable
from tests.aws.doubles import (
    ACCOUNT,
    BUCKET,
    REGION,
    Answer,
    Front,
    answer,
    draft,
    raises,
    refusal,
)
from tests.aws.setups import ENTRY, plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

HERE = {"x_amz_bucket_region": REGION}
THERE = {"x_amz_bucket_region": "eu-west-1"}
DENIED_TEXT = "no identity-based policy allows the s3:ListBucket action"


@pytest.fixture
def bucket(s3: "S3Client") -> None:
    plain_bucket(s3)


def _read(account: CustomerAccount, *entries: BucketEntry) -> Snapshot:
    return asyncio.run(account.read_snapshot(draft(*entries)))


def _one(account: CustomerAccount, *entries: BucketEntry) -> BucketFacts:
    (facts,) = _read(account, *entries).buckets
    return facts


@pytest.mark.usefixtures("bucket")
def test_an_empty_bucket_has_nothing_set(account: CustomerAccount) -> None:
    facts = _one(account)
    assert (facts.state, facts.region, facts.owner_account) == (State.FOUND, REGION, ACCOUNT)
    assert (facts.policy, facts.object_ownership, facts.kms_key) == (None, None, None)
    assert facts.encryption == Encryption(None)
    assert facts.sample is not None
    assert (facts.sample.listed, facts.sample.keys) == (0, ())


@pytest.mark.usefixtures("bucket")
def test_the_bucket_of_another_account(account: CustomerAccount, front: Front) -> None:
    front.only("s3.HeadBucket", _names_an_owner, answer(403, **HERE))
    snapshot = _read(account)
    assert snapshot.buckets == (BucketFacts(BUCKET, State.OTHER_ACCOUNT, REGION),)
    assert snapshot.unreadable == ()
    owners = [request.headers["x-amz-expected-bucket-owner"] for request in _owned(front)]
    assert owners == [ACCOUNT.encode()]


def _names_an_owner(text: str) -> bool:
    return "x-amz-expected-bucket-owner" in text


def _owned(front: Front) -> list[AWSPreparedRequest]:
    return [
        request
        for request in front.sent("s3.HeadBucket")
        if "x-amz-expected-bucket-owner" in request.headers
    ]


@pytest.mark.usefixtures("bucket")
def test_an_owner_that_stays_unknown(account: CustomerAccount, front: Front) -> None:
    front.only("s3.HeadBucket", _names_an_owner, answer(400, **HERE))
    snapshot = _read(account)
    (facts,) = snapshot.buckets
    assert (facts.state, facts.owner_account) == (State.FOUND, None)
    assert [entry.what for entry in snapshot.unreadable] == ["buckets[0].owner_account"]


def test_a_bucket_refused_both_ways_tells_its_region(
    account: CustomerAccount, front: Front
) -> None:
    front.answers["s3.HeadBucket"] = answer(403, **THERE)
    for operation in ("GetBucketPolicy", "GetBucketEncryption", "GetBucketOwnershipControls"):
        front.refuse(f"s3.{operation}")
    front.answers["s3.ListObjectsV2"] = refusal("s3", "AccessDenied", message=DENIED_TEXT)
    snapshot = _read(account)
    assert snapshot.buckets == (BucketFacts(BUCKET, State.UNREADABLE, "eu-west-1"),)
    assert snapshot.unreadable == (Unreadable("buckets[0]", "AccessDenied", DENIED_TEXT),)


def test_a_refused_bucket_may_still_show_its_policy(
    account: CustomerAccount, front: Front, s3: "S3Client"
) -> None:
    plain_bucket(s3)
    front.answers["s3.HeadBucket"] = answer(403, **HERE)
    front.refuse("s3.ListObjectsV2")
    front.answers["s3.GetBucketPolicy"] = answer(200, '{"Statement": []}')
    snapshot = _read(account)
    (facts,) = snapshot.buckets
    assert (facts.state, facts.policy) == (State.UNREADABLE, {"Statement": []})
    assert [entry.what for entry in snapshot.unreadable] == [
        "buckets[0].sample",
        "buckets[0].state",
    ]
    assert snapshot.was_read("buckets[0].policy")


ELSEWHERE: tuple[tuple[int, str], ...] = ((301, "PermanentRedirect"), (400, "Bad Request"))


@pytest.mark.parametrize(("status", "code"), ELSEWHERE)
def test_a_bucket_in_another_region_is_found_there(
    account: CustomerAccount, front: Front, s3: "S3Client", status: int, code: str
) -> None:
    plain_bucket(s3, region="eu-west-1")
    front.only("s3.HeadBucket", lambda text: f"/{REGION}/s3" in text, answer(status, **THERE))
    for operation in ("ListObjectsV2", "GetBucketPolicy", "GetBucketEncryption"):
        wrong = refusal("s3", code, status)
        front.only(f"s3.{operation}", lambda text: f"/{REGION}/s3" in text, wrong)
    snapshot = _read(account)
    (facts,) = snapshot.buckets
    assert (facts.state, facts.region, facts.owner_account) == (State.FOUND, "eu-west-1", ACCOUNT)
    assert snapshot.unreadable == ()


def test_a_region_that_no_header_tells_is_asked_for(
    account: CustomerAccount, front: Front, s3: "S3Client"
) -> None:
    plain_bucket(s3)
    front.answers["s3.HeadBucket"] = answer(200)
    assert _one(account).region == REGION


@pytest.mark.parametrize(("told", "region"), [("", "us-east-1"), ("EU", "eu-west-1")])
def test_old_names_of_regions_are_understood(
    account: CustomerAccount, front: Front, told: str, region: str
) -> None:
    front.answers["s3.HeadBucket"] = answer(200)
    place = f"<LocationConstraint>{told}</LocationConstraint>"
    front.answers["s3.GetBucketLocation"] = answer(200, place)
    assert _one(account).region == region


def test_a_region_that_can_not_be_read_is_named(
    account: CustomerAccount, front: Front, s3: "S3Client"
) -> None:
    plain_bucket(s3)
    front.answers["s3.HeadBucket"] = answer(200)
    front.refuse("s3.GetBucketLocation")
    snapshot = _read(account)
    assert snapshot.buckets[0].region is None
    assert [entry.what for entry in snapshot.unreadable] == ["buckets[0].region"]


AT_FIRST = (
    "s3.HeadBucket",
    "s3.ListObjectsV2",
    "s3.GetBucketEncryption",
    "s3.GetBucketPolicy",
    "s3.GetBucketOwnershipControls",
)
"""What is asked of a bucket at once."""

SILENT: tuple[tuple[Answer, str], ...] = (
    (raises(ReadTimeoutError(endpoint_url="https://s3")), "ReadTimeoutError"),
    (answer(500), "500"),
    (answer(407), "407"),
)


@pytest.mark.parametrize(("silence", "code"), SILENT)
def test_a_region_that_does_not_answer_is_told_once(
    account: CustomerAccount, front: Front, silence: Answer, code: str
) -> None:
    front.answers |= dict.fromkeys(AT_FIRST, silence)
    snapshot = _read(account)
    assert snapshot.buckets == (BucketFacts(BUCKET, State.UNREADABLE),)
    assert [(entry.what, entry.code) for entry in snapshot.unreadable] == [("buckets[0]", code)]
    assert [(seen.action, seen.bucket, seen.code) for seen in snapshot.observations] == [
        ("s3:ListBucket", BUCKET, code)
    ]
    assert {name for name in front.operations if name.startswith("s3.")} <= set(AT_FIRST)


def test_each_bucket_stands_once_in_the_drafts_order(
    account: CustomerAccount, s3: "S3Client"
) -> None:
    plain_bucket(s3, "bucket-b")
    plain_bucket(s3, "bucket-a", "eu-west-1")
    entries = [
        BucketEntry("bucket-b", REGION, "x/"),
        BucketEntry("bucket-a", "eu-west-1"),
        BucketEntry("bucket-b", REGION, "y/"),
        BucketEntry("bucket-c", REGION),
    ]
    snapshot = _read(account, *entries)
    assert [(facts.name, facts.state, facts.region) for facts in snapshot.buckets] == [
        ("bucket-b", State.FOUND, REGION),
        ("bucket-a", State.FOUND, "eu-west-1"),
        ("bucket-c", State.MISSING, None),
    ]


def _put(s3: "S3Client", *names: str) -> None:
    for name in names:
        s3.put_object(Bucket=BUCKET, Key=name, Body=b"x")


@pytest.mark.usefixtures("bucket")
def test_a_folder_of_the_console_is_no_file(account: CustomerAccount, s3: "S3Client") -> None:
    _put(s3, "in/", "in/archive/")
    sample = _one(account).sample
    assert sample is not None
    assert (sample.listed, sample.markers, sample.keys) == (0, 2, ())
    assert sample.storage_classes == {}
    _put(s3, "in/a.csv")
    sample = _one(account).sample
    assert sample is not None
    assert (sample.listed, sample.markers, sample.keys) == (1, 2, ("in/a.csv",))


@pytest.mark.usefixtures("bucket")
def test_two_prefixes_make_one_sample(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    _put(s3, "in/1", "in/2", "in/deep/3", "out/4", "none/5")
    prefixes = ("in/", "in/deep/", "out/", "in/")
    facts = _one(account, *(BucketEntry(BUCKET, REGION, prefix) for prefix in prefixes))
    assert facts.sample is not None
    assert facts.sample.listed == 4
    assert set(facts.sample.keys) == {"in/1", "in/2", "in/deep/3", "out/4"}
    asked = [request.url for request in front.sent("s3.ListObjectsV2")]
    assert len(asked) == 3
    assert all("max-keys=333" in url for url in asked)


@pytest.mark.usefixtures("bucket")
def test_one_prefix_that_is_refused_spoils_the_sample(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    _put(s3, "in/1")
    denied = refusal("s3", "AccessDenied", message=DENIED_TEXT)
    front.only("s3.ListObjectsV2", lambda text: "prefix=out" in text, denied)
    snapshot = _read(account, ENTRY, BucketEntry(BUCKET, REGION, "out/"))
    assert snapshot.buckets[0].sample is None
    assert snapshot.unreadable == (Unreadable("buckets[0].sample", "AccessDenied", DENIED_TEXT),)


@pytest.mark.usefixtures("bucket")
def test_a_large_bucket_is_sampled(account: CustomerAccount, front: Front, s3: "S3Client") -> None:
    del s3
    rows = "".join(f"<Contents><Key>in/{n}</Key></Contents>" for n in range(1000))
    page = f"<ListBucketResult><IsTruncated>true</IsTruncated>{rows}</ListBucketResult>"
    front.answers["s3.ListObjectsV2"] = answer(200, page)
    front.answers["s3.GetObjectTagging"] = answer(200, "<Tagging><TagSet></TagSet></Tagging>")
    front.answers["s3.HeadObject"] = answer(200)
    sample = _one(account).sample
    assert sample is not None
    assert (sample.listed, sample.truncated) == (1000, True)
    assert sample.keys == tuple(f"in/{n}" for n in range(10))
    assert sample.storage_classes == {"STANDARD": 1000}
    looked_at = [request.url.rpartition("/in/")[2] for request in front.sent("s3.HeadObject")]
    assert sorted(looked_at, key=int) == ["0", "249", "499", "749", "999"]


@pytest.mark.usefixtures("bucket")
def test_a_file_under_a_key_of_the_clients_is_seen(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    _put(s3, "in/", "in/plain", "in/locked", "in/gone")
    refused = {"in/locked": answer(400), "in/gone": answer(404)}
    front.answers["s3.HeadObject"] = lambda request: next(
        (reply(request) for name, reply in refused.items() if request.url.endswith(name)), None
    )
    snapshot = _read(account)
    sample = snapshot.buckets[0].sample
    assert sample is not None
    assert (sample.listed, sample.markers, sample.sse_c) == (3, 1, 1)
    assert "in/" not in sample.keys
    assert snapshot.unreadable == ()
    # A folder's own entry is no file.
    assert not any(request.url.endswith("/in/") for request in front.sent("s3.HeadObject"))


@pytest.mark.usefixtures("bucket")
def test_names_are_given_as_they_are(account: CustomerAccount, s3: "S3Client") -> None:
    _put(s3, "in/ä b+c%20.csv")
    sample = _one(account).sample
    assert sample is not None
    assert sample.keys == ("in/ä b+c%20.csv",)
