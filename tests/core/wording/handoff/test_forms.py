"""The letter to an AWS administrator, and what each form of the files is called."""

from collections.abc import Iterator
from gettext import NullTranslations
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.documents.file_names import COMMAND_FILE, HANDOFF_FILE
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.i18n import install
from app.core.wording.handoff.forms import FORMS, letter, mail_link, needs_of_form
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, KEY_ARN, PLAIN, REGION

FILES: Final = ("first.file", "second.file")
MANY: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    tuple(BucketEntry(f"{n}{'x' * 62}", "ap-southeast-2", kms_key_arn=KEY_ARN) for n in range(9)),
)
LONGEST_LINK: Final = 2000
"""Characters of a link that every mail program takes: Windows hands on 2,048 of a command's."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED])
def test_the_letter_says_what_is_asked_what_is_attached_and_what_to_answer(
    form: str, draft: Draft
) -> None:
    text = letter(draft, form, FILES)
    for value in (draft.account_id, f"{BUCKET} ({REGION})", role_arn(ACCOUNT), *FILES):
        assert value in text
    assert f"{HANDOFF_FILE} opens in UbiQuity S3 Connection Setup" in text
    assert "{" not in text
    first = text.split("\n\n")[2]
    assert form == "json" or "first.file" in first


def test_the_statement_for_a_key_is_asked_for_where_it_is_attached() -> None:
    assert "KMS" not in letter(ENCRYPTED, "terraform", FILES)
    files = (*FILES, "kms-key-statement.json")
    asked = letter(ENCRYPTED, "terraform", files).split("\n\n")[2]
    assert "add the statement in kms-key-statement.json to the policy of the KMS key" in asked


def test_the_letter_leads_to_the_file_that_says_how() -> None:
    assert "says how" not in letter(PLAIN, "bash", FILES)
    assert "how-to-run.txt says how." in letter(PLAIN, "bash", (*FILES, "how-to-run.txt"))


def test_the_policies_alone_need_their_names_said() -> None:
    text = letter(PLAIN, "json", FILES)
    assert ROLE_NAME in text
    assert POLICY_NAME in text


@pytest.mark.parametrize("form", FORMS)
def test_without_its_values_it_still_asks(form: str) -> None:
    text = letter(ENCRYPTED, form, FILES, shows_values=False)
    for value in (ACCOUNT, BUCKET, DATABASE_ID, KEY_ARN):
        assert value not in text
    assert "please send me the role’s ARN" in text


@pytest.mark.parametrize(
    ("count", "words"), [(1, "bucket 0x"), (3, "buckets 0x"), (4, "and 1 more in AWS")]
)
def test_one_bucket_and_several(count: int, words: str) -> None:
    draft = Draft(ACCOUNT, DATABASE_ID, MANY.buckets[:count])
    assert words in letter(draft, "html", FILES)


@pytest.mark.parametrize("form", FORMS)
def test_every_mail_program_takes_the_link(form: str) -> None:
    files = tuple(f"a-file-with-a-rather-long-name-{n}.json" for n in range(6))
    text = letter(MANY, form, files)
    link = mail_link(text)
    assert len(link) <= LONGEST_LINK
    query = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert query["body"] == [text.replace("\n", "\r\n")]
    assert query["subject"]
    assert "+" not in link  # a mail program would show it


@pytest.mark.parametrize("form", FORMS)
def test_whoever_does_it_is_told_what_they_need(form: str) -> None:
    assert "iam:CreateRole" in str(needs_of_form(form, PLAIN))


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


def test_the_letter_says_what_the_command_for_cloudshell_is_for() -> None:
    with_command = letter(PLAIN, "cloudshell", ("ubiquity-s3.py", COMMAND_FILE))
    assert f"paste the line in {COMMAND_FILE} there" in with_command
    assert "paste the line" not in letter(PLAIN, "cloudshell", ("ubiquity-s3.py",))


@pytest.mark.usefixtures("shouting")
@pytest.mark.parametrize("form", FORMS)
def test_all_of_it_is_translated(form: str) -> None:
    for paragraph in letter(ENCRYPTED, form, FILES).split("\n\n"):
        assert paragraph.startswith("[")
