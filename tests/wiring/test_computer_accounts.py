"""From a way to sign in to an account: on the practice AWS, with a keyring of the test's own."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.commands.prompts import code_on_terminal
from app.commands.terminal import only_way_out
from app.core.failure import AwsFailure
from app.core.pasted.credentials import PastedCredentials
from app.core.sign_in import ByPasted, ByProfile, ProfileState
from app.flow.ports.accounts import CodeRequest, SignedIn
from app.practice.account import ACCOUNT_ID
from app.practice.server import PracticeAws
from app.system.credential_store import CredentialStore
from app.wiring.computer_accounts import ComputerAccounts, open_account
from app.wiring.mfa_codes import TRIES

DEVICE = f"arn:aws:iam::{ACCOUNT_ID}:mfa/jo"


@pytest.fixture(scope="module")
def practice() -> Iterator[PracticeAws]:
    aws = PracticeAws()
    aws.start()
    yield aws
    aws.stop()


@pytest.fixture
def aws(practice: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> PracticeAws:
    monkeypatch.setenv("AWS_ENDPOINT_URL", practice.endpoint_url)
    return practice


@pytest.fixture
def folder(nobody_at_home: Path) -> Path:
    folder = nobody_at_home / ".aws"
    folder.mkdir()
    return folder


def _keys(aws: PracticeAws) -> str:
    admin = aws.admin
    return (
        f"aws_access_key_id = {admin.access_key_id}\n"
        f"aws_secret_access_key = {admin.secret_access_key}\n"
    )


def _accounts() -> tuple[ComputerAccounts, CredentialStore]:
    store = CredentialStore(lambda: None)
    return ComputerAccounts(store), store


def test_what_became_of_a_profile_is_remembered(aws: PracticeAws, folder: Path) -> None:
    (folder / "credentials").write_text(
        f"[good]\n{_keys(aws)}[bad]\naws_access_key_id = AKIA0\naws_secret_access_key = x\n"
    )
    accounts, _ = _accounts()

    async def states() -> dict[str, tuple[ProfileState, str | None]]:
        found = await accounts.profiles()
        assert not isinstance(found, AwsFailure)
        return {profile.name: (profile.state, profile.account_id) for profile in found}

    async def walk() -> None:
        untried = (ProfileState.NOT_TRIED, None)
        assert await states() == {"good": untried, "bad": untried}
        good = await accounts.sign_in(ByProfile("good"))
        assert isinstance(good, SignedIn)
        assert good.way == ByProfile("good")
        bad = await accounts.sign_in(ByProfile("bad"))
        assert isinstance(bad, AwsFailure)
        assert bad.finding == "signin.invalid"
        worked = (ProfileState.WORKED, ACCOUNT_ID)
        assert await states() == {"good": worked, "bad": (ProfileState.FAILED, None)}
        (folder / "credentials").write_text(f"[bad]\n{_keys(aws)}")
        assert await states() == {"bad": untried}
        assert isinstance(await accounts.sign_in(ByProfile("bad")), SignedIn)
        assert await states() == {"bad": worked}
        role = f"role_arn = arn:aws:iam::{ACCOUNT_ID}:role/None\nsource_profile = good\n"
        (folder / "credentials").write_text(f"[bad]\n{role}\n[good]\n{_keys(aws)}")
        refused = await accounts.sign_in(ByProfile("bad"))
        assert isinstance(refused, AwsFailure)
        assert (refused.code, refused.finding) == ("AccessDenied", None)
        assert (await states())["bad"] == (ProfileState.FAILED, ACCOUNT_ID)

    asyncio.run(walk())


def test_pasted_credentials_sign_in_and_their_account_is_remembered(aws: PracticeAws) -> None:
    accounts, store = _accounts()
    keys = PastedCredentials(aws.admin.access_key_id, aws.admin.secret_access_key)

    async def walk() -> None:
        assert accounts.pasted is not None
        kept = accounts.pasted.keep(keys)
        assert accounts.pasted.why_in_memory
        way = ByPasted(kept.id)
        signed_in = await accounts.sign_in(way)
        assert isinstance(signed_in, SignedIn)
        assert (signed_in.caller.account, signed_in.way) == (ACCOUNT_ID, way)
        assert [one.account_id for one in accounts.pasted.kept()] == [ACCOUNT_ID]
        # To sign in again by the same way makes new clients: that is how it is renewed.
        again = await accounts.sign_in(way)
        assert isinstance(again, SignedIn)
        assert again.aws is not signed_in.aws
        assert accounts.pasted.forget(kept.id) is None
        gone = await accounts.sign_in(way)
        assert isinstance(gone, AwsFailure)
        assert gone.finding == "signin.expired"

    asyncio.run(walk())
    assert store.kept() == ()


def test_pasted_credentials_that_ended_say_so(aws: PracticeAws) -> None:
    assert aws.endpoint_url
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    store = CredentialStore(lambda: None, lambda: now[0])
    kept = store.keep(PastedCredentials("ASIA", "x", "t", now[0] + timedelta(hours=1)))
    now[0] += timedelta(hours=1)
    answer = asyncio.run(ComputerAccounts(store).sign_in(ByPasted(kept.id)))
    assert isinstance(answer, AwsFailure)
    assert answer.finding == "signin.expired"


# MFA


class Person:
    """Answers with the coming codes; cancels where none is left."""

    def __init__(self, *codes: str | None) -> None:
        self.codes = list(codes)
        self.asked: list[CodeRequest] = []

    async def __call__(self, request: CodeRequest) -> str | None:
        self.asked.append(request)
        await asyncio.sleep(0)
        return self.codes.pop(0) if self.codes else None


_REFUSALS = {
    "000000": (
        "AccessDenied",
        "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    ),
    "111111": ("ExpiredToken", "The security token included in the request is expired"),
}
"""What STS answers to some codes; the second has to do with the keys, and not with the code."""


@pytest.fixture
def mfa(aws: PracticeAws, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make a profile that needs a code; return the codes that AWS was given, "000000" is wrong."""
    role = f"role_arn = arn:aws:iam::{ACCOUNT_ID}:role/admin\nmfa_serial = {DEVICE}\n"
    (folder / "config").write_text(
        f"[profile base]\n{_keys(aws)}[profile work]\n{role}source_profile = base\n"
    )
    given: list[str] = []

    def assume(self: object) -> dict[str, str | None]:
        kwargs = self._assume_role_kwargs()  # type: ignore[attr-defined]
        given.append(kwargs["TokenCode"])
        if kwargs["TokenCode"] in _REFUSALS:
            from botocore.exceptions import ClientError

            code, text = _REFUSALS[kwargs["TokenCode"]]
            told = {"HTTPStatusCode": 403, "RequestId": "r"}
            raise ClientError(
                {"Error": {"Code": code, "Message": text}, "ResponseMetadata": told},  # type: ignore[typeddict-item]
                "AssumeRole",
            )
        return {
            "access_key": aws.admin.access_key_id,
            "secret_key": aws.admin.secret_access_key,
            "token": None,
            "expiry_time": "2099-01-01T00:00:00Z",
        }

    fetcher = "botocore.credentials.AssumeRoleCredentialFetcher"
    monkeypatch.setattr(f"{fetcher}.fetch_credentials", assume)
    return given


