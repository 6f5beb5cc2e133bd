"""Comparing values: the Numeric, Date, Bool, Binary and IP address condition operators.

Source: AWS "IAM JSON policy elements: Condition operators". A text that is not of the operator's
type equals nothing. Each comparison takes the policy's values (any of them will do) and the
text of the request.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final, NamedTuple, TypeVar

from app.core.iam.context import PartText, Text
from app.core.iam.truth import Truth

_X = TypeVar("_X")


# The patterns are compiled on first use: many policies have no such condition.
_NUMBER: Final = r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?"
_EPOCH: Final = r"[0-9]{5,18}(\.[0-9]{1,9})?"
_DATE: Final = (
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)
_DIGITS: Final = 40
"""How many digits behind the point count. Numbers are compared as integers of that unit."""


def number(text: str) -> int | None:
    """Return the integer or decimal number in ``text``, times 10 to the 40th, or None."""
    if not re.fullmatch(_NUMBER, text):
        return None
    whole, _, fraction = text.partition(".")
    return int(whole + fraction.ljust(_DIGITS, "0"))


def moment(text: str) -> int | None:
    """Return the seconds since 1970 of a date, times 10 to the 40th, or None.

    A date is in one of the W3C's forms of ISO 8601, from a year to a fraction of a second, or
    in epoch time. Four digits are a year; a time without a zone is UTC.
    """
    date_match = re.fullmatch(_DATE, text)
    if date_match is None:
        return number(text) if re.fullmatch(_EPOCH, text) else None
    year, month, day, hour, minute, second, fraction, zone = date_match.groups()
    date = int(year), int(month or 1), int(day or 1)
    clock = int(hour or 0), int(minute or 0), int(second or 0)
    try:
        start = datetime(*date, *clock, tzinfo=_zone(zone))
        seconds = (start - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    except (ValueError, OverflowError):
        return None
    unit: int = 10**_DIGITS
    return seconds * unit + int((fraction or ".")[1:].ljust(_DIGITS, "0"))


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def flag(text: str) -> bool | None:
    """Return the Boolean in ``text``, or None."""
    return {"true": True, "false": False}.get(text.lower())


def octets(text: str) -> bytes | None:
    """Return the bytes that ``text`` spells in base64, or None."""
    from binascii import a2b_base64

    try:
        return a2b_base64(text, strict_mode=True)
    except ValueError:
        return None


class Range(NamedTuple):
    """A range of IP addresses, from ``first`` to ``last``."""

    version: int
    first: int
    last: int
    whole: bool
    """Whether it holds every address of its version."""


def network(text: str) -> Range | None:
    """Return the IPv4 or IPv6 range in ``text`` (one address: itself), or None."""
    from ipaddress import ip_network

    _, slash, length = text.partition("/")
    if slash and not (length.isascii() and length.isdigit()):
        return None
    try:
        parsed = ip_network(text, strict=False)
    except ValueError:
        return None
    first, last = int(parsed.network_address), int(parsed.broadcast_address)
    return Range(parsed.version, first, last, parsed.prefixlen == 0)


class ValueTest:
    """The test whether the request's value ``holds`` against any of the policy's.

    ``parse`` gives None for what is not of the type, ``covers_all`` tells whether the policy's
    values together hold whatever the request's is.
    """

    def __init__(
        self,
        parse: Callable[[str], _X | None],
        holds: Callable[[_X, _X], bool],
        covers_all: Callable[[Sequence[_X]], bool] = lambda _limits: False,
    ) -> None:
        self._parse: Callable[[str], Any] = parse
        self._holds: Callable[[Any, Any], bool] = holds
        self._covers_all: Callable[[Sequence[Any]], bool] = covers_all

    def limits(self, values: Iterable[str]) -> tuple[object, ...]:
        """Return what the policy's ``values`` stand for, without those that stand for nothing."""
        return tuple(limit for limit in map(self._parse, values) if limit is not None)

    def truth(self, limits: Sequence[object], text: Text) -> Truth:
        """Return whether the request's ``text`` holds against any of ``limits``."""
        if isinstance(text, PartText):
            certain = Truth.TRUE if self._covers_all(limits) else Truth.UNKNOWN
            return certain if limits else Truth.FALSE
        actual = self._parse(text)
        return Truth.of(actual is not None and any(self._holds(actual, limit) for limit in limits))


def _within(actual: Range, limit: Range) -> bool:
    same_version = actual.version == limit.version
    return same_version and limit.first <= actual.first and actual.last <= limit.last


def _everywhere(limits: Sequence[Range]) -> bool:
    return {limit.version for limit in limits if limit.whole} == {4, 6}


def _equal(actual: object, limit: object) -> bool:
    return actual == limit


def _less(actual: int, limit: int) -> bool:
    return actual < limit


def _at_most(actual: int, limit: int) -> bool:
    return actual <= limit


def _more(actual: int, limit: int) -> bool:
    return actual > limit


def _at_least(actual: int, limit: int) -> bool:
    return actual >= limit


def _both(limits: Sequence[bool]) -> bool:
    return len(set(limits)) == 2


NUMBER_EQUAL: Final = ValueTest(number, _equal)
NUMBER_LESS: Final = ValueTest(number, _less)
NUMBER_AT_MOST: Final = ValueTest(number, _at_most)
NUMBER_MORE: Final = ValueTest(number, _more)
NUMBER_AT_LEAST: Final = ValueTest(number, _at_least)
DATE_EQUAL: Final = ValueTest(moment, _equal)
DATE_LESS: Final = ValueTest(moment, _less)
DATE_AT_MOST: Final = ValueTest(moment, _at_most)
DATE_MORE: Final = ValueTest(moment, _more)
DATE_AT_LEAST: Final = ValueTest(moment, _at_least)
FLAG_EQUAL: Final = ValueTest(flag, _equal, _both)
OCTETS_EQUAL: Final = ValueTest(octets, _equal)
ADDRESS_WITHIN: Final = ValueTest(network, _within, _everywhere)
