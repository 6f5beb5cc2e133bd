r"""The UbiQuity Account ID: the Database ID, which is the External ID of the trust policy.

Sources: the guide, "Before you begin" and Step 2; AWS STS API Reference, AssumeRole,
``ExternalId`` (2 to 1,224 characters of ``[\w+=,.@:\/-]``). UbiQuity shows 16 bytes as
base64 without padding: 22 characters, of which the last carries two bits and so is A, Q, g
or w. The trust policy has to hold exactly what UbiQuity sends, so nothing but what can't be
part of an External ID is ever removed unasked.
"""

import re
from typing import Final

from app.core.frozen import frozen
from app.core.guide import EXAMPLE_DATABASE_ID, PLACEHOLDER_DATABASE_ID
from app.core.pasted.cleaning import GAPS, clean, shown_characters
from app.core.problem import Checked, Correction, Problem, error, note, settle, warning

SHORTEST: Final = 2
LONGEST: Final = 1224
USUAL_LENGTH: Final = 22

_SIGNS: Final = frozenset("_+=,.@:/-")
"""Allowed beside letters and digits."""

_BASE64: Final = r"(?:[A-Za-z0-9+/]{21}|[A-Za-z0-9_-]{21})[AQgw]"
_BASE64_SHAPED: Final = r"[A-Za-z0-9+/_-]+"
_GUID: Final = r"[0-9a-f]{8}(-?)[0-9a-f]{4}(\1[0-9a-f]{4}){2}\1[0-9a-f]{12}"
_LABELLED: Final = (
    rf"(?:UbiQuity)?(?:(?:Database|Account|External)ID|sts:ExternalID)[\"']?[:=][\"']?({_BASE64})"
)
_KEY_LENGTH: Final = 40
_KEY_LIKE: Final = r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]+"
_CREDENTIALS: Final = ("secretaccesskey", "sessiontoken")
"""Names of credentials, in small letters and without what may stand between their words."""

_SESSION_STARTS: Final = ("IQoJ", "FwoG", "FQoG")
_SESSION_LIKE: Final = r"[A-Za-z0-9/+=]{104,}"
_NAMES: Final = ("externalid", "databaseid", "accountid", "apiid")
"""Letters of what stands beside the ID where it is copied from."""

_AS_KEY: Final = r"(?:sts:)?External_?-?Id[\"'\s]*[:=][\[\s]*[\"']([^\"'\r\n]{1,1300})[\"']"
"""The External ID in a policy, a template or a command's JSON."""

_NAME_LIKE: Final = r"(?=[a-z0-9.-]{3,63}\Z)[a-z0-9]+(?:[.-]+[a-z0-9]+)+"
"""A bucket, a role, a region: words in small letters with dashes or dots between them."""

_TO_CONFIRM: Final = ("database.length", "database.mistyped", "database.shape")
_BRACKETS: Final = {"{": "}", "(": ")", "[": "]", "<": ">"}


def check_database_id(text: str, *, field: str = "database_id", confirmed: bool = True) -> Checked:
    """Return the Database ID in ``text`` as the External ID, or what is wrong with it.

    White space and invisible characters anywhere, and quotation marks around it, are removed:
    an External ID can't hold them. It is taken out of a policy, a line with its name, JSON.
    Another thing in its place is an error: it would become a role that never works. What is legal
    but unusual is a warning, and an error with the offer to keep it until it is ``confirmed``.
    """
    if re.fullmatch(_BASE64, text):
        return settle(text, _of_example(text, field))
    whole = _taken_out(text, field)
    cleaned = clean(whole.text, inside=GAPS)
    value, notes = _unwrapped(cleaned.text, field)
    remarks = [*cleaned.notes(field), *whole.notes, *notes]
    errors = _errors(value, field)
    if errors:
        return settle(value, [*remarks, *errors], offer=_decoded(value, field))
    oddity, better = _oddity(value, field), _better(value)
    if oddity is None:
        return settle(value, remarks)
    if not confirmed and better is None and oddity.code in _TO_CONFIRM:
        asked = error(field, oddity.code, **oddity.params)
        return settle(value, [*remarks, asked], offer=Correction(value, "offer.confirm"))
    return settle(value, [*remarks, oddity], offer=better)


@frozen
class _Text:
    """The text that is meant, and what is said of the rest."""

    text: str
    notes: tuple[Problem, ...] = ()


def _taken_out(text: str, field: str) -> _Text:
    """Take the ID out of the text around it: a policy, or a line that names it."""
    from app.core.likeness import letters

    if re.fullmatch(_LABELLED, clean(text, inside=GAPS).text, re.IGNORECASE):
        return _Text(text)
    asked = {clean(value).text for value in re.findall(_AS_KEY, text, re.IGNORECASE)}
    if len(asked) == 1:
        return _Text(asked.pop(), (note(field, "database.label"),))
    shaped = re.findall(rf"(?<![A-Za-z0-9+/_=-]){_BASE64}(?![A-Za-z0-9+/_=-])", text)
    if len(set(shaped)) != 1:
        return _Text(text)
    rest = text.replace(shaped[0], " ").strip()
    named = any(name in letters(rest) for name in _NAMES)
    in_quotes = not letters(rest) and any(mark in rest for mark in "\"'") and "," in rest
    if named or in_quotes:
        return _Text(shaped[0], (note(field, "database.label"),))
    return _Text(text)


