"""What an edit of the details makes of the state: pure, for the store to put in its place.

``regions`` maps AWS's region codes to names; empty until they are loaded.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.core.fields.details import BucketForm, DetailsForm, check_details, split_field
from app.core.problem import Severity
from app.flow.wizard.state import SetupState


def edited(state: SetupState, field: str, value: object, regions: Mapping[str, str]) -> SetupState:
    """Return the state with ``value`` typed into ``field``, whose remarks are gone."""
    remarks = {name: said for name, said in state.remarks.items() if name != field}
    form = state.details.with_text(field, value)
    return with_details(replace(state, remarks=remarks), form, regions)


def cleaned(state: SetupState, field: str, regions: Mapping[str, str]) -> SetupState:
    """Return the state with the text of ``field`` cleaned, and a remark on what was done to it."""
    checked = state.check.fields.get(field)
    if checked is None or checked.value is None or not state.details.text_of(field):
        return state
    form, remarks = state.details, dict(state.remarks)
    if checked.value != form.text_of(field):
        form = form.with_text(field, checked.value)
        remarks[field] = tuple(p for p in checked.problems if p.severity is Severity.NOTE)
    form = _fill_in(form, field, checked.found)
    return with_details(replace(state, remarks=remarks), form, regions)


def _fill_in(form: DetailsForm, field: str, found: Mapping[str, str]) -> DetailsForm:
    """Put what a pasted address also told into fields that are still empty."""
    bucket, _ = split_field(field)
    for key, value in found.items():
        name = key if bucket is None else f"buckets[{bucket}].{key}"
        if not form.text_of(name):
            form = form.with_text(name, value)
    return form


def with_bucket(state: SetupState, regions: Mapping[str, str]) -> SetupState:
    """Return the state with one more, empty bucket in the form."""
    form = state.details
    return with_details(state, replace(form, buckets=(*form.buckets, BucketForm())), regions)


def without_bucket(state: SetupState, index: int, regions: Mapping[str, str]) -> SetupState:
    """Return the state without the bucket at ``index``; the last one stays."""
    form = state.details
    if len(form.buckets) < 2:
        return state
    kept = tuple(bucket for at, bucket in enumerate(form.buckets) if at != index)
    # The messages' places have shifted; they come back when the fields are left again.
    touched = frozenset(f for f in state.touched if not f.startswith("buckets["))
    unsaid = replace(state, remarks={}, touched=touched)
    return with_details(unsaid, replace(form, buckets=kept), regions)


def with_details(state: SetupState, form: DetailsForm, regions: Mapping[str, str]) -> SetupState:
    """Return the state with ``form`` for its details, and without what was for other details."""
    check = check_details(form, regions)
    changed = replace(state, details=form, check=check)
    if check.draft == state.check.draft:
        return changed
    # What was ticked, made or tested was for other details.
    return replace(
        changed,
        done=frozenset(),
        creation=None,
        revocation=None,
        proof=None,
        result=None,
        told=None,
        checked=None,
        failure=None,
        confirming=None,
        choices=replace(state.choices, chosen=frozenset()),
    )
