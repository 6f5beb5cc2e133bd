"""What stands around the practice AWS for a rehearsal: settings, a proxy, a company's certificate.

Whether the program takes each for what it is, the rehearsals themselves show.
"""

import http.client
import os
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.draft import BucketEntry
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN
from app.practice.scenarios.aws_settings import SettingsFolder
from app.practice.scenarios.company_network import ClosedDoor, InspectingCompany, RefusingProxy
from app.practice.scenarios.scenario import Rehearsal, Scenario, set_up
from app.practice.scenarios.scenario_list import scenario_codes, scenario_of
from app.practice.scenarios.sign_ins import WithKeys, WithSettings
from app.practice.scenarios.stage import RehearsalStage, draft_of
from app.practice.server import PracticeAws
from tests.helpers.sound_setup import sound_setup
from tests.practice.scenarios.trainee import Trainee

_LIST = """
import sys
from app.practice.scenarios.scenario_list import scenario_codes
assert len(scenario_codes()) > 60
heavy = {"moto", "boto3", "botocore", "werkzeug", "cryptography", "asyncio"} & set(sys.modules)
assert not heavy, heavy
"""


def _address(url: str) -> tuple[str, int]:
    host, port = url.partition("://")[2].split(":")
    return host, int(port)


def test_listing_the_rehearsals_imports_nothing_heavy() -> None:
    subprocess.run([sys.executable, "-c", _LIST], check=True, timeout=60)  # noqa: S603


def test_each_title_is_a_sentence_of_its_own() -> None:
    found = [scenario_of(code) for code in scenario_codes()]
    titles = [entry.title for entry in found if entry is not None]
    assert len(set(titles)) == len(scenario_codes())
    assert all(title.endswith(".") and title[0].isupper() for title in titles)


def test_there_is_no_rehearsal_of_what_is_no_finding() -> None:
    assert scenario_of("role.unheard-of") is None


def test_settings_replace_all_others() -> None:
    environ = {
        "AWS_PROFILE": "mine",
        "AWS_ACCESS_KEY_ID": "AKIAMINE",
        "HTTPS_PROXY": "http://proxy.example",
        "PATH": "/bin",
    }
    with SettingsFolder() as folder:
        way = folder.settings("practice", config="[default]\n", environment={"AWS_REGION": "x"})
        way.put_into(environ)
        assert Path(environ["AWS_CONFIG_FILE"]).read_text() == "[default]\n"
        assert Path(environ["AWS_SHARED_CREDENTIALS_FILE"]).read_text() == ""
    assert not folder.path.exists()
    assert set(environ) == {
        "AWS_CONFIG_FILE",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_REGION",
        "AWS_SHARED_CREDENTIALS_FILE",
        "BOTO_CONFIG",
        "PATH",
    }


def test_a_variable_of_the_same_name_in_small_letters_goes_first() -> None:
    environ = {"http_proxy": "http://old.example", "HTTP_PROXY": "http://old.example"}
    WithSettings(None, {"HTTP_PROXY": "http://new.example", "http_proxy": None}).put_into(environ)
    assert environ == {"HTTP_PROXY": "http://new.example"}


def test_nobody_answers_at_a_closed_door() -> None:
    with ClosedDoor() as door, pytest.raises(ConnectionRefusedError):
        socket.create_connection(_address(door.url), timeout=5)


def test_the_proxy_asks_each_caller_for_a_password() -> None:
    with RefusingProxy() as proxy:
        for _ in range(2):
            connection = http.client.HTTPConnection(*_address(proxy.url), timeout=5)
            connection.request("CONNECT", "sts.amazonaws.com:443")
            assert connection.getresponse().status == 407
            connection.close()
    with pytest.raises(OSError, match=r".+"):
        socket.create_connection(_address(proxy.url), timeout=5)


def test_nobody_vouches_for_the_companys_certificate(tmp_path: Path) -> None:
    context = ssl.create_default_context()
    with (
        InspectingCompany(tmp_path) as company,
        socket.create_connection(_address(company.url), timeout=5) as plain,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_closing_a_rehearsal_takes_its_surroundings_away(aws: PracticeAws) -> None:
    found = scenario_of("signin.config-broken")
    assert found is not None
    with set_up(found, aws) as rehearsal:
        assert isinstance(rehearsal.sign_in, WithSettings)
        config = rehearsal.sign_in.environment["AWS_CONFIG_FILE"]
        assert config is not None
        assert Path(config).exists()
    assert not Path(config).exists()
    assert "AWS_CONFIG_FILE" not in os.environ


def test_a_rehearsal_that_fails_leaves_nothing_behind(aws: PracticeAws) -> None:
    folders: list[Path] = []

    def fail(stage: RehearsalStage) -> None:
        folders.append(stage.props.enter_context(SettingsFolder()).path)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        set_up(Scenario("x", "x", fail), aws)
    assert [folder.exists() for folder in folders] == [False]


def test_the_next_rehearsal_starts_afresh(aws: PracticeAws) -> None:
    for code in ("organization.denies", "role.missing"):
        found = scenario_of(code)
        assert found is not None
        set_up(found, aws).close()
    assert aws.faults.organization_policy is None
    assert RehearsalStage(aws).admin.iam.list_roles()["Roles"] == []


@pytest.mark.parametrize(
    "entries",
    [
        (BucketEntry("practice-data-imports", "ap-southeast-2", "imports/", True),),
        (
            BucketEntry("practice-encrypted", "ap-southeast-2", "imports/", kms_key_arn=KEY_ARN),
            BucketEntry("practice-empty", "us-east-1"),
        ),
    ],
)
def test_a_sound_setup_connects(
    aws: PracticeAws, trainee: Trainee, entries: tuple[BucketEntry, ...]
) -> None:
    draft = draft_of(*entries)
    assert (draft.account_id, draft.database_id) == (ACCOUNT_ID, DATABASE_ID)
    sound_setup(aws, draft)
    result, _ = trainee.connect(draft)
    assert result.worked


def test_secrets_are_not_in_the_text_of_a_rehearsal(aws: PracticeAws) -> None:
    found = scenario_of("role.missing")
    assert found is not None
    with set_up(found, aws) as rehearsal:
        assert isinstance(rehearsal, Rehearsal)
        assert isinstance(rehearsal.sign_in, WithKeys)
        assert aws.admin.secret_access_key not in repr(rehearsal)
