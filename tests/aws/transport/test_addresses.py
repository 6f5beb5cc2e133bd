"""A host's addresses: whoever looks them up waits no longer than for anything else."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.config import Config

from app.aws.access import TemporaryKeys
from app.aws.account import CustomerAccount
from app.aws.transport import core_sessions
from app.aws.transport.addresses import addresses_of
from app.core.failure import AwsFailure
from app.core.snapshot import Caller
from tests.aws.hostile_server import Hostile, Request, hostile

LookUp = Callable[..., list[Any]]
_CALLER = "<Arn>arn:aws:iam::123456789012:user/jo</Arn><Account>123456789012</Account>"
_BODY = f"<R><GetCallerIdentityResult>{_CALLER}</GetCallerIdentityResult></R>"


def _knows_them(request: Request) -> None:
    head = f"HTTP/1.1 200 OK\r\nx-amzn-RequestId: R\r\nContent-Length: {len(_BODY)}\r\n\r\n"
    request.wfile.write((head + _BODY).encode())


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore try again without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture
def aws() -> Iterator[Hostile]:
    with hostile(_knows_them) as server:
        yield server


@pytest.fixture
def account(aws: Hostile, monkeypatch: pytest.MonkeyPatch) -> CustomerAccount:
    """Have the account at a host whose name has to be looked up."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url.replace("127.0.0.1", "localhost"))
    return CustomerAccount(TemporaryKeys("ASIA", "secret", "token"))


def _rows(*addresses: str) -> LookUp:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in addresses]
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *more: object, **named: object) -> list[Any]:
        if host == "localhost":
            return [(*row[:4], (row[4][0], port)) for row in rows]
        return list(real(host, port, *more, **named))  # type: ignore[arg-type]

    return look_up


def test_a_look_up_that_nobody_answers_is_given_up(
    account: CustomerAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, usual = threading.Event(), socket.getaddrinfo

    def silent(*_: object, **__: object) -> list[Any]:
        answered.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "late")

    soon = core_sessions._TIMES.merge(Config(connect_timeout=0.05))
    monkeypatch.setattr(core_sessions, "_TIMES", soon)
    monkeypatch.setattr(socket, "getaddrinfo", silent)
    failure = asyncio.run(account.caller())
    answered.set()
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("EndpointConnectionError", "env.offline")
    # The same sign-in goes on as soon as names are known again.
    monkeypatch.setattr(socket, "getaddrinfo", usual)
    assert isinstance(asyncio.run(account.caller()), Caller)


def test_no_such_host_is_no_network(
    account: CustomerAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", unknown)
        failure = asyncio.run(account.caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("EndpointConnectionError", "env.offline")
    assert isinstance(asyncio.run(account.caller()), Caller)


def test_the_next_address_is_tried_where_the_first_takes_nobody(
    account: CustomerAccount, aws: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host with an IPv6 address that leads nowhere is an everyday thing."""
    monkeypatch.setattr(socket, "getaddrinfo", _rows("127.0.0.2", "127.0.0.1"))
    connect = socket.socket.connect

    def first_is_shut(line: socket.socket, place: tuple[str, int]) -> None:
        if place[0] == "127.0.0.2":
            raise ConnectionRefusedError(111, "Connection refused")
        connect(line, place)

    monkeypatch.setattr(socket.socket, "connect", first_is_shut)
    assert isinstance(asyncio.run(account.caller()), Caller)
    assert aws.asked == ["/"]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "[::1]"])
def test_an_address_is_not_looked_up(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert addresses_of(address, 443, 0) == [address]


def test_each_address_is_there_once() -> None:
    found = addresses_of("localhost", 443, 5)
    assert len(found) == len(set(found)) > 0
