"""Signing in through the browser, from the link to the token in the AWS CLI's cache."""

import asyncio
import contextlib
import socket
import stat
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.aws.identity_center.portal import IdentityCenter
from app.aws.in_browser.callback import BrowserWords, Callback, CameBack
from app.aws.in_browser.callback_page import callback_page
from app.core.failure import AwsFailure
from app.core.wording.portal_failures import portal_failure_words
from app.flow.identity_center import BrowserInvitation, Invitation, PortalPlace
from tests.aws.identity_center.conftest import REGION, Browser, get
from tests.aws.identity_center.portal_server import CANARY, TOKEN_LASTS, PortalServer


def sign_in(center: IdentityCenter, place: PortalPlace, browser: Browser) -> datetime | AwsFailure:
    return asyncio.run(center.sign_in(place, browser.invited, with_code=False))


def test_the_browser_signs_in(
    center: IdentityCenter, place: PortalPlace, browser: Browser, portal: PortalServer
) -> None:
    until = sign_in(center, place, browser)
    assert until == portal.now + timedelta(seconds=TOKEN_LASTS)
    page = browser.page()
    assert page.status == 200
    assert "You are signed in" in page.text
    assert portal.names() == ["RegisterClient", "CreateToken"]


def test_the_link_is_as_the_aws_cli_makes_it(
    center: IdentityCenter, place: PortalPlace, browser: Browser, portal: PortalServer
) -> None:
    sign_in(center, place, browser)
    link = urlsplit(browser.links[0])
    asked = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{portal.url}/authorize"
    assert set(asked) == {
        "response_type",
        "client_id",
        "redirect_uri",
        "state",
        "code_challenge_method",
        "scopes",
        "code_challenge",
    }
    assert asked["scopes"] == "sso:account:access"
    registered = portal.asked[0][1]
    assert registered["redirectUris"] == ["http://127.0.0.1/oauth/callback"]
    assert registered["grantTypes"] == ["authorization_code", "refresh_token"]
    assert registered["issuerUrl"] == place.start_url


