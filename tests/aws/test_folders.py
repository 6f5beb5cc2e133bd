"""The folders of a bucket, page by page: moto's server, and what it does not tell by Stubber."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from app.aws.account import CustomerAccount
from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.folders import list_folders
from app.core.failure import AwsFailure
from app.flow.ports.aws import FolderPage
from tests.aws.doubles import BUCKET, REGION, Front, keys, raises
from tests.aws.setups import plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ID = {"ResponseMetadata": {"RequestId": "one", "HTTPStatusCode": 200}}


def test_what_lies_right_under_a_prefix(s3: "S3Client", account: CustomerAccount) -> None:
    plain_bucket(s3)
    for key in ("a b/x", "a+b/x", "a b/c/x", "a b/", "100%/é/x", "top"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"")

    def page(prefix: str, region: str | None = REGION) -> FolderPage | AwsFailure:
        return asyncio.run(account.list_folders(BUCKET, region, prefix, None))

    assert page("") == FolderPage(("100%/", "a b/", "a+b/"), files=1)
    assert page("", None) == page("")
    assert page("a b/") == FolderPage(("a b/c/",), files=1)  # the folder's own marker is no file
    assert page("100%/") == FolderPage(("100%/é/",))
    assert page("nothing/") == FolderPage()


@pytest.mark.parametrize(
    ("code", "status"), [("AccessDenied", 403), ("NoSuchBucket", 404), ("AllAccessDisabled", 403)]
)
def test_a_refusal_is_a_value(
    account: CustomerAccount, front: Front, code: str, status: int
) -> None:
    front.refuse("s3.ListObjectsV2", code=code, status=status)
    refused = asyncio.run(account.list_folders(BUCKET, REGION, "", None))
    assert isinstance(refused, AwsFailure)
    assert (refused.action, refused.code, refused.finding) == ("s3:ListBucket", code, None)


def test_without_a_network(account: CustomerAccount, front: Front) -> None:
    front.answers["s3.ListObjectsV2"] = raises(EndpointConnectionError(endpoint_url="https://s3"))
    offline = asyncio.run(account.list_folders(BUCKET, REGION, "", None))
    assert isinstance(offline, AwsFailure)
    assert offline.finding == "env.offline"


def test_the_next_page_starts_where_the_last_ended_and_a_circle_is_left() -> None:
    calls = Calls(Clients(keys("http://127.0.0.1:1")))
    request = {"Bucket": BUCKET, "Prefix": "in/", "Delimiter": "/"}
    answer = {
        "IsTruncated": True,
        "NextContinuationToken": "more",
        "CommonPrefixes": [{"Prefix": "in/a/"}, {"Prefix": "out/b/"}, {"Prefix": "in/c"}],
        "Contents": [{"Key": "in/"}, {"Key": "in/x"}],
        **ID,
    }
    with Stubber(calls.clients.s3(REGION)) as stub:
        for expected in (request, {**request, "ContinuationToken": "more"}):
            stub.add_response("list_objects_v2", answer, expected)
        first = asyncio.run(list_folders(calls, BUCKET, REGION, "in/", None))
        again = asyncio.run(list_folders(calls, BUCKET, REGION, "in/", "more"))
    assert first == FolderPage(("in/a/",), files=1, next_token="more")
    assert isinstance(again, AwsFailure)
    assert again.finding == "env.aws-fault"
