"""The account ID in the forms in which it is copied."""

import pytest

from app.core.fields.account_id import check_account_id
from app.core.problem import Severity
from tests.core.fields.row import Row, texts_of

MINE = "120456789013"

ROWS = [
    Row(MINE, MINE),
    Row("012345678901", "012345678901"),
    Row("000000000001", "000000000001"),
    Row("1204-5678-9013", MINE, "cleaned.hyphens"),
    Row("1204 5678 9013", MINE, "cleaned.spaces"),
    Row(" 120456789013\n", MINE, "cleaned.spaces cleaned.line-breaks"),
    Row("1204\xa05678\xa09013", MINE, "cleaned.no-break-spaces"),
    Row("1204–5678−9013", MINE, "cleaned.hyphens"),
    Row("1204\u20115678\u20119013", MINE, "cleaned.hyphens"),
    Row("\u200b120456789013\ufeff", MINE, "cleaned.invisible"),
    Row("1204\u200b56789013", MINE, "cleaned.invisible"),
    Row("'120456789013", MINE, "cleaned.quotes"),
    Row('"1204\t5678\t9013"', MINE, "cleaned.quotes cleaned.tabs"),
    Row("1204.5678.9013", MINE, "account.from-words"),
    Row("120,456,789,013", MINE, "account.from-words"),
    Row("120456789013.0", MINE, "account.from-words"),
    Row("(120456789013)", MINE, "account.from-words"),
    Row("Account ID: 1204-5678-9013", MINE, "account.from-words"),
    Row("Account 2: 120456789013 (prod)", MINE, "account.from-words"),
    Row('"Account": "120456789013",', MINE, "cleaned.quotes account.from-words"),
    Row("AWS-Konto 120456789013", MINE, "account.from-words"),
    Row("١٢٠٤٥٦٧٨٩٠١٣", MINE, "account.other-script"),
    Row("１２０４５６７８９０１３", MINE, "account.other-script"),
    Row("𝟏𝟐𝟎𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟑", MINE, "account.other-script"),
    Row("arn:aws:iam::120456789013:root", MINE, "account.from-arn"),
    Row("arn:aws:sts::120456789013:assumed-role/Admin/jo", MINE, "account.from-arn"),
    Row("Role: arn:aws:iam::120456789013:role/x", MINE, "account.from-arn"),
    Row("ARN:AWS:KMS:ap-southeast-2:120456789013:key/1", MINE, "account.from-arn"),
    Row(
        "arn:aws:iam::120456789013:role/a arn:aws:iam::120456789013:role/b",
        MINE,
        "account.from-arn",
    ),
    Row("https://120456789013.signin.aws.amazon.com/console", MINE, "account.from-address"),
    Row("120456789013.signin.aws.amazon.com/console/", MINE, "account.from-address"),
    Row(
        "https://signin.aws.amazon.com/switchrole?account=120456789013&roleName=Admin",
        MINE,
        "account.from-address",
    ),
    Row(
        "https://120456789013-abcd1ef2.ap-southeast-2.console.aws.amazon.com/s3/home",
        MINE,
        "account.from-address",
    ),
    Row(
        "https://d-97670c1234.awsapps.com/start/#/console?account_id=120456789013&role_name=Admin",
        MINE,
        "account.from-address",
    ),
    Row("123456789012", "123456789012", "account.example"),
    Row("1234-5678-9012", "123456789012", "account.example cleaned.hyphens"),
    Row("", None, "account.empty", mended=MINE),
    Row(" \n", None, "account.empty cleaned.spaces cleaned.line-breaks", mended=MINE),
    Row("1234567890", None, "account.digits", mended=MINE),
    Row("1204-5678-9013-1", None, "account.digits", mended=MINE),
    Row("1204567890131", None, "account.digits", mended=MINE),
    Row("120456789013 120456789013", None, "account.digits", mended=MINE),
    Row("Card 1204-5678-9013-3456", None, "account.digits", mended=MINE),
    Row("arn:aws:iam::12045678901:root", None, "account.digits account.from-arn", mended=MINE),
    Row("https://120456.signin.aws.amazon.com/", None, "account.digits", mended=MINE),
    Row("12345678901", None, "account.eleven", offer="012345678901"),
    Row("1234-5678-901", None, "account.eleven", offer="012345678901"),
    Row("O12045678901", None, "account.letters", offer="012045678901"),
    Row("l20456789Ol3", None, "account.letters", offer=MINE),
    Row("my account", None, "account.no-digits", mended=MINE),
    Row("---", None, "account.no-digits", mended=MINE),
    Row("1.23457E+11", None, "account.scientific", mended=MINE),
    Row("1,20457e11", None, "account.scientific", mended=MINE),
    Row("1204-5678-9013, 1204-5678-9014", None, "account.several", mended=MINE),
    Row("dev 120456789013 prod 120456789014", None, "account.several", mended=MINE),
    Row("arn:aws:s3:::customer-data-imports", None, "account.arn-without", mended=MINE),
    Row("arn:aws:iam::aws:policy/ReadOnlyAccess", None, "account.arn-without", mended=MINE),
    Row("arn:aws-cn:iam::120456789013:root", None, "account.partition", mended=MINE),
    Row("arn:aws-us-gov:iam::120456789013:root", None, "account.partition", mended=MINE),
    Row("https://120456789013.signin.amazonaws.cn/console", None, "account.partition", mended=MINE),
    Row(
        "https://120456789013.signin.amazonaws-us-gov.com/console",
        None,
        "account.partition",
        mended=MINE,
    ),
    Row("https://acme-nz.signin.aws.amazon.com/console", None, "account.alias", mended=MINE),
    Row("https://signin.aws.amazon.com/console", None, "account.address-without", mended=MINE),
    Row(
        "https://ap-southeast-2.signin.aws.amazon.com/oauth",
        None,
        "account.address-without",
        mended=MINE,
    ),
    Row("https://example.com/", None, "account.address-without", mended=MINE),
    Row("049579744830", None, "account.ubiquity", mended=MINE),
    Row("0495-7974-4830", None, "account.ubiquity cleaned.hyphens", mended=MINE),
    Row("arn:aws:iam::049579744830:root", None, "account.ubiquity account.from-arn", mended=MINE),
    Row("AKIAIOSFODNN7EXAMPLE", None, "account.access-key", mended=MINE),
    Row("79a5" * 16, None, "account.canonical", mended=MINE),
    Row("jo@example.com", None, "account.email", mended=MINE),
    Row("jo2024@example.com", None, "account.email", mended=MINE),
    Row("YOUR_AWS_ACCOUNT_ID", None, "account.placeholder", mended=MINE),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:40])
