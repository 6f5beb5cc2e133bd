"""The profiles of this computer, and files that can't be read."""

from pathlib import Path

import pytest

from app.aws.profiles import list_profiles
from app.core.failure import AwsFailure
from app.core.profile import Profile, ProfileKind

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


@pytest.fixture
def folder(own_settings: Path) -> Path:
    folder = own_settings / ".aws"
    folder.mkdir()
    return folder


def test_each_profile_is_listed_with_its_kind(folder: Path) -> None:
    (folder / "config").write_text(CONFIG)
    (folder / "credentials").write_text(CREDENTIALS)
    assert list_profiles() == (
        Profile("default", ProfileKind.KEYS),
        Profile("centre", ProfileKind.IDENTITY_CENTER),
        Profile("old-centre", ProfileKind.IDENTITY_CENTER),
        Profile("login", ProfileKind.LOGIN),
        Profile("role", ProfileKind.ROLE, "keys"),
        Profile("machine-role", ProfileKind.ROLE),
        Profile("web", ProfileKind.WEB_IDENTITY),
        Profile("process", ProfileKind.PROCESS),
        Profile("settings", ProfileKind.OTHER),
        Profile("keys", ProfileKind.KEYS),
    )


def test_a_computer_without_files_has_none() -> None:
    assert list_profiles() == ()


def test_the_files_are_read_anew(folder: Path) -> None:
    assert list_profiles() == ()
    (folder / "credentials").write_text("[keys]\naws_access_key_id = AKIA\n")
    assert list_profiles() == (Profile("keys", ProfileKind.KEYS),)


def test_files_elsewhere_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, name in (
        ("AWS_CONFIG_FILE", "my-config"),
        ("AWS_SHARED_CREDENTIALS_FILE", "my-credentials"),
    ):
        monkeypatch.setenv(variable, str(tmp_path / name))
    (tmp_path / "my-config").write_text("[profile process]\ncredential_process = x\n")
    (tmp_path / "my-credentials").write_text("[keys]\naws_access_key_id = AKIA\n")
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
    assert failure.message.endswith("(line 3)")
    assert "wJalr" not in failure.message
