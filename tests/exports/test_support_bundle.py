"""The files of a support bundle: what the guide asks for, no secret, and no ID that is masked."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

import pytest

from app.core.bundle import Bundle
from app.core.call_record import CallOutcome, CallRecord
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import trust_policy
from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.core.formats.bundle_json import NAMES, bundle_of, content_of, dump_manifest, journal_in
from app.core.journal import Journal, RunKind, new_journal
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.phrase import PhraseOf, phrase
from app.core.planning.plan import plan
from app.core.snapshot import NOT_PASTED, Caller, PolicyDocument, Snapshot, Unreadable
from app.core.support_case import SupportCase
from app.exports.support_bundle import bundle_files
from tests.helpers.drafts import ACCOUNT, BUCKET, MOMENT, PLAIN, REGION, role_facts, whole

ID: Final = "pWq/Blwfj+OUcQjd5gt7vA"
KEY: Final = "wJ4CanaryQz/8RtMDENG+bPxRfiCY7kPzExLmNvQ"
TOKEN: Final = "CanaryTokenIQoJb3JpZ2luX2VjEAAa" * 12 + "=="
DRAFT: Final = replace(PLAIN, database_id=ID, buckets=(BucketEntry(BUCKET, REGION, "imports/"),))
SAVED: Final = datetime(2026, 11, 29, 9, 8, 7, tzinfo=UTC)


def mistyped(database_id: str) -> str:
    return database_id[:5] + database_id[5:7].swapcase() + database_id[7:]


def account(database_id: str = ID) -> Snapshot:
    """Return an account whose External ID was mistyped, and in which messages repeat much."""
    trust = trust_policy(mistyped(database_id))
    read = whole(DRAFT)
    policy = PolicyDocument(f"for-{database_id[:12]}", {"Version": "2012-10-17", "Statement": []})
    role = role_facts(trust, *read.role.attached_policies)
    said = f"ExternalId {database_id} is wrong; x-amz-security-token: {TOKEN}"
    observation = Observation(
        MOMENT,
        Identity.UBIQUITY,
        "sts:AssumeRole",
        ObservedOutcome.DENIED,
        code="AccessDenied",
        message=said,
        request_id="11111111-request-of-assume-role",
    )
    return replace(
        read,
        role=replace(role, inline_policies=(policy,), tags={"key": KEY, database_id: "x"}),
        observations=(observation,),
        unreadable=(Unreadable("similar_roles", "AccessDenied", f"no: {quote(database_id)}"),),
    )


def journal(snapshot: Snapshot) -> Journal:
    changes = plan(DRAFT, snapshot).changes
    return new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT, changes=changes, now=MOMENT, draft=DRAFT
    )


CALLS = (
    CallRecord(
        "s3:ListBucket",
        SAVED,
        0.1234,
        CallOutcome.REFUSED,
        "s3.ListObjectsV2",
        REGION,
        BUCKET,
        403,
        "33333333-request-of-a-list",
        "host-id",
        "AccessDenied",
        1,
    ),
    CallRecord("sts:AssumeRole", SAVED, 0.2, CallOutcome.DONE),
)


def case(snapshot: Snapshot | None = None) -> SupportCase:
    snapshot = snapshot or account()
    failure = AwsFailure(
        "iam:CreateRole", "AccessDenied", f"{KEY} for {ID}", 403, "22222222-request-of-create-role"
    )
    return SupportCase(
        moment=SAVED,
        program="UbiQuity S3 Connection Setup 0.1",
        system="Linux 6",
        page="Check",
        parts=(("Python", "3.11.7"), ("boto3", "1.40")),
        draft=DRAFT,
        snapshot=snapshot,
        report=diagnose(DRAFT, snapshot),
        journal=journal(snapshot),
        failures=(failure,),
        calls=CALLS,
        pasted_error=f"Invalid External ID {ID.lower()} aws_secret_access_key={KEY}",
        typed_id=ID,
        log=f"2026-11-29T19:51:02.345Z ended status=0\naws_secret_access_key={KEY}\n",
    )


def texts(of: SupportCase, seed: bytes | None = b"s") -> dict[str, str]:
    return {file.name: file.text for file in bundle_files(of, seed)}


def opened(of: SupportCase, seed: bytes | None) -> Bundle:
    files = bundle_files(of, seed)
    manifest = dump_manifest(files, (), of.moment, masked=seed is not None, practice=False)
    entries = {file.name: content_of(file.text) for file in files}
    bundle = bundle_of({"manifest.json": manifest.encode(), **entries}, "b.zip")
    assert isinstance(bundle, Bundle)
    return bundle


def test_it_has_what_the_guide_asks_for() -> None:
    files = texts(case(), seed=None)
    assert tuple(files) == NAMES
    readme, role = files["README.txt"], files["role.txt"]
    for words in (ACCOUNT, f"{BUCKET} ({REGION})", "imports/", ID, "Blocked", "Linux 6", "Check"):
        assert words in readme
    assert "trust.external-id-mismatch" in readme
    assert "iam:CreateRole: AccessDenied" in readme
    for number in ("11111111-request-of-assume-role", "22222222-request-of-create-role"):
        assert number in readme
        assert number in files["errors.json"]
    calls = json.loads(files["calls.json"])["calls"]
    assert (calls[0]["request_id"], calls[0]["host_id"]) == (
        "33333333-request-of-a-list",
        "host-id",
    )
    assert [call["outcome"] for call in calls] == ["refused", "done"]
    assert files["log.txt"].startswith("2026-11-29T19:51:02.345Z ended status=0\n")
    assert json.dumps(trust_policy(mistyped(ID)), indent=2) in role
    assert "ubiquity-s3-access-policy" in role
    assert {part["name"] for part in json.loads(files["versions.json"])["parts"]} == {
        "Python",
        "boto3",
    }


def test_what_was_not_pasted_is_no_error_and_what_was_pasted_was_not_read_from_aws() -> None:
    refused = Unreadable("similar_roles", "AccessDenied")
    pasted = replace(account(), unreadable=(Unreadable("customer_policy", NOT_PASTED), refused))
    files = texts(case(pasted), seed=None)
    assert NOT_PASTED not in files["README.txt"] + files["errors.json"]
    assert "similar_roles: AccessDenied" in files["README.txt"]
    assert files["role.txt"].startswith("Pasted, and not read from AWS: ")
    assert texts(case(), seed=None)["role.txt"].startswith("Read from AWS: ")


@pytest.mark.parametrize("seed", [None, b"s", b"another"])
def test_no_file_holds_a_credential_whoever_put_it_there(seed: bytes | None) -> None:
    for name, text in texts(case(), seed).items():
        for secret in (KEY, TOKEN):
            forms = (secret, secret[10:30], base64.b64encode(secret.encode()).decode()[:24])
            assert [form for form in forms if form in text] == [], name


@pytest.mark.parametrize("seed", [b"s", b"another", bytes(32)])
def test_nothing_is_left_of_an_id_that_is_masked(seed: bytes) -> None:
    for name, text in texts(case(), seed).items():
        plain = text.replace("%2F", "/").replace("%2B", "+").replace("%2b", "+").lower()
        for hidden in (ID, mistyped(ID)):
            pieces = {hidden[at : at + 8].lower() for at in range(len(hidden) - 7)}
            assert [piece for piece in pieces if piece in plain] == [], name


def test_masked_or_not_the_replay_says_what_the_customer_was_told() -> None:
    told = case()
    assert told.report is not None
    codes = tuple(finding.code for finding in told.report.findings)
    assert "trust.external-id-mismatch" in codes
    for seed in (None, b"s", b"t"):
        bundle = opened(told, seed)
        assert bundle.draft is not None
        assert bundle.snapshot is not None
        assert bundle.report is not None
        replayed = diagnose(bundle.draft, bundle.snapshot)
        assert replayed.verdict is told.report.verdict
        assert tuple(f.code for f in replayed.findings) == codes == bundle.report.codes
        assert isinstance(journal_in(bundle), Journal)
        assert bundle.draft.account_id == ACCOUNT
        assert (bundle.draft == DRAFT) is (seed is None)


def test_the_words_of_the_report_are_about_the_pseudonyms() -> None:
    """A sentence that names the first character that differs would give the exchange away."""
    bundle = opened(case(), b"s")
    assert bundle.draft is not None
    report = json.loads(bundle.texts["report.json"])
    (finding,) = (f for f in report["findings"] if f["code"] == "trust.external-id-mismatch")
    assert finding["params"]["expected"] == bundle.draft.database_id
    assert finding["params"]["found"] == mistyped(bundle.draft.database_id)


def test_where_nothing_is_known_yet_what_was_typed_is_masked_all_the_same() -> None:
    stuck = SupportCase(
        SAVED,
        "P 1",
        "S",
        "Your details",
        problems=("The bucket’s name is missing.",),
        pasted_error=f"Access denied for {ID}",
        typed_id=ID,
    )
    files = texts(stuck)
    assert list(files) == ["README.txt", "errors.json", "versions.json"]
    assert "The bucket’s name is missing." in files["README.txt"]
    assert "The account was not checked." in files["README.txt"]
    assert not any(ID in text for text in files.values())
    assert ID in texts(stuck, seed=None)["README.txt"]


def test_support_can_tell_the_id_by_its_check_phrase_and_no_made_up_one_is_given_away() -> None:
    words = " ".join(phrase(ID, PhraseOf.DATABASE))
    assert words in texts(case())["README.txt"]
    made_up = replace(DRAFT, database_id="acme-imports-2024")
    files = texts(replace(case(account("acme-imports-2024")), draft=made_up))
    assert "Check phrase" not in files["README.txt"]
    assert not any("acme-imports-2024" in text for text in files.values())


@pytest.mark.parametrize("seed", [None, b"s"])
def test_no_file_names_the_persons_own_folder(seed: bytes | None) -> None:
    failure = AwsFailure("caller", "ConfigParseError", "/home/jo.smith/.aws/config, line 3")
    told = replace(case(), failures=(failure,), home="/home/jo.smith")
    files = texts(told, seed)
    assert not any("jo.smith" in text for text in files.values())
    assert "~/.aws/config, line 3" in files["README.txt"]


def test_others_text_begins_no_line_of_the_page() -> None:
    odd = replace(account(), caller=Caller("arn:aws:iam::1:user/a\nSaved by nobody", "1"))
    for name in ("README.txt", "role.txt"):
        assert "\nSaved by nobody" not in texts(case(odd))[name]
