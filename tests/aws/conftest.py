"""Tests of app.aws: moto on 127.0.0.1, no other address, and none of this computer's settings."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from moto.moto_api._internal.models import moto_api_backend
from moto.server import ThreadedMotoServer

import app.aws.clients
from app.aws.access import Access
from app.aws.account import CustomerAccount
from app.aws.mfa import CodePrompt
from app.aws.sessions import open_session
from tests.aws.doubles import Front, keys, setup_client
from tests.aws.setups import Whole, whole_setup

if TYPE_CHECKING:
    from botocore.session import Session as CoreSession
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client

_SETTINGS = ("AWS_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "REQUESTS_CA", "SSL_")


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give each test an empty home and no AWS or proxy setting; returns the home."""
    for name in list(os.environ):
        if name.upper().startswith(_SETTINGS):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return home


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Close every address but this computer's own; returns the hosts that were asked for."""
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def local_only(host: str, *rest: object, **more: object) -> object:
        if host in ("127.0.0.1", "localhost"):
            return resolve(host, *rest, **more)  # type: ignore[arg-type]
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "closed in tests")

    monkeypatch.setattr(socket, "getaddrinfo", local_only)
    return asked


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore retry without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def url(server: str) -> str:
    """Return the address of an empty AWS."""
    moto_api_backend.reset()
    return server


@pytest.fixture(scope="module")
def whole(server: str) -> Whole:
    """Make one whole setup for all tests of a module, which only read it."""
    moto_api_backend.reset()
    return whole_setup(
        cast("IAMClient", setup_client(server, "iam")),
        cast("S3Client", setup_client(server, "s3")),
        cast("KMSClient", setup_client(server, "kms")),
    )


@pytest.fixture
def front(monkeypatch: pytest.MonkeyPatch) -> Front:
    """Return what stands in front of moto for the program's own clients."""
    front = Front()
    front.refuse("iam.SimulatePrincipalPolicy")  # moto has no simulator

    def opened(access: Access, ask_code: CodePrompt | None = None) -> "CoreSession":
        return front.attach(open_session(access, ask_code))

    monkeypatch.setattr(app.aws.clients, "open_session", opened)
    return front


@pytest.fixture
def account(url: str, front: Front) -> CustomerAccount:  # noqa: ARG001 - it stands in front
    return CustomerAccount(keys(url))


@pytest.fixture
def iam(url: str) -> "IAMClient":
    return cast("IAMClient", setup_client(url, "iam"))


@pytest.fixture
def s3(url: str) -> "S3Client":
    # From here buckets can be made in every region.
    return cast("S3Client", setup_client(url, "s3", "us-east-1"))


@pytest.fixture
def kms(url: str) -> "KMSClient":
    return cast("KMSClient", setup_client(url, "kms"))
