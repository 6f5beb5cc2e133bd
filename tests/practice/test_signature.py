"""Signatures, against AWS's own worked examples.

Source of keys, requests and signatures: Amazon S3 API Reference, "Examples: Signature
calculations in AWS Signature Version 4" and "Authenticating Requests: Using Query Parameters".
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.exchange import HttpCall
from app.practice.signature import fits, read_signature

KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
SCOPE = f"{KEY_ID}/20130524/us-east-1/s3/aws4_request"


def example(signature: str, signed: str, **parts: str) -> HttpCall:
    headers = {
        "host": "examplebucket.s3.amazonaws.com",
        "x-amz-date": "20130524T000000Z",
        "x-amz-content-sha256": EMPTY,
        "range": "bytes=0-9",
        "authorization": (
            f"AWS4-HMAC-SHA256 Credential={SCOPE},SignedHeaders={signed},Signature={signature}"
        ),
    }
    return HttpCall("GET", parts.get("path", "/"), parts.get("query", ""), headers)


GET_OBJECT = example(
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    "host;range;x-amz-content-sha256;x-amz-date",
    path="/test.txt",
)
GET_LIFECYCLE = example(
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    "host;x-amz-content-sha256;x-amz-date",
    query="lifecycle",
)
LIST_OBJECTS = example(
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    "host;x-amz-content-sha256;x-amz-date",
    query="max-keys=2&prefix=J",
)
PRESIGNED = HttpCall(
    "GET",
    "/test.txt",
    "X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
    "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
    "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    {"host": "examplebucket.s3.amazonaws.com"},
)


@pytest.mark.parametrize("call", [GET_OBJECT, GET_LIFECYCLE, LIST_OBJECTS, PRESIGNED])
def test_awss_examples_fit_their_secret_and_no_other(call: HttpCall) -> None:
    signature = read_signature(call)
    assert signature is not None
    assert (signature.access_key_id, signature.region, signature.service) == (
        KEY_ID,
        "us-east-1",
        "s3",
    )
    assert fits(signature, call, SECRET)
    assert not fits(signature, call, SECRET.lower())
    assert not fits(signature, replace(call, path="/other.txt"), SECRET)
    assert not fits(signature, replace(call, method="PUT"), SECRET)


def test_a_presigned_request_says_how_long_it_holds() -> None:
    signature = read_signature(PRESIGNED)
    assert signature is not None
    assert signature.presigned_seconds == 86400


@pytest.mark.parametrize(
    "header", ["", "Basic abc", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a/b,Signature=c"]
)
def test_what_is_no_signature(header: str) -> None:
    assert read_signature(HttpCall("GET", "/", "", {"authorization": header})) is None


@given(st.text(), st.text(), st.text())
def test_reading_never_fails(header: str, query: str, date: str) -> None:
    headers = {"authorization": f"AWS4-HMAC-SHA256 {header}", "x-amz-date": date}
    presigned = f"X-Amz-Algorithm=AWS4-HMAC-SHA256&{query}&X-Amz-Expires={date}"
    for call in (HttpCall("GET", "/", "", headers), HttpCall("GET", "/", presigned)):
        signature = read_signature(call)
        if signature is not None:
            assert isinstance(fits(signature, call, SECRET), bool)
            assert signature.time is None or signature.time.tzinfo is not None
