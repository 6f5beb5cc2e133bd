"""Secrets planted in every way to sign in are found nowhere that the program writes to."""

import asyncio
import base64
import gc
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.aws.account import CustomerAccount
from app.commands.cli import run
from app.core.bundle import Bundle
from app.core.change import Change
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.fields.form import DetailsForm
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.pasted.credentials import PastedCredentials, read_credentials
from app.core.sign_in import ByPasted, ByProfile, SignInWay
from app.core.snapshot import Snapshot
from app.core.wording.failures import failure_words
from app.files.bundles import read_bundle
from app.flow.call_log import calls_heard
from app.flow.ports.accounts import CodeRequest, SignedIn
from app.flow.wizard.session import dump_session, saved
from app.flow.wizard.store import SetupStore
from app.practice.account import ACCOUNT_ID
from app.practice.refusal import Refusal
from app.practice.server import PracticeAws
from app.system.crash_report import crash_report
from app.system.credential_store import CredentialStore
from app.system.event_log import EventLog, latest_lines
from app.system.own_folders import data_folder, log_folder
from app.system.session_file import SessionFile
from app.wiring.computer_accounts import ComputerAccounts
from app.wiring.kept_runs import kept_records
from tests.commands.practice_account import draft_for, sign_in, written
from tests.helpers.bundles import case_of, write_case
from tests.helpers.instead import Instead, instead, page

SECRET = "CanarySecret/7MDENG+bPxRfiCYCANARYKEY00"  # 39: so that no check takes it for another's
TOKEN = "CanaryTokenIQoJb3JpZ2luX2VjEAAa" * 12 + "=="
CODE = "918273"
KEY = "wJ4CanaryQz/8RtMDENG+bPxRfiCY7kPzExLmNvQ"  # 40, as AWS's own are
CANARIES = (SECRET, TOKEN, CODE, KEY)
DRAFT = Draft(ACCOUNT_ID, EXAMPLE_DATABASE_ID, (BucketEntry("some-bucket", "us-east-1"),))


def _found_in(content: bytes) -> list[str]:
    """Return the canaries in ``content``, in whatever dress."""
    dressed = {
        canary: {
            canary.encode(),
            canary.encode("utf-16-le"),
            canary[10:30].encode(),
            base64.b64encode(canary.encode())[:24],
            json.dumps(canary).encode(),
        }
        for canary in CANARIES
        if canary != CODE
    } | {CODE: {CODE.encode()}}
    return [canary for canary, forms in dressed.items() if any(form in content for form in forms)]


@pytest.fixture(scope="module")
def practice() -> Iterator[PracticeAws]:
    aws = PracticeAws()
    aws.start()
    yield aws
    aws.stop()


