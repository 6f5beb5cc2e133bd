"""Signing in to the practice AWS as for the AWS console: real boto3 over real HTTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.aws.access import ConsoleKeys
from app.aws.account import CustomerAccount
from app.aws.console_sign_in.authorization import code_in
from app.aws.console_sign_in.console import ConsoleSignIn
from app.aws.console_sign_in.place import ConsolePlace
from app.core.failure import AwsFailure
from app.core.sign_in import ByConsole, ConsoleSession
from app.core.snapshot import Caller
from app.flow.identity_center import BrowserInvitation, Invitation
from app.practice.account import ACCOUNT_ID, ADMIN_USER
from app.practice.server import PracticeAws
from app.wiring.practice_browser import allow, allow_in_background
from tests.aws.console_sign_in.sign_in_server import run_out
from tests.aws.identity_center.conftest import get

ARN = f"arn:aws:iam::{ACCOUNT_ID}:user/{ADMIN_USER}"
SESSION = ConsoleSession(ARN, ACCOUNT_ID, ADMIN_USER)


@pytest.fixture
def place(aws: PracticeAws, tmp_path: Path) -> ConsolePlace:
    return ConsolePlace(aws.endpoint_url, tmp_path)


def invited(invitation: Invitation) -> None:
    assert isinstance(invitation, BrowserInvitation)
    allow_in_background(invitation.link)


def who(place: ConsolePlace) -> Caller | AwsFailure:
    return asyncio.run(CustomerAccount(ConsoleKeys(ByConsole(ARN), place)).caller())


def test_the_browser_signs_in_and_the_session_is_renewed(place: ConsolePlace) -> None:
    assert asyncio.run(ConsoleSignIn(place=place).sign_in(invited)) == SESSION
    assert who(place) == Caller(ARN, ACCOUNT_ID)
    [kept] = place.folder.iterdir()
    for _ in range(2):
        run_out(kept)
        assert who(place) == Caller(ARN, ACCOUNT_ID)
    ends = datetime.now(UTC) + timedelta(minutes=6)
    run_out(kept, ends)  # it lasts, so nothing is renewed
    before = kept.read_text()
    assert who(place) == Caller(ARN, ACCOUNT_ID)
    assert kept.read_text() == before


def test_another_device_shows_a_code(place: ConsolePlace) -> None:
    async def walk() -> ConsoleSession | AwsFailure:
        begun = await ConsoleSignIn(place=place).elsewhere()
        assert not isinstance(begun, AwsFailure)
        page = await asyncio.to_thread(allow, begun.link)
        code = page.partition("<pre>")[2].partition("</pre>")[0]
        assert code_in(code) is not None
        return await begun.finish(code)

    assert asyncio.run(walk()) == SESSION
    assert who(place) == Caller(ARN, ACCOUNT_ID)


def test_a_person_is_asked_and_can_say_no(place: ConsolePlace) -> None:
    seen: list[str] = []

    def says_no(invitation: Invitation) -> None:
        assert isinstance(invitation, BrowserInvitation)

        def browse() -> None:
            seen.append(get(invitation.link).text)
            get(get(f"{invitation.link}&decision=deny").headers["Location"])

        asyncio.get_running_loop().run_in_executor(None, browse)

    failure = asyncio.run(ConsoleSignIn(place=place).sign_in(says_no))
    assert isinstance(failure, AwsFailure)
    assert failure.code == "AccessDeniedException"
    assert "PRACTICE" in seen[0]
    assert ADMIN_USER in seen[0]
    assert asyncio.run(ConsoleSignIn(place=place).sign_in(invited)) == SESSION


def test_a_reset_ends_it(aws: PracticeAws, place: ConsolePlace) -> None:
    asyncio.run(ConsoleSignIn(place=place).sign_in(invited))
    aws.reset()
    failure = who(place)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.invalid"
    assert asyncio.run(ConsoleSignIn(place=place).sign_in(invited)) == SESSION


def test_links_that_aws_would_not_take(place: ConsolePlace) -> None:
    async def link() -> str:
        begun = await ConsoleSignIn(place=place).elsewhere()
        assert not isinstance(begun, AwsFailure)
        return begun.link

    right = asyncio.run(link())
    assert parse_qs(urlsplit(right).query)["scope"] == ["openid"]
    for wrong in (
        right.replace("scope=openid", "scope=all"),
        right.replace("SHA-256", "S256"),
        right.replace("cross-device", "same-device"),
        right.replace("confirmation", "elsewhere"),
        right.replace("state=", "status="),
    ):
        assert get(wrong).status == 400
    assert "PRACTICE" in allow(right)


def test_nobody_else_is_let_in_by_the_tours_browser() -> None:
    with pytest.raises(ValueError, match="practice"):
        allow("https://us-east-1.signin.aws.amazon.com/v1/authorize?x=1")
