"""What an edit makes of the details: pure, for the store to put in their place.

``regions`` maps AWS's region codes to names; empty until they are loaded. A field is named as
the draft and its problems name it (``buckets[0].name``).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from app.core.fields.form import BucketForm, split_field
from app.core.frozen import replace
from app.core.problem import Severity
from app.flow.wizard.details_state import Source
from app.flow.wizard.following import renamed

if TYPE_CHECKING:
    from app.core.fields.form import DetailsForm
    from app.flow.wizard.details_state import Details

T = TypeVar("T")


def edited(details: "Details", field: str, text: str, regions: Mapping[str, str]) -> "Details":
    """Return the details with ``text`` typed into ``field``, whose remarks are gone.

    Another bucket takes along what AWS told of the one before.
    """
    remarks = {name: remark for name, remark in details.remarks.items() if name != field}
    form = details.form.with_text(field, text)
    sources = {name: source for name, source in details.sources.items() if name != field}
    if text:
        sources[field] = Source.PERSON
    changed = replace(details, remarks=remarks, sources=sources).with_form(form, regions)
    index, key = split_field(field)
    if index is not None and key == "name" and changed.value_of(field) != details.value_of(field):
        return renamed(changed, index, regions)
    return changed


def taken(details: "Details", field: str, value: str, regions: Mapping[str, str]) -> "Details":
    """Return the details with the ``value`` that was offered for ``field``: the person chose it."""
    changed = edited(details, field, value, regions)
    if field != "database_id":
        return changed
    return changed.with_form(replace(changed.form, confirmed_id=value), regions)


def restricted(
    details: "Details", index: int, regions: Mapping[str, str], *, on: bool
) -> "Details":
    """Return the details with the access to one bucket limited to its prefix, or not."""
    bucket = replace(details.form.buckets[index], restrict_to_prefix=on)
    return details.with_form(details.form.with_bucket(index, bucket), regions)


def cleaned(details: "Details", field: str, regions: Mapping[str, str]) -> "Details":
    """Return the details with the text of ``field`` cleaned, and a remark on what was done."""
    checked = details.check.fields.get(field)
    if checked is None or checked.value is None or not details.form.text_of(field):
        return details
    form, remarks = details.form, dict(details.remarks)
    if checked.value != form.text_of(field):
        form = form.with_text(field, checked.value)
        remarks[field] = tuple(p for p in checked.problems if p.severity is Severity.NOTE)
    parts = _still_empty(form, field, checked.other_fields)
    for name, text in parts.items():
        form = form.with_text(name, text)
    sources = {**details.sources, **dict.fromkeys(parts, Source.PERSON)}
    return replace(details, remarks=remarks, sources=sources).with_form(form, regions)


def _still_empty(form: "DetailsForm", field: str, parts: Mapping[str, str]) -> Mapping[str, str]:
    """Return the parts that a pasted address also told, for those fields that are still empty."""
    bucket, _ = split_field(field)
    by_name = {
        key if bucket is None else f"buckets[{bucket}].{key}": text for key, text in parts.items()
    }
    return {name: text for name, text in by_name.items() if not form.text_of(name)}


def with_bucket(details: "Details", regions: Mapping[str, str]) -> "Details":
    """Return the details with one more, empty bucket."""
    form = details.form
    return details.with_form(replace(form, buckets=(*form.buckets, BucketForm())), regions)


def with_folders(
    details: "Details", index: int, folders: Sequence[str], regions: Mapping[str, str]
) -> "Details":
    """Return the details with ``folders`` of the bucket at ``index`` chosen.

    The first is its prefix from now on; each other one is a bucket of its own right behind it,
    all else being the same. What another line of the same bucket has already is not added again.
    """
    at, form = f"buckets[{index}]", details.form
    present = form.buckets[index]
    others = {
        bucket.prefix
        for place, bucket in enumerate(form.buckets)
        if place != index and bucket.name == present.name
    }
    fresh = [folder for folder in dict.fromkeys(folders) if folder not in others]
    if not fresh:
        return details
    moved = _moved(details, index + 1, len(fresh) - 1)
    added = tuple(replace(present, prefix=folder) for folder in fresh)
    buckets = (*form.buckets[:index], *added, *form.buckets[index + 1 :])
    sources, touched = dict(moved.sources), set(moved.touched)
    own = [name for name in details.sources if name.startswith(f"{at}.")]
    for place in range(index, index + len(fresh)):
        here = f"buckets[{place}]"
        sources |= {name.replace(at, here, 1): details.sources[name] for name in own}
        sources[f"{here}.prefix"] = Source.PERSON
        touched.add(f"{here}.prefix")
    remarks = {name: said for name, said in moved.remarks.items() if name != f"{at}.prefix"}
    chosen = replace(moved, sources=sources, touched=frozenset(touched), remarks=remarks)
    return chosen.with_form(replace(form, buckets=buckets), regions)


def without_bucket(details: "Details", index: int, regions: Mapping[str, str]) -> "Details":
    """Return the details without the bucket at ``index``; the last one stays."""
    form = details.form
    if len(form.buckets) < 2:
        return details
    others = tuple(bucket for at, bucket in enumerate(form.buckets) if at != index)
    return _moved(details, index, -1).with_form(replace(form, buckets=others), regions)


def _moved(details: "Details", place: int, by: int) -> "Details":
    """Return the details with what is kept of each bucket's fields at its new place.

    The buckets from ``place`` on move ``by`` places; with -1 the one at ``place`` goes.
    """

    def moved(name: str) -> str | None:
        bucket, key = split_field(name)
        if bucket is None or bucket < place:
            return name
        return None if bucket == place and by < 0 else f"buckets[{bucket + by}].{key}"

    def kept(values: Mapping[str, T]) -> dict[str, T]:
        at_places = ((moved(name), value) for name, value in values.items())
        return {name: value for name, value in at_places if name is not None}

    return replace(
        details,
        touched=frozenset(kept(dict.fromkeys(details.touched, True))),
        remarks=kept(details.remarks),
        sources=kept(details.sources),
    )
