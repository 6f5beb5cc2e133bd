"""A role of the portal as the program's way to AWS, and no secret anywhere it should not be."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.aws.access import PortalRole
from app.aws.account import CustomerAccount
from app.aws.identity_center.portal import IdentityCenter
from app.aws.sessions import open_session
from app.core.failure import AwsFailure
from app.core.sign_in import ByPortal
from app.core.snapshot import Caller
from app.flow.identity_center import Invitation, PortalPlace
from app.wiring.computer_accounts import ComputerAccounts
from tests.aws.identity_center.conftest import ACCOUNTS, REGION, Browser, Elsewhere
from tests.aws.identity_center.portal_server import CANARY, TOKEN_LASTS, PortalServer

ACCOUNT = ACCOUNTS[0]["accountId"]


@pytest.fixture
def now_here(portal: PortalServer) -> PortalServer:
    """Set the portal to this computer's own time, which the session of a role goes by."""
    portal.now = datetime.now(UTC)
    return portal


@pytest.fixture
def way(now_here: PortalServer) -> ByPortal:
    return ByPortal(now_here.start_url, REGION, ACCOUNT, "Admin")


def sign_in(center: IdentityCenter, place: PortalPlace) -> None:
    answer = asyncio.run(center.sign_in(place, Browser().invited, with_code=False))
    assert isinstance(answer, datetime)


def keys(way: ByPortal) -> str:
    """Return the access key with which a new session of the role signs."""
    credentials = open_session(PortalRole(way)).get_credentials()
    assert credentials is not None
    return str(credentials.get_frozen_credentials().access_key)


def test_the_role_is_used_with_the_kept_session(
    center: IdentityCenter,
    place: PortalPlace,
    way: ByPortal,
    portal: PortalServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "not-there")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOTHER")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "other")
    sign_in(center, place)
    assert keys(way) == "ASIAFROMTHEPORTAL"
    assert portal.asked[-1][0] == "GetRoleCredentials"


def test_the_program_signs_in_with_it(
    center: IdentityCenter,
    place: PortalPlace,
    way: ByPortal,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
    sign_in(center, place)
    signed_in = asyncio.run(ComputerAccounts().sign_in(way))
    assert not isinstance(signed_in, AwsFailure)
    assert isinstance(signed_in.caller, Caller)


def test_an_ended_session_is_said_and_can_be_renewed(
    center: IdentityCenter, place: PortalPlace, way: ByPortal, portal: PortalServer, url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
    account = CustomerAccount(PortalRole(way))
    failure = asyncio.run(account.caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.expired"
    sign_in(center, place)
    portal.tokens.clear()  # signed out elsewhere
    failure = asyncio.run(account.caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.expired"
    sign_in(center, place)
    assert isinstance(asyncio.run(account.caller()), Caller)


def test_the_session_is_renewed_under_way(
    center: IdentityCenter, place: PortalPlace, way: ByPortal, portal: PortalServer
) -> None:
    portal.now -= timedelta(seconds=TOKEN_LASTS)  # over by now
    sign_in(center, place)
    portal.now += timedelta(seconds=TOKEN_LASTS)
    assert keys(way) == "ASIAFROMTHEPORTAL"
    assert portal.asked[-2][1]["grantType"] == "refresh_token"


def test_a_role_that_was_taken_away(
    center: IdentityCenter, place: PortalPlace, way: ByPortal, portal: PortalServer
) -> None:
    sign_in(center, place)
    portal.roles[ACCOUNT] = ["ReadOnly"]
    failure = asyncio.run(CustomerAccount(PortalRole(way)).caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("ForbiddenException", None)
    portal.roles[ACCOUNT] = ["Admin"]
    assert keys(way) == "ASIAFROMTHEPORTAL"


def test_no_secret_gets_out(
    center: IdentityCenter,
    place: PortalPlace,
    way: ByPortal,
    portal: PortalServer,
    elsewhere_person: Elsewhere,
    cache: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    said: list[object] = []
    browser = Browser()

    def invited(invitation: Invitation) -> None:
        said.append(invitation)
        browser.invited(invitation)

    said.append(asyncio.run(center.sign_in(place, invited, with_code=False)))
    said.append(browser.page().text)
    portal.refuse("CreateToken", "InvalidGrantException")
    said.append(asyncio.run(center.sign_in(place, Browser().invited, with_code=False)))
    elsewhere_person.allow_at(2)
    said.append(asyncio.run(center.sign_in(place, elsewhere_person.invited, with_code=True)))
    said += elsewhere_person.invitations
    said.append(asyncio.run(center.accounts(place)))
    portal.tokens.clear()
    said.append(asyncio.run(center.accounts(place)))
    said.append(asyncio.run(CustomerAccount(PortalRole(way)).caller()))
    said += [PortalRole(way), asyncio.run(center.known_portals())]
    assert CANARY not in repr(said)
    assert CANARY not in caplog.text
    assert CANARY in "".join(path.read_text() for path in cache.iterdir())  # it was there
