"""The profiles of this computer, whether they still work, and files that can't be read."""

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.aws.identity_center.token_cache import TokenCache
from app.aws.profiles import files_stamp, list_profiles
from app.aws.program_path import wide_path
from app.core.failure import AwsFailure
from app.core.sign_in import Profile, ProfileKind, ProfileState

ACCOUNT = "123456789012"
_ACME = "https://acme.awsapps.com/start"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONFIG = """\
[default]
region = ap-southeast-2

[profile centre]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = Admin

[profile old-centre]
sso_start_url = https://acme.awsapps.com/start
sso_region = us-east-1

[profile login]
login_session = arn:aws:iam::123456789012:user/jo

[profile role]
role_arn = arn:aws:iam::123456789012:role/admin
source_profile = keys

[profile machine-role]
role_arn = arn:aws:iam::123456789012:role/admin
credential_source = Environment

[profile web]
role_arn = arn:aws:iam::123456789012:role/admin
web_identity_token_file = /token

[profile process]
credential_process = /usr/bin/tool

[profile settings]
region = eu-west-1

[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = us-east-1

[preview]
nothing = 1
"""
CREDENTIALS = """\
[keys]
aws_access_key_id = AKIA
aws_secret_access_key = secret

[default]
aws_access_key_id = AKIA
aws_secret_access_key = secret
"""

KEYS = "[keys]\naws_access_key_id = MINE\naws_secret_access_key = secret\n"


@pytest.fixture
def folder(own_settings: Path) -> Path:
    folder = own_settings / ".aws"
    folder.mkdir()
    return folder


def test_each_profile_is_listed_with_its_kind(folder: Path) -> None:
    (folder / "config").write_text(CONFIG)
    (folder / "credentials").write_text(CREDENTIALS)
    assert list_profiles() == (
        Profile("default", ProfileKind.KEYS, region="ap-southeast-2"),
        Profile(
            "centre",
            ProfileKind.IDENTITY_CENTER,
            account_id=ACCOUNT,
            role_name="Admin",
            state=ProfileState.EXPIRED,
            start_url=_ACME,
            portal_region="us-east-1",
        ),
        Profile(
            "old-centre",
            ProfileKind.IDENTITY_CENTER,
            state=ProfileState.EXPIRED,
            start_url=_ACME,
            portal_region="us-east-1",
        ),
        Profile("login", ProfileKind.LOGIN, account_id=ACCOUNT, state=ProfileState.EXPIRED),
        Profile("role", ProfileKind.ROLE, "keys", account_id=ACCOUNT, role_name="admin"),
        Profile("machine-role", ProfileKind.ROLE, account_id=ACCOUNT, role_name="admin"),
        Profile("web", ProfileKind.WEB_IDENTITY, account_id=ACCOUNT, role_name="admin"),
        Profile("process", ProfileKind.PROCESS),
        Profile("settings", ProfileKind.OTHER, region="eu-west-1"),
        Profile("keys", ProfileKind.KEYS),
    )


def test_a_computer_without_files_has_none() -> None:
    assert list_profiles() == ()


def test_the_files_are_read_anew(folder: Path) -> None:
    assert list_profiles() == ()
    (folder / "credentials").write_text(KEYS)
    assert list_profiles() == (Profile("keys", ProfileKind.KEYS),)


def test_files_elsewhere_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, name in (
        ("AWS_CONFIG_FILE", "my-config"),
        ("AWS_SHARED_CREDENTIALS_FILE", "my-credentials"),
    ):
        monkeypatch.setenv(variable, str(tmp_path / name))
    (tmp_path / "my-config").write_text("[profile process]\ncredential_process = x\n")
    (tmp_path / "my-credentials").write_text(KEYS)
    assert list_profiles() == (
        Profile("process", ProfileKind.PROCESS),
        Profile("keys", ProfileKind.KEYS),
    )


@pytest.mark.parametrize("name", ["config", "credentials"])
def test_a_broken_file_is_named_with_its_line(folder: Path, name: str) -> None:
    (folder / name).write_text("[default]\nregion = x\naws_secret_access_key wJalrSECRET\n")
    failure = list_profiles()
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.config-broken"
    assert str(folder / name) in failure.message
    assert (failure.params["mistake"], failure.params["line"]) == ("stray-line", 3)
    assert "wJalr" not in failure.message


