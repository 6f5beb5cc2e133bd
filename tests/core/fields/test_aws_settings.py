"""What AWS tells beside what was typed: said where the two differ, and offered."""

from typing import Final, NamedTuple

import pytest

from app.core.fields.aws_settings import (
    BucketSettings,
    beside_account,
    beside_encryption,
    beside_key,
    beside_name,
    beside_region,
)
from app.core.problem import Checked, Severity

KEY: Final = "arn:aws:kms:eu-west-1:120456789013:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER: Final = KEY.replace("1234abcd-", "dcba4321-")
NAME, REGION = "buckets[0].name", "buckets[0].region"
ENCRYPTION, KMS_KEY = "buckets[0].encryption", "buckets[0].kms_key_arn"
NOTHING: Final = BucketSettings()
GONE: Final = BucketSettings(is_there=False)
PLAIN: Final = BucketSettings(region="eu-west-1", is_key_told=True)
LOCKED: Final = BucketSettings(region="eu-west-1", is_key_told=True, key_arn=KEY)
UNTOLD: Final = BucketSettings(region="eu-west-1")


class Row(NamedTuple):
    said: Checked | None
    code: str | None = None
    offer: str | None = None


BESIDE: Final = (
    Row(beside_account("", "120456789013", "account_id")),
    Row(beside_account("120456789013", "120456789013", "account_id")),
    Row(
        beside_account("210987654321", "120456789013", "account_id"),
        "account.signed-in-other",
        "120456789013",
    ),
    Row(beside_name("acme", NOTHING, NAME)),
    Row(beside_name("acme", PLAIN, NAME)),
    Row(beside_name("acme", GONE, NAME), "bucket.not-in-aws"),
    Row(beside_region("", PLAIN, REGION)),
    Row(beside_region("eu-west-1", PLAIN, REGION)),
    Row(beside_region("us-east-1", NOTHING, REGION)),
    Row(beside_region("us-east-1", GONE, REGION)),
    Row(beside_region("us-east-1", UNTOLD, REGION), "region.other-in-aws", "eu-west-1"),
    Row(beside_encryption("default", PLAIN, ENCRYPTION)),
    Row(beside_encryption("default", UNTOLD, ENCRYPTION)),
    Row(beside_encryption("kms", UNTOLD, ENCRYPTION)),
    Row(beside_encryption("kms", LOCKED, ENCRYPTION)),
    Row(beside_encryption("sse-c", LOCKED, ENCRYPTION)),
    Row(beside_encryption("", LOCKED, ENCRYPTION)),
    Row(
        beside_encryption("default", LOCKED, ENCRYPTION),
        "encryption.key-in-aws",
        "kms",
    ),
    Row(
        beside_encryption("kms", PLAIN, ENCRYPTION),
        "encryption.no-key-in-aws",
        "default",
    ),
    Row(beside_key("", LOCKED, KMS_KEY)),
    Row(beside_key(KEY, LOCKED, KMS_KEY)),
    Row(beside_key(OTHER, PLAIN, KMS_KEY)),
    Row(beside_key(OTHER, UNTOLD, KMS_KEY)),
    Row(beside_key(OTHER, LOCKED, KMS_KEY), "kms.other-in-aws", KEY),
)


@pytest.mark.parametrize("row", BESIDE)
def test_what_differs_is_a_warning_with_an_offer(row: Row) -> None:
    if row.code is None:
        assert row.said is None
        return
    assert row.said is not None
    (problem,) = row.said.problems
    assert (problem.code, problem.severity) == (row.code, Severity.WARNING)
    assert row.said.value  # it can be used as it is: nobody is forced
    assert (row.said.offer.value if row.said.offer else None) == row.offer