def test_account_id(row: Row) -> None:
    row.verify(check_account_id)


@pytest.mark.parametrize(
    ("text", "expected_sentence"),
    [
        ("1204 5678 9013", "Two spaces were removed."),
        ("1204-56789013", "One hyphen was removed."),
        ("12345", "An AWS account ID has 12 digits; this has 5."),
        ("1204567890131", "An AWS account ID has 12 digits; this has 13."),
        (
            "https://acme-nz.signin.aws.amazon.com/console",
            (
                "This sign-in address has your account’s alias, acme-nz, and not its number. "
                "Enter the 12 digits from the account menu, top right in the AWS console."
            ),
        ),
        ("120456789013 a 120456789014", "This holds 2 account IDs. Leave only the one that owns"),
    ],
)
def test_it_says_what_was_done_or_is_wrong(text: str, expected_sentence: str) -> None:
    assert any(
        sentence.startswith(expected_sentence) for sentence in texts_of(check_account_id(text))
    )


def test_problems_carry_the_field_they_are_about() -> None:
    checked = check_account_id(" 12", field="someone.else")
    assert {problem.field for problem in checked.problems} == {"someone.else"}


def test_the_guides_example_is_only_a_warning() -> None:
    (problem,) = check_account_id("123456789012").problems
    assert problem.severity is Severity.WARNING
