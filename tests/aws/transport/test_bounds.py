"""A slow or endless server: each call ends, whatever is sent."""

import asyncio
import itertools
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.aws.clients import Clients
from app.aws.transport import bounds
from app.aws.transport.bounds import Bounds
from app.aws.transport.failures import attempt
from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.core.snapshot import Caller
from tests.aws.doubles import ACCOUNT, REGION, Front, answer
from tests.aws.hostile_server import Hostile, Reply, Request, hostile

CREATE = Change(ChangeKind.CREATE_ROLE, role_arn(ACCOUNT), None, trust_policy("x"), True)
STOP = threading.Event()
"""Ends what a server drips, after a test."""


@pytest.fixture(autouse=True)
def stopped() -> Iterator[None]:
    STOP.clear()
    yield
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