def _unwrapped(value: str, field: str) -> tuple[str, tuple[Problem, ...]]:
    """Take off a label ("Database ID: …") and the brackets in which GUIDs are written."""
    if re.fullmatch(_BASE64, value):
        return value, ()
    labelled = re.fullmatch(_LABELLED, value, re.IGNORECASE)
    if labelled and re.fullmatch(_BASE64, labelled[1]):
        return labelled[1], (note(field, "database.label"),)
    inner = value[1:-1]
    bracketed = len(value) > 1 and _BRACKETS.get(value[0]) == value[-1]
    if bracketed and re.fullmatch(rf"{_GUID}|{_BASE64}", inner, re.IGNORECASE):
        return inner, (note(field, "database.brackets"),)
    return value, ()


def _errors(value: str, field: str) -> list[Problem]:
    if not value:
        return [error(field, "database.empty")]
    if _is_secret(value):
        return [error(field, "database.secret")]
    illegal = [c for c in value if not (c in _SIGNS or (c.isascii() and c.isalnum()))]
    if illegal and re.search(r"%[0-9A-Fa-f]{2}", value):
        return [error(field, "database.percent")]
    if mistaken := _mistaken(value):
        return [error(field, mistaken)]
    errors = []
    if illegal:
        errors.append(error(field, "database.characters", characters=shown_characters(illegal)))
    if len(value) < SHORTEST:
        errors.append(error(field, "database.short"))
    if len(value) > LONGEST:
        errors.append(error(field, "database.long", count=len(value), limit=LONGEST))
    return errors


def _is_secret(value: str) -> bool:
    """Tell a secret access key or session token: no draft may ever hold one (formats.md)."""
    letters = value.lower().replace("_", "")
    if any(name in letters for name in _CREDENTIALS):
        return True
    if value.startswith(_SESSION_STARTS) and re.match(_SESSION_LIKE, value):
        return True
    return len(value) == _KEY_LENGTH and re.fullmatch(_KEY_LIKE, value) is not None


def _decoded(value: str, field: str) -> Correction | None:
    """Offer what a percent-encoded value stands for, where that is an External ID."""
    if "%" not in value:
        return None
    from urllib.parse import unquote  # as slow to load as all the rest of this module

    plain = unquote(value)
    if re.fullmatch(_BASE64, plain.rstrip("=")):
        return Correction(plain.rstrip("="))
    usable = plain == clean(plain, inside=GAPS).text and not _errors(plain, field)
    return Correction(plain) if usable else None


def _better(value: str) -> Correction | None:
    """Offer the one part of ``value`` that has a Database ID's shape, or it without padding."""
    if re.fullmatch(_BASE64, value):
        return None
    if value.endswith("=") and len(value.rstrip("=")) >= SHORTEST:
        return Correction(value.rstrip("="))
    parts = re.findall(rf"(?<![A-Za-z0-9+/_=-]){_BASE64}(?![A-Za-z0-9+/_=-])", value)
    return Correction(parts[0]) if len(parts) == 1 else None


def _of_example(value: str, field: str) -> tuple[Problem, ...]:
    return (warning(field, "database.example"),) if value == EXAMPLE_DATABASE_ID else ()


def _oddity(value: str, field: str) -> Problem | None:
    """Return what is unusual about a legal External ID: its most exact cause alone."""
    if re.fullmatch(_BASE64, value):
        return next(iter(_of_example(value, field)), None)
    if re.fullmatch(r"[^=]+=+", value):
        return warning(field, "database.padding")
    return _misshapen(value, field)


def _mistaken(value: str) -> str | None:
    """Recognise another thing that was pasted in the Database ID's place; return its code."""
    patterns = (
        ("database.placeholder", rf"{re.escape(PLACEHOLDER_DATABASE_ID)}|(?i:your_.*_id)"),
        ("database.guid", rf"(?i:{_GUID})"),
        ("database.account", r"[0-9]{4}-?[0-9]{4}-?[0-9]{4}"),
        ("database.access-key", r"(?:AKIA|ASIA)[A-Z0-9]{12,}"),
        ("database.arn", r"(?i:arn):.*"),
        ("database.address", r"(?i:https?|s3|www\.)[:/.].*|(?i:[a-z0-9-]+\.){1,}(?i:[a-z]{2,})/.*"),
        ("database.email", r"[^@:/]+@[^@:/]+\.[^@:/]+"),
        ("database.name", _NAME_LIKE),
    )
    matching = (code for code, pattern in patterns if re.fullmatch(pattern, value))
    return None if re.fullmatch(_BASE64, value) else next(matching, None)


def _misshapen(value: str, field: str) -> Problem:
    if not re.fullmatch(_BASE64_SHAPED, value):
        return warning(field, "database.shape")
    if len(value) == USUAL_LENGTH:
        return warning(field, "database.mistyped")
    return warning(field, "database.length", count=len(value), usual=USUAL_LENGTH)