# Whether they still work


def _only() -> Profile:
    found = list_profiles(lambda: NOW)
    assert not isinstance(found, AwsFailure)
    return found[0]


def _cache(folder: Path, place: str, name: str, **content: object) -> None:
    path = folder / place / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


START = "https://acme.awsapps.com/start"
NAMED = (
    "[profile centre]\nsso_session = acme\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
    f"[sso-session acme]\nsso_start_url = {START}\nsso_region = us-east-1\n"
)
PLAIN = f"[profile centre]\nsso_start_url = {START}\nsso_region = us-east-1\n"
RENEWABLE = {
    "refreshToken": "r",
    "clientId": "c",
    "clientSecret": "s",
    "registrationExpiresAt": "2026-12-31T00:00:00Z",
}


@pytest.mark.parametrize(
    ("config", "ends", "more", "state"),
    [
        (NAMED, "2026-11-23T13:00:00Z", {}, ProfileState.SIGNED_IN),
        (NAMED, "2026-11-23T11:00:00UTC", {}, ProfileState.EXPIRED),
        (NAMED, "2026-11-23T11:00:00Z", RENEWABLE, ProfileState.SIGNED_IN),
        (PLAIN, "2026-11-23T13:00:00Z", {}, ProfileState.SIGNED_IN),
        (PLAIN, "2026-11-23T11:00:00Z", RENEWABLE, ProfileState.EXPIRED),
        (NAMED, "nonsense", {}, ProfileState.EXPIRED),
    ],
)
def test_a_portals_session_ends_by_its_own_time(
    folder: Path, config: str, ends: str, more: dict[str, str], state: ProfileState
) -> None:
    (folder / "config").write_text(config)
    name = hashlib.sha1(b"acme" if config is NAMED else START.encode()).hexdigest()  # noqa: S324
    _cache(folder, "sso/cache", name, accessToken="t", expiresAt=ends, **more)
    assert _only().state is state


@pytest.mark.parametrize(
    ("content", "state"),
    [
        ({"accessToken": {"expiresAt": "2026-11-23T13:00:00Z"}}, ProfileState.SIGNED_IN),
        ({"accessToken": {"expiresAt": "2026-11-23T11:00:00Z"}}, ProfileState.NOT_TRIED),
        ({"accessToken": "damaged"}, ProfileState.NOT_TRIED),
        ({}, ProfileState.EXPIRED),
    ],
)
def test_a_console_sign_in_may_be_renewed(
    folder: Path, content: dict[str, object], state: ProfileState
) -> None:
    session = "arn:aws:iam::123456789012:user/jo"
    (folder / "config").write_text(f"[profile login]\nlogin_session = {session}\n")
    _cache(folder, "login/cache", hashlib.sha256(session.encode()).hexdigest(), **content)
    assert _only().state is state


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("x_security_token_expires = 2026-11-23T13:00:00+00:00", ProfileState.SIGNED_IN),
        ("aws_expiration = 2026-11-23T11:00:00", ProfileState.EXPIRED),
        ("expiration = soon", ProfileState.NOT_TRIED),
        ("region = eu-west-1", ProfileState.NOT_TRIED),
    ],
)
def test_keys_with_an_end_of_their_own(folder: Path, line: str, state: ProfileState) -> None:
    (folder / "credentials").write_text(f"{KEYS}{line}\n")
    assert _only().state is state


# Files that are not written as they should be

WORK = "[work]\naws_access_key_id = AKIAEXAMPLEEXAMPLE01\naws_secret_access_key = secret\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_windows_editors_save_is_read(folder: Path, encoding: str) -> None:
    """aws-cli 3419, aws-xray-daemon 37: Notepad's mark, PowerShell's UTF-16."""
    config = "[default]\nregion = us-east-1\ns3 =\n  addressing_style = path\n[profile work]\n"
    (folder / "config").write_bytes(config.encode(encoding))
    (folder / "credentials").write_bytes(WORK.replace("\n", "\r\n").encode(encoding))
    assert list_profiles() == (
        Profile("default", ProfileKind.OTHER, region="us-east-1"),
        Profile("work", ProfileKind.KEYS),
    )


