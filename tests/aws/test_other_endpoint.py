"""Answers of another address than AWS's are told as such; the practice AWS's own keys are not."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.aws.access import DefaultChain, NamedProfile, TemporaryKeys
from app.aws.account import CustomerAccount
from app.aws.own_addresses import other_address
from app.core.draft import Draft
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.snapshot import Snapshot
from tests.aws.doubles import ACCOUNT, Front, draft, keys
from tests.aws.setups import encrypt, plain_bucket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

KEYS = "aws_access_key_id = AKIAACME\naws_secret_access_key = secret\nregion = eu-west-1\n"


def _read(access: object, of: Draft | None = None) -> Snapshot:
    account = CustomerAccount(access)  # type: ignore[arg-type]
    return asyncio.run(account.read_snapshot(of or draft()))


@pytest.mark.parametrize("service", ["", "_STS", "_IAM", "_S3", "_KMS"])
def test_a_variable(
    url: str, front: Front, monkeypatch: pytest.MonkeyPatch, service: str, s3: "S3Client"
) -> None:
    """Who is signed in comes from there too, and the bucket that leads to a key."""
    plain_bucket(s3)
    encrypt(s3, "alias/aws/s3")
    for answering in {"_STS", service, "_S3" if service == "_KMS" else service}:
        monkeypatch.setenv(f"AWS_ENDPOINT_URL{answering}", url)
    snapshot = _read(TemporaryKeys("ASIAACME", "secret", "token"))
    assert front.operations
    assert snapshot.endpoint == url
    kept = read_snapshot(dump_snapshot(snapshot), "it")
    assert isinstance(kept, Snapshot)
    assert kept.endpoint == url


@pytest.mark.parametrize(
    "settings",
    ["endpoint_url = {url}\n", "services = here\n[services here]\niam =\n  endpoint_url = {url}\n"],
)
def test_a_profile(
    url: str, front: Front, own_settings: Path, settings: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who is signed in comes from the same place, so that the rest is asked at all.
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
    (own_settings / ".aws").mkdir()
    text = f"[profile acme]\n{KEYS}{settings.format(url=url)}"
    (own_settings / ".aws" / "config").write_text(text)
    assert _read(NamedProfile("acme")).endpoint == url
    assert "iam.GetRole" in front.operations


@pytest.mark.parametrize("place", ["environment", "profile"])
def test_what_is_ignored_is_not_asked(
    url: str,
    front: Front,
    own_settings: Path,
    elsewhere: list[str],
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
    ignored = "ignore_configured_endpoint_urls = true\n" if place == "profile" else ""
    if not ignored:
        monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    (own_settings / ".aws").mkdir()
    text = f"[profile acme]\n{KEYS}endpoint_url = {url}\n{ignored}"
    (own_settings / ".aws" / "config").write_text(text)
    assert _read(NamedProfile("acme")).endpoint is None
    assert set(elsewhere) == {"sts.eu-west-1.amazonaws.com"}
    assert [request.url for _, request in front.requests if url in request.url] == []


def test_what_does_not_answer_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert _read(TemporaryKeys("ASIAACME", "secret", "token")).endpoint is None
    assert _read(DefaultChain()).endpoint is None


def test_keys_for_one_address_are_meant_for_it(url: str, front: Front) -> None:
    snapshot = _read(keys(url))
    assert snapshot.caller is not None
    assert snapshot.caller.account == ACCOUNT
    assert front.operations
    assert snapshot.endpoint is None


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://sts.eu-west-1.amazonaws.com", None),
        ("https://iam.amazonaws.com/", None),
        ("https://s3.dualstack.eu-west-1.amazonaws.com:443", None),
        ("https://vpce-1-2.sts.eu-west-1.vpce.amazonaws.com", None),
        ("https://kms.eu-west-1.api.aws", None),
        ("https://iam.cn-north-1.amazonaws.com.cn", None),
        ("https://sts.eusc-de-east-1.amazonaws.eu", None),
        ("https://s3-us-west-2.amazonaws.com", None),
        ("https://s3-fips.dualstack.us-east-1.amazonaws.com", None),
        ("https://kms-fips.us-east-1.amazonaws.com", None),
        ("https://bucket.vpce-1-2.s3.eu-west-1.vpce.amazonaws.com", None),
        (
            "https://ec2-52-1-2-3.compute-1.amazonaws.com:4566",
            "https://ec2-52-1-2-3.compute-1.amazonaws.com:4566",
        ),
        (
            "https://a1b2.execute-api.eu-west-1.amazonaws.com/prod",
            "https://a1b2.execute-api.eu-west-1.amazonaws.com",
        ),
        (
            "https://mock-1.eu-west-1.elb.amazonaws.com",
            "https://mock-1.eu-west-1.elb.amazonaws.com",
        ),
        ("http://sts.eu-west-1.amazonaws.com", "http://sts.eu-west-1.amazonaws.com"),
        ("https://amazonaws.com.evil.example/x", "https://amazonaws.com.evil.example"),
        ("https://notamazonaws.com", "https://notamazonaws.com"),
        ("https://jo:wJalr@gate.example:8443/aws?x", "https://gate.example:8443"),
        ("http://localhost:4566", "http://localhost:4566"),
    ],
)
def test_addresses(address: str, told: str | None) -> None:
    assert other_address(address) == told
