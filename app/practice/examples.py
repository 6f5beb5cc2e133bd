"""The practice account's own values, as ways to fill in the form "Your details"."""

from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice
from app.core.i18n import tr
from app.flow.ports.accounts import PracticeExample
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, SEEDED_BUCKETS


def practice_examples() -> tuple[PracticeExample, ...]:
    """Return the ways, the simplest first; each leads to a set-up that works."""
    files, empty, encrypted = (
        BucketForm(
            bucket.name,
            bucket.region,
            bucket.prefix,
            encryption=EncryptionChoice.KMS if bucket.encrypted else EncryptionChoice.DEFAULT,
            kms_key_arn=KEY_ARN if bucket.encrypted else "",
        )
        for bucket in SEEDED_BUCKETS
    )
    folder = BucketForm(files.name, files.region, files.prefix, restrict_to_prefix=True)
    return (
        PracticeExample("bucket", tr("A bucket with files"), _form(files)),
        PracticeExample("folder", tr("Only one folder of it"), _form(folder)),
        PracticeExample("encrypted", tr("A bucket under a KMS key"), _form(encrypted)),
        PracticeExample("two", tr("Two buckets in two regions"), _form(files, empty)),
    )


def _form(*buckets: BucketForm) -> DetailsForm:
    return DetailsForm(ACCOUNT_ID, DATABASE_ID, buckets)
