"""Signing in as for the AWS console, from the link to credentials that are renewed."""

import asyncio
import json
import logging
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.session import Session
from botocore.utils import generate_login_cache_key
from hypothesis import given, settings
from hypothesis import strategies as st

from app.aws.access import Access, ConsoleKeys, NamedProfile
from app.aws.console_sign_in.authorization import code_in
from app.aws.console_sign_in.console import ConsoleSignIn
from app.aws.sessions import open_session
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.core.sign_in import ByConsole, ConsoleSession, console_session
from app.core.wording.console_failures import console_failure_words
from app.core.wording.failures import failure_words
from tests.aws.console_sign_in.sign_in_server import (
    CANARY,
    JO,
    LASTS,
    Refusal,
    SignInServer,
    run_out,
)
from tests.aws.identity_center.conftest import Browser

SESSION = ConsoleSession(JO, "111122223333", "jo")


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[SignInServer]:
    server = SignInServer()
    server.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_SIGNIN", server.url)
    yield server
    server.stop()


@pytest.fixture
def console() -> ConsoleSignIn:
    return ConsoleSignIn()


@pytest.fixture
def kept(own_settings: Path) -> Path:
    """Return the AWS CLI's file of jo's session; it is not there at first."""
    folder = own_settings / ".aws" / "login" / "cache"
    return folder / f"{generate_login_cache_key(JO)}.json"


def sign_in(console: ConsoleSignIn, browser: Browser | None = None) -> ConsoleSession | AwsFailure:
    return asyncio.run(console.sign_in((browser or Browser()).invited))


def access_key(access: Access) -> str | AwsFailure:
    """Return the key with which a new session signs; the failure where it can't."""

    def ask() -> str:
        credentials = open_session(access).get_credentials()
        assert credentials is not None
        return str(credentials.get_frozen_credentials().access_key)

    return attempt("sts:GetCallerIdentity", ask)


BY_JO = ConsoleKeys(ByConsole(JO))


def test_the_browser_signs_in(console: ConsoleSignIn, service: SignInServer, kept: Path) -> None:
    browser = Browser()
    assert sign_in(console, browser) == SESSION
    assert "You are signed in" in browser.page().text
    written = json.loads(kept.read_text())
    assert written["accessToken"]["accountId"] == "111122223333"
    assert written["clientId"].endswith("same-device")
    assert written["signInRegion"] == "us-east-1"
    assert written["dpopKey"].startswith("-----BEGIN EC PRIVATE KEY-----\n")
    assert len(service.asked) == 1
    assert access_key(BY_JO) == "ASIACONSOLE1"
    assert len(service.asked) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mode")
def test_only_the_owner_may_read_what_is_kept(
    console: ConsoleSignIn, service: SignInServer, kept: Path
) -> None:
    assert service.url
    sign_in(console)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_link_goes_where_botocore_says(console: ConsoleSignIn, elsewhere: list[str]) -> None:
    begun = asyncio.run(console.elsewhere())
    assert not isinstance(begun, AwsFailure)
    assert begun.link.startswith("https://us-east-1.signin.aws.amazon.com/v1/authorize?")
    confirmation = "https%3A%2F%2Fus-east-1.signin.aws.amazon.com%2Fv1%2Fsessions%2Fconfirmation"
    assert f"redirect_uri={confirmation}" in begun.link
    assert elsewhere == []


def test_the_session_is_renewed_with_its_own_key(
    console: ConsoleSignIn, service: SignInServer, kept: Path
) -> None:
    sign_in(console)
    for number in (2, 3):  # each renewal brings another refresh token
        run_out(kept)
        assert access_key(BY_JO) == f"ASIACONSOLE{number}"
    assert [asked["grantType"] for asked in service.asked[1:]] == ["refresh_token"] * 2
    assert len(set(service.keys)) == 1


def test_a_profile_of_the_aws_cli_shares_the_session(
    console: ConsoleSignIn, service: SignInServer, kept: Path, own_settings: Path
) -> None:
    (own_settings / ".aws").mkdir()
    (own_settings / ".aws" / "config").write_text(
        f"[profile jo]\nregion = eu-west-1\nlogin_session = {JO}\n"
    )
    sign_in(console)
    assert access_key(NamedProfile("jo")) == "ASIACONSOLE1"
    run_out(kept)
    assert access_key(NamedProfile("jo")) == "ASIACONSOLE2"
    assert access_key(BY_JO) == "ASIACONSOLE2"
    plain = Session(profile="jo").get_credentials()  # any tool's, without this program
    assert plain is not None
    assert plain.get_frozen_credentials().access_key == "ASIACONSOLE2"
    assert len(service.asked) == 2


