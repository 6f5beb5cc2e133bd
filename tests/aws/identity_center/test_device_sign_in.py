"""Signing in with a code on another device: patience, and every way in which it can end."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from app.aws.identity_center.portal import IdentityCenter
from app.aws.identity_center.token_cache import TokenCache
from app.core.failure import AwsFailure
from app.core.wording.portal_failures import portal_failure_words
from app.flow.identity_center import PortalPlace
from tests.aws.hostile_server import hostile, saying
from tests.aws.identity_center.conftest import REGION, Browser, Elsewhere
from tests.aws.identity_center.portal_server import (
    DEVICE_LASTS,
    INTERVAL,
    TOKEN_LASTS,
    PortalServer,
)


def sign_in(center: IdentityCenter, place: PortalPlace, person: Elsewhere) -> datetime | AwsFailure:
    return asyncio.run(center.sign_in(place, person.invited, with_code=True))


def mended(center: IdentityCenter, place: PortalPlace, person: Elsewhere) -> None:
    """Sign in once more, and this time it works."""
    person.allow_at(len(person.waits) + 1)
    assert isinstance(sign_in(center, place, person), datetime)


def test_the_code_is_entered_elsewhere(
    center: IdentityCenter,
    place: PortalPlace,
    elsewhere_person: Elsewhere,
    portal: PortalServer,
) -> None:
    elsewhere_person.allow_at(3)
    until = sign_in(center, place, elsewhere_person)
    assert until == portal.now + timedelta(seconds=TOKEN_LASTS)
    assert elsewhere_person.waits == [INTERVAL] * 3
    invitation = elsewhere_person.invitations[0]
    assert invitation.user_code in invitation.address_with_code
    assert invitation.user_code not in invitation.address
    assert invitation.expires_at == portal.now + timedelta(seconds=DEVICE_LASTS - 3 * INTERVAL)


def test_it_slows_down_when_told_to(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere, portal: PortalServer
) -> None:
    portal.refuse("CreateToken", "SlowDownException", None, "SlowDownException")
    elsewhere_person.allow_at(4)
    assert isinstance(sign_in(center, place, elsewhere_person), datetime)
    assert elsewhere_person.waits == [INTERVAL, INTERVAL + 5, INTERVAL + 5, INTERVAL + 10]


def test_nobody_enters_the_code(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere
) -> None:
    failure = sign_in(center, place, elsewhere_person)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == ("ExpiredTokenException", None)
    assert sum(elsewhere_person.waits) >= DEVICE_LASTS
    assert "Start again" in portal_failure_words(failure, REGION).template
    mended(center, place, elsewhere_person)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AccessDeniedException", "declined"),
        ("ExpiredTokenException", "within the time"),
        ("InvalidGrantException", "Start again"),
    ],
)
def test_it_ends_with_a_no(
    code: str,
    words: str,
    center: IdentityCenter,
    place: PortalPlace,
    elsewhere_person: Elsewhere,
    portal: PortalServer,
) -> None:
    portal.refuse("CreateToken", code)
    failure = sign_in(center, place, elsewhere_person)
    assert isinstance(failure, AwsFailure)
    assert (failure.code, failure.finding) == (code, None)
    assert words in portal_failure_words(failure, REGION).template
    mended(center, place, elsewhere_person)


def test_a_short_fault_does_not_end_it(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere, portal: PortalServer
) -> None:
    portal.refuse("CreateToken", *["InternalServerException"] * 3)
    elsewhere_person.allow_at(4)
    assert isinstance(sign_in(center, place, elsewhere_person), datetime)


def test_a_long_fault_is_told(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere, portal: PortalServer
) -> None:
    portal.refuse("CreateToken", *["InternalServerException"] * 4)
    failure = sign_in(center, place, elsewhere_person)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.aws-fault"
    mended(center, place, elsewhere_person)


def test_a_registration_that_aws_forgot_is_made_anew(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere, portal: PortalServer
) -> None:
    elsewhere_person.allow_at(1)
    assert isinstance(sign_in(center, place, elsewhere_person), datetime)
    portal.clients.clear()
    mended(center, place, elsewhere_person)
    assert portal.names().count("RegisterClient") == 2


def test_each_way_registers_for_itself(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere, portal: PortalServer
) -> None:
    elsewhere_person.allow_at(1)
    assert isinstance(sign_in(center, place, elsewhere_person), datetime)
    browser = Browser()
    asyncio.run(center.sign_in(place, browser.invited, with_code=False))
    assert "You are signed in" in browser.page().text
    assert portal.names().count("RegisterClient") == 2


def test_a_wrong_region_or_portal_is_said(
    center: IdentityCenter, place: PortalPlace, elsewhere_person: Elsewhere
) -> None:
    wrong = PortalPlace("https://other.awsapps.com/start", REGION)
    failure = sign_in(center, wrong, elsewhere_person)
    assert isinstance(failure, AwsFailure)
    assert f"in the region {REGION}" in portal_failure_words(failure, REGION).template
    mended(center, place, elsewhere_person)


ALL_AT_ONCE: Final = {
    "clientId": "c",
    "clientSecret": "s",
    "clientSecretExpiresAt": 2**31,
    "deviceCode": "d",
    "userCode": "u",
    "verificationUri": "https://device.example",
    "expiresIn": 600,
    "interval": 1,
    "accessToken": "a",
}
"""What each of the three operations takes for its answer."""


@pytest.mark.parametrize("name", ["clientSecretExpiresAt", "expiresIn", "interval"])
@pytest.mark.parametrize("number", [-1, 10**12, 10**300, "soon", [5]], ids=lambda n: str(n)[:9])
def test_a_number_that_is_no_time_is_no_answer_of_aws(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, number: object
) -> None:
    """What answers in the place of AWS may say that a code lasts for ever, or ask for no pause."""
    center = IdentityCenter(TokenCache(tmp_path), sleep=_no_time)
    place = PortalPlace("https://acme.awsapps.com/start", REGION)

    def sign_in_at(answer: dict[str, object]) -> datetime | AwsFailure:
        with hostile(saying(json.dumps(answer), kind="application/json")) as server:
            monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
            return asyncio.run(center.sign_in(place, lambda _invitation: None, with_code=True))

    failure = sign_in_at({**ALL_AT_ONCE, name: number})
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.proxy"
    assert isinstance(sign_in_at(ALL_AT_ONCE), datetime)


async def _no_time(_seconds: float) -> None:
    """Let no time pass."""
