"""The name of a bucket, typed or taken from an address.

Source of the rules: Amazon S3 User Guide, "General purpose bucket naming rules" with its
"Account regional namespace naming rules"; of the older ones, "Bucket restrictions and
limitations": until 1 March 2018 names in US East (N. Virginia) could have up to 255
characters, capital letters and underscores.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.core.fields.s3_address import Address, read_address
from app.core.guide import EXAMPLE_BUCKET, PLACEHOLDER_BUCKETS
from app.core.pasted.cleaning import StrayCharacter, clean, shown_characters, stray_kind
from app.core.problem import Checked, Correction, Problem, Severity, error, note, settle, warning

SHORTEST: Final = 3
LONGEST: Final = 63
LONGEST_OLD: Final = 255
REGION_OF_OLD_NAMES: Final = "us-east-1"

_INNER: Final = (".", "-", "_")
"""Allowed within a name (the last in old ones), and neither at its start nor at its end."""

_PATH: Final = r"/*([A-Za-z0-9._-]{3,255})/(.*)"
_ADDRESS_IP: Final = r"[0-9]{1,3}(\.[0-9]{1,3}){3}"
_ACCOUNT_REGIONAL_END: Final = "-an"
_ACCOUNT_REGIONAL: Final = r".*-([0-9]{12})-([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})-an"
_OTHER_KINDS: Final = (
    ("--x-s3", "bucket.directory"),
    ("--xa-s3", "bucket.access-point"),
    ("--table-s3", "bucket.table"),
    ("-s3alias", "bucket.access-point"),
    ("--ol-s3", "bucket.object-lambda"),
    ("--op-s3", "bucket.outposts"),
    (".mrap", "bucket.multi-region-access-point"),
)
"""Ends of names by which S3 tells what isn't a general purpose bucket."""

_RESERVED: Final = (
    ("xn--", "bucket.starts-xn"),
    ("sthree-", "bucket.starts-sthree"),
    ("amzn-s3-demo-", "bucket.starts-demo"),
)
"""Reserved beginnings; ``sthree-configurator``, also reserved, is one of the second kind."""


def check_bucket(
    text: str,
    *,
    region: str | None = None,
    account_id: str | None = None,
    field: str = "buckets[0].name",
) -> Checked:
    """Return the bucket's name in ``text``, or what is wrong with it.

    Addresses and ARNs are taken apart: what they tell of ``prefix`` and ``region`` is in
    ``other_fields``. ``region`` and ``account_id`` are what the form has already; a name that S3
    has only in US East (N. Virginia) is a warning, and an error where ``region`` is another.
    """
    cleaned = clean(text, inside={StrayCharacter.INVISIBLE})
    problems = list(cleaned.notes(field))
    if not cleaned.text:
        return settle("", [*problems, error(field, "bucket.empty")])
    name, other_fields = cleaned.text, {}
    if address := _taken_apart(name):
        if address.refused:
            return settle("", [*problems, error(field, address.refused)])
        name, other_fields = address.bucket, _parts(address)
        problems.append(note(field, _taken_code(other_fields), bucket=name, **other_fields))
    problems += _about(name, region or other_fields.get("region"), account_id, field)
    other_fields = {**_region_in(name), **other_fields}
    return settle(name, problems, other_fields=other_fields, offer=_in_small_letters(name, field))


def _taken_apart(text: str) -> Address | None:
    """Take ``text`` apart until its bucket is a plain name; None where it is one already."""
    whole: Address | None = None
    while step := read_address(text) or _from_path(text):
        if step.refused:
            return step
        outer = whole or step
        whole = Address(step.bucket, outer.prefix, outer.region or step.region)
        text = step.bucket
    return whole


def _from_path(text: str) -> Address | None:
    """Read ``bucket/folder``, as people write it for short."""
    path = re.fullmatch(_PATH, text, re.DOTALL) if "/" in text else None
    return read_address(f"s3://{path[1]}/{path[2]}") if path else None


def _parts(address: Address) -> dict[str, str]:
    parts = {"prefix": address.prefix, "region": address.region}
    return {key: part for key, part in parts.items() if part}


