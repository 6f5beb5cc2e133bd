"""What was typed on "Your details", where each value comes from, and what AWS offers for it."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from app.core.fields.form import DetailsForm, split_field
from app.core.frozen import field, frozen, replace

if TYPE_CHECKING:
    from app.core.failure import AwsFailure
    from app.core.fields.aws_settings import BucketSettings
    from app.core.fields.details import DetailsCheck
    from app.core.problem import Problem
    from app.flow.ports.aws import OfferedBucket


class Source(StrEnum):
    """Where the value of a field comes from."""

    PERSON = "person"
    """Typed, pasted or chosen: it stays, whatever AWS says."""
    AWS = "aws"
    """Filled in from what AWS says: it follows the bucket, or the sign-in."""


class _Check:
    """The check of a form, worked out when it is first asked for; the same for the same form."""

    def __init__(self, form: "DetailsForm", regions: Mapping[str, str]) -> None:
        self._of = (form, regions)

    @cached_property
    def result(self) -> "DetailsCheck":

        from app.core.fields.details import check_details

        return check_details(*self._of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Check) and self._of == other._of

    def __hash__(self) -> int:
        return hash(self._of[0])


@frozen
class Details:
    """The form "Your details" with what its check says, always of that very form.

    ``touched`` are the fields whose messages are shown (left, or Next pressed), ``remarks``
    what was done to a pasted value, ``sources`` where a value comes from; a field that nobody
    answered has none. All name a field as a problem does (``Problem.field``).
    """

    form: "DetailsForm"
    checking: _Check
    touched: frozenset[str] = frozenset()
    remarks: Mapping[str, tuple["Problem", ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @staticmethod
    def of(form: "DetailsForm", regions: Mapping[str, str]) -> "Details":
        """Return ``form`` as nobody has touched it; ``regions`` maps codes to names.

        Whatever stands in it was answered by somebody, an unencrypted bucket too.
        """
        untouched = Details(form, _Check(form, regions))
        if form == DetailsForm():
            return untouched
        answered = (name for name in untouched.check.fields if is_answered(form, name))
        return replace(untouched, sources=dict.fromkeys(answered, Source.PERSON))

    @property
    def check(self) -> "DetailsCheck":
        """What the form comes to."""
        return self.checking.result

    def with_form(self, form: "DetailsForm", regions: Mapping[str, str]) -> "Details":
        """Return ``form`` and its check, with the same fields touched and remarked upon."""
        return replace(self, form=form, checking=_Check(form, regions))

    def touching(self, field_name: str) -> "Details":
        """Return the details with the messages of a field shown."""
        return replace(self, touched=self.touched | {field_name})

    def value_of(self, name: str) -> str:
        """Return the clean value of a field; ``""`` where it has none that can be used."""
        checked = self.check.fields.get(name)
        return (checked.value or "") if checked else ""


def is_answered(form: "DetailsForm", name: str) -> bool:
    """Tell whether a field of ``form`` holds an answer; the default encryption of no bucket isn't.

    ``name`` is the draft's name of the field.
    """
    bucket, key = split_field(name)
    if key == "encryption" and bucket is not None:
        return bool(form.buckets[bucket].name)
    return bool(form.text_of(name))


@frozen
class Inquiry:
    """What AWS told of buckets without any sign-in, where the person had it asked.

    ``failed`` are the buckets, by their names, of which it could not be asked.
    """

    settings: "Mapping[str, BucketSettings]" = field(default_factory=dict)
    failed: "Mapping[str, AwsFailure]" = field(default_factory=dict)
    asking: frozenset[str] = frozenset()
    """The names of the buckets that AWS is asked about right now."""

    def begun(self, name: str) -> "Inquiry":
        """Return that AWS is being asked about bucket ``name``."""
        failed = {other: why for other, why in self.failed.items() if other != name}
        return replace(self, failed=failed, asking=self.asking | {name})

    def ended(self, name: str) -> "Inquiry":
        """Return that it is not asked any more."""
        return replace(self, asking=self.asking - {name})

    def answered(self, name: str, answer: "BucketSettings | AwsFailure") -> "Inquiry":
        """Return what is known with ``answer``."""
        from app.core.failure import AwsFailure

        if isinstance(answer, AwsFailure):
            return replace(self, failed={**self.failed, name: answer})
        return replace(self, settings={**self.settings, name: answer})


@frozen
class Offers:
    """What the signed-in account has to choose from; ``refused`` where it may not be listed.

    ``settings`` are what AWS told of single buckets, by their names.
    """

    buckets: tuple["OfferedBucket", ...] = ()
    refused: "AwsFailure | None" = None
    read: bool = False
    settings: "Mapping[str, BucketSettings]" = field(default_factory=dict)
    asking: frozenset[str] = frozenset()
    """The names of the buckets that AWS is asked about right now."""

    def settings_of(self, name: str) -> "BucketSettings | None":
        """Return what AWS told of bucket ``name`` so far, be it by the list alone."""
        if name in self.settings:
            return self.settings[name]
        from app.core.fields.aws_settings import BucketSettings

        region = self.region_of(name)
        return BucketSettings(region=region) if region else None

    def region_of(self, name: str) -> str | None:
        """Return where the list has the bucket; None where it does not tell."""
        return _regions_in(self.buckets).get(name)


_last_regions: "list[tuple[tuple[OfferedBucket, ...], Mapping[str, str | None]]]" = []
"""The regions of the buckets that were last asked about: there may be ten thousand of them."""


def _regions_in(buckets: "tuple[OfferedBucket, ...]") -> Mapping[str, str | None]:
    if not _last_regions or _last_regions[0][0] is not buckets:
        _last_regions[:] = [(buckets, {bucket.name: bucket.region for bucket in buckets})]
    return _last_regions[0][1]
