"""What has the shape of a secret goes from a kept message; AWS's own words stay to the letter."""

from base64 import b64encode, urlsafe_b64encode
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.secret_shapes import as_kept, has_secret_shape
from app.core.snapshot import Unreadable
from tests.core.pasted.test_without_secrets import JWT, SECRET

TOKEN = "IQoJb3JpZ2luX2VjEAAaCXVzLWVhc3QtMSJHMEUCIQDz" * 8 + "=="
CANONICAL = (
    "The request signature we calculated does not match the signature you provided. Check your "
    "AWS Secret Access Key and signing method. Consult the service documentation for details.\n\n"
    "The Canonical String for this request should have been\n'POST\n/\n\n"
    "content-type:application/x-www-form-urlencoded; charset=utf-8\nhost:sts.amazonaws.com\n"
    "x-amz-date:20261129T051526Z\nx-amz-security-token:{token}\n\n"
    "content-type;host;x-amz-date;x-amz-security-token\n"
    "ab821ae955788b0e33ebd34c208442ccfc2d406e2edc5e7a39bd6458fbb4f843'\n"
)
"""As STS, IAM and KMS answer to a wrong signature."""


def test_a_checksum_that_says_so_is_no_secret() -> None:
    checksum = b64encode(bytes(range(7, 256, 8))).decode()
    assert has_secret_shape(checksum)
    assert not has_secret_shape(f"style-src 'sha256-{checksum}'")
    assert has_secret_shape(f"style-src 'sha256-{checksum}' {SECRET}")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (CANONICAL.format(token=TOKEN), TOKEN[:20]),
        (CANONICAL.format(token="short"), "short"),
        (" ".join(CANONICAL.format(token="short").split()), "short"),
        ("X-Amz-Security-Token: abc def", "abc"),
        ("GET /?X-Amz-Security-Token=abc&X-Amz-Date=20261129T051526Z", "abc"),
        ("GET /?X-Amz-Signature=0123abcd", "0123abcd"),
        ("Authorization: AWS4-HMAC-SHA256 Credential=A/b, SignedHeaders=h, Signature=s", "Signa"),
        ("Authorization=AWS4-HMAC-SHA256 Credential=AKIA1/x, Signature=0f0f", "0f0f"),
        (f"cookie: session={JWT}", JWT[:12]),
        (f"token {JWT}", JWT[30:50]),
        ("bearer abcdefghijklmnopqrst", "abcdefgh"),
        (f"key {SECRET} end", SECRET[:10]),
        (f"bucket/{SECRET}/", SECRET[:10]),
        (TOKEN, TOKEN[:20]),
        ('{"SecretAccessKey": "odd"}', "odd"),
        ("secret_access_key = odd", "odd"),
        ("session_token=odd", "odd"),
        ("http://jo:odd@proxy:80", "odd"),
        ("Unknown string format: " + TOKEN, TOKEN[:20]),
    ],
)
def test_secrets_go(text: str, gone: str) -> None:
    assert gone in text
    kept = as_kept(text)
    assert gone not in kept
    assert "…" in kept
    assert as_kept(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        (
            "User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_AdministratorAccess_"
            "0a1b2c3d4e5f6a7b/firstname.lastname01@example.com is not authorized to perform: "
            "sts:AssumeRole on resource: arn:aws:iam::123456789012:role/ubiquity-connectors-s3-"
            "access-role with an explicit deny in a service control policy: arn:aws:organizations"
            "::111122223333:policy/o-a1b2c3d4e5/service_control_policy/p-0a1b2c3d4e"
        ),
        (
            "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/ap-southeast-2/"
            "AWSReservedSSO_AdministratorAccess_0a1b2c3d4e5f6a7b"
        ),
        "Signature expired: 20261123T010203Z is now earlier than 20261123T020203Z (15 min.)",
        "The security token included in the request is expired",
        "Error when retrieving token from sso: Token has expired and refresh failed",
        (
            "The ciphertext refers to a customer master key that does not exist, arn:aws:kms:"
            "ap-southeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        ),
        "arn:aws:s3:::customer-data-imports/imports/2026/11/CustomerDataExportFiles/Daily/Part01",
        "Could not connect to the endpoint URL: “https://sts.ap-southeast-2.amazonaws.com/”",
        "MultiFactorAuthentication failed with invalid MFA one time pass code.",
        'Invalid principal in policy: "AWS":"AROAABCDEFGHIJKLMNOPQ"',
        "xWqJBlwfjUOUcQjd5gt7vQ",
        "/home/jo2/.local/share/UbiQuity S3 Connection Setup/journals",
        "Error loading login session token: no cache",
        "two\nlines",
    ],
)
def test_aws_s_words_stay_to_the_letter(text: str) -> None:
    assert as_kept(text) == text
    assert not has_secret_shape(text)


@pytest.mark.parametrize("before", ["", "x ", "arn:aws:s3:::a-b.", "("])
def test_random_keys_go_wherever_they_stand(before: str) -> None:
    chance = Random(9)  # noqa: S311 - the same each time
    keys = [b64encode(chance.randbytes(30)).decode() for _ in range(2000)]
    stayed = [key for key in keys if key in as_kept(before + key)]
    assert len(stayed) < 10  # without a digit, or with words in it by chance


@given(st.integers(0, 1_000_000))
def test_a_random_token_goes(seed: int) -> None:
    token = Random(seed).randbytes(150)  # noqa: S311 - the same each time
    for written in (b64encode(token).decode(), urlsafe_b64encode(token).decode()):
        assert written not in as_kept(f"token: {written}.")
        assert has_secret_shape(written)


@given(st.text())
def test_any_text_is_kept_once_and_for_all(text: str) -> None:
    assert as_kept(as_kept(text)) == as_kept(text)


def test_a_very_long_message_is_cut() -> None:
    assert len(as_kept("word " * 10_000)) == 4000


def test_no_value_can_hold_what_was_not_cleaned() -> None:
    text = CANONICAL.format(token=TOKEN)
    observation = Observation(
        datetime(2026, 11, 23, tzinfo=UTC),
        Identity.CUSTOMER,
        "iam:GetRole",
        ObservedOutcome.FAILED,
        message=text,
    )
    for value in (
        AwsFailure("iam:GetRole", "SignatureDoesNotMatch", text),
        observation,
        replace(observation, message=text),
        Unreadable("role", "SignatureDoesNotMatch", text),
    ):
        assert TOKEN[:20] not in repr(value)
        assert "does not match the signature you provided" in str(value.message)
    assert AwsFailure("a", "b", "").message == ""
    assert Unreadable("role").message is None
