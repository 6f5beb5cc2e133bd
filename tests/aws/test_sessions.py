"""How AWS is reached: this computer's settings where they count, and nothing of them where not."""

import asyncio
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore.loaders import JSONFileLoader

from app.aws.access import Access, DefaultChain, GivenKeys, NamedProfile, TemporaryKeys
from app.aws.account import CustomerAccount
from app.core.failure import AwsFailure
from app.core.snapshot import Caller
from app.core.wording.failures import failure_words
from tests.aws.doubles import ACCOUNT, REGION, Front, body_of, draft, keys

CLOSED = "http://127.0.0.1:9"
"""No server listens here."""


def _caller(access: Access) -> Caller | AwsFailure:
    return asyncio.run(CustomerAccount(access).caller())


def _finding(access: Access) -> str | None:
    answer = _caller(access)
    assert isinstance(answer, AwsFailure)
    return answer.finding


def _write(home: Path, name: str, text: str) -> Path:
    path = home / ".aws" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


KEYS = "aws_access_key_id = AKIAFILE\naws_secret_access_key = secret\n"

HOSTILE = {
    "AWS_PROFILE": "not-there",
    "AWS_DEFAULT_PROFILE": "not-there",
    "AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT",
    "AWS_SECRET_ACCESS_KEY": "environment",
    "AWS_SESSION_TOKEN": "environment",
    "AWS_REGION": "cn-north-1",
    "AWS_DEFAULT_REGION": "cn-north-1",
    "AWS_ENDPOINT_URL": "https://real.example",
    "AWS_ENDPOINT_URL_STS": "https://real.example",
    "AWS_ENDPOINT_URL_S3": "https://real.example",
    "AWS_ENDPOINT_URL_IAM": "https://real.example",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_USE_DUALSTACK_ENDPOINT": "true",
    "AWS_CA_BUNDLE": "/not/there.pem",
    "AWS_DEFAULTS_MODE": "nonsense",
    "AWS_RETRY_MODE": "nonsense",
    "AWS_MAX_ATTEMPTS": "nonsense",
    "AWS_METADATA_SERVICE_TIMEOUT": "nonsense",
    "AWS_STS_REGIONAL_ENDPOINTS": "nonsense",
    "AWS_DATA_PATH": "/not/there",
    "HTTP_PROXY": CLOSED,
    "HTTPS_PROXY": CLOSED,
}


def test_given_keys_are_deaf_to_this_computer(
    url: str,
    front: Front,
    own_settings: Path,
    elsewhere: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)
    for name in ("config", "credentials"):
        _write(own_settings, name, "this is broken\n")
    snapshot = asyncio.run(CustomerAccount(keys(url)).read_snapshot(draft()))
    assert snapshot.caller is not None
    assert snapshot.unreadable == ()
    assert elsewhere == []
    assert {request.url.split("/")[2] for _, request in front.requests} == {url.split("/")[2]}
    signed = {str(request.headers["Authorization"]) for _, request in front.requests}
    assert all("AKIAADMIN" in header for header in signed)
    assert not any("X-Amz-Security-Token" in request.headers for _, request in front.requests)


def test_given_keys_may_be_temporary(url: str, front: Front) -> None:
    access = GivenKeys(url, "ASIA", "secret", "token")
    assert isinstance(_caller(access), Caller)
    assert front.first_header("X-Amz-Security-Token") == "token"


def test_a_second_sign_in_reads_no_service_model_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    CustomerAccount(keys(url)).clients.iam()
    paths: list[str] = []
    monkeypatch.setattr(JSONFileLoader, "load_file", lambda _self, path: paths.append(path))
    CustomerAccount(keys(url)).clients.iam()
    assert paths == []


def test_secrets_are_in_no_text() -> None:
    assert "wJalr" not in repr(GivenKeys(CLOSED, "AKIA", "wJalr", "wJalrToken"))


