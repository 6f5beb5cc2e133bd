"""What a reading of the account tells of buckets, beside what the form says of them."""

from typing import Final

import pytest

from app.core.fields.aws_settings import BucketSettings
from app.core.frozen import replace
from app.core.snapshot import BucketFacts, Encryption, State
from app.flow.wizard.details_state import Offers
from app.flow.wizard.told_buckets import offers_after, told_by
from tests.helpers.drafts import BUCKET, KEY_ARN, PLAIN, REGION, bucket_facts, kms_key, untouched

PLAIN_BUCKET: Final = bucket_facts(BUCKET)
LOCKED: Final = bucket_facts(BUCKET, kms_key())
AWS_KEY: Final = replace(LOCKED, kms_key=replace(kms_key(), manager="AWS"))


@pytest.mark.parametrize(
    ("bucket", "told"),
    [
        (PLAIN_BUCKET, BucketSettings(region=REGION, is_key_told=True)),
        (LOCKED, BucketSettings(region=REGION, is_key_told=True, key_arn=KEY_ARN)),
        (AWS_KEY, BucketSettings(region=REGION, is_key_told=True)),
        (replace(LOCKED, kms_key=None), BucketSettings(region=REGION)),
        (replace(LOCKED, encryption=None), BucketSettings(region=REGION)),
        (
            replace(PLAIN_BUCKET, encryption=Encryption("aws:kms")),
            BucketSettings(region=REGION, is_key_told=True),
        ),
        (BucketFacts(BUCKET, State.OTHER_ACCOUNT, REGION), BucketSettings(region=REGION)),
        (BucketFacts(BUCKET, State.MISSING), BucketSettings(is_there=False)),
        (BucketFacts(BUCKET, State.UNREADABLE), None),
    ],
)
def test_only_what_was_read_is_told(bucket: BucketFacts, told: BucketSettings | None) -> None:
    assert told_by(bucket) == told


def test_the_newest_reading_counts_and_what_it_lacks_stays() -> None:
    before = Offers(
        settings={BUCKET: BucketSettings(region="eu-west-1"), "other": BucketSettings()}
    )
    after = offers_after(before, untouched(PLAIN))
    assert after.settings == {
        BUCKET: BucketSettings(region=REGION, is_key_told=True),
        "other": BucketSettings(),
    }
