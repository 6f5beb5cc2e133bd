"""The region of a bucket as S3 tells it to whoever asks, in its own words and in others'."""

from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from app.aws.bucket_region import bucket_region, home_of
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from tests.aws.hostile_server import Request, hostile, saying

ELSEWHERE = BucketSettings(region="ap-southeast-2")


@pytest.mark.parametrize(
    ("status", "region", "told"),
    [
        (200, "ap-southeast-2", ELSEWHERE),
        (301, "ap-southeast-2", ELSEWHERE),
        (400, "ap-southeast-2", ELSEWHERE),
        (403, "ap-southeast-2", ELSEWHERE),
        (403, "EU", BucketSettings(region="eu-west-1")),
        (403, None, BucketSettings()),
        (404, None, BucketSettings(is_there=False)),
    ],
)
def test_each_answer_tells_what_it_tells(
    status: int, region: str | None, told: BucketSettings
) -> None:
    with hostile(saying("", status, x_amz_request_id="R1", **_told(region))) as server:
        assert bucket_region("acme.imports", None, server.url) == told
    # Once, and by a path: no certificate is good for a name with a dot.
    assert server.asked == ["/acme.imports"]


def _told(region: str | None) -> dict[str, Any]:
    return {"x_amz_bucket_region": region} if region else {}


def test_nothing_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_PROFILE", "not-there")
    said: list[str] = []

    def reply(request: Request) -> None:
        said.extend(name.lower() for name in request.headers)
        saying("", 403, x_amz_bucket_region="ap-southeast-2")(request)

    with hostile(reply) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", server.url)
        assert bucket_region("acme-imports") == ELSEWHERE
    assert "host" in said
    assert not {"authorization", "x-amz-security-token"} & set(said)


def test_a_network_that_fails_is_a_failure_and_no_missing_bucket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def offline(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://s3.us-east-1.amazonaws.com")

    monkeypatch.setattr("botocore.httpsession.URLLib3Session.send", offline)
    failure = bucket_region("acme-imports")
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.offline"


@pytest.mark.parametrize(
    ("near", "asked"),
    [
        (None, "us-east-1"),
        ("ap-southeast-2", "us-east-1"),
        ("xx-nowhere-9", "us-east-1"),
        ("cn-north-1", "cn-northwest-1"),
        ("us-gov-east-1", "us-gov-west-1"),
        ("eusc-de-east-1", "eusc-de-east-1"),
    ],
)
def test_each_partition_is_asked_for_its_own_buckets(near: str | None, asked: str) -> None:
    assert home_of(near) == asked
