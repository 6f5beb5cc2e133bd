"""Whether a profile still works, by the time that its own session or keys carry.

Nothing is asked of AWS. Sources: AWS CLI User Guide, "Configuring IAM Identity Center
authentication" (the token cache); botocore, ``LoginProvider`` (the cache of ``aws login``).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from botocore.utils import generate_login_cache_key, get_login_token_cache_directory

from app.aws.identity_center.portals import ConfiguredPortal
from app.aws.identity_center.token_cache import TokenCache
from app.core.sign_in import ProfileKind, ProfileState
from app.files.json_files import read_object

ProfileSettings = Mapping[str, object]

_EXPIRY_KEYS: Final = ("x_security_token_expires", "aws_expiration", "expiration")
"""Where saml2aws and other tools write when the keys of a profile end."""


class ProfileStanding(NamedTuple):
    """Whether a profile works, and until when, as far as that is written."""

    state: ProfileState = ProfileState.NOT_TRIED
    expires_at: datetime | None = None


def standing_of(
    kind: ProfileKind,
    settings: ProfileSettings,
    sessions: Mapping[str, ProfileSettings],
    now: datetime,
) -> ProfileStanding:
    """Return how a profile stands; ``sessions`` are the ``[sso-session …]`` of the config file.

    What is damaged or not there says nothing: then it was not tried.
    """
    match kind:
        case ProfileKind.KEYS:
            ends = next((t for key in _EXPIRY_KEYS if (t := _time(settings.get(key)))), None)
            return _standing(ends, now)
        case ProfileKind.IDENTITY_CENTER:
            return _of_portal(settings, sessions, now)
        case ProfileKind.LOGIN:
            return _of_login(str(settings["login_session"]), now)
        case _:
            return ProfileStanding()


def portal_of(
    settings: ProfileSettings, sessions: Mapping[str, ProfileSettings]
) -> ConfiguredPortal:
    """Return where a profile of IAM Identity Center signs in; empty where that is not written."""
    name = settings.get("sso_session")
    session = sessions.get(str(name), {}) if name else settings
    return ConfiguredPortal(
        str(session.get("sso_start_url", "")),
        str(session.get("sso_region", "")),
        str(name) if name else None,
    )


def _standing(ends: datetime | None, now: datetime) -> ProfileStanding:
    if ends is None:
        return ProfileStanding()
    return ProfileStanding(ProfileState.SIGNED_IN if ends > now else ProfileState.EXPIRED, ends)


def _of_portal(
    settings: ProfileSettings, sessions: Mapping[str, ProfileSettings], now: datetime
) -> ProfileStanding:
    portal = portal_of(settings, sessions)
    name = portal.session_name
    token = TokenCache().token(portal)
    if token is None:
        return ProfileStanding(ProfileState.EXPIRED)
    if token.expires_at <= now and name and token.refresh_token and token.registration:
        # botocore renews a named session by itself, for as long as the registration lasts.
        renewable = token.registration.expires_at > now
        return ProfileStanding(ProfileState.SIGNED_IN if renewable else ProfileState.EXPIRED)
    return _standing(token.expires_at, now)


def _of_login(session: str, now: datetime) -> ProfileStanding:
    """Return how a console sign-in stands: its keys last minutes, and are renewed for hours.

    How long they can be renewed is written nowhere, so ended keys say nothing.
    """
    path = Path(get_login_token_cache_directory()) / f"{generate_login_cache_key(session)}.json"
    written = read_object(path)
    if not written:
        return ProfileStanding(ProfileState.EXPIRED)
    keys = written.get("accessToken")
    ends = _time(keys.get("expiresAt")) if isinstance(keys, dict) else None
    return (
        ProfileStanding(ProfileState.SIGNED_IN, None) if ends and ends > now else ProfileStanding()
    )


def _time(text: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
