"""The draft as a value, and the text of its file."""

import json

from app.core.draft import BucketEntry, Draft
from app.core.formats.draft_json import draft_to_json
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, KEY_ARN, REGION, dump_draft


def test_each_bucket_is_named_once_in_order() -> None:
    entries = (
        BucketEntry("two", REGION),
        BucketEntry("one", REGION),
        BucketEntry("two", REGION, "a/"),
    )
    assert Draft(ACCOUNT, DATABASE_ID, entries).bucket_names == ("two", "one")


def test_the_file() -> None:
    limited = BucketEntry(
        "acme", REGION, "Übersicht/", restrict_to_prefix=True, kms_key_arn=KEY_ARN
    )
    draft = Draft("001456789013", DATABASE_ID, (limited, BucketEntry("whole", REGION)))
    text = dump_draft(draft)
    assert text.endswith("}\n")
    assert "Übersicht/" in text
    assert json.loads(text) == draft_to_json(draft)
    assert draft_to_json(draft) == {
        "format": "ubiquity-s3-setup/draft",
        "version": 1,
        "account_id": "001456789013",
        "database_id": DATABASE_ID,
        "buckets": [
            {
                "name": "acme",
                "region": REGION,
                "prefix": "Übersicht/",
                "restrict_to_prefix": True,
                "kms_key_arn": KEY_ARN,
            },
            {
                "name": "whole",
                "region": REGION,
                "prefix": "",
                "restrict_to_prefix": False,
                "kms_key_arn": None,
            },
        ],
    }
