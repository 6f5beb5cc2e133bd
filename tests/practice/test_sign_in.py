"""Keys, secrets, tokens and clocks that AWS would turn away.

Sources: IAM User Guide, "AWS Signature Version 4 for API requests" and "Troubleshoot IAM"; Amazon
S3 API Reference, "Error responses"; public transcripts of the clock's sentences.
"""

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.practice.account import Keys
from tests.practice.clients import IMPORTS, Person, refusal_of, send
from tests.practice.conftest import Setup

INVALID = "The security token included in the request is invalid."
NO_SUCH_KEY = "The AWS Access Key Id you provided does not exist in our records."

ASK: dict[str, Callable[[Person], object]] = {
    "sts": lambda who: who.sts.get_caller_identity(),
    "iam": lambda who: who.iam.list_roles(),
    "kms": lambda who: who.kms.list_keys(),
    "s3": lambda who: who.s3.list_buckets(),
}
UNKNOWN = {
    "sts": ("InvalidClientTokenId", 403, INVALID),
    "iam": ("InvalidClientTokenId", 403, INVALID),
    "kms": ("UnrecognizedClientException", 400, INVALID),
    "s3": ("InvalidAccessKeyId", 403, NO_SUCH_KEY),
}


@pytest.mark.parametrize("service", ASK)
def test_an_unknown_key(admin: Person, service: str) -> None:
    stranger = Person(admin.aws, Keys("AKIAIOSFODNN7EXAMPLE", "secret"))
    refusal = refusal_of(lambda: ASK[service](stranger))
    assert (refusal.code, refusal.status, refusal.message) == UNKNOWN[service]


@pytest.mark.parametrize("service", ASK)
def test_an_inactive_or_deleted_key(admin: Person, service: str) -> None:
    admin.iam.create_user(UserName="clerk")
    key = admin.iam.create_access_key(UserName="clerk")["AccessKey"]
    clerk = Person(admin.aws, Keys(key["AccessKeyId"], key["SecretAccessKey"]))
    assert clerk.sts.get_caller_identity()["Arn"].endswith("user/clerk")
    admin.iam.update_access_key(UserName="clerk", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    assert refusal_of(lambda: ASK[service](clerk)).code == UNKNOWN[service][0]
    admin.iam.delete_access_key(UserName="clerk", AccessKeyId=key["AccessKeyId"])
    assert refusal_of(lambda: ASK[service](clerk)).code == UNKNOWN[service][0]


@pytest.mark.parametrize("service", ASK)
def test_a_wrong_secret(admin: Person, service: str) -> None:
    wrong = Person(admin.aws, replace(admin.keys, secret_access_key="wrong"))
    refusal = refusal_of(lambda: ASK[service](wrong))
    code = "InvalidSignatureException" if service == "kms" else "SignatureDoesNotMatch"
    assert (refusal.code, refusal.status) == (code, 400 if service == "kms" else 403)
    assert refusal.message.startswith("The request signature we calculated does not match")


@pytest.mark.parametrize(("token", "code"), [(None, "InvalidToken"), ("another", "InvalidToken")])
def test_a_session_needs_its_own_token(setup: Setup, token: str | None, code: str) -> None:
    session = setup.whole()
    broken = Person(session.aws, replace(session.keys, session_token=token))
    assert refusal_of(lambda: ASK["s3"](broken)).code == code
    assert refusal_of(lambda: ASK["sts"](broken)).code == "InvalidClientTokenId"


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("sts", ("ExpiredToken", 403, "The security token included in the request is expired")),
        ("s3", ("ExpiredToken", 400, "The provided token has expired.")),
        (
            "kms",
            ("ExpiredTokenException", 400, "The security token included in the request is expired"),
        ),
    ],
)
def test_an_expired_session(
    setup: Setup, service: str, expected: tuple[str, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = setup.whole()

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return datetime.now(UTC) + timedelta(hours=1, seconds=1)

    monkeypatch.setattr("app.practice.faults.datetime", Later)
    refusal = refusal_of(lambda: ASK[service](session))
    assert (refusal.code, refusal.status, refusal.message) == expected


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_clock_that_is_off(admin: Person, minutes: int) -> None:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    s3 = send(admin, "GET", f"/{IMPORTS}", signed_at=then)
    assert s3.status == 403
    assert "<Code>RequestTimeTooSkewed</Code>" in s3.text
    assert "The difference between the request time and the current time is too large." in s3.text
    sts = send(admin, "GET", "/", service="sts", signed_at=then)
    assert sts.status == 403
    assert "<Code>SignatureDoesNotMatch</Code>" in sts.text
    words = "Signature expired: " if minutes < 0 else "Signature not yet current: "
    assert f"<Message>{words}{then:%Y%m%dT%H%M}" in sts.text


@pytest.mark.parametrize("minutes", [-14, 14])
def test_a_clock_that_is_off_by_less_than_a_quarter(admin: Person, minutes: int) -> None:
    then = datetime.now(UTC) + timedelta(minutes=minutes)
    assert send(admin, "GET", f"/{IMPORTS}", signed_at=then).status == 200


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
        read: bytes = answer.read()
        return read


def test_a_presigned_link_opens_its_object_alone(setup: Setup) -> None:
    session = setup.whole()
    target = {"Bucket": IMPORTS, "Key": "readme.txt"}
    link = session.s3.generate_presigned_url("get_object", Params=target)
    assert b"readme.txt" in _fetch(link)
    with pytest.raises(urllib.error.HTTPError) as caught:
        _fetch(link.replace("readme.txt", "exports/subscribers-2026-08.csv"))
    with caught.value as answer:
        assert b"SignatureDoesNotMatch" in answer.read()


def test_a_presigned_link_ends(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    target = {"Bucket": IMPORTS, "Key": "readme.txt"}
    link = setup.whole().s3.generate_presigned_url("get_object", Params=target, ExpiresIn=60)
    start = datetime.now(UTC)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return start + timedelta(seconds=62)

    monkeypatch.setattr("app.practice.faults.datetime", Later)
    with pytest.raises(urllib.error.HTTPError) as caught:
        _fetch(link)
    with caught.value as answer:
        assert b"<Message>Request has expired</Message>" in answer.read()


@pytest.mark.parametrize("key", ["a b", "ü/ñ", "a+b", "a%20b", "a//b", "a/../b", "~-_.!*'()"])
def test_names_with_odd_letters_are_signed_right(admin: Person, key: str) -> None:
    admin.s3.put_object(Bucket=IMPORTS, Key=key, Body=key.encode(), Metadata={"my_key": "x y"})
    stored = admin.s3.get_object(Bucket=IMPORTS, Key=key)
    assert stored["Body"].read() == key.encode()
    assert admin.s3.list_objects_v2(Bucket=IMPORTS, Prefix=key)["KeyCount"] == 1
