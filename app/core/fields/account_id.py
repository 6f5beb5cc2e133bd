"""The AWS account ID, in every form in which it is copied.

Source: AWS Account Management, "View AWS account identifiers": 12 digits, which the console
shows as 1234-5678-9012. The guide ("Before you begin") asks for the customer's own.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from app.core.frozen import frozen
from app.core.guide import EXAMPLE_ACCOUNT_ID, PLACEHOLDER_ACCOUNT_ID, UBIQUITY_ACCOUNT
from app.core.pasted.cleaning import GAPS, clean
from app.core.problem import Checked, Correction, Problem, error, note, settle, warning

LENGTH: Final = 12
_LONE: Final = (
    r"(?<![0-9])(?<![0-9][^0-9A-Za-z])"
    r"(?:[0-9]{12}|[0-9]{4}[^0-9A-Za-z][0-9]{4}[^0-9A-Za-z][0-9]{4})"
    r"(?![^0-9A-Za-z]?[0-9])"
)
_ARN: Final = r"arn:([a-z-]+):[^:\s]*:[^:\s]*:([^:\s]*)(?=:)"
_ACCESS_KEY: Final = r"(?:AKIA|ASIA)[A-Z0-9]{12,}"
_CANONICAL: Final = r"[0-9a-f]{64}"
_SHORTENED: Final = r"[0-9]([.,][0-9]+)?\s*e\s*\+?\s*[0-9]{1,2}"
_DECIMALS: Final = r"([0-9]{12})[.,]0+"
_SIGN_IN: Final = r"([a-z0-9-]+)\.signin\.aws\.amazon\.com"
_ADDRESS: Final = r"https?://|\.aws\.amazon\.com|\.awsapps\.com|\bamazonaws|\.amazonaws"
_OTHER_CLOUDS: Final = r"amazonaws\.(?:cn|com\.cn|eu)|amazonaws-(?:us-gov|eusc)\."
_LOOKALIKES: Final = str.maketrans("OoIl|", "00111")


@frozen
class _Reading:
    """The digits that a form gave (empty where it gave none), and what is to be said."""

    digits: str = ""
    problems: tuple[Problem, ...] = ()
    offer: Correction | None = None


def check_account_id(text: str, *, field: str = "account_id") -> Checked:
    """Return the 12 digits in ``text``, or what is wrong with it.

    Takes digits with white space and dashes, any ARN, a sign-in or console address, and words
    around the number. Leading zeros are kept. Every problem is named for ``field``.
    """
    cleaned = clean(text)
    western = _western(cleaned.text)
    reading = _read(western, field)
    problems = [*cleaned.notes(field), *reading.problems]
    if western != cleaned.text:
        problems.append(note(field, "account.other-script"))
    if reading.digits:
        problems += _about(reading.digits, field)
    return settle(reading.digits, problems, offer=reading.offer)


def _read(text: str, field: str) -> _Reading:
    if len(text) == LENGTH and text.isascii() and text.isdecimal():
        return _Reading(text)
    return (
        _not_a_number(text, field)
        or _from_arns(text, field)
        or _from_address(text, field)
        or _from_words(text, field)
    )


def _western(text: str) -> str:
    """Return ``text`` with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.decimal(char, None) is not None else char
        for char in text
    )


def _about(digits: str, field: str) -> tuple[Problem, ...]:
    if len(digits) != LENGTH:
        return (error(field, "account.digits", count=len(digits)),)
    if digits == UBIQUITY_ACCOUNT:
        return (error(field, "account.ubiquity"),)
    if digits == EXAMPLE_ACCOUNT_ID:
        return (warning(field, "account.example"),)
    return ()


def _not_a_number(text: str, field: str) -> _Reading | None:
    """Recognise what people paste in place of an account ID."""
    patterns = (
        ("account.placeholder", re.escape(PLACEHOLDER_ACCOUNT_ID)),
        ("account.access-key", _ACCESS_KEY),
        ("account.canonical", _CANONICAL),
        ("account.scientific", _SHORTENED),
        ("account.email", r"[^@\s:/]+@[^@\s:/]+\.[^@\s:/]+"),
    )
    if not text:
        return _Reading(problems=(error(field, "account.empty"),))
    for code, pattern in patterns:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return _Reading(problems=(error(field, code),))
    return None


