"""The Database ID: what is cleaned, what is explained, what is refused."""

import pytest

from app.core.fields.database_id import LONGEST, check_database_id
from app.core.guide import DATABASE_ID_PLACE
from app.core.message import Plural
from app.core.problem import Correction, Severity
from app.core.wording.problem_words import PROBLEM_WORDS
from app.core.wording.problems import problem_text
from tests.core.fields.row import Row, texts_of

MINE = "q83vEjRWeJCrze8SNFZ4kA"
ALIKE = "q83vEjRWeJCr+e8SNF/4kA"
GUID = "01234567-89ab-cdef-0123-456789abcdef"

ROWS = [
    Row(MINE, MINE),
    Row(ALIKE, ALIKE),
    Row("q83vEjRWeJCr-e8SNF_4kA", "q83vEjRWeJCr-e8SNF_4kA"),
    Row(f" {MINE} ", MINE, "cleaned.spaces"),
    Row(f"{MINE[:9]} {MINE[9:]}\n", MINE, "cleaned.spaces cleaned.line-breaks"),
    Row(f"\t{MINE}\r\n", MINE, "cleaned.tabs cleaned.line-breaks"),
    Row(f"\xa0{MINE}\u200b", MINE, "cleaned.no-break-spaces cleaned.invisible"),
    Row(f"{MINE[:5]}\u200b{MINE[5:]}\ufeff", MINE, "cleaned.invisible"),
    Row(f'"{MINE}"', MINE, "cleaned.quotes"),
    Row(f"“{MINE}”", MINE, "cleaned.quotes"),
    Row(f"`{MINE}", MINE, "cleaned.quotes"),
    Row(f"Database ID: {MINE}", MINE, "cleaned.spaces database.label"),
    Row(f"UbiQuity Account ID = {MINE}", MINE, "cleaned.spaces database.label"),
    Row(f'"sts:ExternalId": "{MINE}"', MINE, "cleaned.spaces cleaned.quotes database.label"),
    Row(f"<{MINE}>", MINE, "database.brackets"),
    Row("xWqJBlwfjUOUcQjd5gt7vQ", "xWqJBlwfjUOUcQjd5gt7vQ", "database.example"),
    Row("YOUR_UBIQUITY_ACCOUNT_ID", None, "database.placeholder", mended=MINE),
    Row(f"{MINE}==", f"{MINE}==", "database.padding", offer=MINE),
    Row(f"{MINE}=", f"{MINE}=", "database.padding", offer=MINE),
    Row(GUID, None, "database.guid", mended=MINE),
    Row(GUID.upper(), None, "database.guid", mended=MINE),
    Row(GUID.replace("-", ""), None, "database.guid", mended=MINE),
    Row(f"{{{GUID}}}", None, "database.guid database.brackets", mended=MINE),
    Row(f"({GUID})", None, "database.guid database.brackets", mended=MINE),
    Row("123456789012", None, "database.account", mended=MINE),
    Row("1234-5678-9012", None, "database.account", mended=MINE),
    Row("AKIAIOSFODNN7EXAMPLE", None, "database.access-key", mended=MINE),
    Row("jo@example.com", None, "database.email", mended=MINE),
    Row("arn:aws:iam::123456789012:root", None, "database.arn", mended=MINE),
    Row("https://example.com/ids", None, "database.address", mended=MINE),
    Row(MINE[:-1], MINE[:-1], "database.length"),
    Row("my-external-id", None, "database.name", mended=MINE),
    Row("a" * 40, "a" * 40, "database.length"),
    Row(f"{MINE[:-1]}B", f"{MINE[:-1]}B", "database.mistyped"),
    Row("+83vEjRWeJCr-e8SNFZ4kA", "+83vEjRWeJCr-e8SNFZ4kA", "database.mistyped"),
    Row(f"{MINE},", f"{MINE},", "database.shape", offer=MINE),
    Row("acme.co.nz:42", "acme.co.nz:42", "database.shape"),
    Row("==", "==", "database.shape"),
    Row("a" * LONGEST, "a" * LONGEST, "database.length"),
    Row("", None, "database.empty", mended=MINE),
    Row(" \u200b", None, "database.empty cleaned.spaces cleaned.invisible", mended=MINE),
    Row(f"{MINE}%3D%3D", None, "database.percent", offer=MINE),
    Row("q83vEjRWeJCr%2Be8SNF%2F4kA", None, "database.percent", offer=ALIKE),
    Row("ab%3ac", None, "database.percent", offer="ab:c"),
    Row("ab%E9", None, "database.percent", mended=MINE),
    Row("ab%20c", None, "database.percent", mended=MINE),
    Row(f"{{{MINE}", None, "database.characters", mended=MINE),
    Row(f"{MINE[:-1]}é", None, "database.characters", mended=MINE),
    Row("a\\b", None, "database.characters", mended="a/b"),
    Row("a\x00b", None, "database.characters", mended="ab"),
    Row("50%off", None, "database.characters", mended=MINE),
    Row("ａｂ", None, "database.characters", mended="ab"),
    Row("A", None, "database.short", mended=MINE),
    Row("é", None, "database.characters database.short", mended=MINE),
    Row("a" * (LONGEST + 1), None, "database.long", mended="a" * LONGEST),
    Row("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None, "database.secret", mended=MINE),
    Row("aws_secret_access_key=abc", None, "database.secret", mended=MINE),
    Row("IQoJb3JpZ2luX2Vj" + "A" * 120, None, "database.secret", mended=MINE),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:40])
