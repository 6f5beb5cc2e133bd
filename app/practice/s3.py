"""S3 of the practice AWS: the right region, the right owner, the right to it, and the right words.

Source: Amazon S3 API Reference and Amazon S3 User Guide, "How Amazon S3 authorizes a request".
Imports moto through ``buckets``, so it is imported only once the practice AWS starts.
"""

import re
from collections.abc import Mapping
from typing import Final

from moto.s3.models import FakeBucket

from app.practice import (
    authority,
    bucket_policy,
    buckets,
    client_keys,
    deletions,
    many_folders,
    object_keys,
    object_lock,
)
from app.practice.buckets import find_bucket, find_object
from app.practice.exchange import HttpAnswer, HttpCall
from app.practice.refusal import Refusal, RefusedError, refuse
from app.practice.s3_calls import (
    S3Call,
    needed_for,
    needed_on,
    needed_to_copy,
    read_s3_call,
)
from app.practice.sign_in import unsigned
from app.practice.visit import SignedCall

_REGION_HEADER: Final = "x-amz-bucket-region"
_COPYING: Final = {"x-amz-sdk-checksum-algorithm": "CRC32"}
"""For moto alone: under Object Lock it wants a checksum of a copy, as AWS does of an upload."""
_MARKED: Final = ("x-amz-delete-marker", "true")
_MARKER: Final = Refusal(
    "MethodNotAllowed",
    "The specified method is not allowed against this resource.",
    405,
    headers=(_MARKED,),
)
_MOVED: Final = (
    "The bucket you are attempting to access must be addressed using the specified endpoint. "
    "Please send all future requests to this endpoint."
)


def serve(signed: SignedCall) -> HttpAnswer:
    """Answer one request to S3.

    Raises ``RefusedError`` where AWS would refuse it.
    """
    call = read_s3_call(signed.call)
    if not call.bucket or call.makes_bucket:
        return _without_bucket(signed, call)
    bucket = find_bucket(call.bucket)
    if bucket is None:
        raise _no_such_bucket(call.bucket)
    try:
        answer = _in_bucket(signed, call, bucket)
    except RefusedError as refused:
        raise _with_region(refused, bucket) if not call.key else refused from None
    return answer if call.key else answer.with_header(_REGION_HEADER, str(bucket.region_name))


def unsigned_refusal(call: HttpCall) -> Refusal:
    """Return what S3 says to a request that nobody signed: a bucket's region it tells everybody.

    Source: Amazon S3 API Reference, "HeadBucket": ``x-amz-bucket-region``, also where it refuses.
    """
    asked, no = read_s3_call(call), unsigned("s3")
    bucket = find_bucket(asked.bucket)
    if asked.bucket and bucket is None:
        return _no_such_bucket(asked.bucket).refusal
    if bucket is None or asked.key:
        return no.refusal
    return _with_region(no, bucket).refusal


def _without_bucket(signed: SignedCall, call: S3Call) -> HttpAnswer:
    for needed in needed_for(call):
        authority.require(signed, needed)
    answer = signed.pass_on()
    if call.method == "GET" and answer.ok:
        return answer.with_body(_with_regions(answer.body))
    new_bucket = find_bucket(call.bucket) if call.makes_bucket and answer.ok else None
    if new_bucket is not None:
        buckets.set_defaults(new_bucket)
    return answer


def _with_regions(listing: bytes) -> bytes:
    """Add to each bucket of a listing its region, which moto leaves out."""

    def with_region(name: re.Match[bytes]) -> bytes:
        bucket = find_bucket(name[1].decode())
        region = str(bucket.region_name) if bucket else ""
        return name[0] + f"<BucketRegion>{region}</BucketRegion>".encode()

    return re.sub(rb"<Name>([^<]+)</Name>", with_region, listing)