def test_another_device_signs_in_with_a_code(console: ConsoleSignIn, service: SignInServer) -> None:
    async def walk() -> None:
        begun = await console.elsewhere()
        other = await console.elsewhere()
        assert not isinstance(begun, AwsFailure)
        assert not isinstance(other, AwsFailure)
        for pasted, code in {
            "": "CodeUnreadable",
            "not base64!": "CodeUnreadable",
            "c3RhdGU9eA==": "CodeUnreadable",
            service.shown_code(other.link): "CodeOfAnotherSignIn",
        }.items():
            answer = await begun.finish(pasted)
            assert isinstance(answer, AwsFailure)
            assert (answer.code, answer.finding) == (code, None)
            assert console_failure_words(answer).text.endswith((".",))
        assert service.asked == []
        shown = service.shown_code(begun.link)
        wrapped = f"  “{shown[:20]}\n{shown[20:40]} \r\n{shown[40:]}”\n"
        assert await begun.finish(wrapped) == SESSION

    asyncio.run(walk())
    assert access_key(BY_JO) == "ASIACONSOLE1"


REFUSALS = {
    ("AccessDeniedException", "AUTHCODE_EXPIRED"): "no longer accepts",
    ("AccessDeniedException", "USER_CREDENTIALS_CHANGED"): "password was changed",
    ("AccessDeniedException", "TOKEN_EXPIRED"): "has ended",
    ("AccessDeniedException", "INSUFFICIENT_PERMISSIONS"): "SignInLocalDevelopmentAccess",
    ("ValidationException", "INVALID_REQUEST"): "no longer accepts",
    ("TooManyRequestsError", "rate_exceeded"): "slow",
    ("InternalServerException", "server_error"): "AWS",
}


@pytest.mark.parametrize(("code", "reason"), REFUSALS)
def test_each_refusal_has_its_words_and_the_next_sign_in_works(
    code: str, reason: str, console: ConsoleSignIn, service: SignInServer, kept: Path
) -> None:
    service.refusals.append(Refusal(code, reason))
    browser = Browser()
    failure = sign_in(console, browser)
    assert isinstance(failure, AwsFailure)
    words = console_failure_words(failure).text
    assert REFUSALS[code, reason] in words
    assert reason not in words
    assert "did not work" in browser.page().text
    assert not kept.exists()
    assert sign_in(console) == SESSION


def test_who_says_no_can_say_yes_afterwards(console: ConsoleSignIn, service: SignInServer) -> None:
    service.denies = True
    failure = sign_in(console)
    assert isinstance(failure, AwsFailure)
    assert "declined" in console_failure_words(failure).text
    service.denies = False
    assert sign_in(console) == SESSION


def test_nobody_comes(service: SignInServer) -> None:
    assert service.url
    failure = asyncio.run(ConsoleSignIn(patience=0.05).sign_in(lambda _link: None))
    assert isinstance(failure, AwsFailure)
    assert "within the time" in console_failure_words(failure).text


def test_cancelling_closes_the_port(console: ConsoleSignIn, service: SignInServer) -> None:
    async def walk() -> None:
        invited = asyncio.Event()
        task = asyncio.create_task(console.sign_in(lambda _link: invited.set()))
        await invited.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(walk())
    assert service.asked == []


RENEWALS = {
    ("AccessDeniedException", "TOKEN_EXPIRED"): "signin.expired",
    ("AccessDeniedException", "USER_CREDENTIALS_CHANGED"): "signin.expired",
    ("AccessDeniedException", "INSUFFICIENT_PERMISSIONS"): "signin.not-allowed",
    ("TooManyRequestsError", "rate_exceeded"): "env.throttled",
}

RENEWAL_WORDS = {
    "USER_CREDENTIALS_CHANGED": "Your password was changed since you signed in",
    "TOKEN_EXPIRED": "AWS sign-ins end after some hours",
    "INSUFFICIENT_PERMISSIONS": "to allow signin:CreateOAuth2Token for your sign-in",
}


@pytest.mark.parametrize(("code", "reason"), RENEWALS)
def test_a_session_that_cannot_be_renewed_is_a_finding(
    code: str, reason: str, console: ConsoleSignIn, service: SignInServer, kept: Path
) -> None:
    sign_in(console)
    run_out(kept)
    service.refusals += [Refusal(code, reason)] * 3  # botocore tries again where that may help
    failure = access_key(BY_JO)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == RENEWALS[code, reason]
    assert RENEWAL_WORDS.get(reason, "") in failure_words(failure).text
    service.refusals.clear()
    assert sign_in(console) == SESSION
    assert not isinstance(access_key(BY_JO), AwsFailure)


