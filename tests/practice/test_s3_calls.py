"""Which permission each request to S3 needs.

Source: Amazon S3 User Guide, "Required permissions for Amazon S3 API operations".
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.exchange import HttpCall
from app.practice.s3_calls import needed_for, read_s3_call

BUCKET_CALLS = [
    ("GET", "list-type=2&prefix=a", "s3:ListBucket"),
    ("GET", "", "s3:ListBucket"),
    ("HEAD", "", "s3:ListBucket"),
    ("PUT", "", "s3:CreateBucket"),
    ("DELETE", "", "s3:DeleteBucket"),
    ("GET", "location", "s3:GetBucketLocation"),
    ("GET", "versions", "s3:ListBucketVersions"),
    ("GET", "uploads", "s3:ListBucketMultipartUploads"),
    ("GET", "policy", "s3:GetBucketPolicy"),
    ("PUT", "policy", "s3:PutBucketPolicy"),
    ("DELETE", "policy", "s3:DeleteBucketPolicy"),
    ("GET", "policyStatus", "s3:GetBucketPolicyStatus"),
    ("GET", "encryption", "s3:GetEncryptionConfiguration"),
    ("PUT", "encryption", "s3:PutEncryptionConfiguration"),
    ("DELETE", "encryption", "s3:PutEncryptionConfiguration"),
    ("GET", "ownershipControls", "s3:GetBucketOwnershipControls"),
    ("GET", "publicAccessBlock", "s3:GetBucketPublicAccessBlock"),
    ("GET", "versioning", "s3:GetBucketVersioning"),
    ("GET", "acl", "s3:GetBucketAcl"),
    ("DELETE", "tagging", "s3:PutBucketTagging"),
]
OBJECT_CALLS = [
    ("GET", "", ["s3:GetObject"]),
    ("HEAD", "", ["s3:GetObject"]),
    ("PUT", "", ["s3:PutObject"]),
    ("DELETE", "", ["s3:DeleteObject"]),
    ("GET", "versionId=1", ["s3:GetObjectVersion"]),
    ("DELETE", "versionId=1", ["s3:DeleteObjectVersion"]),
    ("GET", "tagging", ["s3:GetObjectTagging"]),
    ("PUT", "tagging", ["s3:PutObjectTagging"]),
    ("GET", "acl", ["s3:GetObjectAcl"]),
    ("GET", "attributes", ["s3:GetObject", "s3:GetObjectAttributes"]),
    ("POST", "uploads", ["s3:PutObject"]),
    ("PUT", "uploadId=1&partNumber=1", ["s3:PutObject"]),
    ("POST", "uploadId=1", ["s3:PutObject"]),
    ("DELETE", "uploadId=1", ["s3:AbortMultipartUpload"]),
    ("GET", "uploadId=1", ["s3:ListMultipartUploadParts"]),
    ("POST", "restore", ["s3:RestoreObject"]),
]


@pytest.mark.parametrize(("method", "query", "action"), BUCKET_CALLS)
def test_calls_on_a_bucket(method: str, query: str, action: str) -> None:
    (needed,) = needed_for(read_s3_call(HttpCall(method, "/mine", query)))
    assert (needed.action, needed.resource) == (action, "arn:aws:s3:::mine")


@pytest.mark.parametrize(("method", "query", "actions"), OBJECT_CALLS)
def test_calls_on_an_object(method: str, query: str, actions: list[str]) -> None:
    needed = needed_for(read_s3_call(HttpCall(method, "/mine/a%20b/c%2Fd", query)))
    assert [each.action for each in needed] == actions
    assert {each.resource for each in needed} == {"arn:aws:s3:::mine/a b/c/d"}


def test_headers_can_ask_for_more() -> None:
    headers = {"x-amz-tagging": "a=b", "x-amz-acl": "private"}
    needed = needed_for(read_s3_call(HttpCall("PUT", "/mine/a", "", headers)))
    actions = [each.action for each in needed]
    assert actions == ["s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectAcl"]
    assert needed[0].keys["s3:x-amz-acl"] == "private"


@pytest.mark.parametrize(
    ("query", "prefix"), [("list-type=2", None), ("prefix=", ""), ("prefix=a%2Fb%20", "a/b ")]
)
def test_a_prefix_that_was_not_sent_is_absent(query: str, prefix: str | None) -> None:
    (needed,) = needed_for(read_s3_call(HttpCall("GET", "/mine", query)))
    assert needed.keys.get("s3:prefix") == prefix


@given(
    st.sampled_from(["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"]),
    st.text(),
    st.text(),
    st.dictionaries(st.sampled_from(["x-amz-copy-source", "x-amz-tagging"]), st.text()),
)
def test_whatever_is_asked_needs_a_permission(
    method: str, path: str, query: str, headers: dict[str, str]
) -> None:
    call = read_s3_call(HttpCall(method, f"/{path}", query, headers))
    needed = needed_for(call)
    assert needed
    assert all(each.action.startswith("s3:") for each in needed)
    assert call.copy_source is None or call.copy_source[1]
