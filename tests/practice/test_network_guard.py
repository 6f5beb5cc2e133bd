"""Nothing but this computer can be reached while the guard stands."""

import contextlib
import socket
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from app.practice.server import PracticeAws
from tests.helpers.network_guard import OutsideError, only_this_computer

# Addresses kept free for documentation: nobody is there, should the guard ever fail.
OUTSIDE = ("192.0.2.1", 443)
OUTSIDE_V6 = ("2001:db8::1", 443)


@pytest.fixture(autouse=True)
def nothing_leaves_this_computer() -> None:
    """Put the folder's own guard aside: these tests do try to leave."""


def _connect(address: tuple[str, int], family: int = socket.AF_INET) -> None:
    with socket.socket(family) as connection:
        connection.settimeout(0.01)
        connection.connect(address)


def test_an_outside_address_is_refused_and_noted() -> None:
    with only_this_computer() as refused:
        with pytest.raises(OutsideError):
            _connect(OUTSIDE)
        with pytest.raises(OutsideError):
            _connect(OUTSIDE_V6, socket.AF_INET6)
        with socket.socket() as connection, pytest.raises(OutsideError):
            connection.connect_ex(OUTSIDE)
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packet,
            pytest.raises(OutsideError),
        ):
            packet.sendto(b"?", OUTSIDE)
        assert refused == [OUTSIDE, OUTSIDE_V6, OUTSIDE, OUTSIDE]


@pytest.mark.parametrize("name", ["s3.amazonaws.com", b"sts.amazonaws.com"])
def test_no_name_is_looked_up(name: str | bytes) -> None:
    with only_this_computer() as refused:
        with pytest.raises(OutsideError):
            socket.getaddrinfo(name, 443)
        assert refused == [name]


def test_this_computer_can_be_reached() -> None:
    with only_this_computer() as refused, socket.create_server(("127.0.0.1", 0)) as server:
        _connect(server.getsockname())
        assert socket.getaddrinfo("localhost", 80)
        assert refused == []


def test_afterwards_all_is_as_before() -> None:
    before = [socket.getaddrinfo, socket.socket.connect, socket.socket.sendto]
    with contextlib.suppress(ValueError), only_this_computer():
        assert socket.getaddrinfo is not before[0]
        raise ValueError
    assert [socket.getaddrinfo, socket.socket.connect, socket.socket.sendto] == before


def test_a_client_with_a_forgotten_endpoint_is_stopped(server: PracticeAws) -> None:
    keys = server.admin
    client = boto3.Session().client(
        "sts",
        region_name="us-east-1",
        aws_access_key_id=keys.access_key_id,
        aws_secret_access_key=keys.secret_access_key,
        config=Config(retries={"total_max_attempts": 1}),
    )
    with only_this_computer() as refused:
        with pytest.raises(BotoCoreError):
            client.get_caller_identity()
        assert refused == ["sts.us-east-1.amazonaws.com"]


def test_the_practice_aws_works_behind_the_guard(server: PracticeAws) -> None:
    with only_this_computer() as refused:
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(server.endpoint_url, timeout=5)  # noqa: S310 - our own server
        caught.value.close()
        assert refused == []
