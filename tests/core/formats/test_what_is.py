"""What was handed over is told by itself, damaged or with text around it too."""

import json
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.formats.draft_json import draft_to_json
from app.core.formats.snapshot_block import block_of
from app.core.formats.snapshot_json import dump_snapshot
from app.core.formats.what_is import Kind, what_file_is, what_is
from app.core.formats.writing import file_text
from app.core.guide import role_arn
from app.core.journal import RunKind, RunState, StepState
from app.core.wording.receipt import Receipt, ReceiptLine, receipt_text
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, PLAIN, whole

MOMENT: Final = datetime(2026, 11, 29, 1, 2, 3, tzinfo=UTC)
SNAPSHOT: Final = dump_snapshot(whole(PLAIN))
DRAFT: Final = file_text(draft_to_json(PLAIN))
TRUST: Final = json.dumps(trust_policy(DATABASE_ID), indent=4)
RECEIPT: Final = receipt_text(
    Receipt(
        "run",
        RunKind.APPLY,
        RunState.FINISHED,
        ACCOUNT,
        None,
        MOMENT,
        (ReceiptLine("create-role", "The role", role_arn(ACCOUNT), MOMENT, StepState.DONE),),
        (),
    )
)
TOKENS: Final = (
    f'{{"Credentials": {{"AccessKeyId": "ASIAEXAMPLE123456789", "SecretAccessKey": "{"aB3/" * 10}",'
    f' "SessionToken": "{"x" * 200}"}}, "AssumedRoleUser": {{"Arn": "{role_arn(ACCOUNT)}"}}}}'
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.UNKNOWN),
        ("Hello, it is done.", Kind.UNKNOWN),
        ("{}", Kind.UNKNOWN),
        (DRAFT, Kind.DRAFT),
        (DRAFT[:100], Kind.DRAFT),
        (f"\ufeff{DRAFT}", Kind.DRAFT),
        (json.dumps(draft_to_json(PLAIN)), Kind.DRAFT),
        (SNAPSHOT, Kind.SNAPSHOT),
        (SNAPSHOT[:5000], Kind.SNAPSHOT),
        (block_of(whole(PLAIN)), Kind.BLOCK),
        (block_of(whole(PLAIN))[:200], Kind.BLOCK),
        (f"{DRAFT}\n{block_of(whole(PLAIN))}", Kind.BLOCK),
        ('{"format": "ubiquity-s3-setup/receipt", "version": 1}', Kind.RECEIPT),
        (RECEIPT, Kind.RECEIPT),
        (RECEIPT.replace("\n", "\r\n"), Kind.RECEIPT),
        ("".join(f"> {line}\n" for line in RECEIPT.splitlines()), Kind.RECEIPT),
        ('{"format": "ubiquity-s3-setup/report", "version": 1}', Kind.OTHER_OF_OURS),
        ('{"format": "somebody-else/report", "version": 1}', Kind.UNKNOWN),
        (TRUST, Kind.POLICIES),
        (f"Here you are:\n{TRUST}\nCheers", Kind.POLICIES),
        (TRUST.replace('"', "”"), Kind.POLICIES),
        (json.dumps({"AttachedPolicies": []}), Kind.POLICIES),
        (quote(TRUST), Kind.POLICIES),
        ("PolicyDocument:\n  Statement:\n  - Effect: Allow", Kind.POLICIES),
        (json.dumps(permissions_policy(PLAIN.buckets)), Kind.POLICIES),
        (role_arn(ACCOUNT), Kind.ARN),
        (f"Done: {role_arn(ACCOUNT)}.", Kind.ARN),
        ("arn:aws:sts::123456789012:assumed-role/Admin/jo", Kind.ARN),
        (
            "https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/a",
            Kind.ARN,
        ),
        ("arn:aws:s3:::a-bucket", Kind.UNKNOWN),
        (TOKENS, Kind.CREDENTIALS),
    ],
)
def test_what_is_told_by_the_text(text: str, kind: Kind) -> None:
    assert what_is(text) is kind
    if kind is not Kind.UNKNOWN:
        assert what_file_is(text.encode()) is kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04....", Kind.BUNDLE),
        (b"PK\x05\x06" + bytes(18), Kind.BUNDLE),
        (b"", Kind.UNKNOWN),
        (b"\x89PNG\r\n", Kind.UNKNOWN),
        (b"\xff\xfe\x00", Kind.UNKNOWN),
        (DRAFT.encode("utf-16"), Kind.DRAFT),
        (DRAFT.encode("utf-8-sig"), Kind.DRAFT),
        (block_of(whole(PLAIN)).encode("utf-16-le"), Kind.BLOCK),
    ],
)
def test_what_is_told_by_the_bytes(content: bytes, kind: Kind) -> None:
    assert what_file_is(content) is kind


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_any_text_is_something(text: str) -> None:
    assert what_is(text) in Kind
