"""The form "Your details" as it is typed: text, whatever is wrong with it.

``details`` checks it, which takes the rules of every field; the form itself needs none of them.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from app.core.frozen import frozen, replace

if TYPE_CHECKING:
    from app.core.draft import Draft

T = TypeVar("T")


class EncryptionChoice(StrEnum):
    """How the bucket's files are encrypted, as the form asks it (the guide's three kinds)."""

    DEFAULT = "default"
    """SSE-S3, or the key that AWS manages: nothing to set up."""
    KMS = "kms"
    """SSE-KMS with a key of the customer's own."""
    CLIENT = "sse-c"
    """SSE-C: not supported."""


@frozen
class BucketForm:
    """One bucket's fields, as typed."""

    name: str = ""
    region: str = ""
    prefix: str = ""
    restrict_to_prefix: bool = False
    encryption: EncryptionChoice = EncryptionChoice.DEFAULT
    kms_key_arn: str = ""


@frozen
class DetailsForm:
    """The whole form, as typed; at least one bucket.

    ``confirmed_id`` is a Database ID of unusual form that the person said is right.
    """

    account_id: str = ""
    database_id: str = ""
    buckets: tuple[BucketForm, ...] = (BucketForm(),)
    confirmed_id: str = ""

    @property
    def is_id_confirmed(self) -> bool:
        """Tell whether the Database ID that stands in the form was said to be right."""
        return bool(self.database_id) and self.confirmed_id == self.database_id

    def text_of(self, name: str) -> str:
        """Return the text of a field by the draft's name for it (``buckets[0].name``)."""
        bucket, key = split_field(name)
        if bucket is None:
            return _FORM_TEXTS[key].read(self)
        return _BUCKET_TEXTS[key].read(self.buckets[bucket])

    def with_text(self, name: str, text: str) -> "DetailsForm":
        """Return the form with another text in the field ``name``."""
        bucket, key = split_field(name)
        if bucket is None:
            return _FORM_TEXTS[key].write(self, text)
        return self.with_bucket(bucket, _BUCKET_TEXTS[key].write(self.buckets[bucket], text))

    def with_bucket(self, index: int, bucket: BucketForm) -> "DetailsForm":
        """Return the form with ``bucket`` in the place of the one at ``index``."""
        return replace(self, buckets=(*self.buckets[:index], bucket, *self.buckets[index + 1 :]))


class _Text(Generic[T]):
    """How the text of one field is read from a form, and put into it."""

    def __init__(self, read: Callable[[T], str], write: Callable[[T, str], T]) -> None:
        self.read = read
        self.write = write


_FORM_TEXTS: Final[Mapping[str, _Text[DetailsForm]]] = {
    "account_id": _Text(
        lambda form: form.account_id, lambda form, text: replace(form, account_id=text)
    ),
    "database_id": _Text(
        lambda form: form.database_id,
        lambda form, text: replace(
            form,
            database_id=text,
            confirmed_id=text if text == form.confirmed_id else "",
        ),
    ),
}
_BUCKET_TEXTS: Final[Mapping[str, _Text[BucketForm]]] = {
    "name": _Text(lambda bucket: bucket.name, lambda bucket, text: replace(bucket, name=text)),
    "region": _Text(
        lambda bucket: bucket.region, lambda bucket, text: replace(bucket, region=text)
    ),
    "prefix": _Text(
        lambda bucket: bucket.prefix, lambda bucket, text: replace(bucket, prefix=text)
    ),
    "encryption": _Text(
        lambda bucket: str(bucket.encryption),
        lambda bucket, text: replace(bucket, encryption=EncryptionChoice(text)),
    ),
    "kms_key_arn": _Text(
        lambda bucket: bucket.kms_key_arn, lambda bucket, text: replace(bucket, kms_key_arn=text)
    ),
}


def split_field(name: str) -> tuple[int | None, str]:
    """Take ``buckets[1].name`` apart into the bucket's place and the key; None for the rest."""
    if not name.startswith("buckets["):
        return None, name
    place, _, key = name.removeprefix("buckets[").partition("].")
    return int(place), key


def form_of(draft: "Draft") -> DetailsForm:
    """Return the form that a draft fills in; its values are final, so nothing is asked again."""
    return DetailsForm(
        draft.account_id,
        draft.database_id,
        tuple(
            BucketForm(
                entry.name,
                entry.region,
                entry.prefix,
                entry.restrict_to_prefix,
                EncryptionChoice.DEFAULT if entry.kms_key_arn is None else EncryptionChoice.KMS,
                entry.kms_key_arn or "",
            )
            for entry in draft.buckets
        ),
        draft.database_id,
    )
