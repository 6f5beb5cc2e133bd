"""What an edit makes of the details: pure, for the store to put in their place.

``regions`` maps AWS's region codes to names; empty until they are loaded. A field is named as
the draft and its problems name it (``buckets[0].name``).
"""

from collections.abc import Mapping
from dataclasses import replace

from app.core.fields.details import BucketForm, DetailsForm, split_field
from app.core.problem import Severity
from app.flow.wizard.state import Details


def edited(details: Details, field: str, text: str, regions: Mapping[str, str]) -> Details:
    """Return the details with ``text`` typed into ``field``, whose remarks are gone."""
    remarks = {name: remark for name, remark in details.remarks.items() if name != field}
    form = details.form.with_text(field, text)
    return replace(details, remarks=remarks).with_form(form, regions)


def taken(details: Details, field: str, value: str, regions: Mapping[str, str]) -> Details:
    """Return the details with the ``value`` that was offered for ``field``: the person chose it."""
    changed = edited(details, field, value, regions)
    if field != "database_id":
        return changed
    return changed.with_form(replace(changed.form, confirmed_id=value), regions)


def restricted(details: Details, index: int, regions: Mapping[str, str], *, on: bool) -> Details:
    """Return the details with the access to one bucket limited to its prefix, or not."""
    bucket = replace(details.form.buckets[index], restrict_to_prefix=on)
    return details.with_form(details.form.with_bucket(index, bucket), regions)


def cleaned(details: Details, field: str, regions: Mapping[str, str]) -> Details:
    """Return the details with the text of ``field`` cleaned, and a remark on what was done."""
    checked = details.check.fields.get(field)
    if checked is None or checked.value is None or not details.form.text_of(field):
        return details
    form, remarks = details.form, dict(details.remarks)
    if checked.value != form.text_of(field):
        form = form.with_text(field, checked.value)
        remarks[field] = tuple(p for p in checked.problems if p.severity is Severity.NOTE)
    form = _fill_in(form, field, checked.other_fields)
    return replace(details, remarks=remarks).with_form(form, regions)


def _fill_in(form: DetailsForm, field: str, parts: Mapping[str, str]) -> DetailsForm:
    """Put the parts that a pasted address also told into fields that are still empty."""
    bucket, _ = split_field(field)
    for key, text in parts.items():
        name = key if bucket is None else f"buckets[{bucket}].{key}"
        if not form.text_of(name):
            form = form.with_text(name, text)
    return form


def with_bucket(details: Details, regions: Mapping[str, str]) -> Details:
    """Return the details with one more, empty bucket."""
    form = details.form
    return details.with_form(replace(form, buckets=(*form.buckets, BucketForm())), regions)


def without_bucket(details: Details, index: int, regions: Mapping[str, str]) -> Details:
    """Return the details without the bucket at ``index``; the last one stays."""
    form = details.form
    if len(form.buckets) < 2:
        return details
    others = tuple(bucket for at, bucket in enumerate(form.buckets) if at != index)
    # The messages' places have shifted; they come back when the fields are left again.
    touched = frozenset(name for name in details.touched if not name.startswith("buckets["))
    unremarked = replace(details, remarks={}, touched=touched)
    return unremarked.with_form(replace(form, buckets=others), regions)