def _from_arns(text: str, field: str) -> _Reading | None:
    arns = re.findall(_ARN, text.lower())
    if not arns:
        return None
    if any(partition != "aws" for partition, _ in arns):
        return _Reading(problems=(error(field, "account.partition"),))
    accounts = {account for _, account in arns if account.isdecimal()}
    if not accounts:
        return _Reading(problems=(error(field, "account.arn-without"),))
    return _only_one(accounts, "account.from-arn", field)


def _from_address(text: str, field: str) -> _Reading | None:
    """Read the address of a sign-in page, of the console or of an access portal."""
    lowered = text.lower()
    if not re.search(_ADDRESS, lowered):
        return None
    if re.search(_OTHER_CLOUDS, lowered):
        return _Reading(problems=(error(field, "account.partition"),))
    accounts = set(re.findall(_LONE, text))
    if accounts:
        return _only_one(accounts, "account.from-address", field)
    alias = re.search(_SIGN_IN, lowered)
    if alias is None or re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", alias[1]):
        return _Reading(problems=(error(field, "account.address-without"),))
    if alias[1].isdecimal():
        return _Reading(alias[1])
    return _Reading(problems=(error(field, "account.alias", alias=alias[1]),))


def _from_words(text: str, field: str) -> _Reading:
    """Read a number by itself, or the one number of 12 digits among other words."""
    decimals = re.fullmatch(_DECIMALS, text)
    digits = "".join(char for char in text if char.isdecimal())
    alone = not any(char.isalpha() for char in text)
    if decimals or (alone and len(digits) == LENGTH):
        number = decimals[1] if decimals else digits
        return _Reading(number, _notes_on_separators(text, field))
    lone = {_digits(number) for number in re.findall(_LONE, text)}
    if lone and (not alone or len(lone) > 1):
        return _only_one(lone, "account.from-words", field)
    if not alone and (mistyped := _lookalikes(text, field)):
        return mistyped
    return _wrong_count(digits, field)


def _only_one(numbers: Iterable[str], code: str, field: str) -> _Reading:
    accounts = {_digits(account) for account in numbers}
    if len(accounts) > 1:
        return _Reading(problems=(error(field, "account.several", count=len(accounts)),))
    return _Reading(accounts.pop(), (note(field, code),))


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _lookalikes(text: str, field: str) -> _Reading | None:
    """Recognise letters that were read or typed for digits: O for 0, I or l for 1."""
    bare = "".join(char for char in text if char.isalnum() or char == "|")
    mended = bare.translate(_LOOKALIKES)
    typed = sum(char.isdecimal() for char in bare)
    if len(mended) != LENGTH or not mended.isdecimal() or typed < LENGTH // 2:
        return None
    return _Reading(problems=(error(field, "account.letters"),), offer=Correction(mended))


def _wrong_count(digits: str, field: str) -> _Reading:
    if not digits:
        return _Reading(problems=(error(field, "account.no-digits"),))
    if len(digits) == LENGTH - 1:
        return _Reading(problems=(error(field, "account.eleven"),), offer=Correction(f"0{digits}"))
    return _Reading(problems=(error(field, "account.digits", count=len(digits)),))


def _notes_on_separators(text: str, field: str) -> tuple[Problem, ...]:
    """Say what stood between the digits: white space, dashes, and anything else."""
    gaps = clean(text, inside=GAPS)
    others = [char for char in gaps.text if not char.isdecimal()]
    dashes = [char for char in others if _is_dash(char)]
    notes = list(gaps.notes(field))
    if dashes:
        notes.append(note(field, "cleaned.hyphens", count=len(dashes)))
    if len(dashes) < len(others):
        notes.append(note(field, "account.from-words"))
    return tuple(notes)


def _is_dash(char: str) -> bool:
    return unicodedata.category(char) == "Pd" or char == "−"
