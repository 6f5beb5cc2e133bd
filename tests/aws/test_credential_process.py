"""A profile's own program, started by a program that the desktop started."""

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import CredentialRetrievalError

from app.aws import credential_process, program_path
from app.aws.access import NamedProfile
from app.aws.account import CustomerAccount
from app.aws.program_path import login_shell_path, wide_path
from app.aws.transport.failures import attempt
from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.snapshot import Caller
from app.core.wording.failures import failure_words
from app.flow.ports.aws import Made, Present
from tests.aws.doubles import ACCOUNT, Front

posix_only = pytest.mark.skipif(os.name == "nt", reason="on Windows the desktop's PATH is whole")

KEYS = {
    "Version": 1,
    "AccessKeyId": "ASIAPROCESS",
    "SecretAccessKey": "secret",
    "SessionToken": "token",
}


@pytest.fixture(autouse=True)
def asked_anew() -> None:
    login_shell_path.cache_clear()


def _program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return path


def _config(home: Path, text: str) -> None:
    (home / ".aws").mkdir(exist_ok=True)
    (home / ".aws" / "config").write_text(text)


def _ask(profile: str = "acme") -> Caller | AwsFailure:
    return asyncio.run(CustomerAccount(NamedProfile(profile)).caller())


def _short_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the PATH that macOS gives to what the desktop starts."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")


@posix_only
@pytest.mark.parametrize("profile", ["acme", "role"])
def test_a_program_of_the_persons_own_is_found(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    _program(own_settings / ".local" / "bin", "fetch-keys", f"echo '{json.dumps(KEYS)}'")
    role = f"[profile role]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/a\nsource_profile = acme\n"
    _config(own_settings, f"[profile acme]\ncredential_process = fetch-keys --all\n{role}")
    _short_path(monkeypatch)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    assert isinstance(_ask(profile), Caller)
    assert front.operations[-1] == "sts.GetCallerIdentity"


@posix_only
def test_the_login_shell_is_asked_once_and_its_noise_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = tmp_path / "count"
    noisy = f'echo PATH=/noise; echo x >> "{count}"; PATH="/from/shell:$PATH"; export PATH'
    shell = _program(tmp_path, "shell", f'{noisy}; shift 2; exec /bin/sh "$@"')
    _short_path(monkeypatch)
    monkeypatch.setenv("SHELL", str(shell))
    folders = wide_path(os.environ).split(os.pathsep)
    assert wide_path(os.environ).split(os.pathsep) == folders
    assert folders[:4] == ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]
    assert "/from/shell" in folders
    assert "/noise" not in folders
    assert "/opt/homebrew/bin" in folders
    assert len(folders) == len(set(folders))
    assert count.read_text() == "x\n"


@posix_only
def test_a_shell_that_waits_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_path, "_PATIENCE", 0.05)
    ended = tmp_path / "ended"
    shell = _program(tmp_path, "shell", f'/bin/sleep 60; touch "{ended}"')
    assert login_shell_path(str(shell)) == ()
    assert not ended.exists()


@posix_only
def test_what_a_start_up_file_leaves_running_does_not_hide_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_path, "_PATIENCE", 2.0)
    lines = '/bin/sleep 60 & PATH="/from/shell:$PATH"; export PATH'
    shell = _program(tmp_path, "shell", f'{lines}; shift 2; exec /bin/sh "$@"')
    assert "/from/shell" in login_shell_path(str(shell))


@pytest.mark.parametrize("shell", ["", "/not/there", __file__])
def test_a_shell_that_is_none_says_nothing(shell: str) -> None:
    assert login_shell_path(shell) == ()


def _python(home: Path, script: str) -> None:
    path = home / "process.py"
    path.write_text(script)
    python = sys.executable.replace("\\", "/")
    _config(home, f'[profile acme]\ncredential_process = "{python}" "{path.as_posix()}"\n')


def test_what_it_says_is_shown_without_secrets(own_settings: Path) -> None:
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    _python(own_settings, f"import sys; sys.exit('no entry for jo; token={secret}\\nor {secret}')")
    failure = _ask()
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.invalid"
    assert "no entry for jo" in str(failure.params["answer"])
    assert secret not in repr(failure)
    assert "wJalr" not in repr(failure)


def test_what_is_no_text_is_a_failure_too(own_settings: Path) -> None:
    _python(own_settings, "import sys; sys.stderr.buffer.write(b'\\xff oh'); sys.exit(1)")
    failure = _ask()
    assert isinstance(failure, AwsFailure)
    assert "oh" in str(failure.params["answer"])
    _python(own_settings, "import sys; sys.stdout.buffer.write(b'\\xff')")
    failure = _ask()
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.invalid"


