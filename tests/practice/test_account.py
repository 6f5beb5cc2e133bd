"""What is ready when the practice AWS has started."""

import asyncio
import re

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core import guide
from app.flow.ports.aws import FolderPage
from app.practice.account import ACCOUNT_ID, MANY_FOLDERS
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, ENCRYPTED, IMPORTS, Person


def test_the_sign_ins_belong_to_the_two_accounts(admin: Person, ubiquity: Person) -> None:
    assert admin.sts.get_caller_identity()["Arn"] == "arn:aws:iam::111122223333:user/practice-admin"
    caller = ubiquity.sts.get_caller_identity()
    assert caller["Account"] == guide.UBIQUITY_ACCOUNT
    assert caller["Arn"] == "arn:aws:iam::049579744830:user/ubiquity-connectors"
    assert caller["UserId"].startswith("AIDA")


def test_the_buckets_are_in_two_regions(aws: PracticeAws, admin: Person) -> None:
    listed = {bucket["Name"] for bucket in admin.s3.list_buckets()["Buckets"]}
    assert listed == {bucket.name for bucket in aws.buckets} | {MANY_FOLDERS.name}
    assert {bucket.name for bucket in aws.buckets} == {IMPORTS, EMPTY, ENCRYPTED}
    for bucket in aws.buckets:
        answer = admin.at(bucket.region).s3.head_bucket(Bucket=bucket.name)
        assert answer["BucketRegion"] == bucket.region
    assert len({bucket.region for bucket in aws.buckets}) == 2


def test_files_lie_under_prefixes(admin: Person) -> None:
    answer = admin.s3.list_objects_v2(Bucket=IMPORTS, Prefix="imports/", Delimiter="/")
    assert len(answer["Contents"]) == 3
    folders = [entry["Prefix"] for entry in answer["CommonPrefixes"]]
    assert folders == ["imports/archive/", "imports/error/"]
    assert admin.at("us-east-1").s3.list_objects_v2(Bucket=EMPTY)["KeyCount"] == 0


def test_each_example_prefix_leads_to_files(aws: PracticeAws, admin: Person) -> None:
    for bucket in (bucket for bucket in aws.buckets if bucket.name != EMPTY):
        answer = admin.s3.list_objects_v2(Bucket=bucket.name, Prefix=bucket.prefix)
        assert answer["KeyCount"] > 0


def test_one_bucket_is_under_the_practice_key(aws: PracticeAws, admin: Person) -> None:
    keys = {bucket.name: bucket.kms_key_arn for bucket in aws.buckets}
    assert keys[IMPORTS] is keys[EMPTY] is None
    arn = str(keys[ENCRYPTED])
    rules = admin.s3.get_bucket_encryption(Bucket=ENCRYPTED)["ServerSideEncryptionConfiguration"]
    assert rules["Rules"][0]["ApplyServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": arn,
    }
    described = admin.kms.describe_key(KeyId=arn)["KeyMetadata"]
    assert described["Arn"] == arn
    assert (described["KeyManager"], described["KeyState"]) == ("CUSTOMER", "Enabled")
    assert described["KeySpec"] == "SYMMETRIC_DEFAULT"
    stored = admin.s3.head_object(Bucket=ENCRYPTED, Key="imports/members-2026-08.csv")
    assert (stored["ServerSideEncryption"], stored["SSEKMSKeyId"]) == ("aws:kms", arn)


def test_the_database_id_has_the_right_form_and_is_not_the_guides(aws: PracticeAws) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{21}[AQgw]", aws.database_id)
    assert aws.database_id != guide.EXAMPLE_DATABASE_ID
    assert aws.account_id == ACCOUNT_ID not in {guide.EXAMPLE_ACCOUNT_ID, guide.UBIQUITY_ACCOUNT}


def test_the_administrator_has_awss_own_policy(admin: Person) -> None:
    attached = admin.iam.list_attached_user_policies(UserName="practice-admin")["AttachedPolicies"]
    assert attached[0]["PolicyArn"] == "arn:aws:iam::aws:policy/AdministratorAccess"


def test_nothing_of_the_setup_is_there_yet(admin: Person) -> None:
    assert admin.iam.list_roles()["Roles"] == []
    assert admin.iam.list_policies(Scope="Local")["Policies"] == []


def test_one_bucket_has_more_folders_than_are_listed_at_once(aws: PracticeAws) -> None:
    keys = aws.admin
    account = CustomerAccount(
        GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
    )

    def page(prefix: str, token: str | None = None) -> FolderPage:
        answer = asyncio.run(account.list_folders(MANY_FOLDERS.name, None, prefix, token))
        assert isinstance(answer, FolderPage)
        return answer

    assert page("") == FolderPage(("archive/", "customers/", "odd names/"), files=1)
    odd = {folder.removeprefix("odd names/") for folder in page("odd names/").folders}
    assert {"100% done/", "a+b/", "%41/", "日本/", "/", "has a\x07bell in it/"} <= odd
    assert page("odd names//") == page("odd names/100% done/") == FolderPage(files=1)
    first = page("customers/")
    second = page("customers/", first.next_token)
    assert (len(first.folders), len(second.folders), second.next_token) == (1000, 40, None)
    assert page("customers/customer-1040/") == FolderPage(files=1)
