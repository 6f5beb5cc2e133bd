"""A slow or endless server: each call ends, whatever is sent."""

import asyncio
import contextlib
import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.access import DefaultChain, GivenKeys, TemporaryKeys
from app.aws.account import CustomerAccount
from app.aws.clients import Clients
from app.aws.transport import bounds
from app.aws.transport.bounds import Bounds
from app.aws.transport.connections import is_metadata_service
from app.aws.transport.failures import attempt
from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.core.snapshot import Caller
from tests.aws.doubles import ACCOUNT, REGION, Front, answer
from tests.aws.hostile_server import Hostile, Reply, Request, hostile

KEYS = TemporaryKeys("ASIAACME", "secret", "token")
CREATE = Change(ChangeKind.CREATE_ROLE, role_arn(ACCOUNT), None, trust_policy("x"), True)
STOP = threading.Event()
"""Ends what a server drips, after a test."""


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    STOP.clear()
    yield
    STOP.set()


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Reply], Hostile]]:
    """Let every request go to a proxy that replies so, until the test is over."""
    with contextlib.ExitStack() as servers:

        def through(reply: Reply) -> Hostile:
            server = servers.enter_context(hostile(reply))
            monkeypatch.setenv("HTTPS_PROXY", server.url)
            return server

        yield through
        STOP.set()