def test_the_page_holds_no_secret_and_sends_none_on(
    center: IdentityCenter, place: PortalPlace, browser: Browser
) -> None:
    sign_in(center, place, browser)
    page = browser.page()
    assert CANARY not in page.text
    assert "client-1" not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_registration_is_used_again(
    center: IdentityCenter, place: PortalPlace, portal: PortalServer
) -> None:
    for _ in range(2):
        assert isinstance(sign_in(center, place, Browser()), datetime)
    assert portal.names() == ["RegisterClient", "CreateToken", "CreateToken"]
    portal.now += timedelta(days=90) - timedelta(minutes=14)
    assert isinstance(sign_in(center, place, Browser()), datetime)
    assert portal.names()[3:] == ["RegisterClient", "CreateToken"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mode")
def test_only_the_owner_may_read_what_is_kept(
    center: IdentityCenter, place: PortalPlace, browser: Browser, cache: Path
) -> None:
    sign_in(center, place, browser)
    kept = list(cache.iterdir())
    assert {path.suffix for path in kept} == {".json"}
    assert len(kept) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_who_says_no_can_say_yes_afterwards(
    center: IdentityCenter, place: PortalPlace, browser: Browser, portal: PortalServer
) -> None:
    portal.denies = True
    failure = sign_in(center, place, browser)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("AccessDeniedException", None)
    assert "declined" in portal_failure_words(failure, REGION).template
    assert "did not work" in browser.page().text
    portal.denies = False
    assert isinstance(sign_in(center, place, Browser()), datetime)


@pytest.mark.parametrize(
    "code", ["InvalidGrantException", "ExpiredTokenException", "InvalidClientException"]
)
def test_a_refused_code_is_said_in_the_browser_too(
    code: str, center: IdentityCenter, place: PortalPlace, browser: Browser, portal: PortalServer
) -> None:
    portal.refuse("CreateToken", code)
    failure = sign_in(center, place, browser)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == (code, None)
    assert "said by the test server" in failure.message
    assert "Start again" in portal_failure_words(failure, REGION).template
    assert "did not work" in browser.page().text
    assert isinstance(sign_in(center, place, Browser()), datetime)


def test_a_wrong_portal_is_named_so(
    center: IdentityCenter, browser: Browser, place: PortalPlace
) -> None:
    failure = sign_in(center, PortalPlace("https://other.awsapps.com/start", REGION), browser)
    assert isinstance(failure, AwsFailure)
    assert f"in the region {REGION}" in portal_failure_words(failure, REGION).template
    assert browser.links == []
    assert isinstance(sign_in(center, place, Browser()), datetime)


def _page(outcome: BrowserWords) -> str:
    return callback_page(outcome, "Go on in the program.")


def _address(link: str) -> str:
    return parse_qs(urlsplit(link).query)["redirect_uri"][0]


def test_only_the_sign_ins_own_answer_counts_and_only_once(
    center: IdentityCenter, place: PortalPlace, portal: PortalServer
) -> None:
    browser = Browser()
    tried: dict[str, tuple[int, str]] = {}
    arrived: list[str] = []

    def going(address: str) -> str:
        base = address.partition("?")[0]
        for name, strange in {
            "wrong state": f"{base}?code=stolen&state=wrong",
            "no state": f"{base}?code=stolen",
            "wrong state with an error": f"{base}?error=access_denied&state=wrong",
            "no code": address.replace("code=", "other="),
            "other path": address.replace("/oauth/callback", "/oauth/other"),
            "root": base.replace("/oauth/callback", "/"),
        }.items():
            seen = get(strange)
            tried[name] = (seen.status, seen.text)
        arrived.append(address)
        return address

    def before(operation: str) -> None:
        if operation == "CreateToken":  # the browser waits, and comes back once more
            seen = get(arrived[0])
            tried["second"] = (seen.status, seen.text)

    browser.going = going
    portal.before = before
    assert isinstance(sign_in(center, place, browser), datetime)
    statuses = {name: status for name, (status, _) in tried.items()}
    assert statuses == {
        "wrong state": 400,
        "no state": 400,
        "wrong state with an error": 400,
        "no code": 400,
        "other path": 404,
        "root": 404,
        "second": 200,
    }
    assert "Go back to the program" in tried["second"][1]
    assert tried["other path"][1] == ""
    assert all("stolen" not in text for _, text in tried.values())


def test_an_odd_error_with_our_state_ends_the_sign_in(
    center: IdentityCenter, place: PortalPlace, browser: Browser
) -> None:
    browser.going = lambda address: f"{_without_code(address)}&error=<b>odd</b>"
    failure = sign_in(center, place, browser)
    assert isinstance(failure, AwsFailure)
    assert failure.code == "unknown_error"
    assert "odd" not in browser.page().text
    assert isinstance(sign_in(center, place, Browser()), datetime)


def _without_code(address: str) -> str:
    base, _, query = address.partition("?")
    (state,) = parse_qs(query)["state"]
    return f"{base}?state={state}"


STRANGE: Final[Mapping[str, Callable[[str, str], str]]] = {
    "an error without a state": lambda base, _ours: f"{base}?error=access_denied",
    "an error with an empty state": lambda base, _ours: f"{base}?error=access_denied&state=",
    "a wrong state": lambda base, _ours: f"{base}?code=stolen&state=wrong",
    "half of our state": lambda base, ours: f"{base}?code=stolen&state={ours[:-1]}",
    "a wrong state before ours": lambda base, ours: f"{base}?code=stolen&state=wrong&state={ours}",
    "ours before a wrong state": lambda base, ours: f"{base}?code=stolen&state={ours}&state=wrong",
    "ours twice": lambda base, ours: f"{base}?code=stolen&state={ours}&state={ours}",
    "two codes": lambda base, ours: f"{base}?code=stolen&code=other&state={ours}",
    "a code and an error": lambda base, ours: f"{base}?code=stolen&error=odd&state={ours}",
    "two errors": lambda base, ours: f"{base}?error=odd&error=access_denied&state={ours}",
    "our state alone": lambda base, ours: f"{base}?state={ours}",
    "nothing": lambda base, _ours: base,
    "no letters": lambda base, _ours: f"{base}?code=%FF%00&state=%F0%9F%92%A5",
}


@given(order=st.lists(st.sampled_from(sorted(STRANGE)), max_size=6))
@example(order=sorted(STRANGE))
@settings(max_examples=15, deadline=None)
def test_what_is_not_ours_is_answered_and_ends_nothing(order: list[str]) -> None:
    shown: list[int] = []

    async def come_back() -> CameBack:
        with Callback("our-state", _page) as callback:
            for name in order:
                seen = await asyncio.to_thread(get, STRANGE[name](callback.address, "our-state"))
                assert "not the sign-in that the program is waiting for" in seen.text
                assert "stolen" not in seen.text
                shown.append(seen.status)
            ours = f"{callback.address}?code=right&state=our-state"
            waiting = asyncio.create_task(asyncio.to_thread(get, ours))
            brought = await callback.came_back()
            callback.tell(worked=True)
            assert "You are signed in" in (await waiting).text
            return brought

    assert asyncio.run(come_back()) == CameBack(code="right")
    assert shown == [400] * len(order)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /favicon.ico HTTP/1.1\r\n\r\n",
        b"GET //[ HTTP/1.1\r\n\r\n",
        b"HEAD /oauth/callback?code=stolen&state=our-state HTTP/1.1\r\n\r\n",
        b"POST /oauth/callback?code=stolen&state=our-state HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
        b"OPTIONS /oauth/callback?code=stolen&state=our-state HTTP/1.1\r\n\r\n",
        b"GET /oauth/callback?error=access_denied HTTP/0.9\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
def test_other_requests_take_nothing(sent: bytes) -> None:
    async def come_back() -> CameBack:
        with Callback("our-state", _page) as callback:
            assert b"stolen" not in await asyncio.to_thread(_said, callback.address, sent)
            return await _ours(callback)

    assert asyncio.run(come_back()) == CameBack(code="right")


def test_a_flood_of_silent_connections_does_not_keep_the_browser_out() -> None:
    async def come_back() -> tuple[CameBack, int]:
        before = threading.active_count()
        with Callback("our-state", _page) as callback:
            silent = [_connection(callback.address) for _ in range(100)]
            for connection in silent:
                with contextlib.suppress(OSError):  # the oldest are hung up on
                    connection.sendall(b"GET /oauth/callback?code=st")
            brought = await _ours(callback)
            threads = threading.active_count() - before
        await asyncio.to_thread(callback.closed.wait)
        ended = [await asyncio.to_thread(_rest, connection) for connection in silent]
        assert ended == [b""] * len(silent)
        return brought, threads

    brought, threads = asyncio.run(come_back())
    assert brought == CameBack(code="right")
    assert threads <= 40


async def _ours(callback: Callback) -> CameBack:
    ours = f"{callback.address}?code=right&state=our-state"
    waiting = asyncio.create_task(asyncio.to_thread(get, ours))
    brought = await callback.came_back()
    callback.tell(worked=True)
    assert "You are signed in" in (await waiting).text
    return brought


def _connection(address: str) -> socket.socket:
    place = urlsplit(address)
    return socket.create_connection((str(place.hostname), int(place.port or 0)), 10)


def _said(address: str, sent: bytes) -> bytes:
    with _connection(address) as connection:
        with contextlib.suppress(OSError):  # it may hang up before it has heard all
            connection.sendall(sent)
        return _rest(connection)


def _rest(connection: socket.socket) -> bytes:
    """Return what is said until the other side hangs up."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(4096):
            said += part
    connection.close()
    return said


def test_nobody_comes_back(portal: PortalServer, place: PortalPlace) -> None:
    center = IdentityCenter(clock=lambda: portal.now, patience=0)
    links: list[Invitation] = []
    failure = asyncio.run(center.sign_in(place, links.append, with_code=False))
    assert isinstance(failure, AwsFailure)
    assert failure.code == "AuthorizationTimedOut"
    assert "Start again" in portal_failure_words(failure, REGION).template
    assert len(links) == 1


def test_cancelling_closes_the_port(center: IdentityCenter, place: PortalPlace) -> None:
    async def cancelled() -> str:
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def invited(invitation: Invitation) -> None:
            assert isinstance(invitation, BrowserInvitation)
            told.set_result(invitation.link)

        task = asyncio.create_task(center.sign_in(place, invited, with_code=False))
        link = await told
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return link

    address = _address(asyncio.run(cancelled()))
    # The port is closed by a thread that ends soon: until then it is tried.
    assert any(not _is_open(address) for _ in range(10_000))


def _is_open(address: str) -> bool:
    try:
        get(address)
    except OSError:
        return False
    return True
