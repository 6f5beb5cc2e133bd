"""What an organisation may require of a new role: a permissions boundary, tags, a description.

Sources: IAM User Guide, "Permissions boundaries for IAM entities" and "Tags for IAM resources"
(50 tags, keys of 128 and values of 256 characters, no key that begins with ``aws:``); the IAM
service model, ``roleDescriptionType``.
"""

import re
from collections.abc import Mapping
from typing import Final

from app.core.fields.secret import without_secret
from app.core.guide import policy_arn
from app.core.pasted.cleaning import GAPS, clean
from app.core.problem import Checked, Problem, error, settle

BOUNDARY: Final = "permissions_boundary"
TAGS: Final = "tags"
DESCRIPTION: Final = "description"

MOST_TAGS: Final = 49
"""AWS's 50 less the one that this program puts on what it makes."""

_BOUNDARY: Final = r"arn:aws:iam::(?:[0-9]{12}|aws):policy/[A-Za-z0-9_+=,.@/-]+"
_TAG: Final = r"[\w .:/=+@-]*"
_DESCRIPTION: Final = r"[\t\n\r\x20-\x7e\xa1-\xff]{0,1000}"
_KEY_LENGTH: Final = 128
_VALUE_LENGTH: Final = 256


def check_boundary(text: str, account_id: str | None = None) -> Checked:
    """Return the ARN of the policy that ``text`` names as a boundary; ``""`` for none."""
    return without_secret(text, _boundary(text, account_id), BOUNDARY)


def _boundary(text: str, account_id: str | None) -> Checked:
    cleaned = clean(text, inside=GAPS)
    remarks = list(cleaned.notes(BOUNDARY))
    written = cleaned.text
    if not written:
        return settle("", remarks)
    if not re.fullmatch(_BOUNDARY, written):
        return settle("", [*remarks, error(BOUNDARY, "boundary.malformed")])
    account = written.split(":")[4]
    if account_id and account not in (account_id, "aws"):
        problem = error(BOUNDARY, "boundary.other-account", account=account)
        return settle("", [*remarks, problem])
    if written == policy_arn(account):
        return settle("", [*remarks, error(BOUNDARY, "boundary.own-policy")])
    return settle(written, remarks)


def check_tags(text: str) -> Checked:
    """Return ``text`` where it holds tags (``Owner=Data team, CostCentre=1234``)."""
    tags, problem = _read(text)
    del tags
    return without_secret(text, settle(text.strip(), [problem] if problem else []), TAGS)


def read_tags(text: str) -> Mapping[str, str]:
    """Return the tags in ``text``, value by key; none where ``check_tags`` finds an error."""
    return {} if check_tags(text).errors else _read(text)[0]


def _read(text: str) -> tuple[Mapping[str, str], Problem | None]:
    tags: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        problem = _problem_of(key, value, equals, tags)
        if problem is not None:
            return {}, problem
        tags[key] = value
    return tags, error(TAGS, "tags.too-many", limit=MOST_TAGS) if len(tags) > MOST_TAGS else None


def _problem_of(key: str, value: str, equals: str, tags: Mapping[str, str]) -> Problem | None:
    if not equals or not key:
        return error(TAGS, "tags.malformed")
    if key.lower().startswith("aws:"):
        return error(TAGS, "tags.reserved")
    if key.lower() in {other.lower() for other in tags}:
        return error(TAGS, "tags.twice", key=key)
    if len(key) > _KEY_LENGTH or len(value) > _VALUE_LENGTH:
        return error(TAGS, "tags.too-long", key=key[:40])
    if not re.fullmatch(_TAG, key) or not re.fullmatch(_TAG, value):
        return error(TAGS, "tags.characters", key=key[:40])
    return None


def check_description(text: str) -> Checked:
    """Return the description of the role in ``text``; ``""`` for this program's own."""
    written = text.strip()
    if not re.fullmatch(_DESCRIPTION, written):
        malformed = settle("", [error(DESCRIPTION, "description.malformed")])
        return without_secret(text, malformed, DESCRIPTION)
    return without_secret(text, settle(written, []), DESCRIPTION)
