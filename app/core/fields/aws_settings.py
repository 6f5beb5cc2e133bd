"""What AWS tells of a bucket, beside what was typed of it: offered where the two differ.

Sources: Amazon S3 User Guide, "Namespaces for general purpose buckets" (a bucket is in one
region) and "Setting default server-side encryption behavior".
"""

from typing import Final

from app.core.frozen import frozen
from app.core.problem import Checked, Correction, warning

KMS: Final = "kms"
DEFAULT: Final = "default"
"""The form's choices of encryption that AWS can speak to (``details.EncryptionChoice``)."""


@frozen
class BucketSettings:
    """What AWS tells of one bucket, as far as it does.

    ``is_there`` is False where AWS knows no bucket of that name. ``region`` is None where it is
    not told. ``key_arn`` is the customer-managed key of the default encryption, None where there
    is none, and means nothing unless ``is_key_told``.
    """

    is_there: bool = True
    region: str | None = None
    is_key_told: bool = False
    key_arn: str | None = None


def beside_account(typed: str, signed_in: str, field: str) -> Checked | None:
    """Return what to say where the sign-in belongs to another account than was typed."""
    if not typed or typed == signed_in:
        return None
    said = warning(field, "account.signed-in-other", account=signed_in)
    return Checked(typed, (said,), offer=Correction(signed_in))


def beside_name(name: str, settings: BucketSettings, field: str) -> Checked | None:
    """Return what to say where AWS knows no bucket of that name."""
    if settings.is_there:
        return None
    return Checked(name, (warning(field, "bucket.not-in-aws"),))


def beside_region(region: str, settings: BucketSettings, field: str) -> Checked | None:
    """Return what to say where AWS has the bucket in another region."""
    if not region or settings.region in (None, region):
        return None
    told = str(settings.region)
    said = warning(field, "region.other-in-aws", region=told)
    return Checked(region, (said,), offer=Correction(told))


def beside_encryption(choice: str, settings: BucketSettings, field: str) -> Checked | None:
    """Return what to say where the bucket has a key of the customer's and none was chosen.

    Or the other way round. Of SSE-C a bucket knows nothing: such keys come with each request.
    """
    if not settings.is_key_told or choice not in (KMS, DEFAULT):
        return None
    if choice == DEFAULT and settings.key_arn is not None:
        said = warning(field, "encryption.key-in-aws", key=settings.key_arn)
        return Checked(choice, (said,), offer=Correction(KMS, "offer.key-in-aws"))
    if choice == KMS and settings.key_arn is None:
        said = warning(field, "encryption.no-key-in-aws")
        return Checked(choice, (said,), offer=Correction(DEFAULT, "offer.no-key-in-aws"))
    return None


def beside_key(key: str, settings: BucketSettings, field: str) -> Checked | None:
    """Return what to say where the bucket has another key of the customer's."""
    if not key or not settings.is_key_told or settings.key_arn in (None, key):
        return None
    told = str(settings.key_arn)
    said = warning(field, "kms.other-in-aws", key=told)
    return Checked(key, (said,), offer=Correction(told, "offer.key-in-aws"))
