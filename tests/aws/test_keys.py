"""The KMS key of a bucket's default encryption, in every form in which a bucket names it."""

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from app.aws.account import CustomerAccount
from app.core.formats.snapshot_json import dump_snapshot
from app.core.guide import UBIQUITY_ROOT_ARN
from app.core.snapshot import KmsGrant, KmsKey, Snapshot
from tests.aws.doubles import ACCOUNT, BUCKET, REGION, Front, answer, body_of, document, draft
from tests.aws.setups import EXTRA, encrypt, plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client

FOREIGN = f"arn:aws:kms:{REGION}:999999999999:key/1234abcd-12ab-34cd-56ef-1234567890ab"
KEY = "buckets[0].kms_key"


@pytest.fixture
def key(kms: "KMSClient") -> str:
    return kms.create_key(Policy=document())["KeyMetadata"]["Arn"]


def _read(account: CustomerAccount) -> Snapshot:
    return asyncio.run(account.read_snapshot(draft()))


def _unread(snapshot: Snapshot) -> list[str]:
    return [entry.what for entry in snapshot.unreadable]


@pytest.mark.parametrize("form", ["arn", "id", "alias", "alias-arn"])
def test_a_key_is_found_by_each_of_its_names(
    account: CustomerAccount, s3: "S3Client", kms: "KMSClient", key: str, form: str
) -> None:
    kms.create_alias(AliasName="alias/data", TargetKeyId=key)
    names = {
        "arn": key,
        "id": key.rpartition("/")[2],
        "alias": "alias/data",
        "alias-arn": f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/data",
    }
    plain_bucket(s3)
    encrypt(s3, names[form])
    snapshot = _read(account)
    assert snapshot.buckets[0].kms_key == KmsKey(key, ACCOUNT, "CUSTOMER", "Enabled", EXTRA, ())
    assert snapshot.unreadable == ()


def test_the_grants_of_a_key_are_listed_to_the_last_page(
    account: CustomerAccount, s3: "S3Client", key: str, front: Front
) -> None:
    plain_bucket(s3)
    encrypt(s3, key)
    page = {"GranteePrincipal": UBIQUITY_ROOT_ARN, "Operations": ["Decrypt"], "GrantId": "1"}
    other = {"GranteePrincipal": "rds.amazonaws.com", "Operations": [], "GrantId": "2"}
    first = answer(200, json.dumps({"Grants": [page], "Truncated": True, "NextMarker": "m"}))
    last = answer(200, json.dumps({"Grants": [other], "Truncated": False}))
    front.answers["kms.ListGrants"] = lambda request: (
        last(request) if "Marker" in body_of(request) else first(request)
    )
    found = _read(account).buckets[0].kms_key
    assert found is not None
    assert found.grants == (
        KmsGrant(UBIQUITY_ROOT_ARN, ("Decrypt",), "1"),
        KmsGrant("rds.amazonaws.com", (), "2"),
    )
    assert [json.loads(body_of(sent)).get("Marker") for sent in front.sent("kms.ListGrants")] == [
        None,
        "m",
    ]


def test_grants_that_may_not_be_listed_are_no_fault(
    account: CustomerAccount, s3: "S3Client", key: str, front: Front
) -> None:
    plain_bucket(s3)
    encrypt(s3, key)
    front.refuse("kms.ListGrants", code="AccessDeniedException", status=400)
    snapshot = _read(account)
    found = snapshot.buckets[0].kms_key
    assert found is not None
    assert (found.grants, found.policy) == (None, EXTRA)
    assert (snapshot.unreadable, snapshot.observations) == ((), ())
    assert '"grants"' not in dump_snapshot(snapshot)
    # Once they may be, they are read.
    front.answers.clear()
    found = _read(account).buckets[0].kms_key
    assert found is not None
    assert found.grants == ()


def test_the_keys_region_is_the_buckets(
    account: CustomerAccount, s3: "S3Client", key: str, front: Front
) -> None:
    plain_bucket(s3)
    encrypt(s3, key)
    _read(account)
    (request,) = front.sent("kms.DescribeKey")
    assert f"/{REGION}/kms/".encode() in request.headers["Authorization"]


def test_a_key_that_is_switched_off_says_so(
    account: CustomerAccount, s3: "S3Client", kms: "KMSClient", key: str
) -> None:
    kms.disable_key(KeyId=key.rpartition("/")[2])
    plain_bucket(s3)
    encrypt(s3, key)
    found = _read(account).buckets[0].kms_key
    assert found is not None
    assert found.state == "Disabled"


@pytest.mark.parametrize("named", [None, "alias/aws/s3"])
def test_a_bucket_without_a_key_of_its_own_uses_awss(
    account: CustomerAccount, s3: "S3Client", named: str | None
) -> None:
    plain_bucket(s3)
    encrypt(s3, named)
    snapshot = _read(account)
    found = snapshot.buckets[0].kms_key
    assert found is not None
    assert (found.manager, found.account, found.state) == ("AWS", ACCOUNT, "Enabled")
    assert snapshot.unreadable == ()


