"""What is sent to the person who looks after the AWS account."""

from collections.abc import Iterator
from gettext import NullTranslations
from typing import Final

import pytest

from app.core.draft import BucketEntry, Draft
from app.core.guide import (
    PLACEHOLDER_ACCOUNT_ID,
    PLACEHOLDER_BUCKETS,
    PLACEHOLDER_DATABASE_ID,
    POLICY_NAME,
    ROLE_NAME,
    UBIQUITY_ACCOUNT,
    role_arn,
)
from app.core.i18n import install
from app.exports.handoff import LETTER_FILE, handoff_files, handoff_letter
from app.exports.policy_files import KMS_FILE, PERMISSIONS_FILE, TRUST_FILE, policy_files
from tests.helpers.drafts import (
    ACCOUNT,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    REGION,
)

FOLDER: Final = BucketEntry("acme", REGION, "imports/{x}/", restrict_to_prefix=True)
SEVERAL: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        FOLDER,
        BucketEntry("other", "us-east-1", "a/", kms_key_arn=KEY_ARN),
        BucketEntry("other", "us-east-1", "b/", kms_key_arn=KEY_ARN),
        BucketEntry("third", REGION, kms_key_arn=OTHER_KEY_ARN),
    ),
)
DRAFTS: Final = (PLAIN, ENCRYPTED, SEVERAL)


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_letter_says_all_that_is_needed(draft: Draft) -> None:
    letter = handoff_letter(draft)
    needed = [
        draft.account_id,
        draft.database_id,
        UBIQUITY_ACCOUNT,
        ROLE_NAME,
        POLICY_NAME,
        role_arn(draft.account_id),
        TRUST_FILE,
        PERMISSIONS_FILE,
        *draft.bucket_names,
        *(entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn),
    ]
    assert [part for part in needed if part not in letter] == []
    for number in (1, 2):
        assert f"\n{number}. " in letter
    assert letter.endswith("\n")


@pytest.mark.parametrize("draft", DRAFTS)
def test_no_placeholder_is_left(draft: Draft) -> None:
    placeholders = (PLACEHOLDER_ACCOUNT_ID, PLACEHOLDER_DATABASE_ID, *PLACEHOLDER_BUCKETS)
    for file in handoff_files(draft):
        assert [name for name in placeholders if name in file.text] == []
        if file.name == LETTER_FILE:
            assert "{" not in file.text.replace("imports/{x}/", "")


@pytest.mark.parametrize("draft", DRAFTS)
def test_what_is_attached_is_what_the_letter_names(draft: Draft) -> None:
    files = handoff_files(draft)
    assert files[0].name == LETTER_FILE
    assert files[0].text == handoff_letter(draft)
    assert files[1:] == policy_files(draft)
    assert all(file.name in files[0].text for file in files[1:])


def test_one_bucket_and_several() -> None:
    assert f"our Amazon S3 bucket acme-imports ({REGION}) in AWS account" in handoff_letter(PLAIN)
    assert (
        f"our Amazon S3 buckets acme ({REGION}), other (us-east-1), third ({REGION}) in AWS account"
    ) in handoff_letter(SEVERAL)


def grants(draft: Draft) -> list[str]:
    return [line.strip() for line in handoff_letter(draft).splitlines() if "files" in line[:40]]


def test_the_grants_are_those_of_the_policy() -> None:
    assert grants(SEVERAL) == [
        "- list, read, write and delete files under imports/{x}/ in the bucket acme",
        "- list, read, write and delete files in the bucket other",
        "- list, read, write and delete files in the bucket third",
    ]


def test_a_folder_of_a_bucket_that_is_granted_whole() -> None:
    both = Draft(ACCOUNT, DATABASE_ID, (FOLDER, BucketEntry("acme", REGION)))
    assert grants(both) == ["- list, read, write and delete files in the bucket acme"]


def test_the_key_is_a_third_step() -> None:
    assert "\n3. " not in handoff_letter(PLAIN)
    assert KMS_FILE not in handoff_letter(PLAIN)
    letter = handoff_letter(SEVERAL)
    assert letter.count(KEY_ARN) == letter.count(OTHER_KEY_ARN) == 1
    assert letter.index("\n3. Once the role exists") < letter.index(KEY_ARN)


class _Shouting(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}]"


@pytest.fixture
def shouting() -> Iterator[None]:
    install(_Shouting())
    yield
    install(NullTranslations())


@pytest.mark.usefixtures("shouting")
def test_all_of_it_is_translated() -> None:
    for paragraph in handoff_letter(SEVERAL).replace(",\n\nPlease", ", Please").split("\n\n"):
        assert paragraph.startswith(("[", "Thank you"))
    assert ROLE_NAME in handoff_letter(SEVERAL)


def test_what_can_not_be_seen_in_a_prefix_is_escaped() -> None:
    entry = BucketEntry("acme-imports", "us-east-1", "a\u202eb\u2028c/", restrict_to_prefix=True)
    letter = handoff_letter(Draft("123456789012", "xWqJBlwfjUOUcQjd5gt7vQ", (entry,)))
    assert r"under a\u202eb\u2028c/ in the bucket acme-imports" in letter
    assert all(char == "\n" or char.isprintable() for char in letter)
