"""Whatever stands in the two files: listing and signing in end in a value without a secret."""

import asyncio
import os
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.aws.access import DefaultChain, NamedProfile
from app.aws.account import CustomerAccount
from app.aws.profiles import list_profiles
from app.core.failure import AwsFailure
from app.core.wording.failures import failure_words
from app.core.wording.sign_ins import about_profile, mistakes_text, profile_row

SECRET: Final = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
PIECES = st.sampled_from(
    [
        *(
            "[work]\n",
            "[profile work]\n",
            "[default]\n",
            "[sso-session x]\n",
            "[DEFAULT]\n",
            "[w\n",
        ),
        *("aws_access_key_id = AKIAEXAMPLEEXAMPLE01\n", f"aws_secret_access_key = {SECRET}\n"),
        *("aws_access_key_id =\n", "aws_secret_access_key =\n", "aws_session_token = a\x00b\n"),
        *("role_arn = arn:aws:iam::123456789012:role/a\n", "source_profile = work\n"),
        *("source_profile = gone\n", "credential_source = Nowhere\n", "sso_session = x\n"),
        *("sso_account_id = 123456789012\n", "sso_role_name = A\n", "sso_start_url = https://x\n"),
        *(
            "sso_region = a b\n",
            "region = us-east-1 # V\n",
            "region = \x00\n",
            "region =\n  a = b\n",
        ),
        *("credential_process = true\n", "credential_process = \x00\n", "credential_process =\n"),
        *("credential_process = '\n", "web_identity_token_file = /\n", "login_session = é\n"),
        *(
            "services = x\n",
            "ca_bundle = /x\n",
            "s3 =\n  x\n",
            "  indented\n",
            "\t= y\n",
            "endpoint_url = [\n",
        ),
        *("mfa_serial = x\n", "duration_seconds = x\n", "cli_pager =\n", "\ufeff", "export A=b\n"),
        *(
            "max_attempts = -1\n",
            "defaults_mode = x\n",
            f'aws_secret_access_key = "{SECRET}\u200b"\n',
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=9).map("".join)
CONTENTS = st.builds(
    lambda text, encoding, junk: text.encode(encoding) + junk,
    TEXTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
    st.sampled_from([b"", b"", b"\xff"]),
) | st.binary(max_size=40)


@pytest.fixture
def folder(own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    folder = own_settings / ".aws"
    folder.mkdir()
    return folder


@settings(
    max_examples=int(os.environ.get("ANY_SETTINGS", "15")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(config=CONTENTS, credentials=CONTENTS)
@example(config=b"[profile work]\ncredential_process = \x00\n", credentials=b"")
@example(config=b"[profile work]\ncredential_process =\n", credentials=b"")
@example(config=b"[profile work]\nregion =\n  a = b\n", credentials=b"")
@example(config=b"[profile work]\ns3 = x\nrole_arn =\n  a = b\n", credentials=b"")
def test_any_files_end_in_a_value(folder: Path, config: bytes, credentials: bytes) -> None:
    (folder / "config").write_bytes(config)
    (folder / "credentials").write_bytes(credentials)
    listed = list_profiles()
    if isinstance(listed, AwsFailure):
        _look_at(listed)
    else:
        for profile in listed:
            words = (profile_row(profile), about_profile(profile), mistakes_text(profile))
            told = "".join(sentence.text for sentence in words)
            assert SECRET not in told + repr(profile)
    for access in (NamedProfile("work"), DefaultChain()):
        answer = asyncio.run(CustomerAccount(access).caller())
        assert isinstance(answer, AwsFailure)
        _look_at(answer)


def _look_at(failure: AwsFailure) -> None:
    assert failure.finding, failure
    assert SECRET not in repr(failure) + failure_words(failure).text
    if failure.finding == "signin.config-broken" and "line" in failure.params:
        assert int(str(failure.params["line"])) > 0
        assert failure.params["said"]
