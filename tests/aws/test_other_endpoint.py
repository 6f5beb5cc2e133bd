"""Answers of another address than AWS's are told as such; the practice AWS's own keys are not."""

import asyncio
from pathlib import Path

import pytest

from app.aws.access import DefaultChain, NamedProfile, TemporaryKeys
from app.aws.account import CustomerAccount
from app.aws.own_addresses import other_address
from app.core.draft import Draft
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.snapshot import Snapshot
from tests.aws.doubles import ACCOUNT, Front, draft, keys

KEYS = "aws_access_key_id = AKIAACME\naws_secret_access_key = secret\nregion = eu-west-1\n"


def _read(access: object, of: Draft | None = None) -> Snapshot:
    account = CustomerAccount(access)  # type: ignore[arg-type]
    return asyncio.run(account.read_snapshot(of or draft()))


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"])
def test_a_variable(url: str, front: Front, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, url)
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
        ("http://sts.eu-west-1.amazonaws.com", "http://sts.eu-west-1.amazonaws.com"),
        ("https://amazonaws.com.evil.example/x", "https://amazonaws.com.evil.example"),
        ("https://notamazonaws.com", "https://notamazonaws.com"),
        ("https://jo:wJalr@gate.example:8443/aws?x", "https://gate.example:8443"),
        ("http://localhost:4566", "http://localhost:4566"),
    ],
)
def test_addresses(address: str, told: str | None) -> None:
    assert other_address(address) == told
