"""What keeps one profile from signing in, by botocore's own rules for each way to do it.

Sources: botocore, ``AssumeRoleProvider``, ``SSOProvider``, ``SharedCredentialProvider``; AWS SDKs
and Tools Reference Guide, "Assume role credential provider", "IAM Identity Center credential
provider", "AWS access keys"; IAM User Guide, "IAM identifiers" (AKIA, ASIA).
"""

import re
from collections.abc import Iterator
from typing import Final

from app.core.aws_files.files import AwsFiles, ParsedFile, PlacedSetting, ProfileText
from app.core.aws_files.lines import Section
from app.core.aws_files.naming import misnamed, session_mistake
from app.core.aws_files.setting_rules import (
    ID,
    KEYS,
    SECRET,
    TOKENS,
    setting_mistakes,
    to_write,
    value_mistakes,
)
from app.core.settings_mistake import SettingsMistake

_REGION: Final = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}")
_NO_REGION_OF_ONE_PLACE: Final = ("aws-global",)
_ROLE_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+")
_SOURCES: Final = ("Environment", "Ec2InstanceMetadata", "EcsContainer")
_AWSS_ID: Final = re.compile(r"A[KS]IA[A-Z0-9]{8,}", re.IGNORECASE)
_WAYS: Final = (
    *KEYS,
    "role_arn",
    "credential_process",
    "web_identity_token_file",
    "login_session",
    "sso_account_id",
    "sso_role_name",
)
"""Settings of which one makes a profile sign in."""

_OF_ROLE: Final = ("sso_account_id", "sso_role_name")
_OF_PORTAL: Final = ("sso_start_url", "sso_region")


def profile_mistakes(files: AwsFiles, name: str) -> Iterator[SettingsMistake]:
    """Yield what is wrong with the profile ``name`` and those that it signs in with, in order."""
    visited: list[str] = []
    while name in files.profiles and name not in visited:
        visited.append(name)
        profile = files.profiles[name]
        yield from _own(files, profile)
        source = profile.value("source_profile")
        if not _is_role(profile) or not source or source == name:
            return
        placed = profile.settings["source_profile"]
        if source in visited:
            yield placed.mistake("source-circle", "")
        elif source not in files.profiles:
            yield from _gone(placed, source, files)
        name = source


def has_way(profile: ProfileText) -> bool:
    """Tell whether anything in ``profile`` signs in."""
    return any(way in profile.settings for way in _WAYS)


def _own(files: AwsFiles, profile: ProfileText) -> Iterator[SettingsMistake]:
    yield from profile.crowded
    yield from setting_mistakes(profile)
    if _is_role(profile):
        yield from _role(profile)
    elif "source_profile" in profile.settings and not has_way(profile):
        yield profile.settings["source_profile"].mistake("source-no-role", to_write("role_arn"))
    elif any(name.startswith("sso_") for name in profile.settings):
        yield from _portal(files, profile)
    yield from _halves(files, profile)
    yield from _keys(profile)
    yield from _region(profile)


def _is_role(profile: ProfileText) -> bool:
    return "role_arn" in profile.settings and "web_identity_token_file" not in profile.settings


def _role(profile: ProfileText) -> Iterator[SettingsMistake]:
    role = profile.settings["role_arn"]
    source, kind = (profile.settings.get(n) for n in ("source_profile", "credential_source"))
    if source is None and kind is None:
        own = ID in profile.settings
        yield role.mistake("role-no-source", f"source_profile = {profile.name if own else 'NAME'}")
    if source is not None and kind is not None:
        yield kind.mistake("both-sources")
    if kind is not None and kind.value not in _SOURCES:
        yield kind.mistake("credential-source", to_write("credential_source", _source(kind.value)))
    if source is not None and source.value == profile.name and ID not in profile.settings:
        yield source.mistake("source-itself")
    if role.value and not _ROLE_ARN.fullmatch(role.value):
        yield role.mistake("role-arn", "role_arn = arn:aws:iam::123456789012:role/NAME")


def _source(value: str) -> str:
    """Return the source of credentials that ``value`` was meant for."""
    return next((s for s in _SOURCES if s.lower() == value.strip("\"' ").lower()), _SOURCES[0])


def _gone(placed: PlacedSetting, source: str, files: AwsFiles) -> Iterator[SettingsMistake]:
    """Yield that the source profile is not there: since no tool finds it by its name, or at all."""
    hidden = [mistake for profile, mistake in misnamed(files) if profile.name == source]
    if hidden:
        yield hidden[0]
        return
    like = next((name for name in files.profiles if name.lower() == source.strip().lower()), "")
    instead = to_write("source_profile", like) if like else ""
    yield placed.file.mistake("source-gone", placed.setting.line, source, instead)