def _sign_in(person: Person) -> SignedIn | AwsFailure:
    accounts, _ = _accounts()
    accounts.ask_codes_with(person)
    return asyncio.run(accounts.sign_in(ByProfile("work")))


def test_a_code_is_asked_for_in_the_window(mfa: list[str]) -> None:
    person = Person("123456")
    assert isinstance(_sign_in(person), SignedIn)
    assert person.asked == [CodeRequest(DEVICE, "work")]
    assert mfa == ["123456"]


def test_a_mistyped_code_is_asked_for_again(mfa: list[str]) -> None:
    person = Person("000000", "123456")
    assert isinstance(_sign_in(person), SignedIn)
    assert person.asked[1] == CodeRequest(DEVICE, "work", rejected=True)
    assert mfa == ["000000", "123456"]


def test_after_some_wrong_codes_it_fails_and_names_the_device(mfa: list[str]) -> None:
    answer = _sign_in(Person(*["000000"] * 9))
    assert isinstance(answer, AwsFailure)
    assert answer.finding == "signin.expired"
    assert answer.params["mfa_device"] == DEVICE
    assert len(mfa) == TRIES


def test_keys_that_have_expired_are_no_wrong_code(mfa: list[str]) -> None:
    person = Person("111111", "123456")
    answer = _sign_in(person)
    assert isinstance(answer, AwsFailure)
    assert (answer.finding, answer.code) == ("signin.expired", "ExpiredToken")
    assert "mfa_device" not in answer.params
    assert mfa == ["111111"]
    assert isinstance(_sign_in(person), SignedIn)
    assert not any(request.rejected for request in person.asked)


