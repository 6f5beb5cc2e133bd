"""Where in the files, or in which variable of the environment, a failure's own words point."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.aws_files.files import AwsFiles, PlacedSetting, ProfileText
from app.core.settings_mistake import SettingsMistake

_SHORTEST: Final = 3
"""Characters of a value or a name that can be told in a sentence."""

_NOT_THERE: Final = "[Errno 2]"
"""How the system says that a file is not there."""


def located(
    message: str, files: AwsFiles, profile: str, environment: Mapping[str, str]
) -> SettingsMistake | None:
    """Return the setting that ``message`` (botocore's or the system's) is about.

    ``environment`` counts before the files, as in botocore. Where nothing is named it is the
    profile itself; None where that stands nowhere.
    """
    for name, value in sorted(environment.items()):
        if name.startswith("AWS_") and len(value) >= _SHORTEST and value in message:
            return SettingsMistake("variable", "", None, name)
    text = files.profiles.get(profile)
    if text is None:
        return None
    settings = [*_named_in(message, text), *_by_value(message, text)]
    if settings:
        return settings[0].mistake(_code(message, settings[0]))
    # What nobody foresaw comes from the program's answer, where one signs in.
    process = place_of(files, profile, "credential_process")
    return process or text.mistake("", text.name)


def empty_source(files: AwsFiles, profile: str) -> SettingsMistake | None:
    """Return that ``profile`` takes its keys from where none are (``credential_source``)."""
    place = place_of(files, profile, "credential_source")
    if place is None:
        return None
    return SettingsMistake("source-empty", place.file, place.line, place.name)


def place_of(files: AwsFiles, profile: str, setting: str) -> SettingsMistake | None:
    """Return where ``profile``, or one that it signs in with, has ``setting``."""
    visited: set[str] = set()
    while profile in files.profiles and profile not in visited:
        visited.add(profile)
        text = files.profiles[profile]
        if setting in text.settings:
            return text.settings[setting].mistake("")
        profile = text.value("source_profile")
    return None


def _by_value(message: str, profile: ProfileText) -> Iterator[PlacedSetting]:
    """Yield the settings whose value, or a part that the message quotes, stands in both."""
    quoted = re.findall(r"['\"“]([^'\"”]{3,})['\"”]", message)
    for placed in profile.settings.values():
        value = placed.value
        if len(value) >= _SHORTEST and (value in message or any(q in value for q in quoted)):
            yield placed


def _named_in(message: str, profile: ProfileText) -> Iterator[PlacedSetting]:
    for name, placed in profile.settings.items():
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", message):
            yield placed


def _code(message: str, placed: PlacedSetting) -> str:
    if _NOT_THERE not in message:
        return ""
    return "no-program" if placed.setting.name == "credential_process" else "no-file"
