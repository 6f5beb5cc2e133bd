"""The Database ID: what is cleaned, what is explained, what is refused."""

import pytest

from app.core.fields.database_id import LONGEST, check_database_id
from app.core.problem import Severity
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
    Row("YOUR_UBIQUITY_ACCOUNT_ID", "YOUR_UBIQUITY_ACCOUNT_ID", "database.placeholder"),
    Row(f"{MINE}==", f"{MINE}==", "database.padding", offer=MINE),
    Row(f"{MINE}=", f"{MINE}=", "database.padding", offer=MINE),
    Row(GUID, GUID, "database.guid"),
    Row(GUID.upper(), GUID.upper(), "database.guid"),
    Row(GUID.replace("-", ""), GUID.replace("-", ""), "database.guid"),
    Row(f"{{{GUID}}}", GUID, "database.guid database.brackets"),
    Row(f"({GUID})", GUID, "database.guid database.brackets"),
    Row("123456789012", "123456789012", "database.account"),
    Row("1234-5678-9012", "1234-5678-9012", "database.account"),
    Row("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "database.access-key"),
    Row("jo@example.com", "jo@example.com", "database.email"),
    Row("arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root", "database.arn"),
    Row("https://example.com/ids", "https://example.com/ids", "database.address"),
    Row(MINE[:-1], MINE[:-1], "database.length"),
    Row("my-external-id", "my-external-id", "database.length"),
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
        (f"{MINE}é", "A Database ID can’t contain “é” (U+00E9). Copy it again from UbiQuity."),
        ("a\x00b", "A Database ID can’t contain U+0000. Copy it again from UbiQuity."),
        (MINE[:-1], "A Database ID usually has 22 characters; this has 21. Check it."),
    ],
)
def test_it_says_what_was_done_or_is_wrong(text: str, expected_sentence: str) -> None:
    assert expected_sentence in texts_of(check_database_id(text))


@pytest.mark.parametrize("text", ["xWqJBlwfjUOUcQjd5gt7vQ", "YOUR_UBIQUITY_ACCOUNT_ID"])
def test_the_guides_values_are_only_a_warning(text: str) -> None:
    (problem,) = check_database_id(text).problems
    assert problem.severity is Severity.WARNING


def test_a_secret_is_never_repeated() -> None:
    pasted = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    checked = check_database_id(pasted)
    assert checked.value is None
    assert not any(pasted in repr(problem) + problem_text(problem) for problem in checked.problems)
