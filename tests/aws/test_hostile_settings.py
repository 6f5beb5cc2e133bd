"""Settings, files and programs of the person's own that are no good: a finding, and no secret."""

import asyncio
import hashlib
import io
import json
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from botocore.utils import (
    ContainerMetadataFetcher,
    generate_login_cache_key,
    get_login_token_cache_directory,
)

from app.aws.access import DefaultChain, NamedProfile, PortalRole, TemporaryKeys
from app.aws.account import CustomerAccount
from app.aws.clients import Clients
from app.aws.transport.failures import attempt
from app.core.diagnosis.diagnose import diagnose
from app.core.failure import AwsFailure
from app.core.sign_in import ByPortal
from app.core.snapshot import State
from app.core.wording.failures import failure_words
from tests.aws.doubles import ACCOUNT, draft

CANARY = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
"""What stands in every file and program here and may be seen nowhere."""

KEYS = f"aws_access_key_id = AKIAACME\naws_secret_access_key = {CANARY}\n"
START = "https://acme.awsapps.com/start"
OF_PORTAL = f"sso_start_url = {START}\nsso_region = eu-west-1\n"
OF_ROLE = f"sso_account_id = {ACCOUNT}\nsso_role_name = Admin\n"
SESSION = f"[sso-session acme]\n{OF_PORTAL}"
LATER = "2999-01-01T00:00:00Z"


@pytest.fixture(autouse=True)
def nothing_of_it_is_said(capfd: pytest.CaptureFixture[str]) -> object:
    """Fail where the canary reaches an output or any log at all."""
    log, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(log), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield
    root.removeHandler(handler)
    root.setLevel(level)
    out, err = capfd.readouterr()
    assert CANARY not in out + err + log.getvalue()
    assert "Traceback" not in out + err + log.getvalue()


def _config(home: Path, text: str) -> None:
    (home / ".aws").mkdir(exist_ok=True)
    (home / ".aws" / "config").write_text(f"[profile acme]\n{text}")


def _failure(answer: object) -> AwsFailure:
    assert isinstance(answer, AwsFailure), answer
    assert CANARY not in repr(answer)
    assert CANARY not in failure_words(answer).text
    return answer


def _ask(access: object = None) -> AwsFailure:
    account = CustomerAccount(access or NamedProfile("acme"))  # type: ignore[arg-type]
    failure = _failure(asyncio.run(account.caller()))
    again = asyncio.run(account.read_snapshot(draft()))
    assert again.role.state is State.UNREADABLE
    assert CANARY not in repr(again)
    return failure


VALUES = (
    "endpoint_url = http://127.0.0.1:99999",
    "endpoint_url = http://127.0.0.1:abc",
    "endpoint_url = https://127.0.0.1:-1",
    "endpoint_url = http://[",
    "endpoint_url = http://[::1",
    "endpoint_url = 127.0.0.1",
    "endpoint_url = ftp://127.0.0.1/",
    "endpoint_url = https://",
    "endpoint_url = https:///x",
    "endpoint_url = https://a b",
    "endpoint_url = https://%zz",
    "endpoint_url = \x01",
    "region = \n",
    "region = Sydney Australia",
    "region = ../../x",
    "region = eu-west-1@evil.example/",
    "ca_bundle = /not/there.pem",
    "ca_bundle = /",
    "services = not-there",
    "max_attempts = many",
    "retry_mode = hasty",
    "use_fips_endpoint = perhaps",
    "use_dualstack_endpoint = perhaps",
    "sts_regional_endpoints = perhaps",
    "defaults_mode = x",
    "request_checksum_calculation = x",
    "s3 = x",
    "s3 =\n  addressing_style = x",
    "s3 =\n  use_accelerate_endpoint = x\n  use_dualstack_endpoint = x",
    "parameter_validation = x",
    "user_agent_appid = " + "x" * 60,
    "sigv4a_signing_region_set = ,",
    "account_id_endpoint_mode = x",
    "auth_scheme_preference = x",
    "disable_request_compression = x",
    "request_min_compression_size_bytes = x",
    "metadata_service_timeout = x",
)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_is_no_good_is_a_value_of_ours(own_settings: Path, value: str) -> None:
    """Some of them botocore does not mind; then there is no way to AWS in a test."""
    _config(own_settings, f"{KEYS}{value}\n")
    assert _ask().finding in ("signin.config-broken", "env.offline")


@pytest.mark.parametrize("value", [v for v in VALUES if v.startswith("endpoint_url")])
def test_so_is_one_of_the_environment(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", value.partition(" = ")[2])
    failure = _ask(TemporaryKeys("ASIAACME", CANARY, "token"))
    assert failure.finding in ("signin.config-broken", "env.offline")


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "AWS_REGION", "AWS_CA_BUNDLE", "AWS_MAX_ATTEMPTS"])
@pytest.mark.parametrize("value", ["http://[", "http://proxy:99999", "x y", "://", "-1"])
def test_and_any_other_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    failure = _ask(TemporaryKeys("ASIAACME", CANARY, "token"))
    assert failure.finding in ("signin.config-broken", "env.offline", "env.proxy")


