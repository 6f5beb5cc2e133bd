"""The ARN of the customer-managed KMS key that encrypts the bucket.

Sources: the guide, "Encrypted buckets"; AWS KMS Developer Guide, "Key identifiers (KeyId)",
"Multi-Region keys" and "AWS managed keys"; Amazon S3 User Guide, "Using server-side encryption
with AWS KMS keys": key and bucket are in the same region.
"""

import re
from collections.abc import Iterator
from typing import Final

from app.core.pasted.cleaning import GAPS, clean
from app.core.problem import Checked, Correction, Problem, error, note, settle, warning

_KEY_ID: Final = r"mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY_ARN: Final = (
    rf"arn:aws:kms:([a-z]{{2}}(?:-[a-z]+)+-[0-9]{{1,2}}):([0-9]{{12}}):key/({_KEY_ID})"
)
_CONSOLE_KEY: Final = rf"/kms/keys/({_KEY_ID})"
_CONSOLE_REGION: Final = r"region=([a-z0-9-]+)"


def check_kms_key(
    text: str,
    *,
    account_id: str | None = None,
    region: str | None = None,
    field: str = "buckets[0].kms_key_arn",
) -> Checked:
    """Return the key's ARN in ``text``, or what is wrong with it.

    White space, invisible characters and quotation marks are removed. ``account_id`` and
    ``region`` are the customer's and the bucket's, as far as they are known: a key of another
    region is an error, one of another account a warning, and a key's ID alone is completed.
    """
    cleaned = clean(text, inside=GAPS)
    remarks = list(cleaned.notes(field))
    if not cleaned.text:
        return settle("", [*remarks, error(field, "kms.empty")])
    written = cleaned.text.lower()
    key = re.fullmatch(_KEY_ARN, written)
    if key is None:
        problem, offer = _not_an_arn(cleaned.text, account_id, region, field)
        return settle("", [*remarks, problem], offer=offer)
    if written != cleaned.text:
        remarks.append(note(field, "kms.small-letters"))
    remarks += _about(key[1], key[2], key[3], account_id, region, field)
    return settle(written, remarks)


def _about(
    key_region: str,
    key_account: str,
    key_id: str,
    account_id: str | None,
    region: str | None,
    field: str,
) -> Iterator[Problem]:
    if region and key_region != region:
        code = "kms.replica-elsewhere" if key_id.startswith("mrk-") else "kms.region"
        yield error(field, code, key_region=key_region, region=region)
    if account_id and key_account != account_id:
        yield warning(field, "kms.other-account", account=key_account)


def _not_an_arn(
    text: str, account_id: str | None, region: str | None, field: str
) -> tuple[Problem, Correction | None]:
    """Say what ``text`` is in place of a key's ARN, and offer the ARN where it is known."""
    written = text.lower()
    page = re.search(_CONSOLE_KEY, written)
    key_id = page[1] if page else written.removeprefix("key/")
    if re.fullmatch(_KEY_ID, key_id):
        shown_region = re.search(_CONSOLE_REGION, written) if page else None
        there = shown_region[1] if shown_region else region
        return error(field, "kms.key-id"), _completed(key_id, account_id, there)
    return error(field, _mistaken_code(written)), None


def _completed(key_id: str, account_id: str | None, region: str | None) -> Correction | None:
    arn = f"arn:aws:kms:{region}:{account_id}:key/{key_id}"
    return Correction(arn) if re.fullmatch(_KEY_ARN, arn) else None


def _mistaken_code(written: str) -> str:
    """Return the code of the problem for a text that holds no key ID."""
    patterns = (
        ("kms.aws-managed", r"(?:.*:)?(?:alias/)?aws/[a-z0-9-]+"),
        ("kms.partition", r"arn:aws-[a-z-]+:.*"),
        ("kms.alias", r"(?:arn:aws:kms:.*:)?alias/.*"),
        ("kms.other-arn", r"arn:(?!aws:kms:).*"),
        ("kms.no-key-needed", r"aes-?256|sse-?s3|amazons3managedkeys?.*"),
        ("kms.region-missing", r"arn:aws:kms::.*"),
    )
    for code, pattern in patterns:
        if re.fullmatch(pattern, written, re.DOTALL):
            return code
    return "kms.malformed"
