"""The draft's file (``ubiquity-s3-setup/draft``, version 1), which holds final values only.

What the window would clean up while typing (spaces, an ARN for an account) is an input error
here; a value that is merely unusual is a warning.
"""

from collections.abc import Iterator
from typing import Final

from app.core.conventions import paragraph
from app.core.draft import BucketEntry, Draft
from app.core.fields.details import DetailsCheck, check_details
from app.core.fields.form import DetailsForm, form_of
from app.core.formats.reading import FormatError, InputProblem, JsonObject, read_file
from app.core.formats.writing import Json
from app.core.frozen import frozen
from app.core.i18n import tr
from app.core.problem import Problem, Severity
from app.core.wording.problems import problem_text

FORMAT: Final = "ubiquity-s3-setup/draft"
VERSION: Final = 1

_ALLOWED: Final = ("database.placeholder",)
"""What the window takes for an error, and a file may hold: an example's draft is so named."""

MOST_ENTRIES: Final = 1000
"""Of a draft: what the guide's policy has room for is far less, and folders are one by one."""


@frozen
class DraftFile:
    """A draft that was read, with what is unusual about it."""

    draft: Draft
    warnings: tuple[Problem, ...] = ()


def read_draft(text: str, source: str) -> DraftFile | InputProblem:
    """Read a draft's file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, draft_of)


def draft_of(top: JsonObject) -> DraftFile:
    """Return the draft that ``top`` is, in a file of its own or inside another.

    Raises ``FormatError`` where it is none.
    """
    top.expect_format(FORMAT, VERSION)
    _check_count(top)
    draft = Draft(
        account_id=top.text("account_id"),
        database_id=top.text("database_id"),
        buckets=tuple(_entry(place) for place in top.items("buckets", required=True)),
    )
    if not draft.buckets:
        sentence = tr("“{place}” should hold at least one bucket, and is empty.")
        raise FormatError(sentence.format(place=top.at("buckets")))
    # A file carries no region list of AWS: programs age, so an unknown region is no problem here.
    form = form_of(draft)
    check = check_details(form, {})
    errors = [p for p in check.errors if p.code not in _ALLOWED]
    wrong = [*_not_final(form, check), *(f"“{p.field}”: {problem_text(p)}" for p in errors)]
    if wrong:
        raise FormatError(wrong[0])
    return DraftFile(draft, tuple(_warnings(check)))


def _check_count(top: JsonObject) -> None:
    count = sum(1 for _ in top.items("buckets", required=True))
    if count > MOST_ENTRIES:
        sentence = tr(
            "“{place}” should hold at most {most} buckets and folders, and holds "
            "{count}. Split it into several files."
        )
        place = top.at("buckets")
        raise FormatError(sentence.format(place=place, most=MOST_ENTRIES, count=count))


def _entry(place: JsonObject) -> BucketEntry:
    return BucketEntry(
        name=place.text("name"),
        region=place.text("region"),
        prefix=place.text("prefix") if place.has("prefix") else "",
        restrict_to_prefix=place.truth("restrict_to_prefix", default=False),
        kms_key_arn=place.optional_text("kms_key_arn"),
    )


def _not_final(form: DetailsForm, check: DetailsCheck) -> Iterator[str]:
    """Name each value that the window would have cleaned, and what it would have done."""
    for field, checked in check.fields.items():
        if checked.value is not None and checked.value != form.text_of(field):
            sentence = tr("“{place}” should be the final value alone.").format(place=field)
            notes = [problem_text(p) for p in checked.problems if p.severity is Severity.NOTE]
            yield paragraph(sentence, *notes)


def _warnings(check: DetailsCheck) -> Iterator[Problem]:
    everything = [
        *(p for checked in check.fields.values() for p in checked.problems),
        *check.across,
    ]
    yield from (p for p in everything if p.severity is Severity.WARNING or p.code in _ALLOWED)


def draft_to_json(draft: Draft) -> Json:
    """Return the draft as the JSON object of its file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "account_id": draft.account_id,
        "database_id": draft.database_id,
        "buckets": [_entry_to_json(entry) for entry in draft.buckets],
    }


def _entry_to_json(entry: BucketEntry) -> Json:
    return {
        "name": entry.name,
        "region": entry.region,
        "prefix": entry.prefix,
        "restrict_to_prefix": entry.restrict_to_prefix,
        "kms_key_arn": entry.kms_key_arn,
    }