def test_a_grant_that_aws_no_longer_knows_is_an_ended_sign_in(
    console: ConsoleSignIn, service: SignInServer, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """See aws-cli issue 10613: the reason is INVALID_REQUEST, only the text tells."""
    sign_in(console)
    run_out(kept)
    told = "The provided authorization grant is invalid, expired, revoked, or malformed"
    body = json.dumps({"error": "INVALID_REQUEST", "message": told}).encode()
    headers = {"Content-Type": "application/json", "x-amzn-errortype": "ValidationException"}
    with monkeypatch.context() as patch:
        patch.setattr(service, "token", lambda _proof, _body: (400, headers, body))
        failure = access_key(BY_JO)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.expired"
    assert sign_in(console) == SESSION
    assert access_key(BY_JO) == "ASIACONSOLE2"


def test_kept_sessions_are_offered_until_they_are_forgotten(
    console: ConsoleSignIn, service: SignInServer, kept: Path
) -> None:
    assert asyncio.run(console.sessions()) == ()
    sign_in(console)
    assert asyncio.run(console.sessions()) == (SESSION,)
    service.who = "arn:aws:iam::111122223333:root"
    root = sign_in(console)
    assert root == ConsoleSession(service.who, "111122223333", "")
    run_out(kept, datetime.now(UTC) - timedelta(hours=1))
    assert asyncio.run(console.sessions()) == (root, SESSION)
    run_out(kept, datetime.now(UTC) - timedelta(hours=12, minutes=1))
    assert asyncio.run(console.sessions()) == (root,)
    assert asyncio.run(console.forget(SESSION)) is None
    assert not kept.exists()
    assert asyncio.run(console.forget(SESSION)) is None
    failure = access_key(BY_JO)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.expired"


@pytest.mark.parametrize(
    "damage",
    [b"", b"null", b"[1]", b"{", b"\xff\xfe", b'{"idToken": "a.b.c"}', b'{"accessToken": 7}'],
)
def test_a_damaged_file_is_as_good_as_none(
    damage: bytes, console: ConsoleSignIn, service: SignInServer, kept: Path
) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_bytes(damage)
    assert asyncio.run(console.sessions()) == ()
    assert isinstance(access_key(BY_JO), AwsFailure)
    assert sign_in(console) == SESSION
    assert access_key(BY_JO) == f"ASIACONSOLE{len(service.asked)}"


def test_no_secret_is_said_or_logged(
    console: ConsoleSignIn, service: SignInServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    browser = Browser()
    session = sign_in(console, browser)
    service.refusals.append(Refusal("AccessDeniedException", "AUTHCODE_EXPIRED"))
    failure = sign_in(console)
    assert isinstance(failure, AwsFailure)
    page = browser.page()
    for text in (repr(session), repr(failure), failure.message, page.text, caplog.text):
        assert CANARY not in text


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        (JO, "jo"),
        ("arn:aws:iam::111122223333:user/teams/data/jo", "jo"),
        ("arn:aws:sts::111122223333:assumed-role/Admin/jo@acme.test", "jo@acme.test"),
        ("arn:aws:sts::111122223333:federated-user/jo", "jo"),
        ("arn:aws:iam::111122223333:root", ""),
        ("arn:aws:iam::111122223333:role/Admin", None),
        ("arn:aws:s3:::bucket", None),
        ("", None),
    ],
)
def test_who_an_arn_names(arn: str, name: str | None) -> None:
    session = console_session(arn)
    assert (session.name if session else None) == name


@given(pasted=st.one_of(st.text(max_size=60), st.binary(max_size=60).map(str)))
@settings(max_examples=60, deadline=None)
def test_whatever_is_pasted_is_a_code_or_none(pasted: str) -> None:
    told = code_in(pasted)
    assert told is None or all(isinstance(part, str) for part in told)


def test_a_session_lasts_as_long_as_aws_says(service: SignInServer, kept: Path) -> None:
    now = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
    assert service.url
    sign_in(ConsoleSignIn(clock=lambda: now))
    written = json.loads(kept.read_text())
    ends = now + timedelta(seconds=LASTS)
    assert written["accessToken"]["expiresAt"] == ends.strftime("%Y-%m-%dT%H:%M:%SZ")
