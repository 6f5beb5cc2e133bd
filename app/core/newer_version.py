"""Whether there is a newer version of this program, by what its maker signed.

A statement that is signed can still be kept back, repeated or shown too late: so it has a day on
which it ends, an older one than was seen before does not count, and its page is on the host that
was asked. Pure: clock, network, signatures and files are elsewhere.
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from app.core.frozen import frozen

EVERY: Final = timedelta(days=1)
"""How often is asked at most."""

_AHEAD: Final = timedelta(days=1)
"""How far this computer's clock may be behind."""

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){1,3}")
_ADDRESS: Final = re.compile(
    r"https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~/%-]{0,500})?"
)


@frozen
class UpdateSource:
    """Where is asked, and the public key of whoever answers (DER, SubjectPublicKeyInfo)."""

    address: str
    public_key: bytes


@frozen
class VersionStatement:
    """What was signed: the newest version, and the page that tells of it. Times are in UTC."""

    version: str
    published: datetime
    expires: datetime
    page: str


class LookProblem(StrEnum):
    """Why a look told nothing."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    ANSWER = "answer"
    """There was one, and it is not what was asked for: another page, too long, or broken."""
    SIGNATURE = "signature"
    STALE = "stale"
    """It has ended, or was signed before one that was seen already."""
    CLOCK = "clock"
    """It is of a later day than this computer's."""


@frozen
class Look:
    """What is kept of the last look: when it was (UTC), and what came of it.

    ``statement`` is the latest good one, of this look or of one before.
    """

    at: datetime
    problem: LookProblem | None = None
    statement: VersionStatement | None = None


@frozen
class Standing:
    """What there is to tell: whether a look is allowed, the last one, and a newer version."""

    allowed: bool
    last: Look | None = None
    newer: VersionStatement | None = None


def is_version(text: str) -> bool:
    """Tell whether ``text`` is a version as this program has them: two to four numbers."""
    return _VERSION.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Tell whether ``text`` is an address that may be asked or opened: HTTPS, plain, no query."""
    return _ADDRESS.fullmatch(text) is not None


def is_newer(version: str, than: str) -> bool:
    """Tell whether ``version`` comes after ``than``; never for what is no version."""
    return is_version(version) and is_version(than) and _numbers(version) > _numbers(than)


def is_due(last: Look | None, now: datetime) -> bool:
    """Tell whether it is time to ask again; a look from the future counts as none."""
    return last is None or not timedelta(0) <= now - last.at < EVERY


def problem_of(
    statement: VersionStatement, source: UpdateSource, last: Look | None, now: datetime
) -> LookProblem | None:
    """Return why a ``statement`` that is signed does not count; None where it does."""
    if not _is_on(statement.page, source) or not is_version(statement.version):
        return LookProblem.ANSWER
    if statement.published > now + _AHEAD:
        return LookProblem.CLOCK
    seen = last.statement if last else None
    if statement.expires <= now or (seen is not None and statement.published < seen.published):
        return LookProblem.STALE
    return None


def news(last: Look | None, source: UpdateSource, installed: str) -> VersionStatement | None:
    """Return what there is to tell: a version after the ``installed`` one, with a page to open."""
    statement = last.statement if last else None
    if statement is None or not is_newer(statement.version, installed):
        return None
    return statement if _is_on(statement.page, source) else None


def _is_on(page: str, source: UpdateSource) -> bool:
    return is_address(page) and urlsplit(page).netloc == urlsplit(source.address).netloc


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without zeros at its end: 1.2 is 1.2.0."""
    return tuple(map(int, re.sub(r"(\.0)+$", "", version).split(".")))