def _taken_code(other_fields: dict[str, str]) -> str:
    return "-".join(["bucket.taken", *sorted(other_fields)])


def _region_in(name: str) -> dict[str, str]:
    regional = _account_regional(name)
    return {"region": regional[2]} if regional else {}


def _account_regional(name: str) -> re.Match[str] | None:
    if not name.endswith(_ACCOUNT_REGIONAL_END):
        return None
    return re.fullmatch(_ACCOUNT_REGIONAL, name)


def _in_small_letters(name: str, field: str) -> Correction | None:
    """Offer a name with capital letters as S3 has them today, where it is right otherwise."""
    lowered = name.lower()
    if lowered == name or name in PLACEHOLDER_BUCKETS:
        return None
    wrong = any(p.severity is Severity.ERROR for p in _about(lowered, "any", None, field))
    return None if wrong else Correction(lowered)


def _about(name: str, region: str | None, account_id: str | None, field: str) -> list[Problem]:
    """Return every problem of a plain name; for what isn't a bucket at all, that alone."""
    if name in PLACEHOLDER_BUCKETS:
        return [warning(field, "bucket.placeholder")]
    for ending, code in _OTHER_KINDS:
        if name.lower().endswith(ending):
            return [error(field, code)]
    broken = [error(field, code, **params) for code, params in _broken_rules(name, region)]
    if not broken and _is_old(name):
        broken.append(warning(field, "bucket.legacy"))
    if name == EXAMPLE_BUCKET:
        broken.append(warning(field, "bucket.example"))
    return broken + list(_about_namespace(name, region, account_id, field))


def _is_old(name: str) -> bool:
    return len(name) > LONGEST or "_" in name or name != name.lower()


def _broken_rules(name: str, region: str | None) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Yield the code of each naming rule that ``name`` breaks in ``region`` (None: unknown)."""
    old_allowed = region in {None, "", REGION_OF_OLD_NAMES}
    yield from _broken_length(name, LONGEST_OLD if old_allowed else LONGEST)
    yield from _broken_letters(name, old_allowed=old_allowed)
    if name.startswith(_INNER):
        yield "bucket.start", {}
    if name.endswith(_INNER):
        yield "bucket.end", {}
    if ".." in name:
        yield "bucket.periods", {}
    if name[-1:].isdecimal() and "." in name and re.fullmatch(_ADDRESS_IP, name):
        yield "bucket.ip", {}
    for start, code in _RESERVED:
        if name.lower().startswith(start):
            yield code, {}


def _broken_length(name: str, longest: int) -> Iterator[tuple[str, dict[str, str | int]]]:
    if len(name) < SHORTEST:
        yield "bucket.short", {"count": len(name)}
    if len(name) > longest:
        yield "bucket.long", {"count": len(name), "limit": longest}


def _broken_letters(name: str, *, old_allowed: bool) -> Iterator[tuple[str, dict[str, str | int]]]:
    if any(stray_kind(char) for char in name):
        yield "bucket.space", {}
    if not old_allowed and any(char.isascii() and char.isupper() for char in name):
        yield "bucket.capitals", {}
    if not old_allowed and "_" in name:
        yield "bucket.underscore", {}
    others = [
        char for char in name if not (_plain_letter(char) or char in "._-" or stray_kind(char))
    ]
    if others:
        yield "bucket.characters", {"characters": shown_characters(others)}


def _plain_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _about_namespace(
    name: str, region: str | None, account_id: str | None, field: str
) -> Iterator[Problem]:
    """Yield what a name ending in ``-an`` says: it is its account's own, in its region."""
    if not name.endswith(_ACCOUNT_REGIONAL_END):
        return
    regional = _account_regional(name)
    if regional is None:
        yield warning(field, "bucket.ends-an")
        return
    yield note(field, "bucket.account-regional", account=regional[1], region=regional[2])
    if account_id and account_id != regional[1]:
        yield warning(field, "bucket.other-account", account=regional[1])
    if region and region != regional[2]:
        yield warning(field, "bucket.other-region", region=regional[2])
