"""What follows from the bucket that was named: pure, for the store to put in its place.

A value that AWS tells fills in what nobody answered, and goes with the bucket. What a person
answered stays; where AWS says otherwise, that is offered (``app.core.fields.aws_settings``).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from app.core.fields.aws_settings import (
    BucketSettings,
    beside_account,
    beside_encryption,
    beside_key,
    beside_name,
    beside_region,
)
from app.core.fields.form import EncryptionChoice, split_field
from app.core.frozen import replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.problem import Checked
from app.flow.wizard.details_state import Source

if TYPE_CHECKING:
    from app.flow.wizard.details_state import Details
    from app.flow.wizard.state import SetupState

_Regions = Mapping[str, str]


def followed(
    details: "Details", index: int, settings: BucketSettings | None, regions: _Regions
) -> "Details":
    """Return the details with what AWS tells of the bucket at ``index`` filled in."""
    if settings is None:
        return details
    at = f"buckets[{index}]"
    if settings.region and _may_follow(details, f"{at}.region"):
        details = filled(details, f"{at}.region", settings.region, regions)
    if not settings.is_key_told:
        return details
    choice, key = f"{at}.encryption", f"{at}.kms_key_arn"
    if _may_follow(details, choice):
        kind = EncryptionChoice.KMS if settings.key_arn else EncryptionChoice.DEFAULT
        details = filled(details, choice, kind, regions)
    own_key = details.form.text_of(choice) == EncryptionChoice.KMS
    if own_key and settings.key_arn and _may_follow(details, key):
        details = filled(details, key, settings.key_arn, regions)
    return details


def renamed(details: "Details", index: int, regions: _Regions) -> "Details":
    """Return the details without what followed from another bucket at ``index``."""
    for key in ("region", "encryption", "kms_key_arn"):
        name = f"buckets[{index}].{key}"
        if details.sources.get(name) is Source.AWS:
            details = unanswered(details, name, regions)
    return details


def unanswered(details: "Details", name: str, regions: _Regions) -> "Details":
    """Return the details with a field as if nobody had answered it."""
    _, key = split_field(name)
    empty = EncryptionChoice.DEFAULT if key == "encryption" else ""
    sources = {field: source for field, source in details.sources.items() if field != name}
    form = details.form.with_text(name, empty)
    return replace(details, sources=sources).with_form(form, regions)


def _may_follow(details: "Details", name: str) -> bool:
    return details.sources.get(name) is not Source.PERSON


def filled(details: "Details", name: str, text: str, regions: _Regions) -> "Details":
    """Return the details with ``text`` in a field that nobody answered: AWS told it."""
    sources = {**details.sources, name: Source.AWS}
    return replace(details, sources=sources).with_form(details.form.with_text(name, text), regions)


_Beside = Callable[[str, BucketSettings, str], Checked | None]

_BESIDE: Final[Mapping[str, _Beside]] = {
    "name": beside_name,
    "region": beside_region,
    "encryption": beside_encryption,
    "kms_key_arn": beside_key,
}


def aws_says(state: "SetupState", name: str) -> Checked | None:
    """Return what AWS says otherwise of the field ``name``, with its value as the offer."""
    value, signed_in = state.details.value_of(name), state.signed_in
    if name == "account_id":
        if signed_in is None:
            return None
        account = signed_in.caller.account
        return None if account == UBIQUITY_ACCOUNT else beside_account(value, account, name)
    index, key = split_field(name)
    settings = state.told_of(state.details.value_of(f"buckets[{index}].name"))
    if index is None or settings is None or key not in _BESIDE:
        return None
    return _BESIDE[key](value, settings, name)


def taken_from_aws(state: "SetupState", name: str, regions: _Regions) -> "Details":
    """Return the details with what AWS says of the field ``name``, which was asked for."""
    index, key = split_field(name)
    names = [name, f"buckets[{index}].kms_key_arn"] if key == "encryption" else [name]
    details = state.details
    for each in names:
        details = unanswered(details, each, regions)
    if index is None:
        account = state.signed_in.caller.account if state.signed_in else ""
        return filled(details, name, account, regions)
    settings = state.told_of(details.value_of(f"buckets[{index}].name"))
    return followed(details, index, settings, regions)
