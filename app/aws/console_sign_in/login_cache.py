"""The AWS CLI's own cache of console sign-ins, read and written in its form.

One file for each session, named by the SHA-256 of its ARN. Sources: botocore, ``LoginTokenLoader``
and ``LoginCredentialFetcher``; AWS CLI v2, ``awscli/customizations/login/utils.py`` (fields).
"""

import binascii
import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from botocore.utils import (
    JSONFileCache,
    generate_login_cache_key,
    get_login_token_cache_directory,
    parse_timestamp,
)

from app.core.sign_in import ConsoleSession, console_session
from app.files.json_files import read_object

RENEWABLE_FOR: Final = timedelta(hours=12)
"""No session can be renewed for longer after its sign-in (AWS Sign-In API reference)."""


class LoginCache:
    """The folder of the cache. Reading never fails: what is damaged is as good as not there.

    Writing replaces a whole file at once, readable for its owner only, and raises OSError.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(get_login_token_cache_directory())
        self.files = JSONFileCache(str(self.folder))

    def sessions(self, now: datetime) -> Iterator[ConsoleSession]:
        """Yield the sessions that may still be renewed at ``now``, the newest first."""
        kept = [read_object(path) for path in self.folder.glob("*.json") if _is_own(path)]
        known = [(ends, one) for one in kept if (ends := _ends_at(one)) is not None]
        for ends, one in sorted(known, key=lambda pair: pair[0], reverse=True):
            session = console_session(subject_of(str(one.get("idToken"))) or "")
            if session is not None and ends + RENEWABLE_FOR > now:
                yield session

    def keep(self, session: ConsoleSession, written: Mapping[str, object]) -> None:
        """Write what AWS gave for ``session``."""
        self.files[generate_login_cache_key(session.arn)] = dict(written)

    def forget(self, session: ConsoleSession) -> None:
        """Remove what is kept of ``session``, as ``aws logout`` does; raises OSError."""
        path = self.folder / f"{generate_login_cache_key(session.arn)}.json"
        path.unlink(missing_ok=True)


def subject_of(token: str) -> str | None:
    """Return whose an ``idToken`` is: the ARN of who signed in; None where it can't be read.

    Its signature is not looked at: it comes from AWS itself, over TLS (OpenID Connect Core 1.0,
    section 3.1.3.7, 6), and STS is asked who it is before anything is done.
    """
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    subject = claims.get("sub") if isinstance(claims, dict) else None
    return subject if isinstance(subject, str) else None


def _is_own(path: Path) -> bool:
    """Tell whether the name of a file is that of the session in it."""
    subject = subject_of(str(read_object(path).get("idToken")))
    return subject is not None and path.stem == generate_login_cache_key(subject)


def _ends_at(written: Mapping[str, object]) -> datetime | None:
    keys = written.get("accessToken")
    text = keys.get("expiresAt") if isinstance(keys, dict) else None
    if not isinstance(text, str) or "refreshToken" not in written or "dpopKey" not in written:
        return None
    try:
        time = parse_timestamp(text)
    except (ValueError, OverflowError, RuntimeError):
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)
