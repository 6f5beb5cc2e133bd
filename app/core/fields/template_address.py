"""The address of a template in S3, from which the CloudFormation console takes it.

Sources: CloudFormation API Reference, CreateStack, ``TemplateURL`` (an object in S3, ``https``, at
most 1,024 characters); Amazon S3 User Guide, "Virtual hosting of general purpose buckets".
"""

import re
from typing import Final

from app.core.pasted.cleaning import clean
from app.core.problem import Checked, Problem, error, settle

LONGEST: Final = 1024
_REGION: Final = r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}"
_HOST: Final = rf"s3(?:[.-]{_REGION})?\.amazonaws\.com"
_SIGNS: Final = r"(?:[A-Za-z0-9._~!$'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_KEY: Final = rf"{_SIGNS}(?:{_SIGNS}|/)*"
_BUCKET: Final = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
_OBJECT: Final = re.compile(
    rf"https://(?:{_BUCKET}\.{_HOST}/{_KEY}|{_HOST}/{_BUCKET}/{_KEY})"
    r"(?:\?versionId=[A-Za-z0-9._~-]+)?"
)
_SIGNED: Final = re.compile(r"[?&](?:X-Amz-[A-Za-z-]+|Signature|AWSAccessKeyId)=", re.IGNORECASE)


def check_template_address(text: str, *, field: str = "template_address") -> Checked:
    """Return the address in ``text``, or what is wrong with it.

    A signed link is refused: it carries a passing key to whoever gets it, and soon ends.
    """
    cleaned = clean(text, paired_quotes=True)
    return settle(cleaned.text, [*cleaned.notes(field), *_errors(cleaned.text, field)])


def _errors(address: str, field: str) -> list[Problem]:
    if not address:
        return [error(field, "template.empty")]
    if _SIGNED.search(address):
        return [error(field, "template.signed")]
    if _OBJECT.fullmatch(address) is None:
        return [error(field, "template.no-address")]
    if len(address) > LONGEST:
        return [error(field, "template.long", count=len(address), limit=LONGEST)]
    return []