def test_awss_own_key_is_known_for_it_even_unread(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    encrypt(s3, None)
    front.refuse("kms.DescribeKey", code="AccessDeniedException", status=400)
    snapshot = _read(account)
    assert snapshot.buckets[0].kms_key == KmsKey(manager="AWS")
    assert _unread(snapshot) == [f"{KEY}.{fact}" for fact in ("account", "arn", "policy", "state")]


def test_a_key_of_another_account_is_named_as_far_as_it_is_known(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    encrypt(s3, FOREIGN)
    refused = ("kms.DescribeKey", "kms.GetKeyPolicy")
    front.refuse(*refused, code="AccessDeniedException", status=400)
    snapshot = _read(account)
    assert snapshot.buckets[0].kms_key == KmsKey(FOREIGN, "999999999999")
    assert _unread(snapshot) == [f"{KEY}.{fact}" for fact in ("manager", "policy", "state")]


@pytest.mark.parametrize("named", ["alias/not-there", "1234abcd-12ab-34cd-56ef-1234567890ab"])
def test_a_key_that_is_not_there_is_not_read(
    account: CustomerAccount, s3: "S3Client", named: str
) -> None:
    plain_bucket(s3)
    encrypt(s3, named)
    snapshot = _read(account)
    assert snapshot.buckets[0].kms_key is None
    assert [(entry.what, entry.code) for entry in snapshot.unreadable] == [
        (KEY, "NotFoundException")
    ]


def test_a_bucket_with_s3s_own_encryption_uses_no_key(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    default = "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
    rule = f"<Rule>{default}</ApplyServerSideEncryptionByDefault></Rule>"
    body = f"<ServerSideEncryptionConfiguration>{rule}</ServerSideEncryptionConfiguration>"
    front.answers["s3.GetBucketEncryption"] = answer(200, body)
    facts = _read(account).buckets[0]
    assert facts.encryption is not None
    assert (facts.encryption.algorithm, facts.encryption.bucket_key) == ("AES256", False)
    assert facts.kms_key is None


# The keys of the files

OTHERS = "buckets[0].sample.other_keys"


def _put(s3: "S3Client", name: str, key: str | None) -> None:
    more = {} if key is None else {"SSEKMSKeyId": key}
    s3.put_object(
        Bucket=BUCKET,
        Key=name,
        Body=b"a",
        ServerSideEncryption="aws:kms",
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("form", ["arn", "id"])
def test_a_key_of_files_that_is_not_the_buckets_is_read_too(
    account: CustomerAccount, s3: "S3Client", kms: "KMSClient", key: str, form: str
) -> None:
    plain_bucket(s3)
    other = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
    encrypt(s3, key)
    _put(s3, "in/a.csv", key if form == "arn" else key.rpartition("/")[2])
    _put(s3, "in/b.csv", other if form == "arn" else other.rpartition("/")[2])
    snapshot = _read(account)
    sample = snapshot.buckets[0].sample
    assert sample is not None
    assert sample.other_keys == (KmsKey(other, ACCOUNT, "CUSTOMER", "Enabled", EXTRA, ()),)
    assert other in sample.kms_keys
    assert snapshot.unreadable == ()


def test_what_of_it_may_not_be_read_is_named(
    account: CustomerAccount, s3: "S3Client", key: str, front: Front
) -> None:
    plain_bucket(s3)
    _put(s3, "in/a.csv", key)
    _put(s3, "in/b.csv", FOREIGN)
    refused = ("kms.DescribeKey", "kms.GetKeyPolicy")
    front.refuse(*refused, code="AccessDeniedException", status=400)
    snapshot = _read(account)
    sample = snapshot.buckets[0].sample
    assert sample is not None
    assert {(k.arn, k.account, k.manager) for k in sample.other_keys} == {
        (key, ACCOUNT, None),
        (FOREIGN, "999999999999", None),
    }
    facts = ("manager", "policy", "state")
    assert _unread(snapshot) == [f"{OTHERS}[{n}].{fact}" for n in (0, 1) for fact in facts]
    # Once it may be, it is read, as far as it is there.
    front.answers.clear()
    sample = _read(account).buckets[0].sample
    assert sample is not None
    assert {k.manager for k in sample.other_keys if k.arn == key} == {"CUSTOMER"}


def test_a_key_that_only_an_alias_names_and_nobody_may_look_up(
    account: CustomerAccount, s3: "S3Client", front: Front
) -> None:
    plain_bucket(s3)
    _put(s3, "in/a.csv", "alias/data")
    front.refuse("kms.DescribeKey", code="AccessDeniedException", status=400)
    snapshot = _read(account)
    sample = snapshot.buckets[0].sample
    assert sample is not None
    arn = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/data"
    assert (sample.kms_keys, sample.other_keys) == ((arn,), (KmsKey(arn=arn),))
    assert _unread(snapshot) == [f"{OTHERS}[0]"]


def test_no_more_keys_are_read_than_files_are_looked_into(
    account: CustomerAccount, s3: "S3Client", kms: "KMSClient", front: Front
) -> None:
    plain_bucket(s3)
    for number in range(8):
        key = kms.create_key(Policy=document())["KeyMetadata"]["Arn"]
        _put(s3, f"in/{number}.csv", key)
    sample = _read(account).buckets[0].sample
    assert sample is not None
    assert len(sample.other_keys) == 5
    assert len(front.sent("kms.GetKeyPolicy")) == 5
