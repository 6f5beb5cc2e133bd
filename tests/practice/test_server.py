"""Starting, stopping and starting again; and what the practice AWS leaves alone."""

import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import boto3
import botocore.handlers
import pytest

from app.practice.identities import find_sign_in
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, IMPORTS, Person
from tests.practice.conftest import Setup


def _threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("practice-aws")}


def test_it_starts_and_stops_again_and_again() -> None:
    aws = PracticeAws()
    addresses = set()
    before = _threads()
    for _ in range(2):
        aws.start()
        assert Person(aws, aws.admin).s3.list_buckets()["Buckets"]
        addresses.add(aws.endpoint_url)
        assert _threads() - before
        aws.stop()
        assert not _threads() - before
    assert all(address.startswith("http://127.0.0.1:") for address in addresses)


def test_stopping_hangs_up_on_a_silent_caller() -> None:
    before = _threads()
    aws = PracticeAws()
    aws.start()
    host, port = aws.endpoint_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))):
        aws.stop()
        assert not _threads() - before


def test_starting_twice_and_stopping_twice_do_nothing_more() -> None:
    with PracticeAws() as aws:
        address, keys = aws.endpoint_url, aws.admin
        aws.start()
        assert (aws.endpoint_url, aws.admin) == (address, keys)
        aws.stop()
        aws.stop()


def test_before_the_start_there_is_nothing_to_ask_for() -> None:
    aws = PracticeAws()
    with pytest.raises(RuntimeError):
        _ = aws.endpoint_url
    with pytest.raises(RuntimeError):
        _ = aws.admin
    with pytest.raises(RuntimeError):
        aws.reset()


def test_nothing_of_one_start_is_there_in_the_next() -> None:
    for _ in range(2):
        with PracticeAws() as aws:
            admin = Person(aws, aws.admin)
            assert admin.iam.list_users()["Users"][0]["UserName"] == "practice-admin"
            assert len(admin.iam.list_users()["Users"]) == 1
            admin.iam.create_user(UserName="somebody")


def test_a_reset_goes_back_and_keeps_the_sign_ins(aws: PracticeAws) -> None:
    admin, buckets = Person(aws, aws.admin), aws.buckets
    admin.s3.put_object(Bucket=IMPORTS, Key="imports/new.csv", Body=b"x")
    admin.s3.put_object(Bucket=IMPORTS, Key="imports/new.csv", Body=b"y")
    admin.at("us-east-1").s3.delete_bucket(Bucket=EMPTY)
    admin.iam.create_user(UserName="somebody")
    aws.reset()
    assert aws.buckets == buckets
    assert [user["UserName"] for user in admin.iam.list_users()["Users"]] == ["practice-admin"]
    assert admin.at("us-east-1").s3.list_objects_v2(Bucket=EMPTY)["KeyCount"] == 0
    listed = admin.s3.list_objects_v2(Bucket=IMPORTS)
    assert "imports/new.csv" not in {stored["Key"] for stored in listed["Contents"]}


def test_requests_leave_no_line_anywhere(
    aws: PracticeAws, admin: Person, capfd: pytest.CaptureFixture[str]
) -> None:
    admin.s3.list_buckets()
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{aws.endpoint_url}/{IMPORTS}", timeout=5)  # noqa: S310
    with pytest.raises(Exception, match="not authorized"):
        admin.client("organizations").describe_organization()
    assert capfd.readouterr() == ("", "")


def test_no_handler_of_moto_stays_in_the_programs_own_boto3(aws: PracticeAws) -> None:
    assert aws.endpoint_url
    handlers = [type(entry[1]).__module__ for entry in botocore.handlers.BUILTIN_HANDLERS]
    assert not [module for module in handlers if module.startswith("moto")]
    assert boto3.DEFAULT_SESSION is None  # noqa: TID251


def test_secrets_are_not_in_the_text_of_keys(aws: PracticeAws) -> None:
    shown = repr(aws.admin) + str(aws.ubiquity)
    assert aws.admin.secret_access_key not in shown
    assert aws.ubiquity.secret_access_key not in shown
    assert aws.admin.access_key_id in shown


def test_nor_in_the_text_of_who_is_signed_in(aws: PracticeAws, setup: Setup) -> None:
    session = setup.whole()
    found = find_sign_in(session.keys.access_key_id, aws._ledger)
    assert found is not None
    assert session.keys.secret_access_key not in repr(found)
    assert str(session.keys.session_token) not in repr(found)


_WITH_A_BROKEN_PROFILE = """
import sys
from tests.helpers.network_guard import only_this_computer
from app.practice.server import PracticeAws
assert not {"moto", "boto3", "werkzeug"} & set(sys.modules), "imported before the start"
with only_this_computer() as refused, PracticeAws() as aws:
    from app.practice.isolation import session_without_files
    kms = session_without_files().client(
        "kms",
        region_name="ap-southeast-2",
        endpoint_url=aws.endpoint_url,
        aws_access_key_id=aws.admin.access_key_id,
        aws_secret_access_key=aws.admin.secret_access_key,
    )
    (key,) = kms.list_keys()["Keys"]
    print(key["KeyArn"] == aws.buckets[2].kms_key_arn and refused == [])
"""


def test_the_users_own_aws_files_are_never_read(tmp_path: Path) -> None:
    broken = tmp_path / "config"
    broken.write_text("[profile\nthis is no config")
    environment = {
        **os.environ,
        "AWS_PROFILE": "not-there",
        "AWS_CONFIG_FILE": str(broken),
        "AWS_SHARED_CREDENTIALS_FILE": str(broken),
        "MOTO_ACCOUNT_ID": "999999999999",
    }
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own text
        [sys.executable, "-W", "error", "-c", _WITH_A_BROKEN_PROFILE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr) == ("True", "")


def test_which_service_is_meant_is_worked_out_once(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin.iam.list_roles()

    def look_again() -> list[str]:
        raise AssertionError

    monkeypatch.setattr("moto.backends.list_of_moto_modules", look_again)
    assert admin.iam.list_roles()["ResponseMetadata"]["HTTPStatusCode"] == 200
