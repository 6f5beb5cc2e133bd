"""The profiles that the AWS tools of this computer have."""

from collections.abc import Mapping
from typing import Final

from botocore.session import Session

from app.aws.failures import attempt
from app.core.failure import AwsFailure
from app.core.profile import Profile, ProfileKind

_SIGNS: Final = (
    ("web_identity_token_file", ProfileKind.WEB_IDENTITY),
    ("sso_session", ProfileKind.IDENTITY_CENTER),
    ("sso_account_id", ProfileKind.IDENTITY_CENTER),
    ("sso_start_url", ProfileKind.IDENTITY_CENTER),
    ("aws_access_key_id", ProfileKind.KEYS),
    ("login_session", ProfileKind.LOGIN),
    ("credential_process", ProfileKind.PROCESS),
)


def list_profiles() -> tuple[Profile, ...] | AwsFailure:
    """Return the profiles in the config and credentials files, in the files' order.

    The files are read anew each time. One that can't be read is a failure that names it, and
    the line where that is known.
    """
    return attempt("profiles", _profiles)


def _profiles() -> tuple[Profile, ...]:
    profiles: Mapping[str, Mapping[str, object]] = Session().full_config["profiles"]
    return tuple(_profile(name, settings) for name, settings in profiles.items())


def _profile(name: str, settings: Mapping[str, object]) -> Profile:
    kind = _kind(settings)
    source = settings.get("source_profile") if kind is ProfileKind.ROLE else None
    return Profile(name, kind, str(source) if source else None)


def _kind(settings: Mapping[str, object]) -> ProfileKind:
    """Return how botocore would sign in, in the order in which it tries (its credential chain)."""
    if "role_arn" in settings and settings.keys() & {"source_profile", "credential_source"}:
        return ProfileKind.ROLE
    for key, kind in _SIGNS:
        if key in settings:
            return kind
    return ProfileKind.OTHER
