"""The profiles that the AWS tools of this computer have."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from botocore.session import Session

from app.aws.profile_states import ProfileSettings, portal_of, standing_of
from app.aws.settings_files import found_files
from app.aws.transport.failures import PassedOverFileError, attempt
from app.core.aws_files.mistakes import mistakes_of, stopping
from app.core.aws_files.naming import misnamed
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.settings_mistake import SettingsMistake
from app.core.sign_in import Profile, ProfileKind, ProfileState
from app.flow.clocks import Clock

_ROLE: Final = re.compile(r"arn:[a-z-]+:iam::(\d{12}):role/(?:.*/)?([^/]+)")
_IDENTITY: Final = re.compile(r"arn:[a-z-]+:(?:iam|sts)::(\d{12}):(.+)")
_SIGNS: Final = (
    ("web_identity_token_file", ProfileKind.WEB_IDENTITY),
    ("sso_session", ProfileKind.IDENTITY_CENTER),
    ("sso_role_name", ProfileKind.IDENTITY_CENTER),
    ("sso_account_id", ProfileKind.IDENTITY_CENTER),
    ("sso_start_url", ProfileKind.IDENTITY_CENTER),
    ("aws_access_key_id", ProfileKind.KEYS),
    ("login_session", ProfileKind.LOGIN),
    ("credential_process", ProfileKind.PROCESS),
)


def _now() -> datetime:
    return datetime.now(UTC)


def list_profiles(clock: Clock = _now) -> tuple[Profile, ...] | AwsFailure:
    """Return the profiles in the config and credentials files, in the files' order.

    The files are read anew each time. One that the AWS tools stop at is a failure that names it,
    the line and what to write; one that they pass over (a folder, say) is one where there is no
    profile at all. Profiles that are not written as they should be are listed with their mistakes,
    also those that no AWS tool finds by their name. ``clock`` tells what has expired.
    """
    return attempt("profiles", lambda: _profiles(clock()))


def files_stamp() -> tuple[tuple[str, int, int] | None, ...]:
    """Return what is another once the config or credentials file was written to."""
    session = Session()
    names = (session.get_config_variable(name) for name in ("config_file", "credentials_file"))
    # As botocore does: pathlib raises where nobody knows the home.
    return tuple(_stamp(Path(os.path.expanduser(str(name)))) for name in names)  # noqa: PTH111


def _stamp(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return str(path), status.st_mtime_ns, status.st_size


def _profiles(now: datetime) -> tuple[Profile, ...]:
    session = Session()
    config = session.full_config
    profiles: Mapping[str, ProfileSettings] = config["profiles"]
    sessions: Mapping[str, ProfileSettings] = config.get("sso_sessions", {})
    files = found_files(session)
    listed = [_profile(name, own, sessions, now) for name, own in profiles.items()]
    for text, _mistake in misnamed(files):
        if text.name not in profiles and all(other.name != text.name for other in listed):
            own = {name: placed.value for name, placed in text.settings.items()}
            listed.append(_profile(text.name, own, sessions, now))
    stop = next(stopping(files), None)
    if not listed and stop is not None:
        raise PassedOverFileError(mistake=stop, path=stop.file)
    return tuple(_with_mistakes(profile, mistakes_of(files, profile.name)) for profile in listed)


def _with_mistakes(profile: Profile, mistakes: tuple[SettingsMistake, ...]) -> Profile:
    """Return ``profile`` with its mistakes, or as it is: a session that lasts may be used yet."""
    if not mistakes:
        return profile
    return replace(profile, mistakes=mistakes, state=ProfileState.BROKEN, expires_at=None)


def _profile(
    name: str, settings: ProfileSettings, sessions: Mapping[str, ProfileSettings], now: datetime
) -> Profile:
    kind = _kind(settings)
    state, expires_at = standing_of(kind, settings, sessions, now)
    account_id, role_name = _account_and_role(kind, settings)
    is_of_portal = kind is ProfileKind.IDENTITY_CENTER
    portal = portal_of(settings, sessions) if is_of_portal else None
    return Profile(
        name,
        kind,
        source_profile=_text(settings, "source_profile") if kind is ProfileKind.ROLE else None,
        account_id=account_id,
        role_name=role_name,
        region=_text(settings, "region"),
        state=state,
        expires_at=expires_at,
        start_url=(portal.start_url or None) if portal else None,
        portal_region=(portal.region or None) if portal else None,
    )


def _account_and_role(
    kind: ProfileKind, settings: ProfileSettings
) -> tuple[str | None, str | None]:
    """Return what the config tells of where the profile leads; AWS decides in the end."""
    if kind is ProfileKind.IDENTITY_CENTER:
        return _text(settings, "sso_account_id"), _text(settings, "sso_role_name")
    if kind in {ProfileKind.ROLE, ProfileKind.WEB_IDENTITY}:
        return _of_arn(_ROLE.fullmatch(_text(settings, "role_arn") or ""))
    if kind is ProfileKind.LOGIN:
        account, _ = _of_arn(_IDENTITY.match(_text(settings, "login_session") or ""))
        return account, None
    return None, None


def _of_arn(match: re.Match[str] | None) -> tuple[str | None, str | None]:
    return (match[1], match[2]) if match else (None, None)


def _text(settings: ProfileSettings, name: str) -> str | None:
    value = settings.get(name)
    return value if isinstance(value, str) and value else None


def _kind(settings: ProfileSettings) -> ProfileKind:
    """Return how botocore would sign in, in the order in which it tries (its credential chain)."""
    if "role_arn" in settings and "web_identity_token_file" not in settings:
        return ProfileKind.ROLE
    for key, kind in _SIGNS:
        if key in settings:
            return kind
    return ProfileKind.OTHER