def _in_bucket(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> HttpAnswer:
    _check_region(signed, call, bucket)
    _check_owner(call.http.headers, bucket)
    if call.deletes_many:
        return deletions.delete_many(signed, call, bucket)
    for needed in needed_for(call):
        authority.require_in_bucket(signed, needed, bucket)
    if call.method == "GET" and not call.key and not call.part:
        many_folders.fill(bucket)
    if call.part == "policy" and not call.key:
        return bucket_policy.serve(signed, call, bucket)
    is_marker = buckets.is_delete_marker(bucket, call.key, call.version)
    if is_marker and call.method in {"GET", "HEAD"}:
        raise RefusedError(_MARKER)
    if call.key:
        _check_object(signed, call, bucket)
    answer = signed.pass_on(headers=_COPYING if call.copy_source is not None else None)
    if answer.ok:
        _afterwards(signed, call, bucket)
    if answer.ok and is_marker:
        return answer.with_header(*_MARKED)
    return answer


def _check_region(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> None:
    """Send the caller on to the bucket's region, as AWS does for a request signed for another.

    A request for us-east-1 goes to the global endpoint, which leads to the bucket's own region;
    there the signature is for the wrong one. Everywhere else the request is redirected.
    """
    region, here = str(bucket.region_name), signed.signature.region
    if region == here or (call.part == "location" and here == "us-east-1"):
        return
    headers = ((_REGION_HEADER, region),)
    if here == "us-east-1":
        sentence = (
            f"The authorization header is malformed; the region '{here}' is wrong; "
            f"expecting '{region}'"
        )
        wrong = Refusal("AuthorizationHeaderMalformed", sentence, 400, {"Region": region}, headers)
        raise RefusedError(wrong)
    extra = {"Endpoint": f"{bucket.name}.s3.{region}.amazonaws.com", "Bucket": str(bucket.name)}
    raise RefusedError(Refusal("PermanentRedirect", _MOVED, 301, extra, headers))


def _check_owner(headers: Mapping[str, str], bucket: FakeBucket) -> None:
    expected = headers.get("x-amz-expected-bucket-owner")
    if expected is not None and expected != str(bucket.account_id):
        raise refuse("AccessDenied", "Access Denied", 403)
    source = headers.get("x-amz-source-expected-bucket-owner")
    named = headers.get("x-amz-copy-source", "").lstrip("/").partition("/")[0]
    origin = find_bucket(named) if source is not None else None
    if origin is not None and source != str(origin.account_id):
        raise refuse("AccessDenied", "Access Denied", 403)


def _check_object(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> None:
    """Check what hangs on the object itself: whether it is there, its keys, a copy's source."""
    if call.method in {"GET", "HEAD"}:
        stored = find_object(bucket, call.key, call.version)
        if stored is None and call.part != "uploadId":
            _hide_missing(signed, call, bucket)
        client_keys.check_read(signed, call)
        if stored is not None and call.method == "GET" and call.part in {"", "attributes"}:
            object_keys.require_read(signed, bucket, stored)
        return
    if call.method == "DELETE" and not call.part:
        refusal = object_lock.held(signed, call, bucket, call.key, call.version)
        if refusal is not None:
            raise RefusedError(refusal)
    if call.copy_source is not None:
        _check_copy(signed, call, bucket)
    if call.method in {"PUT", "POST"} and call.part in {"", "uploads", "uploadId"}:
        object_keys.require_write(signed, call, bucket)


def _hide_missing(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> None:
    """Let only those who may list know that an object is missing: others are refused.

    Source: Amazon S3 API Reference, "GetObject", Permissions.
    """
    listing = S3Call(call.http, call.bucket, "")
    authority.require_in_bucket(signed, needed_on("s3:ListBucket", listing), bucket)


def _check_copy(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> None:
    name, key = call.copy_source or ("", "")
    origin = find_bucket(name)
    if origin is None:
        raise _no_such_bucket(name)
    stored = find_object(origin, key, call.copied_version)
    tags_too = call.http.header("x-amz-tagging-directive").upper() != "REPLACE"
    tagged = stored is not None and tags_too and buckets.is_tagged(origin, stored)
    for needed in needed_to_copy(call, tagged):
        authority.require_in_bucket(signed, needed, origin)
    if stored is None:
        raise refuse("NoSuchKey", "The specified key does not exist.", 404, Key=key)
    if tagged:
        authority.require_in_bucket(signed, needed_on("s3:PutObjectTagging", call), bucket)
    object_keys.require_read(signed, origin, stored)


def _afterwards(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> None:
    """Keep the gate's own books, and give back what AWS never leaves unset."""
    if call.key:
        client_keys.note_written(signed, call)
        return
    if call.method == "DELETE" and not call.part:
        signed.ledger.bucket_policies.pop(call.bucket, None)
    if call.method == "DELETE" and call.part == "encryption":
        buckets.set_defaults(bucket)


def _no_such_bucket(name: str) -> RefusedError:
    return refuse("NoSuchBucket", "The specified bucket does not exist", 404, BucketName=name)


def _with_region(refused: RefusedError, bucket: FakeBucket) -> RefusedError:
    refusal = refused.refusal
    headers = tuple(pair for pair in refusal.headers if pair[0] != _REGION_HEADER)
    region = (_REGION_HEADER, str(bucket.region_name))
    return RefusedError(
        Refusal(refusal.code, refusal.message, refusal.status, refusal.extra, (*headers, region))
    )
