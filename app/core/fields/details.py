"""The check of the form "Your details": what is wrong in it, and the draft that it becomes.

Every field keeps what the person typed; the draft exists once all of it is clean.
"""

from collections.abc import Mapping, Sequence

from app.core.documents.policy_size import size_problems
from app.core.draft import BucketEntry, Draft
from app.core.fields.account_id import check_account_id
from app.core.fields.bucket_name import check_bucket
from app.core.fields.bucket_set import check_buckets
from app.core.fields.database_id import check_database_id
from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice
from app.core.fields.kms_key import check_kms_key
from app.core.fields.prefix import check_prefix
from app.core.fields.region import check_region
from app.core.fields.secret import without_secret
from app.core.frozen import frozen
from app.core.problem import Checked, Problem, Severity


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
