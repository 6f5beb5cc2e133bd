"""Whether AWS can be reached, asked without a sign-in; the clock beside."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar, Final

import pytest

from app.aws.reach import reach_aws
from app.core.failure import AwsFailure
from app.flow.ports.aws import Reached
from app.practice.scenarios.company_network import ClosedDoor

OWN_TIME: Final = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
AHEAD: Final = timedelta(minutes=12)
REFUSED: Final = (
    "<ErrorResponse><Error><Code>MissingAuthenticationToken</Code></Error>"
    "<RequestId>one</RequestId></ErrorResponse>"
)


class Sts(BaseHTTPRequestHandler):
    """Answers as STS does to whoever signs nothing, or as is said."""

    said: ClassVar[tuple[int, str]] = (HTTPStatus.FORBIDDEN, REFUSED)
    headers_sent: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        self.headers_sent.append(dict(self.headers))
        status, body = self.said
        self.send_response_only(status)
        self.send_header("Date", format_datetime(OWN_TIME - AHEAD, usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def sts(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Sts]]:
    server = HTTPServer(("127.0.0.1", 0), Sts)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    Sts.headers_sent.clear()
    yield Sts
    server.shutdown()
    server.server_close()


def _reached() -> Reached | AwsFailure:
    return reach_aws(now=lambda: OWN_TIME)


def test_a_refusal_is_an_answer_and_tells_the_time(
    sts: type[Sts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert _reached() == Reached(AHEAD)
    (headers,) = sts.headers_sent
    assert "Authorization" not in headers
    assert "X-Amz-Security-Token" not in headers


def test_a_profile_that_is_not_there_is_no_matter(
    sts: type[Sts], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sts
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert _reached() == Reached(AHEAD)


def test_another_address_is_asked_deaf_to_all_settings(
    sts: type[Sts], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = os.environ["AWS_ENDPOINT_URL"]
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert reach_aws(address, lambda: OWN_TIME) == Reached(AHEAD)
    assert len(sts.headers_sent) == 1


def test_the_page_of_a_captive_portal_is_no_answer(
    sts: type[Sts], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sts, "said", (HTTPStatus.OK, "<html>Sign in to the hotel</html>"))
    answer = _reached()
    assert isinstance(answer, AwsFailure)
    assert answer.finding == "env.proxy"
    monkeypatch.setattr(sts, "said", (HTTPStatus.FORBIDDEN, REFUSED))
    assert _reached() == Reached(AHEAD)


def test_without_a_network(sts: type[Sts], monkeypatch: pytest.MonkeyPatch) -> None:
    assert sts
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    with monkeypatch.context() as broken, ClosedDoor() as door:
        broken.setenv("AWS_ENDPOINT_URL", door.url)
        answer = _reached()
    assert isinstance(answer, AwsFailure)
    assert answer.finding == "env.offline"
    assert _reached() == Reached(AHEAD)