def test_database_id(row: Row) -> None:
    row.verify(check_database_id)


@pytest.mark.parametrize(
    ("text", "expected_sentence"),
    [
        (f"{MINE} \n ", "Two spaces were removed."),
        (
            f"{MINE}é",
            "A UbiQuity Account ID can’t contain “é” (U+00E9). Copy it again from UbiQuity.",
        ),
        ("a\x00b", "A UbiQuity Account ID can’t contain U+0000. Copy it again from UbiQuity."),
        (MINE[:-1], "A UbiQuity Account ID usually has 22 characters; this has 21. Check it."),
    ],
)
def test_it_says_what_was_done_or_is_wrong(text: str, expected_sentence: str) -> None:
    assert expected_sentence in texts_of(check_database_id(text))


def test_the_guides_example_is_only_a_warning() -> None:
    (problem,) = check_database_id("xWqJBlwfjUOUcQjd5gt7vQ").problems
    assert problem.severity is Severity.WARNING


POLICY = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": '
    '"arn:aws:iam::049579744830:root"}, "Action": "sts:AssumeRole", "Condition": {"StringEquals": '
    '{"sts:ExternalId": "%s"}}}]}'
)
PASTED = (
    f"External ID\t{MINE}",
    f"Database ID\n{MINE}\n",
    f"Database ID  {MINE}",
    f"API IDs > Database ID {MINE}",
    f"UbiQuity Account ID (Database ID): {MINE}",
    f"Your Database ID is {MINE}.",
    f"--external-id {MINE}",
    f'external_id = "{MINE}"',
    f'{{"sts:ExternalId": "{MINE}"}}',
    f'"StringEquals": {{"sts:ExternalId": ["{MINE}"]}}',
    f'"{MINE}",',
    POLICY % MINE,
    (POLICY % MINE).replace(" ", "\n  "),
)


@pytest.mark.parametrize("text", PASTED)
def test_it_is_taken_out_of_the_text_around_it(text: str) -> None:
    checked = check_database_id(text)
    assert checked.value == MINE
    assert [problem.code for problem in checked.problems] == ["database.label"]


NOT_IN_IT = (
    (POLICY % "YOUR_UBIQUITY_ACCOUNT_ID", "database.placeholder"),
    (POLICY.replace("sts:ExternalId", "aws:SourceArn") % "x", "database.characters"),
    (POLICY % MINE + POLICY % ALIKE, "database.characters"),
    (f"{MINE} or {ALIKE}", "database.length"),
    ("External ID: none", "database.shape"),
    ("s3://customer-data", "database.address"),
    ("ubiquity.example.com/api", "database.address"),
    ("customer-data-imports", "database.name"),
    ("acme.imports", "database.name"),
    ("ap-southeast-2", "database.name"),
    ("ubiquity-connectors-s3-access-role", "database.name"),
)


@pytest.mark.parametrize(("text", "code"), NOT_IN_IT)
def test_what_is_something_else_is_said_as_that(text: str, code: str) -> None:
    assert check_database_id(text).problems[0].code == code


WAY_TO_FIND_IT = (
    "jo@example.com",
    "arn:aws:iam::123456789012:role/x",
    GUID,
    "customer-data-imports",
    "123456789012",
    "https://example.com/x",
    "YOUR_UBIQUITY_ACCOUNT_ID",
    "AKIAIOSFODNN7EXAMPLE",
)


@pytest.mark.parametrize("text", WAY_TO_FIND_IT)
def test_another_thing_is_an_error_with_the_way_to_the_right_one(text: str) -> None:
    checked = check_database_id(text)
    assert checked.value is None
    assert "API > API IDs > Database ID" in problem_text(checked.errors[0])


@pytest.mark.parametrize("text", [MINE[:-1], f"{MINE}AA", "acme", f"{MINE[:-1]}B"])
def test_another_form_is_asked_for_once(text: str) -> None:
    asked = check_database_id(f" {text} ", confirmed=False)
    assert asked.value is None
    assert asked.offer == Correction(text, "offer.confirm")
    assert check_database_id(text, confirmed=True).value == text


def test_a_secret_is_never_repeated() -> None:
    pasted = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    checked = check_database_id(pasted)
    assert checked.value is None
    assert not any(pasted in repr(problem) + problem_text(problem) for problem in checked.problems)


def test_messages_call_it_what_its_label_does() -> None:
    # The field is "UbiQuity Account ID"; "Database ID" is only where UbiQuity shows it.
    texts = [
        text
        for code, message in PROBLEM_WORDS.items()
        if code.startswith("database.")
        for text in (
            (message.singular, message.plural) if isinstance(message, Plural) else (message,)
        )
    ]
    assert [text for text in texts if "Database ID" in text.replace(DATABASE_ID_PLACE, "")] == []