def test_one_that_waits_for_ever_is_given_up(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credential_process, "PATIENCE", 0.05)
    _python(own_settings, "import time; time.sleep(60)")
    failure = _ask()
    assert isinstance(failure, AwsFailure)
    assert "no answer" in str(failure.params["answer"])


def _wait_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the patience with a program begin once it wrote ``file``, however busy the machine."""
    communicate = subprocess.Popen.communicate

    def once_begun(
        process: subprocess.Popen[bytes],
        data: bytes | None = None,
        timeout: float | None = None,
    ) -> tuple[bytes, bytes]:
        while process.poll() is None and not (file.exists() and file.read_text()):
            time.sleep(0.01)
        return communicate(process, data, timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", once_begun)


@posix_only
def test_one_whose_own_child_holds_its_output_is_given_up_as_well(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credential_process, "PATIENCE", 0.3)
    pid = own_settings / "pid"
    script = f'/bin/sleep 60 & echo $! > "{pid}"; wait'
    program = _program(own_settings / "bin", "wrapper", script)
    _config(own_settings, f"[profile acme]\ncredential_process = {program}\n")
    _wait_for(pid, monkeypatch)
    began = time.monotonic()
    failure = _ask()
    took = time.monotonic() - began
    os.kill(int(pid.read_text()), signal.SIGKILL)
    assert isinstance(failure, AwsFailure)
    assert "no answer" in str(failure.params["answer"])
    assert took < 30


def test_it_has_no_console_to_read_from(
    url: str, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    lines = "import sys; typed = sys.stdin.read(); assert typed == ''"
    _python(own_settings, f"{lines}; print({json.dumps(json.dumps(KEYS))})")
    assert isinstance(_ask(), Caller)
    assert issubclass(credential_process.CredentialProcess, subprocess.Popen)


def test_a_program_that_gives_keys_of_another_account_meanwhile_changes_nothing_there(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So do wrappers that follow whatever account was chosen last in another window."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    elsewhere = "999988887777"
    session = boto3.Session(aws_access_key_id="A", aws_secret_access_key="s")
    sts = session.client("sts", "us-east-1")
    made = sts.assume_role(RoleArn=f"arn:aws:iam::{elsewhere}:role/admin", RoleSessionName="jo")
    keys = made["Credentials"]
    soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    other = {
        "AccessKeyId": keys["AccessKeyId"],
        "SecretAccessKey": keys["SecretAccessKey"],
        "SessionToken": keys["SessionToken"],
    }
    chosen = own_settings / "chosen.json"
    # It ends so soon that it is renewed before each request.
    chosen.write_text(json.dumps({**KEYS, "Expiration": soon}))
    _python(own_settings, f"print(open({str(chosen)!r}).read())")
    account = CustomerAccount(NamedProfile("acme"))
    role = Change(ChangeKind.CREATE_ROLE, role_arn(ACCOUNT), None, trust_policy("x"), True)

    async def walk() -> None:
        caller = await account.caller()
        assert isinstance(caller, Caller)
        assert caller.account == ACCOUNT
        assert isinstance(await account.present(role), Present)
        chosen.write_text(json.dumps({**KEYS, **other, "Expiration": soon}))
        for answer in (await account.present(role), await account.apply(role)):
            assert isinstance(answer, AwsFailure)
            assert answer.finding == "signin.wrong-account"
            assert answer.params == {"expected": ACCOUNT, "found": elsewhere}
            assert not answer.took_effect_unknown
        assert "iam.CreateRole" not in front.operations
        chosen.write_text(json.dumps({**KEYS, "Expiration": soon}))
        assert isinstance(await account.apply(role), Made)

    asyncio.run(walk())


def test_a_program_that_says_nothing_is_not_taken_for_a_mistyped_key() -> None:
    def silent() -> None:
        raise CredentialRetrievalError(provider="custom-process", error_msg="")

    failure = attempt("sts:GetCallerIdentity", silent)
    assert isinstance(failure, AwsFailure)
    said = failure_words(failure)
    assert "The program that signs in to AWS did not succeed." in said.template
    assert said.values == {"answer": "(nothing)"}
    assert "mistyped" not in said.template
    # A key that AWS itself refused is another matter.
    refused = AwsFailure("sts:GetCallerIdentity", "InvalidClientTokenId", "", 403)
    told = failure_words(replace(refused, finding="signin.invalid"))
    assert "mistyped" in told.template
