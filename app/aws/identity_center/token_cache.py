"""The AWS CLI's own cache of sign-ins (``~/.aws/sso/cache``), read and written in its form.

So that ``aws sso login`` and this program know of each other's sessions, and each AWS tool can
use ours. Sources: AWS CLI v2, ``awscli/botocore/utils.py`` (``SSOTokenFetcher`` and
``SSOTokenFetcherAuth``: keys and fields), ``awscli/customizations/sso/utils.py`` (folder and
times); botocore, ``tokens.py`` (what its ``SSOTokenProvider`` reads).
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from botocore.utils import JSONFileCache, parse_timestamp

from app.aws.identity_center.portals import ConfiguredPortal
from app.files.json_files import read_object

SOON: Final = timedelta(minutes=15)
"""What ends so soon is renewed, as in the AWS CLI."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A client of Identity Center: this computer."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    expires_at: datetime
    grants: tuple[str, ...] = ()
    """What it may ask for; the AWS CLI writes none for the device code."""


@dataclass(frozen=True, slots=True)
class Token:
    """A session at an access portal."""

    access_token: str = field(repr=False)
    expires_at: datetime
    refresh_token: str | None = field(default=None, repr=False)
    registration: Registration | None = None


def token_key(portal: ConfiguredPortal) -> str:
    """Return the name of the file that holds the portal's token, without ``.json``."""
    return _sha1(portal.session_name or portal.start_url)


def registration_key(portal: ConfiguredPortal) -> str:
    """Return the name of the file that holds this computer's registration for the portal."""
    told = {
        "tool": "botocore",
        "startUrl": portal.start_url,
        "region": portal.region,
        "scopes": list(portal.scopes) if portal.scopes is not None else None,
        "session_name": portal.session_name,
    }
    return _sha1(json.dumps(told, sort_keys=True))


class TokenCache:
    """The folder of the cache. Reading never fails: what is damaged is as good as not there.

    Writing replaces a whole file at once, readable for its owner only, and raises OSError.
    """

    def __init__(self, folder: Path | None = None) -> None:
        # Not pathlib's home, which raises where nobody knows one.
        home = os.path.expanduser("~")  # noqa: PTH111
        self._folder = folder or Path(home, ".aws", "sso", "cache")
        self._files = JSONFileCache(str(self._folder))

    def token(self, portal: ConfiguredPortal) -> Token | None:
        """Return the portal's token, valid or not."""
        return _read_token(self._read(token_key(portal)))

    def keep_token(self, portal: ConfiguredPortal, token: Token) -> None:
        """Write the portal's token."""
        written = {
            "startUrl": portal.start_url,
            "region": portal.region,
            "accessToken": token.access_token,
            "expiresAt": _written(token.expires_at),
        }
        if token.registration is not None:
            written |= {
                "clientId": token.registration.client_id,
                "clientSecret": token.registration.client_secret,
                "registrationExpiresAt": _written(token.registration.expires_at),
            }
        if token.refresh_token is not None:
            written["refreshToken"] = token.refresh_token
        self._files[token_key(portal)] = written

    def registration(self, portal: ConfiguredPortal) -> Registration | None:
        """Return this computer's registration for the portal, valid or not."""
        return _read_registration(self._read(registration_key(portal)), "expiresAt")

    def keep_registration(self, portal: ConfiguredPortal, registration: Registration) -> None:
        """Write this computer's registration for the portal."""
        written: dict[str, object] = {
            "clientId": registration.client_id,
            "clientSecret": registration.client_secret,
            "expiresAt": _written(registration.expires_at),
        }
        if portal.scopes is not None or registration.grants:
            written["scopes"] = list(portal.scopes or ("sso:account:access",))
        if registration.grants:
            written["grantTypes"] = list(registration.grants)
        self._files[registration_key(portal)] = written

    def portals(self) -> Iterator[ConfiguredPortal]:
        """Yield the portals of tokens that belong to a start URL, not to a named session."""
        for path in sorted(self._folder.glob("*.json")):
            written = self._read(path.stem)
            portal = ConfiguredPortal(_text(written, "startUrl"), _text(written, "region"))
            if portal.start_url and portal.region and path.stem == token_key(portal):
                yield portal

    def _read(self, key: str) -> Mapping[str, Any]:
        return read_object(self._folder / f"{key}.json")


def _read_token(written: Mapping[str, Any]) -> Token | None:
    access_token, expires_at = _text(written, "accessToken"), _time(written, "expiresAt")
    if not access_token or expires_at is None:
        return None
    registration = _read_registration(written, "registrationExpiresAt")
    refresh_token = _text(written, "refreshToken") or None
    return Token(access_token, expires_at, refresh_token, registration)


def _read_registration(written: Mapping[str, Any], expiry: str) -> Registration | None:
    client_id, client_secret = _text(written, "clientId"), _text(written, "clientSecret")
    expires_at = _time(written, expiry)
    if not client_id or not client_secret or expires_at is None:
        return None
    grants = written.get("grantTypes")
    listed = tuple(str(grant) for grant in grants) if isinstance(grants, list) else ()
    return Registration(client_id, client_secret, expires_at, listed)


def _text(written: Mapping[str, Any], name: str) -> str:
    value = written.get(name)
    return value if isinstance(value, str) else ""


def _time(written: Mapping[str, Any], name: str) -> datetime | None:
    try:
        time = parse_timestamp(_text(written, name))
    except (ValueError, OverflowError, RuntimeError):  # RuntimeError: of a number beyond time
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


def _written(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
