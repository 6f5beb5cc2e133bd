"""What a reading of the account tells of its buckets, for the form to offer where it differs."""

from typing import TYPE_CHECKING

from app.core.fields.aws_settings import BucketSettings
from app.core.frozen import replace
from app.core.snapshot import State

if TYPE_CHECKING:
    from app.core.snapshot import BucketFacts, Snapshot
    from app.flow.wizard.details_state import Offers


def offers_after(offers: "Offers", snapshot: "Snapshot") -> "Offers":
    """Return ``offers`` with what ``snapshot`` tells of buckets: it is the newest.

    Nothing is filled in by it: it was read for the details as they are.
    """
    told = ((bucket.name, told_by(bucket)) for bucket in snapshot.buckets)
    newest = {name: settings for name, settings in told if settings is not None}
    return replace(offers, settings={**offers.settings, **newest})


def told_by(bucket: "BucketFacts") -> BucketSettings | None:
    """Return what ``bucket``, as it was read, tells of its place and key; None for nothing."""
    if bucket.state is State.MISSING:
        return BucketSettings(is_there=False)
    if bucket.region is None:
        return None
    encryption, key = bucket.encryption, bucket.kms_key
    if encryption is None or (encryption.kms_key_id and key is None):
        return BucketSettings(region=bucket.region)
    own = key.arn if key is not None and key.manager == "CUSTOMER" else None
    return BucketSettings(region=bucket.region, is_key_told=True, key_arn=own)
