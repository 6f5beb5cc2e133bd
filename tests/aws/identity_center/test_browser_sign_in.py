"""Signing in through the browser, from the link to the token in the AWS CLI's cache."""

import asyncio
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.aws.identity_center.portal import IdentityCenter
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


def test_an_error_without_a_state_ends_the_sign_in(
    center: IdentityCenter, place: PortalPlace, browser: Browser
) -> None:
    browser.going = lambda address: f"{address.partition('?')[0]}?error=<b>odd</b>"
    failure = sign_in(center, place, browser)
    assert isinstance(failure, AwsFailure)
    assert failure.code == "unknown_error"
    assert "odd" not in browser.page().text


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