def test_the_default_chain_takes_the_environment(
    url: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    assert _caller(DefaultChain()) == Caller(f"arn:aws:sts::{ACCOUNT}:user/moto", ACCOUNT)
    assert "AKIAENVIRONMENT" in front.first_header("Authorization")


def test_the_default_chain_takes_the_named_profile_and_files(
    url: str, front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, credentials = tmp_path / "my-config", tmp_path / "my-credentials"
    config.write_text(f"[profile acme]\nregion = {REGION}\nendpoint_url = {url}\n")
    credentials.write_text(f"[acme]\n{KEYS}")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
    monkeypatch.setenv("AWS_PROFILE", "acme")
    assert isinstance(_caller(DefaultChain()), Caller)
    day = front.first_header("X-Amz-Date")[:8]
    assert f"AKIAFILE/{day}/{REGION}/sts" in front.first_header("Authorization")


def test_a_profile_goes_before_keys_of_the_environment(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(own_settings, "credentials", f"[acme]\n{KEYS}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    assert isinstance(_caller(NamedProfile("acme")), Caller)
    assert "AKIAFILE" in front.first_header("Authorization")


def test_one_service_may_have_an_address_of_its_own(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(own_settings, "credentials", f"[acme]\n{KEYS}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", CLOSED)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", url)
    assert isinstance(_caller(NamedProfile("acme")), Caller)
    assert front.requests[0][1].url.startswith(url)


def test_a_role_profile_is_assumed_without_a_region(
    url: str, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = f"role_arn = arn:aws:iam::{ACCOUNT}:role/admin\nsource_profile = base\n"
    _write(own_settings, "config", f"[profile base]\n{KEYS}[profile acme]\n{role}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    answer = _caller(NamedProfile("acme"))
    assert isinstance(answer, Caller)
    assert ":assumed-role/" in answer.arn


def test_an_mfa_code_is_never_asked_for_on_a_console(
    url: str, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = f"role_arn = arn:aws:iam::{ACCOUNT}:role/admin\nsource_profile = base\n"
    mfa = f"mfa_serial = arn:aws:iam::{ACCOUNT}:mfa/jo\n"
    _write(own_settings, "config", f"[profile base]\n{KEYS}[profile acme]\n{role}{mfa}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setattr("getpass.getpass", lambda *_: pytest.fail("asked on the console"))
    assert _finding(NamedProfile("acme")) == "signin.expired"


SSO = (
    "[profile acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = us-east-1\n"
    f"sso_account_id = {ACCOUNT}\nsso_role_name = Admin\n"
)

BROKEN = (
    ("[profile other]\n", "signin.profile-missing"),
    ("[profile acme]\nnonsense\n", "signin.config-broken"),
    ("[profile acme]\nregion = Sydney Australia\n" + KEYS, "signin.config-broken"),
    ("[profile acme]\nregion = x\n", "signin.none"),
    ("[profile acme]\naws_access_key_id = AKIA\n", "signin.config-broken"),
    ("[profile acme]\nendpoint_url = nonsense\n" + KEYS, "signin.config-broken"),
    ("[profile acme]\ncredential_process = /not/there\n", "signin.config-broken"),
    (
        "[profile acme]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = not-there\n",
        "signin.config-broken",
    ),
    (SSO, "signin.expired"),
    ("[profile acme]\nlogin_session = arn:aws:iam::1:user/jo\n", "signin.expired"),
)


@pytest.mark.parametrize(("config", "finding"), BROKEN)
def test_a_profile_that_does_not_work_says_why(
    own_settings: Path, elsewhere: list[str], config: str, finding: str
) -> None:
    _write(own_settings, "config", config)
    assert _finding(NamedProfile("acme")) == finding
    assert elsewhere == []


def test_a_failed_sign_in_names_its_profile(own_settings: Path) -> None:
    _write(own_settings, "config", SSO)
    answer = _caller(NamedProfile("acme"))
    assert isinstance(answer, AwsFailure)
    assert answer.params == {"profile": "acme"}


def test_a_credential_process_that_fails_says_why(own_settings: Path) -> None:
    script = own_settings / "process.py"
    script.write_text("import sys; sys.exit('Your session has expired')")
    command = f'"{_python()}" "{script}"'
    _write(own_settings, "config", f"[profile acme]\ncredential_process = {command}\n")
    assert _finding(NamedProfile("acme")) == "signin.expired"


def test_a_credential_process_that_prints_nonsense_did_not_sign_in(own_settings: Path) -> None:
    script = own_settings / "process.py"
    script.write_text("print('hello')")
    command = f'"{_python()}" "{script}"'
    _write(own_settings, "config", f"[profile acme]\ncredential_process = {command}\n")
    assert _finding(NamedProfile("acme")) == "signin.invalid"


def _python() -> str:
    import sys

    return sys.executable.replace("\\", "/")


def test_no_credentials_at_all(elsewhere: list[str]) -> None:
    assert _finding(DefaultChain()) == "signin.none"
    assert elsewhere == []


def test_no_route_to_aws(own_settings: Path, elsewhere: list[str]) -> None:
    _write(own_settings, "credentials", f"[default]\n{KEYS}")
    assert _finding(DefaultChain()) == "env.offline"
    assert set(elsewhere) == {"sts.us-east-1.amazonaws.com"}


def test_a_proxy_that_is_not_there(own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(own_settings, "credentials", f"[default]\n{KEYS}")
    monkeypatch.setenv("HTTPS_PROXY", CLOSED)
    assert _finding(DefaultChain()) == "env.proxy"


def test_no_proxy_spares_an_address(
    url: str, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(own_settings, "credentials", f"[default]\n{KEYS}")
    monkeypatch.setenv("HTTP_PROXY", CLOSED)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    assert _finding(DefaultChain()) == "env.proxy"
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert isinstance(_caller(DefaultChain()), Caller)


@pytest.fixture
def refusing_proxy() -> Iterator[str]:
    """Run a proxy that asks for a password."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                visitor, _ = server.accept()
            except OSError:
                return
            with visitor:
                visitor.recv(65536)
                visitor.sendall(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                )

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


@pytest.mark.parametrize("address", ["https://sts.us-east-1.amazonaws.com", "https://sts.internal"])
def test_a_proxy_that_asks_for_a_password(
    refusing_proxy: str, own_settings: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    _write(own_settings, "credentials", f"[default]\n{KEYS}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("HTTPS_PROXY", refusing_proxy)
    monkeypatch.setenv("HTTP_PROXY", refusing_proxy)
    assert _finding(DefaultChain()) == "env.proxy"


UNENCRYPTED = (
    "http://sts.internal",
    "http://10.0.0.1:4566",
    "http://localhost.example",
    "http://localhost.localstack.cloud:4566",  # aws-sdk-net 4212: a name that leads here, today
    "http://host.docker.internal:4566",
    "http://localstack:4566",
    "http://minio:9000",
    "http://0.0.0.0:4566",
    "http://192.168.1.20:4566",
    "http://127.0.0.1.nip.io:4566",
    "http://[fe80::1]:4566",
    "http://169.254.169.254",
)


@pytest.mark.parametrize("address", UNENCRYPTED)
def test_nothing_is_sent_unencrypted_to_another_computer(
    elsewhere: list[str], own_settings: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    _write(own_settings, "credentials", f"[default]\n{KEYS}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    failure = _caller(DefaultChain())
    assert isinstance(failure, AwsFailure)
    assert (failure.finding, failure.took_effect_unknown) == ("signin.config-broken", False)
    words = failure_words(failure).text
    assert urlsplit(address).netloc in words
    assert "https://" in words
    assert elsewhere == []


@pytest.mark.parametrize("here", ["http://LOCALHOST:1", "http://127.0.0.9:1", "http://[::1]:1"])
def test_to_this_computer_it_is(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch, here: str
) -> None:
    _write(own_settings, "credentials", f"[default]\n{KEYS}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", here)
    assert _finding(DefaultChain()) == "env.offline"


# Keys that a person handed over


@pytest.mark.parametrize("files", ["", "this is broken\n", "[profile other]\n"])
def test_temporary_keys_take_the_address_and_no_credentials(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch, files: str
) -> None:
    _write(own_settings, "config", files)
    _write(own_settings, "credentials", files or f"[default]\n{KEYS}")
    monkeypatch.setenv("AWS_PROFILE", "not-there")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    assert isinstance(_caller(TemporaryKeys("ASIAPASTED", "secret", "token")), Caller)
    assert "ASIAPASTED" in front.first_header("Authorization")
    assert front.first_header("X-Amz-Security-Token") == "token"


def test_temporary_keys_take_the_default_profiles_settings(
    url: str, front: Front, own_settings: Path
) -> None:
    _write(own_settings, "config", f"[default]\nregion = {REGION}\nendpoint_url = {url}\n")
    assert isinstance(_caller(TemporaryKeys("ASIAPASTED", "secret", "token")), Caller)
    assert f"/{REGION}/sts" in front.first_header("Authorization")


def test_temporary_keys_show_no_secret() -> None:
    assert "wJalr" not in repr(TemporaryKeys("ASIA", "wJalr", "wJalrToken"))


# `aws login`


def _login_token(home: Path, **keys: object) -> None:
    folder = home / ".aws" / "login" / "cache"
    folder.mkdir(parents=True)
    token = {
        "accessToken": {
            "accessKeyId": "ASIALOGIN",
            "secretAccessKey": "secret",
            "sessionToken": "token",
            "accountId": ACCOUNT,
            "expiresAt": "2099-01-01T00:00:00Z",
        },
        "refreshToken": "refresh",
        "dpopKey": "-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----\n",
        "clientId": "arn:aws:signin:::devtools/same-device",
        **keys,
    }
    name = hashlib.sha256(LOGIN.encode()).hexdigest()
    (folder / f"{name}.json").write_text(json.dumps(token))


LOGIN = f"arn:aws:iam::{ACCOUNT}:user/jo"


def test_a_console_sign_in_is_used(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(own_settings, "config", f"[profile acme]\nlogin_session = {LOGIN}\n")
    _login_token(own_settings)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    assert isinstance(_caller(NamedProfile("acme")), Caller)
    assert "ASIALOGIN" in front.first_header("Authorization")


@pytest.mark.parametrize("damage", [{"accessToken": {}}, {"accessToken": "text"}])
def test_a_damaged_console_sign_in_is_a_failure(own_settings: Path, damage: object) -> None:
    _write(own_settings, "config", f"[profile acme]\nlogin_session = {LOGIN}\n")
    _login_token(own_settings, **damage)  # type: ignore[arg-type]
    assert _finding(NamedProfile("acme")) == "signin.expired"  # signing in again mends it


# MFA


MFA = (
    f"[profile base]\n{KEYS}[profile acme]\nrole_arn = arn:aws:iam::{ACCOUNT}:role/admin\n"
    f"source_profile = base\nmfa_serial = arn:aws:iam::{ACCOUNT}:mfa/jo\n"
)


def test_an_mfa_code_is_asked_for_and_sent(
    url: str, front: Front, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(own_settings, "config", MFA)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    asked: list[str] = []

    def ask(device: str) -> str:
        asked.append(device)
        return "123456"

    account = CustomerAccount(NamedProfile("acme"), ask_code=ask)
    assert isinstance(asyncio.run(account.caller()), Caller)
    assert isinstance(asyncio.run(account.caller()), Caller)
    assert asked == [f"arn:aws:iam::{ACCOUNT}:mfa/jo"]
    (assumed,) = front.sent("sts.AssumeRole")
    assert "TokenCode=123456" in body_of(assumed)


def test_no_code_is_a_failure_that_names_the_device(
    own_settings: Path,
) -> None:
    _write(own_settings, "config", MFA)
    account = CustomerAccount(NamedProfile("acme"), ask_code=lambda _device: None)
    answer = asyncio.run(account.caller())
    assert isinstance(answer, AwsFailure)
    assert answer.finding == "signin.expired"
    assert answer.params["mfa_device"] == f"arn:aws:iam::{ACCOUNT}:mfa/jo"
