"""The KMS key's ARN, and what is pasted in its place."""

import pytest

from app.core.fields.kms_key import check_kms_key
from app.core.problem import Severity
from tests.core.fields.row import Row, codes_of

ACCOUNT = "120456789013"
REGION = "ap-southeast-2"
KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab"
ARN = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{KEY_ID}"
MULTI = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/mrk-{'0a' * 16}"
CONSOLE = f"https://{REGION}.console.aws.amazon.com/kms/home?region={REGION}#/kms/keys/{KEY_ID}"

ROWS = [
    Row(ARN, ARN),
    Row(MULTI, MULTI),
    Row(f" {ARN}\n", ARN, "cleaned.spaces cleaned.line-breaks"),
    Row(f'"{ARN}"', ARN, "cleaned.quotes"),
    Row(f"{ARN[:30]}\n{ARN[30:]}\u200b", ARN, "cleaned.line-breaks cleaned.invisible"),
    Row(ARN.upper(), ARN, "kms.small-letters"),
    Row(
        ARN.replace(ACCOUNT, "120456789014"),
        ARN.replace(ACCOUNT, "120456789014"),
        "kms.other-account",
    ),
    Row(ARN.replace(REGION, "us-east-1"), None, "kms.region", mended=ARN),
    Row(MULTI.replace(REGION, "us-east-1"), None, "kms.replica-elsewhere", mended=MULTI),
    Row("", None, "kms.empty", mended=ARN),
    Row(" ", None, "kms.empty cleaned.spaces", mended=ARN),
    Row(KEY_ID, None, "kms.key-id", offer=ARN),
    Row(f"mrk-{'0A' * 16}", None, "kms.key-id", offer=MULTI),
    Row(f"key/{KEY_ID}", None, "kms.key-id", offer=ARN),
    Row(CONSOLE, None, "kms.key-id", offer=ARN),
    Row("alias/imports", None, "kms.alias", mended=ARN),
    Row(f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/imports", None, "kms.alias", mended=ARN),
    Row("alias/aws/s3", None, "kms.aws-managed", mended=ARN),
    Row("aws/s3", None, "kms.aws-managed", mended=ARN),
    Row(f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/s3", None, "kms.aws-managed", mended=ARN),
    Row("SSE-S3", None, "kms.no-key-needed", mended=ARN),
    Row("AES256", None, "kms.no-key-needed", mended=ARN),
    Row(ARN.replace("arn:aws:", "arn:aws-cn:"), None, "kms.partition", mended=ARN),
    Row("arn:aws:s3:::acme-imports", None, "kms.other-arn", mended=ARN),
    Row(f"arn:aws:kms::{ACCOUNT}:key/{KEY_ID}", None, "kms.region-missing", mended=ARN),
    Row(ARN[:-1], None, "kms.malformed", mended=ARN),
    Row(f"arn:aws:kms:{REGION}:12345:key/{KEY_ID}", None, "kms.malformed", mended=ARN),
    Row(ARN.replace("key/", "key:"), None, "kms.malformed", mended=ARN),
    Row("imports", None, "kms.malformed", mended=ARN),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:60])
def test_kms_key(row: Row) -> None:
    row.verify(lambda text: check_kms_key(text, account_id=ACCOUNT, region=REGION))


def test_another_accounts_key_is_a_warning() -> None:
    (problem,) = check_kms_key(ARN, account_id="120456789014").problems
    assert problem.severity is Severity.WARNING


def test_what_is_not_known_is_not_compared() -> None:
    assert check_kms_key(ARN).problems == ()
    assert check_kms_key(ARN, region=REGION).problems == ()


def test_an_id_is_completed_only_where_account_and_region_are_known() -> None:
    for account, region in ((None, REGION), (ACCOUNT, None), (None, None)):
        checked = check_kms_key(KEY_ID, account_id=account, region=region)
        assert codes_of(checked.errors) == ["kms.key-id"]
        assert checked.offer is None
    completed = check_kms_key(CONSOLE, account_id=ACCOUNT)
    assert completed.offer is not None
    assert completed.offer.value == ARN