def test_cancel_is_a_failure_that_names_the_device(mfa: list[str]) -> None:
    person = Person()
    answer = _sign_in(person)
    assert isinstance(answer, AwsFailure)
    assert (answer.finding, answer.params["mfa_device"]) == ("signin.expired", DEVICE)
    assert (len(person.asked), mfa) == (1, [])
    assert isinstance(_sign_in(Person("123456")), SignedIn)


def test_nobody_to_ask_is_a_failure(mfa: list[str]) -> None:
    accounts, _ = _accounts()
    answer = asyncio.run(accounts.sign_in(ByProfile("work")))
    assert isinstance(answer, AwsFailure)
    assert (answer.finding, mfa) == ("signin.expired", [])


@pytest.mark.usefixtures("mfa")
def test_a_sign_in_that_is_given_up_ends_its_question() -> None:
    accounts, _ = _accounts()

    async def walk() -> None:
        asked, ended = asyncio.Event(), asyncio.Event()

        async def ask(_request: CodeRequest) -> str | None:
            asked.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                ended.set()
                raise
            return None

        accounts.ask_codes_with(ask)
        task = asyncio.create_task(accounts.sign_in(ByProfile("work")))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await ended.wait()

    asyncio.run(walk())
    accounts.close()


class Terminal:
    """Standard input that is a terminal, or none."""

    def __init__(self, *, there: bool) -> None:
        self.there = there

    def isatty(self) -> bool:
        return self.there


def test_the_command_line_asks_on_a_terminal(
    mfa: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["000000", " 123456 "])
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", Terminal(there=True))

    def getpass(text: str) -> str:
        asked.append(text)
        return next(typed)

    monkeypatch.setattr("getpass.getpass", getpass)
    # While a command runs, what is written past its terminal is not heard.
    with only_way_out():
        answer = asyncio.run(open_account(ByProfile("work"), code_on_terminal))
    assert isinstance(answer, SignedIn)
    assert mfa == ["000000", "123456"]
    assert all(DEVICE in text for text in asked)
    assert "did not accept that code" in capsys.readouterr().err


def test_without_a_terminal_nothing_is_asked(
    mfa: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda _text: pytest.fail("asked"))
    monkeypatch.setattr("sys.stdin", Terminal(there=False))
    answer = asyncio.run(open_account(ByProfile("work"), code_on_terminal))
    assert isinstance(answer, AwsFailure)
    assert (answer.finding, mfa) == ("signin.expired", [])
    monkeypatch.setattr("sys.stdin", None)
    assert code_on_terminal(CodeRequest(DEVICE)) is None


def test_a_device_from_somebodys_file_writes_nothing_raw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name stands in the config file, and the question goes to the terminal itself."""
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", Terminal(there=True))

    def getpass(text: str) -> str:
        asked.append(text)
        return "123456"

    monkeypatch.setattr("getpass.getpass", getpass)
    monkeypatch.setattr("locale.getpreferredencoding", lambda _locale: "ascii")
    device = "arn:x\x1b]0;\x9b2J\u202e\nready: all well\rPassword: \u00fc\udc80"
    assert code_on_terminal(CodeRequest(device)) == "123456"
    assert all(" " <= char <= "~" for char in asked[0])
    assert r"\x1b]0;\x9b2J\u202e\nready: all well\rPassword: \xfc\udc80" in asked[0]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["12", "123 456"], "123456"),
        (["abcdef", "1234567", "123456"], "123456"),
        (["12", ""], None),
        (["12", "12", "12"], None),
    ],
)
def test_what_is_no_code_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: list[str],
    code: str | None,
) -> None:
    """It would be sent to nobody: botocore refuses to."""
    answers = iter(typed)
    monkeypatch.setattr("sys.stdin", Terminal(there=True))
    monkeypatch.setattr("getpass.getpass", lambda _text: next(answers))
    assert code_on_terminal(CodeRequest(DEVICE)) == code
    assert list(answers) == []
    assert "six digits" in capsys.readouterr().err


def test_an_ended_input_gives_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_text: str) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin", Terminal(there=True))
    monkeypatch.setattr("getpass.getpass", ended)
    assert code_on_terminal(CodeRequest(DEVICE)) is None
