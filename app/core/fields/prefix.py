"""The prefix: the folder of the bucket that the connector is limited to.

Sources: the guide, Step 4 and "Restricting access to a specific folder"; Amazon S3 User Guide,
"Naming Amazon S3 objects" (at most 1,024 bytes of UTF-8); IAM API Reference, CreatePolicy,
``PolicyDocument`` (characters up to U+00FF).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from app.core.fields.s3_address import Address, folder_of, looks_like_file, read_address
from app.core.pasted.cleaning import clean, shown_characters, stray_kind
from app.core.problem import Checked, Correction, Problem, error, note, settle, warning

LONGEST_IN_BYTES: Final = 1024
_LAST_IN_POLICY: Final = "\xff"
_ENCODED: Final = "%[0-9A-Fa-f]{2}"
_REFERENCE: Final = "{{resolve:"
"""How CloudFormation's dynamic references begin, in any text of a template: it would put a stored
value, perhaps a secret, in its place, and knows no escape (CloudFormation User Guide)."""

_OF_ANY_NAME: Final = ("prefix.long", "prefix.characters", "prefix.reference")
"""What is wrong with a name wherever it comes from; all else is about how it was typed."""
_ADDRESS: Final = r"(?:s3[an]?|https?)://|arn:"


def check_prefix(
    text: str, *, restricted: bool, bucket: str | None = None, field: str = "buckets[0].prefix"
) -> Checked:
    """Return the prefix in ``text``, ``""`` for none, or what is wrong with it.

    White space and invisible characters at its ends, and a pair of quotation marks around it,
    are removed: S3 would allow them, but UbiQuity's form and people's eyes lose them. Anything
    else is never changed unasked; one offer mends it all. An address (``s3://``, ARN, web) is
    taken apart, its bucket and region being ``other_fields``. ``restricted`` says that the
    policy has to carry the prefix; ``bucket`` is the bucket's name where it is known.
    """
    cleaned = clean(text, paired_quotes=True)
    remarks = list(cleaned.notes(field))
    address = read_address(cleaned.text) if _is_address(cleaned.text) else None
    if address is None:
        prefix = cleaned.text
    elif address.refused:
        return settle("", [*remarks, error(field, "prefix.address")])
    else:
        prefix = _tidy_ends(address.prefix)
        remarks.append(
            note(field, "prefix.taken" if prefix else "prefix.taken-none", prefix=prefix)
        )
    remarks += _errors(prefix, field, restricted=restricted)
    remarks += _warnings(prefix, bucket, field, restricted=restricted)
    other_fields = _other_fields(address)
    return settle(
        prefix,
        remarks,
        other_fields=other_fields,
        offer=_mended(prefix, bucket, restricted=restricted),
    )


def folder_problem(folder: str, *, restricted: bool, field: str) -> Problem | None:
    """Return why a ``folder`` that AWS has can't be the prefix as it is; None where it can.

    ``folder`` is the whole prefix. Typed, it would be refused, or come out as another one.
    """
    checked = check_prefix(folder, restricted=restricted, field=field)
    if checked.value == folder:
        return None
    of_length_or_policy = [e for e in checked.errors if e.code in _OF_ANY_NAME]
    return next(iter(of_length_or_policy), error(field, "prefix.not-as-it-is"))


def _is_address(text: str) -> bool:
    return ":" in text and re.match(_ADDRESS, text, re.IGNORECASE) is not None


def _tidy_ends(prefix: str) -> str:
    """Return the prefix of an address as it would be if it had been typed by itself."""
    tidy = clean(prefix, paired_quotes=True).text
    return "" if _is_address(tidy) else tidy


def _other_fields(address: Address | None) -> dict[str, str]:
    if address is None:
        return {}
    other_fields = {"name": address.bucket, "region": address.region}
    return {key: part for key, part in other_fields.items() if part}


def _errors(prefix: str, field: str, *, restricted: bool) -> Iterator[Problem]:
    controls = [char for char in prefix if unicodedata.category(char) in {"Cc", "Cs"}]
    unnamed = [char for char in controls if stray_kind(char) is None]
    if len(unnamed) < len(controls):
        yield error(field, "prefix.line-break")
    if unnamed:
        yield error(field, "prefix.control", characters=shown_characters(unnamed))
    size = len(prefix.encode("utf-8", "surrogatepass"))
    if size > LONGEST_IN_BYTES:
        yield error(field, "prefix.long", count=size, limit=LONGEST_IN_BYTES)
    if not restricted:
        return
    foreign = [char for char in prefix if char > _LAST_IN_POLICY and char not in controls]
    if foreign:
        yield error(field, "prefix.characters", characters=shown_characters(foreign))
    if _REFERENCE in prefix.lower():
        yield error(field, "prefix.reference")
    if not prefix:
        yield error(field, "prefix.empty-restricted")
    elif not prefix.endswith("/"):
        yield error(field, "prefix.slash-needed")


def _warnings(
    prefix: str, bucket: str | None, field: str, *, restricted: bool
) -> Iterator[Problem]:
    folders = prefix.split("/")
    file_like = looks_like_file(prefix)
    checks = (
        ("prefix.leading-slash", prefix.startswith("/")),
        ("prefix.bucket-name", bool(bucket) and prefix.startswith(f"{bucket}/")),
        ("prefix.backslash", "\\" in prefix),
        ("prefix.double-slash", "//" in prefix.lstrip("/")),
        ("prefix.dots", "." in folders or ".." in folders),
        ("prefix.file", file_like),
        ("prefix.star", prefix.endswith("*")),
        ("prefix.encoded", _is_encoded(prefix)),
        ("prefix.unseen", any(_is_unseen(char) for char in prefix)),
        ("prefix.no-slash", bool(prefix) and not (restricted or file_like or prefix[-1] in "/*")),
    )
    for code, true in checks:
        if true:
            yield warning(field, code)
    if any(char in prefix[:-1] for char in "*?") or "${" in prefix:
        yield note(field, "prefix.wildcards")


def _is_unseen(char: str) -> bool:
    """Tell a character that looks like a space or like nothing, and isn't a plain space."""
    return char != " " and stray_kind(char) is not None and unicodedata.category(char) != "Cc"


def _mended(prefix: str, bucket: str | None, *, restricted: bool) -> Correction | None:
    """Offer ``prefix`` with all that can be mended mended, where the result can be used."""
    mended = _decoded(prefix).replace("\\", "/").removesuffix("*")
    mended = "".join(_seen(char) for char in mended)
    parts = [part for part in mended.split("/") if part not in {"", ".", ".."}]
    if bucket and len(parts) > 1 and parts[0] == bucket:
        parts = parts[1:]
    mended = "/".join(parts)
    mended = folder_of(mended) if looks_like_file(prefix) else f"{mended}/" if mended else ""
    mended = clean(mended, paired_quotes=True).text
    usable = not any(_errors(mended, "", restricted=restricted)) and not _is_address(mended)
    return Correction(mended) if usable and mended != prefix else None


def _is_encoded(prefix: str) -> bool:
    return "%" in prefix and re.search(_ENCODED, prefix) is not None


def _decoded(prefix: str) -> str:
    if not _is_encoded(prefix):
        return prefix
    from urllib.parse import unquote  # as slow to load as all the rest of this module

    return unquote(prefix)


def _seen(char: str) -> str:
    if not _is_unseen(char):
        return char
    return " " if char.isspace() else ""