def _sole_mistake(expected_kind: ProfileKind) -> tuple[str, str, int | None]:
    profile = _only()
    assert (profile.kind, profile.state) == (expected_kind, ProfileState.BROKEN)
    (mistake,) = profile.mistakes
    return mistake.code, Path(mistake.file).name, mistake.line


def test_a_profile_that_no_tool_finds_is_listed(folder: Path) -> None:
    (folder / "config").write_text(f"# mine\n{WORK}")
    assert _sole_mistake(ProfileKind.KEYS) == ("no-prefix", "config", 2)
    (folder / "config").write_text(f"# mine\n{WORK}".replace("[work]", "[profile work]"))
    assert _only() == Profile("work", ProfileKind.KEYS)


def test_a_role_without_a_source_is_one(folder: Path) -> None:
    (folder / "config").write_text("[profile a]\nrole_arn = arn:aws:iam::123456789012:role/a\n")
    assert _sole_mistake(ProfileKind.ROLE) == ("role-no-source", "config", 2)


def test_a_file_that_is_passed_over_is_said_of_each_profile_that_lacks_it(folder: Path) -> None:
    (folder / "config").write_text("[profile work]\nregion = us-east-1\n")
    (folder / "credentials").mkdir()
    assert _sole_mistake(ProfileKind.OTHER) == ("folder", "credentials", None)
    (folder / "credentials").rmdir()
    (folder / "credentials.txt").write_text(WORK)
    assert _sole_mistake(ProfileKind.OTHER) == ("file-name", "credentials", None)
    (folder / "credentials.txt").rename(folder / "credentials")
    assert _only() == Profile("work", ProfileKind.KEYS, region="us-east-1")


@pytest.mark.parametrize("name", ["config", "credentials"])
def test_where_nothing_is_listed_it_is_a_failure(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    failure = list_profiles()
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "signin.config-broken"
    assert failure.params["mistake"] == "folder"
    assert failure.params["said"] == f"Unable to read config file: {folder / name}"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_may_not_be_read_is_said(folder: Path) -> None:
    (folder / "credentials").write_text(WORK)
    (folder / "credentials").chmod(0)
    failure = list_profiles()
    assert isinstance(failure, AwsFailure)
    assert failure.params["mistake"] == "forbidden"


def test_a_home_in_another_script_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Ārama Größe 家"
    (home / ".aws").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    (home / ".aws" / "config").write_text("[profile büro 家]\n", encoding="utf-8-sig")
    profile = _only()
    assert profile.mistakes[0].instead == '[profile "büro 家"]'
    assert str(home) in profile.mistakes[0].file


def test_no_mistake_of_another_profile_is_told_of_one(folder: Path) -> None:
    (folder / "config").write_text("[profile a]\nrole_arn = x\n[profile b]\nregion = us-east-1\n")
    profiles = list_profiles()
    assert isinstance(profiles, tuple)
    assert [bool(profile.mistakes) for profile in profiles] == [True, False]


def test_the_home_of_nobody_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container's user may have no home; botocore leaves the sign as it is then."""
    monkeypatch.setenv("AWS_CONFIG_FILE", "~nobody-of-that-name/config")
    assert list_profiles() == ()
    assert files_stamp() == (None, None)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert files_stamp() == (None, None)
    assert any(folder.startswith("~") for folder in wide_path({"PATH": "/bin"}).split(":"))
    monkeypatch.setattr(Path, "home", classmethod(lambda _cls: pytest.fail("asked")))
    TokenCache()


def test_a_damaged_token_of_one_profile_hides_no_other(own_settings: Path) -> None:
    cache = own_settings / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    (own_settings / ".aws" / "config").write_text(CONFIG)
    for name in ("centre", "acme", "old-centre"):
        file = cache / f"{hashlib.sha1(name.encode()).hexdigest()}.json"  # noqa: S324 - AWS's own
        file.write_text(json.dumps({"accessToken": "x", "expiresAt": "9" * 400}))
    profiles = list_profiles()
    assert not isinstance(profiles, AwsFailure)
    assert len(profiles) > 2