@pytest.fixture
def folder(practice: PracticeAws, nobody_at_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make profiles that hold the canaries; return the folder, which is the person's own."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", practice.endpoint_url)
    folder = nobody_at_home / ".aws"
    folder.mkdir()
    program = folder / "process.py"
    keys = {"Version": 1, "AccessKeyId": "ASIACANARY0000000000"}
    whole = {**keys, "SecretAccessKey": SECRET, "SessionToken": TOKEN}
    odd = {**whole, "Expiration": f"{KEY} {TOKEN}"}
    program.write_text(
        f"import sys\nif 'fail' in sys.argv: sys.exit('refused: token={TOKEN} or {SECRET}')\n"
        f"odd, whole = {json.dumps(json.dumps(odd))}, {json.dumps(json.dumps(whole))}\n"
        "print(odd if 'odd' in sys.argv else whole)\n"
    )
    python = sys.executable.replace("\\", "/")
    (folder / "config").write_text(
        f'[profile process]\ncredential_process = "{python}" "{program.as_posix()}"\n'
        f'[profile odd]\ncredential_process = "{python}" "{program.as_posix()}" odd\n'
        f'[profile failing]\ncredential_process = "{python}" "{program.as_posix()}" fail\n'
        "[profile needs-code]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = keys\n"
        "mfa_serial = arn:aws:iam::1:mfa/jo\n"
    )
    good = practice.admin
    (folder / "credentials").write_text(
        f"[good]\naws_access_key_id = {good.access_key_id}\n"
        f"aws_secret_access_key = {good.secret_access_key}\n"
        f"[keys]\naws_access_key_id = ASIACANARY0000000000\naws_secret_access_key = {SECRET}\n"
        f"aws_session_token = {TOKEN}\n"
    )
    return folder


async def _code(_request: CodeRequest) -> str:
    return CODE


async def _walk(accounts: ComputerAccounts, ways: list[SignInWay]) -> list[object]:
    """Sign in by each way and read the account; return everything that came of it."""
    seen: list[object] = [await accounts.profiles()]
    for way in ways:
        answer = await accounts.sign_in(way)
        seen += [way, answer]
        if isinstance(answer, AwsFailure):
            seen.append(failure_words(answer))
        else:
            seen.append(await answer.aws.read_snapshot(DRAFT))
    return seen


def _written(folders: tuple[Path, ...], but: Path) -> Iterator[Path]:
    """Yield every file under ``folders``, but for those of the person's own."""
    for folder in folders:
        yield from (
            path for path in folder.rglob("*") if path.is_file() and but not in path.parents
        )


def test_no_secret_is_written_anywhere_but_the_keyring(
    practice: PracticeAws,
    folder: Path,
    real_service: Path,
    tmp_path: Path,
    nobody_at_home: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.INFO)
    text = "\n".join(
        (
            "export AWS_ACCESS_KEY_ID=ASIACANARY0000000000",
            f"export AWS_SECRET_ACCESS_KEY={SECRET}=",
            f"export AWS_SESSION_TOKEN={TOKEN}",
        )
    )
    pasted = read_credentials(text)
    assert isinstance(pasted, PastedCredentials)
    good = PastedCredentials(practice.admin.access_key_id, practice.admin.secret_access_key)
    store = CredentialStore()
    kept, kept_good = store.keep(pasted), store.keep(good)
    assert kept.in_keyring
    accounts = ComputerAccounts(store)
    accounts.ask_codes_with(_code)
    names = ("keys", "process", "failing", "needs-code", "odd")
    ways: list[SignInWay] = [*map(ByProfile, names), ByPasted(kept.id), ByPasted(kept_good.id)]
    log = EventLog(log_folder())
    log.start()
    with calls_heard(log.take):
        seen = asyncio.run(_walk(accounts, ways))
    log.close()
    logged = latest_lines(log_folder())
    assert logged.count(" call ") >= 3
    for private in (*CANARIES, ACCOUNT_ID, EXAMPLE_DATABASE_ID, "some-bucket", "ASIACANARY", "jo"):
        assert private not in logged
    failures = [one for one in seen if isinstance(one, AwsFailure)]
    assert len(failures) == 6
    (worked,) = (one for one in seen if isinstance(one, SignedIn))
    snapshot = asyncio.run(worked.aws.read_snapshot(DRAFT))
    report = report_to_json(diagnose(DRAFT, snapshot))
    texts = [repr(seen), repr(store), repr(accounts), str(vars(accounts)), repr(kept)]
    texts += [dump_snapshot(snapshot), json.dumps(report), caplog.text, *capfd.readouterr()]
    texts.append(repr(store.get(kept.id)))
    assert [_found_in(one.encode()) for one in texts] == [[]] * len(texts)
    # The keyring holds them, and its file does so under a password.
    again = CredentialStore().get(kept.id)
    assert again is not None
    assert again.session_token == TOKEN
    places = (tmp_path, nobody_at_home)
    found = {path: _found_in(path.read_bytes()) for path in _written(places, folder)}
    assert {path: canaries for path, canaries in found.items() if canaries} == {}
    assert any(real_service in path.parents for path in found)
    store.forget_all()
    gc.collect()


CANONICAL = (
    "The request signature we calculated does not match the signature you provided.\n\nThe "
    "Canonical String for this request should have been\n'POST\n/\n\nhost:sts.amazonaws.com\n"
    f"authorization:AWS4-HMAC-SHA256 {KEY}\nx-amz-security-token:{TOKEN}\n\nhost\n0f0f'\n {KEY}"
)


@pytest.mark.parametrize("services", [("kms", "s3"), ("iam",)])
def test_what_aws_repeats_of_a_request_is_not_kept(
    services: tuple[str, ...],
    practice: PracticeAws,
    folder: Path,
    tmp_path: Path,
    nobody_at_home: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Check and apply, with the set-up half made, where AWS says the request to be signed wrong."""
    caplog.set_level(logging.INFO)
    practice.reset()
    sign_in(monkeypatch, practice.admin)
    draft, kept = written(draft_for(practice), tmp_path), str(tmp_path / "snapshot.json")
    make = CustomerAccount.apply

    async def apply(self: CustomerAccount, change: Change) -> object:
        practice.faults.refusals = refusals
        return await make(self, change)

    refusals = dict.fromkeys(services, Refusal("SignatureDoesNotMatch", CANONICAL, 403))
    with monkeypatch.context() as patched:
        patched.setattr(CustomerAccount, "apply", apply)
        assert run(["apply", "--draft", draft, "--yes"]) == 1
    practice.faults.refusals = refusals
    check = ["check", "--draft", draft, "--profile", "good"]
    statuses = [run([*check, "--save-snapshot", kept]), run([*check, "--json"])]
    statuses.append(run(["check", "--draft", draft, "--snapshot", kept, "--json"]))
    assert statuses == [1, 1, 1]
    practice.faults.refusals = {}
    texts = [caplog.text, *capfd.readouterr(), Path(kept).read_text(encoding="utf-8")]
    assert "does not match the signature" in texts[-1]
    assert [_found_in(text.encode()) for text in texts] == [[]] * len(texts)
    places = (tmp_path, nobody_at_home)
    found = {path: _found_in(path.read_bytes()) for path in _written(places, folder)}
    assert {path: canaries for path, canaries in found.items() if canaries} == {}
    assert "journals" in {path.parent.name for path in found}
    _see_a_bundle_of(draft_for(practice), kept, tmp_path)
    assert run(["apply", "--draft", draft, "--yes"]) == 0


def _see_a_bundle_of(draft: Draft, kept: str, folder: Path) -> None:
    """See that no file of a bundle about all that came of it holds a secret, or the masked ID."""
    snapshot = read_snapshot(Path(kept).read_text(encoding="utf-8"), "kept.json")
    journals = kept_records().journals
    journal = journals.unfinished() or journals.last_to_undo(draft.account_id)
    assert isinstance(snapshot, Snapshot)
    said = f"{CANONICAL} token={TOKEN} {draft.database_id}"
    failure = AwsFailure("kms:PutKeyPolicy", "SignatureDoesNotMatch", said)
    case = replace(case_of(draft, snapshot), journal=journal, failures=(failure,))
    path = write_case(replace(case, pasted_error=said), folder / "bundle.zip")
    bundle = read_bundle(path)
    assert isinstance(bundle, Bundle)
    assert "does not match the signature" in bundle.texts["errors.json"]
    assert ("journal.json" in bundle.texts) is (journal is not None)
    pieces = {draft.database_id[at : at + 8].lower() for at in range(5, 15)}  # none is a word
    for name, text in bundle.texts.items():
        assert _found_in(text.encode()) == [], name
        assert [piece for piece in pieces if piece in text.lower()] == [], name
    assert _found_in(path.read_bytes()) == []


_ECHO = f"authorization: AWS4-HMAC-SHA256 {KEY}\nx-amz-security-token: {TOKEN}"
_IN_XML = (
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>'
    f"<Code>Blocked</Code><Message>{_ECHO}</Message></Error><RequestId>r-1</RequestId>"
    "</ErrorResponse>"
)


@pytest.mark.parametrize(
    "page",
    [
        page("xml", _IN_XML, "text/xml", status=403),
        page("json", json.dumps({"message": _ECHO}), "application/json", status=400),
    ],
    ids=lambda one: one.name,
)
def test_what_a_page_in_the_place_of_answers_repeats_is_not_kept(
    page: Instead,
    practice: PracticeAws,
    folder: Path,
    tmp_path: Path,
    nobody_at_home: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    practice.reset()
    sign_in(monkeypatch, practice.admin)
    draft, kept = ("--draft", written(draft_for(practice), tmp_path)), str(tmp_path / "kept.json")
    apply, undo = ["apply", *draft, "--yes"], ["apply", "--undo", "--yes"]
    with instead(page, first=45):  # in the middle of the changes
        assert run(apply) == 1
    with instead(page, first=3):
        assert run(undo) == 1
    assert run(undo) == 0
    assert run(apply) == 0
    with instead(page, first=8):
        assert run(["check", *draft, "--save-snapshot", kept]) == 1
    with instead(page, first=20):
        assert run(["revoke", *draft, "--yes"]) == 1
    texts = [caplog.text, *capfd.readouterr(), Path(kept).read_text(encoding="utf-8")]
    assert [_found_in(text.encode()) for text in texts] == [[]] * len(texts)
    places = (tmp_path, nobody_at_home)
    found = {path: _found_in(path.read_bytes()) for path in _written(places, folder)}
    assert {path: canaries for path, canaries in found.items() if canaries} == {}
    assert "journals" in {path.parent.name for path in found}


def test_a_crash_with_secrets_around_tells_none() -> None:
    def sign_in(secret: str, token: str) -> None:
        held = PastedCredentials("ASIACANARY0000000000", secret, token)
        raise ValueError(f"{secret} {token} {held}")

    with pytest.raises(ValueError, match="Canary") as crash:
        sign_in(SECRET, TOKEN)
    assert _found_in(crash_report(crash.value).encode()) == []


@pytest.mark.parametrize(
    "pasted",
    [
        f"export AWS_SECRET_ACCESS_KEY={SECRET}",
        f"AWS_SESSION_TOKEN={TOKEN}",
        TOKEN,
        KEY,
        f" {KEY}/",
        f"s3://some-bucket/{KEY}/",
        f"[default]\naws_access_key_id=ASIACANARY0000000000\naws_secret_access_key={SECRET}",
        json.dumps({"SecretAccessKey": SECRET}),
    ],
)
@pytest.mark.parametrize("field", ["account_id", "database_id", "name", "prefix", "kms_key_arn"])
def test_what_was_pasted_into_the_wrong_field_is_not_saved(pasted: str, field: str) -> None:
    store = SetupStore(practice=False)
    store.fill(DetailsForm())
    place = field if field.endswith("_id") else f"buckets[0].{field}"
    store.edit(place, pasted)
    store.leave(place)
    assert _found_in(repr((store.state.details.check, store.state.details.remarks)).encode()) == []
    session = SessionFile(data_folder(), practice=False)
    session.save(saved(store.state))
    assert _found_in(dump_session(saved(store.state)).encode()) == []
    files = [path for path in data_folder().rglob("*") if path.is_file()]
    assert files
    assert not any(_found_in(path.read_bytes()) for path in files)
    session.forget()
