"""Signing in with files as people have them: one finding with file, line and what to write.

Then the file is mended, and the sign-in works: on moto, or as far as there is no AWS in a test.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from app.aws.access import DefaultChain, NamedProfile
from app.aws.account import CustomerAccount
from app.core.diagnosis.diagnose import diagnose
from app.core.failure import AwsFailure
from app.core.snapshot import Caller
from app.core.wording.failures import failure_words
from app.core.wording.findings import words
from tests.aws.doubles import draft
from tests.aws.hostile_server import hostile, saying

ID: Final = "AKIAEXAMPLEEXAMPLE01"
SECRET: Final = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00"
KEYS: Final = f"aws_access_key_id = {ID}\naws_secret_access_key = {SECRET}\n"


@pytest.fixture
def folder(own_settings: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    folder = own_settings / ".aws"
    folder.mkdir()
    return folder


class Row(NamedTuple):
    name: str
    config: str
    credentials: str
    mistake: str
    place: str
    said: str
    mended: tuple[str, str]
    """What is put in the place of what, in both files."""


ROWS: Final = (
    Row(
        "empty key",
        "[profile work]\nregion = us-east-1\n",
        "[work]\naws_access_key_id =\naws_secret_access_key =\n",
        "empty-setting",
        "credentials:2",
        "34 (AWS_ERROR_INVALID_ARGUMENT): An invalid argument was passed",
        ("aws_access_key_id =\naws_secret_access_key =\n", KEYS),
    ),
    Row(
        "blank secret",
        "",
        f"[work]\naws_access_key_id = {ID}\naws_secret_access_key =   \n",
        "empty-setting",
        "credentials:3",
        "34 (AWS_ERROR_INVALID_ARGUMENT): An invalid argument was passed",
        ("aws_secret_access_key =   ", f"aws_secret_access_key = {SECRET}"),
    ),
    Row(
        "half a key",
        "",
        f"[work]\naws_access_key_id = {ID}\n",
        "half-key",
        "credentials:2",
        "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key",
        ("01\n", f"01\naws_secret_access_key = {SECRET}\n"),
    ),
    Row(
        "misnamed",
        "",
        f"[work]\naws_access_key = {ID}\naws_secret_access_key = {SECRET}\n",
        "misnamed-setting",
        "credentials:2",
        "Unable to locate credentials",
        ("aws_access_key =", "aws_access_key_id ="),
    ),
    Row(
        "exported",
        "[profile work]\noutput = json\n",
        f"[work]\nexport AWS_ACCESS_KEY_ID={ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n",
        "shell",
        "credentials:2",
        "Unable to locate credentials",
        ("export ", ""),
    ),
    Row(
        "no prefix",
        f"\n[work]\n{KEYS}",
        "",
        "no-prefix",
        "config:2",
        "The config profile (work) could not be found",
        ("[work]", "[profile work]"),
    ),
    Row(
        "prefix in credentials",
        "",
        f"[profile work]\n{KEYS}",
        "prefix-in-credentials",
        "credentials:1",
        "The config profile (work) could not be found",
        ("[profile work]", "[work]"),
    ),
    Row(
        "remark behind a region",
        "[profile work]\nregion = us-east-1 # Virginia\n",
        f"[work]\n{KEYS}",
        "inline-comment",
        "config:2",
        "Provided region_name 'us-east-1 # Virginia' doesn't match a supported format.",
        (" # Virginia", ""),
    ),
    Row(
        "role without a source",
        "[profile work]\nrole_arn = arn:aws:iam::123456789012:role/a\n",
        f"[base]\n{KEYS}",
        "role-no-source",
        "config:2",
        "Partial credentials found in assume-role, missing: source_profile or credential_source",
        ("role/a\n", "role/a\nsource_profile = base\n"),
    ),
    Row(
        "circle",
        "[profile work]\nrole_arn = arn:aws:iam::123456789012:role/a\nsource_profile = b\n"
        "[profile b]\nrole_arn = arn:aws:iam::123456789012:role/b\nsource_profile = work\n",
        f"[base]\n{KEYS}",
        "source-circle",
        "config:6",
        "Infinite loop in credential configuration detected.",
        ("source_profile = work", "source_profile = base"),
    ),
    Row(
        "source gone",
        "[profile work]\nrole_arn = arn:aws:iam::123456789012:role/a\nsource_profile = Base\n",
        f"[base]\n{KEYS}",
        "source-gone",
        "config:3",
        'The source_profile "Base" referenced in the profile "work" does not exist.',
        ("Base", "base"),
    ),
    Row(
        "unread line",
        "[profile work]\nregion us-east-1\n",
        f"[work]\n{KEYS}",
        "stray-line",
        "config:2",
        "Unable to parse config file: ",
        ("region us", "region = us"),
    ),
    Row(
        "no section",
        "",
        KEYS,
        "no-section",
        "credentials:1",
        "Unable to parse config file: ",
        ("aws_access_key_id", "[work]\naws_access_key_id"),
    ),
    Row(
        "another value",
        f"[profile work]\nregion = us-east-1\nsts_regional_endpoints = perhaps\n{KEYS}",
        "",
        "",
        "config:3",
        "STS regional endpoints option perhaps is invalid.",
        ("perhaps", "regional"),
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_mistake_is_said_in_full_and_then_mended(folder: Path, row: Row) -> None:
    for name, text in (("config", row.config), ("credentials", row.credentials)):
        (folder / name).write_text(text)
    account = CustomerAccount(NamedProfile("work"))
    failure = asyncio.run(account.caller())
    assert isinstance(failure, AwsFailure)
    file, line = row.place.split(":")
    _check(dict(failure.params), folder / file, int(line), row)
    text = failure_words(failure).text
    assert str(folder / file) in text
    assert row.said in text
    _is_told_by_a_snapshot(account, folder / file, int(line), row)
    for name, written in (("config", row.config), ("credentials", row.credentials)):
        (folder / name).write_text(written.replace(*row.mended))
    assert isinstance(asyncio.run(CustomerAccount(NamedProfile("work")).caller()), Caller)


def _check(params: dict[str, object], file: Path, line: int, row: Row) -> None:
    assert (params.get("mistake", ""), params["file"]) == (row.mistake, str(file))
    assert params["line"] == line
    assert row.said in str(params["said"])
    assert SECRET not in repr(params)


def _is_told_by_a_snapshot(account: CustomerAccount, file: Path, line: int, row: Row) -> None:
    """See that the report says the same, from what the snapshot keeps of the failure alone."""
    snapshot = asyncio.run(account.read_snapshot(draft()))
    finding = diagnose(draft(), snapshot).findings[0]
    assert finding.code == "signin.config-broken"
    _check(dict(finding.params), file, line, row)
    assert words(finding).detail.text


REFUSED: Final = (
    (f'[work]\naws_access_key_id = "{ID}"\naws_secret_access_key = "{SECRET}"\n', "quoted", 2),
    (f"[work]\naws_access_key_id = {ID}\naws_secret_access_key = {SECRET}%\n", "percent", 3),
    (f"[work]\naws_access_key_id = {SECRET}\naws_secret_access_key = {ID}\n", "swapped-keys", 3),
    (f"[work]\n{KEYS.replace('AKIA', 'ASIA')}", "no-token", 2),
    (f"[work]\n{KEYS}aws_session_token = IQoJ\n", "old-token", 4),
    (f"[work]\n{KEYS}", None, None),
)


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    """Return the address of an AWS that knows no key."""
    answer = (
        b"<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The "
        b"security token included in the request is invalid.</Message></Error></ErrorResponse>"
    )
    with hostile(saying(answer, 403, "text/xml")) as server:
        yield server.url


@pytest.mark.parametrize(("credentials", "mistake", "line"), REFUSED)
def test_a_key_that_aws_refuses_is_told_by_its_line_where_it_is_written_wrongly(
    folder: Path,
    refusing: str,
    monkeypatch: pytest.MonkeyPatch,
    credentials: str,
    mistake: str | None,
    line: int | None,
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", refusing)
    (folder / "credentials").write_text(credentials)
    failure = asyncio.run(CustomerAccount(NamedProfile("work")).caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.params.get("mistake"), failure.params.get("line")) == (mistake, line)
    assert failure.finding == ("signin.config-broken" if mistake else "signin.invalid")
    assert SECRET not in repr(failure)
    if mistake:
        assert (
            "The security token included in the request is invalid." in failure_words(failure).text
        )


def test_keys_of_the_environment_are_not_explained_by_a_file(
    folder: Path, refusing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", refusing)
    (folder / "credentials").write_text('[default]\naws_access_key_id = "x"\n')
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    failure = asyncio.run(CustomerAccount(DefaultChain()).caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.invalid"


def test_a_variable_that_is_no_good_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "credentials").write_text(f"[default]\n{KEYS}")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "Sydney, Australia")
    failure = asyncio.run(CustomerAccount(DefaultChain()).caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.params["mistake"], failure.params["name"]) == ("variable", "AWS_DEFAULT_REGION")
    assert "Sydney, Australia" in str(failure.params["said"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-2")
    assert isinstance(asyncio.run(CustomerAccount(DefaultChain()).caller()), Caller)


SAID: Final = (
    ("echo", "it printed nothing"),
    ("echo null", "null"),
    ("echo '[1]'", "it printed no JSON object"),
    ("echo 'Please sign in at https://x'", "Please sign in at https://x"),
    (f"""echo '{{"SecretAccessKey": "{SECRET}"'""", "it printed no JSON object"),
    ("echo 'Please sign in' >&2", "Please sign in"),
    ("echo no; exit 3", "nothing"),
)


@pytest.mark.parametrize(("script", "said"), SAID)
def test_a_program_that_prints_no_credentials_is_quoted_with_its_line(
    folder: Path, script: str, said: str
) -> None:
    program = folder / "tool.sh"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    (folder / "config").write_text(f"[profile work]\n\ncredential_process = '{program}'\n")
    account = CustomerAccount(NamedProfile("work"))
    failure = asyncio.run(account.caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.invalid"
    assert said in str(failure.params["answer"])
    assert (failure.params["file"], failure.params["line"]) == (str(folder / "config"), 3)
    snapshot = asyncio.run(account.read_snapshot(draft()))
    finding = diagnose(draft(), snapshot).findings[0]
    assert (finding.code, finding.params["line"]) == ("signin.invalid", 3)
    assert said in str(finding.params["answer"])
    program.write_text(
        f'#!/bin/sh\necho \'{{"Version": 1, "AccessKeyId": "{ID}", "SecretAccessKey": "x"}}\'\n'
    )
    assert isinstance(asyncio.run(CustomerAccount(NamedProfile("work")).caller()), Caller)


def test_a_program_that_is_not_there_is_told_by_its_line(folder: Path) -> None:
    (folder / "config").write_text("[profile work]\ncredential_process = no-such-tool --x\n")
    failure = asyncio.run(CustomerAccount(NamedProfile("work")).caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.config-broken"
    assert (failure.params["mistake"], failure.params["line"]) == ("no-program", 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_files_as_windows_saves_them_sign_in(folder: Path, encoding: str) -> None:
    role = "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/a\nsource_profile = work\n"
    (folder / "config").write_bytes(f"[default]\r\nregion = us-east-1\r\n{role}".encode(encoding))
    (folder / "credentials").write_bytes(f"[work]\r\n{KEYS}".encode(encoding))
    for name in ("work", "role"):
        assert isinstance(asyncio.run(CustomerAccount(NamedProfile(name)).caller()), Caller)


@pytest.mark.parametrize(
    ("name", "mistake"), [("credentials.txt", "file-name"), ("credentials/x", "folder")]
)
def test_a_file_in_another_form_is_told_and_then_found(
    folder: Path, name: str, mistake: str
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(f"[work]\n{KEYS}")
    failure = asyncio.run(CustomerAccount(NamedProfile("work")).caller())
    assert isinstance(failure, AwsFailure)
    assert failure.params["mistake"] == mistake
    assert failure.params["file"] == str(folder / "credentials")
    (folder / name).rename(folder / "found")
    if (folder / "credentials").is_dir():
        (folder / "credentials").rmdir()
    (folder / "found").rename(folder / "credentials")
    assert isinstance(asyncio.run(CustomerAccount(NamedProfile("work")).caller()), Caller)


def test_a_source_without_keys_is_told_by_its_line(folder: Path) -> None:
    role = "role_arn = arn:aws:iam::123456789012:role/a\ncredential_source = Environment\n"
    (folder / "config").write_text(f"[profile work]\n{role}")
    failure = asyncio.run(CustomerAccount(NamedProfile("work")).caller())
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.config-broken"
    assert (failure.params["mistake"], failure.params["line"]) == ("source-empty", 3)


@pytest.mark.parametrize(("asked", "like"), [("Work", "work"), ("wrk", "work"), ("other", None)])
def test_a_profile_of_almost_that_name_is_told(folder: Path, asked: str, like: str | None) -> None:
    (folder / "credentials").write_text(f"[work]\n{KEYS}")
    failure = asyncio.run(CustomerAccount(NamedProfile(asked)).caller())
    assert isinstance(failure, AwsFailure)
    assert (failure.finding, failure.params.get("like")) == ("signin.profile-missing", like)
