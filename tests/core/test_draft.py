"""The draft as a value."""

from app.core.draft import BucketEntry, Draft
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, REGION


def test_each_bucket_is_named_once_in_order() -> None:
    entries = (
        BucketEntry("two", REGION),
        BucketEntry("one", REGION),
        BucketEntry("two", REGION, "a/"),
    )
    assert Draft(ACCOUNT, DATABASE_ID, entries).bucket_names == ("two", "one")