@contextlib.contextmanager
def dripping_handshake() -> Iterator[int]:
    """Listen on a port, and answer each TLS client with one byte after the other of a record."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                with client, contextlib.suppress(OSError):
                    client.sendall(b"\x16\x03\x03\x40\x00")  # a handshake record of 16 KB
                    while not STOP.wait(0.01):
                        client.sendall(b"\x02")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]
        STOP.set()


def _drip(request: Request, part: bytes) -> None:
    """Send ``part`` again and again, each time long before any timeout, until somebody stops."""
    while not STOP.wait(0.01):
        request.wfile.write(part)
        request.wfile.flush()


def _drips_headers(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    _drip(request, b"a")


def _drips_status(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 ")
    _drip(request, b"O")


def _drips_body(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    _drip(request, b" ")


def _drips_known_length(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    _drip(request, b" ")


def _drips_chunks(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    _drip(request, b"1\r\n \r\n")


def _drips_chunk_length(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    _drip(request, b"0")


def _continues(request: Request) -> None:
    _drip(request, b"HTTP/1.1 100 Continue\r\n\r\n")


DRIPS: tuple[Reply, ...] = (
    _drips_headers,
    _drips_status,
    _drips_body,
    _drips_known_length,
    _drips_chunks,
    _drips_chunk_length,
    _continues,
)


def _account(server: Hostile) -> CustomerAccount:
    account = CustomerAccount(GivenKeys(server.url, "AKIAADMIN", "secret"))
    vars(account)["_caller"] = Caller(f"arn:aws:iam::{ACCOUNT}:user/jo", ACCOUNT)
    vars(account)["_caller_key"] = "AKIAADMIN"
    return account


@pytest.mark.parametrize("drip", DRIPS, ids=lambda drip: drip.__name__)
def test_who_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch, drip: Reply) -> None:
    monkeypatch.setattr(bounds, "BOUNDS", Bounds(seconds=0.3))
    with hostile(drip) as server:
        read = asyncio.run(_account(server).caller())
        changed = asyncio.run(_account(server).apply(CREATE))
        STOP.set()
    assert isinstance(read, AwsFailure)
    assert isinstance(changed, AwsFailure)
    assert (read.code, read.finding) == ("CallTooLongError", "env.timeout")
    assert read.params == {"endpoint": urlsplit(server.url).netloc}
    assert changed.took_effect_unknown
    # No second try where the time is over; and a call after it has its own time.
    assert len(server.asked) == 2


def test_an_answer_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "BOUNDS", Bounds(body=10_000))

    def endless(request: Request) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            request.wfile.write(b"<a>" * 1000)

    with hostile(endless) as server:
        read = asyncio.run(_account(server).caller())
        made = asyncio.run(_account(server).apply(CREATE))
    for failure in (read, made):
        assert isinstance(failure, AwsFailure)
        assert (failure.code, failure.finding) == ("EndlessAnswerError", "env.aws-fault")
        assert failure.took_effect_unknown


Tokens = Callable[[int], str]


@pytest.mark.parametrize(
    "token",
    [lambda _: "same", lambda n: "ab"[n % 2], lambda n: f"token-{n}"],
    ids=["itself", "the one before", "ever on"],
)
def test_pages_that_lead_to_each_other_end(
    url: str, front: Front, monkeypatch: pytest.MonkeyPatch, token: Tokens
) -> None:
    monkeypatch.setattr(bounds, "BOUNDS", Bounds(requests=20))
    numbers = itertools.count()

    def page(request: AWSPreparedRequest) -> AWSResponse | None:
        marker = f"<Marker>{token(next(numbers))}</Marker>"
        listed = f"<PolicyNames/><IsTruncated>true</IsTruncated>{marker}"
        body = f"<R><ListRolePoliciesResult>{listed}</ListRolePoliciesResult></R>"
        return answer(200, body)(request)

    front.answers["iam.ListRolePolicies"] = page
    clients = Clients(GivenKeys(url, "AKIAADMIN", "secret"))

    def work() -> object:
        pages = clients.iam().get_paginator("list_role_policies").paginate(RoleName="x")
        return pages.build_full_result()

    failure = attempt("iam:ListRolePolicies", work)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.aws-fault"
    assert len(front.sent("iam.ListRolePolicies")) <= 20
    del front.answers["iam.ListRolePolicies"]
    assert isinstance(attempt("s3:ListAllMyBuckets", clients.s3(REGION).list_buckets), dict)


# What is done before a request of AWS goes out has no more time than it


def test_a_proxy_that_drips_its_consent_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, proxied: Callable[[Reply], Hostile]
) -> None:
    monkeypatch.setattr(bounds, "BOUNDS", Bounds(seconds=0.3))
    for drip in (_drips_headers, _drips_status):
        server = proxied(drip)
        failure = asyncio.run(CustomerAccount(KEYS).caller())
        assert isinstance(failure, AwsFailure)
        assert (failure.code, failure.finding) == ("CallTooLongError", "env.timeout")
        assert server.asked == ["sts.us-east-1.amazonaws.com:443"]


def test_so_is_who_drips_a_handshake(monkeypatch: pytest.MonkeyPatch) -> None:
    """TLS alone, to AWS's place or within the way that a proxy has opened."""
    monkeypatch.setattr(bounds, "BOUNDS", Bounds(seconds=0.3))
    with dripping_handshake() as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://127.0.0.1:{port}")
        failure = asyncio.run(CustomerAccount(KEYS).caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("CallTooLongError", "env.timeout")


@pytest.mark.parametrize("drip", [_drips_status, _drips_body])
@pytest.mark.parametrize(
    "place", ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
)
def test_so_is_who_drips_credentials(
    monkeypatch: pytest.MonkeyPatch, drip: Reply, place: str
) -> None:
    """The metadata service of a machine or a container is asked by botocore's own sessions."""
    monkeypatch.setattr(bounds, "BOUNDS", Bounds(seconds=0.3))
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    with hostile(drip) as server:
        monkeypatch.setenv(place, server.url)
        failure = asyncio.run(CustomerAccount(DefaultChain()).caller())
        STOP.set()
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("CallTooLongError", "env.timeout")


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("169.254.169.254", True),
        ("169.254.170.2", True),
        ("fe80::1", True),
        ("fd00:ec2::254", True),
        ("fd00:ec2::23", True),
        ("fd00:ec3::254", False),
        ("10.0.0.1", False),
        ("metadata.example", False),
        ("169.254.169.254.example", False),
        ("", False),
    ],
)
def test_a_machines_own_metadata_is_asked_for_without_encryption(host: str, asked: bool) -> None:
    assert is_metadata_service(host) is asked


def test_another_computers_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://metadata.example")
    failure = asyncio.run(CustomerAccount(DefaultChain()).caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("UnencryptedError", "signin.config-broken")
    monkeypatch.delenv("AWS_EC2_METADATA_SERVICE_ENDPOINT")
    failure = asyncio.run(CustomerAccount(DefaultChain()).caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.none"
