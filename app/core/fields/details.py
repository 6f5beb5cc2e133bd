"""The form "Your details": what is typed, as text, before it becomes a draft.

Every field keeps what the person typed; the draft exists once all of it is clean.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, Generic, TypeVar

from app.core.documents.policy_size import size_problems
from app.core.draft import BucketEntry, Draft
from app.core.fields.account_id import check_account_id
from app.core.fields.bucket_name import check_bucket
from app.core.fields.bucket_set import check_buckets
from app.core.fields.database_id import check_database_id
from app.core.fields.kms_key import check_kms_key
from app.core.fields.prefix import check_prefix
from app.core.fields.region import check_region
from app.core.fields.secret import without_secret
from app.core.frozen import frozen, replace
from app.core.problem import Checked, Problem, Severity

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


@frozen
class DetailsCheck:
    """What the form comes to: each field's check, what concerns several, and the draft."""

    fields: Mapping[str, Checked]
    across: tuple[Problem, ...] = ()
    draft: Draft | None = None

    def problems(self, name: str) -> tuple[Problem, ...]:
        """Return all that is to say about the field ``name``."""
        own = self.fields[name].problems if name in self.fields else ()
        return (*own, *(problem for problem in self.across if problem.field == name))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """All errors in the order of the form: what Next waits for."""
        own = [error for checked in self.fields.values() for error in checked.errors]
        return (*own, *(p for p in self.across if p.severity is Severity.ERROR))


class _Collected:
    def __init__(self, form: DetailsForm) -> None:
        self._form = form
        self.fields: dict[str, Checked] = {}

    def value(self, name: str, checked: Checked) -> str:
        settled = without_secret(self._form.text_of(name), checked, name)
        self.fields[name] = settled
        return settled.value or ""


def check_details(form: DetailsForm, known_regions: Mapping[str, str]) -> DetailsCheck:
    """Check the whole form.

    ``known_regions`` maps region codes to human names; empty while AWS's data is not loaded.
    The result holds a draft only where nothing is wrong.
    """
    collected = _Collected(form)
    account = collected.value("account_id", check_account_id(form.account_id))
    database = collected.value("database_id", _checked_id(form))
    entries = [
        _check_bucket(collected, index, bucket, account, known_regions)
        for index, bucket in enumerate(form.buckets)
    ]
    across = _across(collected.fields, entries)
    check = DetailsCheck(collected.fields, across)
    if check.errors:
        return check
    draft = Draft(account, database, tuple(entries))
    too_long = size_problems(draft)
    return DetailsCheck(collected.fields, (*across, *too_long), None if too_long else draft)


def _checked_id(form: DetailsForm) -> Checked:
    return check_database_id(form.database_id, confirmed=form.is_id_confirmed)


def _check_bucket(
    collected: _Collected,
    index: int,
    form: BucketForm,
    account: str,
    known_regions: Mapping[str, str],
) -> BucketEntry:
    at = f"buckets[{index}]"
    region_check = check_region(form.region, known_regions, field=f"{at}.region")
    name_check = check_bucket(
        form.name,
        region=region_check.value or None,
        account_id=account or None,
        field=f"{at}.name",
    )
    name = collected.value(f"{at}.name", name_check)
    region = collected.value(f"{at}.region", region_check)
    prefix_check = check_prefix(
        form.prefix,
        restricted=form.restrict_to_prefix,
        bucket=name or None,
        field=f"{at}.prefix",
    )
    prefix = collected.value(f"{at}.prefix", prefix_check)
    collected.fields[f"{at}.encryption"] = _encryption(form.encryption, f"{at}.encryption")
    key = None
    if form.encryption is EncryptionChoice.KMS:
        key_check = check_kms_key(
            form.kms_key_arn,
            account_id=account or None,
            region=region or None,
            field=f"{at}.kms_key_arn",
        )
        key = collected.value(f"{at}.kms_key_arn", key_check)
    return BucketEntry(name, region, prefix, form.restrict_to_prefix, key or None)


def _encryption(choice: EncryptionChoice, name: str) -> Checked:
    if choice is EncryptionChoice.CLIENT:
        return Checked(None, (Problem(name, "encryption.sse-c", Severity.ERROR),))
    return Checked(str(choice))


def _across(fields: Mapping[str, Checked], entries: Sequence[BucketEntry]) -> tuple[Problem, ...]:
    """Rules over several buckets, once each of them is clean by itself."""
    clean = all(checked.value is not None for checked in fields.values())
    return check_buckets(entries) if clean else ()


def form_of(draft: Draft) -> DetailsForm:
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