KEY_PAIR = {"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": CANARY}
SAID: dict[str, str] = {
    "nothing": "",
    "white space": " \n",
    "prose": f"Please sign in first: {CANARY}",
    "null": "null",
    "a number": "1",
    "a text": json.dumps(CANARY),
    "a list": json.dumps([KEY_PAIR]),
    "an empty object": "{}",
    "no version": json.dumps({**KEY_PAIR, "Version": None}),
    "another version": json.dumps({**KEY_PAIR, "Version": 2}),
    "a version as text": json.dumps({**KEY_PAIR, "Version": "1"}),
    "no key": json.dumps({**KEY_PAIR, "AccessKeyId": None}),
    "no secret": json.dumps({"Version": 1, "AccessKeyId": "ASIA"}),
    "a key that is none": json.dumps({**KEY_PAIR, "AccessKeyId": {"a": CANARY}}),
    "a secret that is none": json.dumps({**KEY_PAIR, "SecretAccessKey": [CANARY]}),
    "a key of two lines": json.dumps({**KEY_PAIR, "AccessKeyId": "ASIA\r\nX-Evil: 1"}),
    "a token of two lines": json.dumps({**KEY_PAIR, "SessionToken": "a\nb"}),
    "a token that is none": json.dumps({**KEY_PAIR, "SessionToken": 5}),
    "an odd end": json.dumps({**KEY_PAIR, "Expiration": f"tomorrow {CANARY}"}),
    "an end that is a number": json.dumps({**KEY_PAIR, "Expiration": 5}),
    "an end that is a list": json.dumps({**KEY_PAIR, "Expiration": [CANARY]}),
    "an end long ago": json.dumps({**KEY_PAIR, "Expiration": "2001-01-01T00:00:00Z"}),
    "an end without a zone": json.dumps({**KEY_PAIR, "Expiration": "2001-01-01T00:00:00"}),
    "an end beyond time": json.dumps({**KEY_PAIR, "Expiration": "9" * 400}),
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("what", sorted(SAID))
def test_a_program_that_prints_what_is_no_credential(
    own_settings: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    (own_settings / "said").write_text(SAID[what])
    script = own_settings / "process.py"
    script.write_text(f"print(open({str(own_settings / 'said')!r}).read())")
    python = sys.executable.replace("\\", "/")
    _config(own_settings, f'credential_process = "{python}" "{script.as_posix()}"\n')
    assert _ask().finding in ("signin.invalid", "signin.expired")


@pytest.mark.parametrize("command", ['"unclosed', "'", '"a" "b'])
def test_a_command_that_cannot_be_taken_apart_is_a_setting(
    own_settings: Path, command: str
) -> None:
    _config(own_settings, f"credential_process = {command}\n")
    assert _ask().finding == "signin.config-broken"


METADATA: dict[str, tuple[dict[str, str], str]] = {
    "another host": (
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://10.0.0.1/x"},
        "signin.config-broken",
    ),
    "no address": ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "nonsense"}, "signin.config-broken"),
    "a space": ({"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "x y"}, "signin.config-broken"),
    "nobody there": (
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/"},
        "signin.invalid",
    ),
    "no token file": (
        {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/not/there",
        },
        "signin.config-broken",
    ),
    "a token of two lines": (
        {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": f"{CANARY}\r\nX-Evil: 1",
        },
        "signin.config-broken",
    ),
    "a machine that is none": (
        {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://["},
        "signin.config-broken",
    ),
    "a machine that is away": (
        {
            "AWS_EC2_METADATA_DISABLED": "false",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9",
        },
        "signin.none",
    ),
}


@pytest.mark.parametrize("what", METADATA)
def test_a_machine_or_container_that_gives_no_credentials(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    variables, finding = METADATA[what]
    # botocore waits a second before each of its next tries.
    monkeypatch.setattr(ContainerMetadataFetcher, "SLEEP_TIME", 0)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _failure(asyncio.run(CustomerAccount(DefaultChain()).caller())).finding == finding


CACHED: dict[str, str] = {
    "nothing": "",
    "half": '{"accessToken": "' + CANARY,
    "prose": CANARY,
    "null": "null",
    "a list": json.dumps([CANARY]),
    "a text": json.dumps(CANARY),
    "no token": json.dumps({"expiresAt": LATER, "refreshToken": CANARY}),
    "no end": json.dumps({"accessToken": CANARY}),
    "an odd end": json.dumps({"accessToken": CANARY, "expiresAt": CANARY}),
    "an end that is none": json.dumps({"accessToken": CANARY, "expiresAt": {"a": CANARY}}),
    "an end beyond time": json.dumps({"accessToken": CANARY, "expiresAt": "9" * 400}),
    "a token that is none": json.dumps({"accessToken": [CANARY], "expiresAt": LATER}),
    "a token of two lines": json.dumps({"accessToken": f"{CANARY}\r\nX: 1", "expiresAt": LATER}),
    "a token in another script": json.dumps({"accessToken": f"{CANARY}\u2028", "expiresAt": LATER}),
    "deep": "[" * 100_000,
}


def _damage(cached: str, where: Path) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_text(cached)


def _binary(where: Path) -> None:
    where.parent.mkdir(parents=True, exist_ok=True)
    where.write_bytes(b"\xff\xfe\x00" + CANARY.encode())


def _folder(where: Path) -> None:
    where.mkdir(parents=True)


def _locked(where: Path) -> None:
    _damage(CANARY, where)
    where.chmod(0)


def _folder_is_a_file(where: Path) -> None:
    where.parent.parent.mkdir(parents=True, exist_ok=True)
    where.parent.write_text(CANARY)


DAMAGES: dict[str, Callable[[Path], None]] = {
    **{what: partial(_damage, text) for what, text in CACHED.items()},
    "binary": _binary,
    "a folder": _folder,
    "no permission": _locked,
    "its folder is a file": _folder_is_a_file,
}


@pytest.mark.parametrize("what", sorted(DAMAGES))
@pytest.mark.parametrize("way", ["session", "older", "portal", "login", "role"])
def test_a_damaged_token_cache_is_a_sign_in_that_has_ended(
    own_settings: Path, what: str, way: str
) -> None:
    access: object = None
    named = hashlib.sha1(b"acme" if way == "session" else START.encode()).hexdigest()  # noqa: S324
    file = own_settings / ".aws" / "sso" / "cache" / f"{named}.json"
    if way == "session":
        _config(own_settings, f"sso_session = acme\n{OF_ROLE}{SESSION}")
    elif way == "older":
        _config(own_settings, OF_PORTAL + OF_ROLE)
    elif way == "portal":
        access = PortalRole(ByPortal(START, "eu-west-1", ACCOUNT, "Admin"))
    elif way == "login":
        session = f"arn:aws:sts::{ACCOUNT}:assumed-role/Admin/jo"
        _config(own_settings, f"login_session = {session}\n")
        key = generate_login_cache_key(session)
        file = Path(get_login_token_cache_directory()) / f"{key}.json"
    else:
        role = f"arn:aws:iam::{ACCOUNT}:role/a"
        _config(own_settings, f"role_arn = {role}\nsource_profile = keys\n[profile keys]\n{KEYS}")
        file = own_settings / ".aws" / "cli" / "cache" / f"{named}.json"
    DAMAGES[what](file)
    failure = _ask(access)
    # A role is fetched anew, whatever is cached: there is no way to AWS in a test.
    assert failure.finding in ("signin.expired", "env.offline")


def test_a_role_without_a_token_file(own_settings: Path) -> None:
    role = f"role_arn = arn:aws:iam::{ACCOUNT}:role/a\nweb_identity_token_file = "
    for file in ("/not/there", str(own_settings)):
        _config(own_settings, f"{role}{file}\n")
        assert _ask().finding == "signin.config-broken"
    _config(own_settings, f"{role}{os.devnull}\n")
    assert _ask().finding == "signin.config-broken"


@pytest.mark.parametrize(
    "setting",
    [
        "role_arn = x",
        "duration_seconds = 5",
        "role_session_name = x",
        "external_id = x",
        "mfa_serial = x",
    ],
)
def test_a_role_with_a_setting_that_is_none(own_settings: Path, setting: str) -> None:
    """Botocore looks at what it would send, before it signs in with a profile."""
    role = "" if "role_arn" in setting else f"role_arn = arn:aws:iam::{ACCOUNT}:role/a\n"
    _config(own_settings, f"{role}{setting}\nsource_profile = keys\n[profile keys]\n{KEYS}")
    account = CustomerAccount(NamedProfile("acme"), ask_code=lambda _device: "123456")
    failure = _failure(asyncio.run(account.caller()))
    name = setting.partition(" ")[0]
    assert failure.finding == "signin.config-broken"
    assert f"The setting {name} of the profile" in failure_words(failure).text
    assert "\n" not in failure.message


@pytest.mark.parametrize("setting", ["role_arn = x", "duration_seconds = 5"])
def test_a_check_says_it_too(own_settings: Path, setting: str) -> None:
    role = "" if "role_arn" in setting else f"role_arn = arn:aws:iam::{ACCOUNT}:role/a\n"
    _config(own_settings, f"{role}{setting}\nsource_profile = keys\n[profile keys]\n{KEYS}")
    snapshot = asyncio.run(CustomerAccount(NamedProfile("acme")).read_snapshot(draft()))
    finding = next(f for f in diagnose(draft(), snapshot).findings if f.code[:7] == "signin.")
    name = setting.partition(" ")[0]
    assert (finding.code, finding.params["setting"]) == ("signin.config-broken", name)


def test_a_parameter_of_ours_is_no_setting() -> None:
    clients = Clients(TemporaryKeys("ASIAACME", CANARY, "token"))
    failure = _failure(attempt("iam:GetRole", lambda: clients.iam().get_role(RoleName="")))
    assert (failure.code, failure.finding) == ("ParamValidationError", None)


def test_nothing_at_all() -> None:
    assert _ask(DefaultChain()).finding == "signin.none"