def _portal(files: AwsFiles, profile: ProfileText) -> Iterator[SettingsMistake]:
    account = profile.settings.get("sso_account_id")
    if account is not None and not re.fullmatch("[0-9]{12}", account.value):
        yield account.mistake("account-shape")
    named = profile.settings.get("sso_session")
    if named is None:
        if any(name in profile.settings for name in _OF_ROLE):
            yield from _lacking(
                profile, [n for n in (*_OF_PORTAL, *_OF_ROLE) if not profile.value(n)]
            )
        return
    session = files.sso_sessions.get(named.value)
    if session is None:
        meant = session_mistake(files, named.value)
        if meant is not None:
            wanted = f"[sso-session {named.value}]"
            yield files.config.mistake("session-section", meant.line, meant.name, wanted)
        elif named.value:
            instead = f"[sso-session {named.value}]"
            yield named.file.mistake("session-gone", named.setting.line, named.value, instead)
        return
    yield from _session(files.config, session)
    yield from _contradictions(profile, session)
    yield from _lacking(profile, [name for name in _OF_ROLE if not profile.value(name)])


def _session(file: ParsedFile, session: Section) -> Iterator[SettingsMistake]:
    for written in session.settings:
        yield from value_mistakes(PlacedSetting(written, file))
    for name in _OF_PORTAL:
        setting = session.setting(name)
        if setting is None or not setting.value:
            yield file.mistake("session-lacks", session.line, session.name, _line_for(name))
            return


def _contradictions(profile: ProfileText, session: Section) -> Iterator[SettingsMistake]:
    for setting in session.settings:
        placed = profile.settings.get(setting.name)
        if placed is not None and placed.value != setting.value:
            yield placed.mistake("session-differs")


def _lacking(profile: ProfileText, missing: list[str]) -> Iterator[SettingsMistake]:
    absent = [name for name in missing if name not in profile.settings]
    if absent:
        yield profile.mistake("portal-lacks", absent[0], _line_for(absent[0]))


def _line_for(name: str) -> str:
    examples = {
        "sso_start_url": "https://d-1234567890.awsapps.com/start",
        "sso_region": "ap-southeast-2",
        "sso_account_id": "123456789012",
        "sso_role_name": "AdministratorAccess",
    }
    return f"{name} = {examples[name]}"


def _halves(files: AwsFiles, profile: ProfileText) -> Iterator[SettingsMistake]:
    """Recognise one half of a key: botocore wants both in the same file."""
    if _is_role(profile) and profile.value("source_profile") != profile.name:
        return
    for file in (files.credentials, files.config):
        here = {name for name, placed in profile.settings.items() if placed.file is file}
        if (ID in here) == (SECRET in here):
            continue
        there, lacks = (ID, SECRET) if ID in here else (SECRET, ID)
        if lacks == ID and ID in profile.settings:
            continue
        if not _is_misnamed(profile, lacks):
            placed = profile.settings[there]
            yield file.mistake("half-key", placed.setting.line, lacks, to_write(lacks))
            return


def _is_misnamed(profile: ProfileText, name: str) -> bool:
    return any(mistake.instead.startswith(f"{name} =") for mistake in setting_mistakes(profile))


def _keys(profile: ProfileText) -> Iterator[SettingsMistake]:
    """Recognise keys that can't be AWS's; another service's own keys are no business of ours."""
    key_id, secret = profile.settings.get(ID), profile.settings.get(SECRET)
    token = next((profile.settings[name] for name in TOKENS if name in profile.settings), None)
    if secret is not None and _AWSS_ID.fullmatch(secret.value):
        yield secret.mistake("swapped-keys")
        return
    if key_id is None or not _AWSS_ID.match(key_id.value):
        return
    if _AWSS_ID.fullmatch(key_id.value) and not key_id.value.isupper():
        yield key_id.mistake("small-letters", to_write(ID))
    if secret is not None and re.fullmatch(r"[A-Za-z0-9/+=]{40}%", secret.value):
        yield secret.mistake("percent", to_write(SECRET))
    if key_id.value.upper().startswith("ASIA") and (token is None or not token.value):
        yield key_id.mistake("no-token", to_write(TOKENS[1]))
    if key_id.value.upper().startswith("AKIA") and token is not None and token.value:
        yield token.mistake("old-token")
    if token is not None and token.file is not key_id.file:
        yield token.mistake("token-elsewhere", key_id.file.path)
    older, newer = (profile.settings.get(name) for name in TOKENS)
    if older is not None and newer is not None and older.value != newer.value:
        yield older.mistake("two-tokens")


def _region(profile: ProfileText) -> Iterator[SettingsMistake]:
    placed = profile.settings.get("region")
    if placed is None or not placed.value or "endpoint_url" in profile.settings:
        return
    value = placed.value
    if (
        _REGION.fullmatch(value)
        or value in _NO_REGION_OF_ONE_PLACE
        or re.search(r"[\"'#;\n]", value)
    ):
        return
    meant = re.sub(r"[_ ]+", "-", value.strip().lower())
    zone = re.fullmatch(r"([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})[a-z]", meant)
    meant = zone[1] if zone else meant
    instead = to_write("region", meant if _REGION.fullmatch(meant) else "ap-southeast-2")
    yield placed.mistake("zone" if zone else "region-shape", instead)
