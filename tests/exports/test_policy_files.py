"""The documents as files."""

import json

import pytest

from app.core.documents.file_names import KMS_FILE, PERMISSIONS_FILE, TRUST_FILE
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.exports.pieces.policy_files import policy_files
from tests.helpers.drafts import (
    ACCOUNT,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    REGION,
)


def test_the_files_are_what_aws_takes() -> None:
    files = {file.name: json.loads(file.text) for file in policy_files(ENCRYPTED)}
    assert files == {
        TRUST_FILE: trust_policy(DATABASE_ID),
        PERMISSIONS_FILE: permissions_policy(ENCRYPTED.buckets),
        KMS_FILE: kms_statement(ACCOUNT),
    }
    assert all(file.text.endswith("}\n") for file in policy_files(ENCRYPTED))


def test_no_key_no_statement() -> None:
    assert [file.name for file in policy_files(PLAIN)] == [TRUST_FILE, PERMISSIONS_FILE]


def test_one_statement_for_all_keys() -> None:
    entries = tuple(
        BucketEntry(name, REGION, kms_key_arn=key)
        for name, key in (("a", KEY_ARN), ("b", OTHER_KEY_ARN))
    )
    names = [file.name for file in policy_files(Draft(ACCOUNT, DATABASE_ID, entries))]
    assert names == [TRUST_FILE, PERMISSIONS_FILE, KMS_FILE]


@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED])
def test_the_names_are_good_on_every_system(draft: Draft) -> None:
    names = [file.name for file in policy_files(draft)]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name == name.lower() and "/" not in name for name in names)
