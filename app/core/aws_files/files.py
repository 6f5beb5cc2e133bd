"""The two files together: which profile has which setting, and from where.

Source: botocore, ``Session.full_config`` and ``configloader.build_profile_map``: a profile's
section is ``[profile NAME]`` in ``config`` and ``[NAME]`` in ``credentials``; of a setting in both
the one in ``credentials`` counts.
"""

import shlex
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from app.core.aws_files.lines import ParsedText, Section, Setting, parse
from app.core.frozen import frozen
from app.core.pasted.decoding import decoded
from app.core.settings_mistake import SettingsMistake


class FileKind(StrEnum):
    """Which of the two files it is."""

    CONFIG = "config"
    CREDENTIALS = "credentials"


class Unusable(StrEnum):
    """Why a file is there and can't be read; its value is a code of ``MISTAKE_WORDS``."""

    FOLDER = "folder"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "too-large"


@frozen
class FoundFile:
    """What was found at the path of a file: its bytes, why it can't be read, or None for nothing.

    ``beside`` are names in the same folder that look like the file's own (``credentials.txt``).
    """

    kind: FileKind
    path: str
    content: bytes | Unusable | None
    beside: tuple[str, ...] = ()


class ParsedFile:
    """One of the two files, taken apart."""

    def __init__(self, found: FoundFile) -> None:
        self.kind = found.kind
        self.path = found.path
        self.beside = found.beside
        self.unusable = found.content if isinstance(found.content, Unusable) else None
        text = decoded(found.content) if isinstance(found.content, bytes) else ""
        self.exists = found.content is not None
        self.undecodable = text if isinstance(text, UnicodeDecodeError) else None
        self.text = text if isinstance(text, str) else ""
        self.parsed: ParsedText = parse(self.text)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its sections in order."""
        return self.parsed.sections

    def mistake(
        self, code: str, line: int | None, name: str = "", instead: str = ""
    ) -> SettingsMistake:
        """Return a mistake in this file."""
        return SettingsMistake(code, self.path, line, name, instead)


@frozen
class PlacedSetting:
    """A setting and the file that it stands in."""

    setting: Setting
    file: ParsedFile

    @property
    def value(self) -> str:
        """What botocore reads."""
        return self.setting.value

    def mistake(self, code: str, instead: str = "") -> SettingsMistake:
        """Return a mistake in this setting's line."""
        return self.file.mistake(code, self.setting.line, self.setting.name, instead)


class ProfileText:
    """A profile as the files write it: its settings by name, and where it begins."""

    def __init__(self, name: str, file: ParsedFile, line: int) -> None:
        self.name = name
        self.file = file
        self.line = line
        self.settings: dict[str, PlacedSetting] = {}
        self.crowded: tuple[SettingsMistake, ...] = ()
        """Lines in which more stands behind the profile's name."""

    def value(self, name: str) -> str:
        """Return the value of the setting ``name``; empty where it is not there."""
        placed = self.settings.get(name)
        return placed.value if placed else ""

    def mistake(self, code: str, name: str = "", instead: str = "") -> SettingsMistake:
        """Return a mistake of the profile as a whole, at the line where it begins."""
        return self.file.mistake(code, self.line, name, instead)


class AwsFiles:
    """Both files, and what botocore makes of them."""

    def __init__(self, config: FoundFile, credentials: FoundFile) -> None:
        self.config = ParsedFile(config)
        self.credentials = ParsedFile(credentials)
        self.both = (self.config, self.credentials)
        self.sso_sessions = dict(_named(self.config, "sso-session"))
        self.profiles: Mapping[str, ProfileText] = self._profiles()

    def _profiles(self) -> dict[str, ProfileText]:
        profiles: dict[str, ProfileText] = {}
        for name, section in _of_config(self.config):
            profiles[name] = _profile(name, self.config, section)
        for section in self.credentials.sections:
            if section.name == _SHARED_DEFAULTS:
                continue
            own = _profile(section.name, self.credentials, section)
            if section.name in profiles:
                profiles[section.name].settings.update(own.settings)
                profiles[section.name].crowded += own.crowded
            else:
                profiles[section.name] = own
        return profiles


_SHARED_DEFAULTS: Final = "DEFAULT"
"""What Python's parser lends to every other section: no profile, though people write it for one."""


def _of_config(file: ParsedFile) -> Iterator[tuple[str, Section]]:
    for section in file.sections:
        if section.name == "default":
            yield section.name, section
        elif section.name.startswith("profile"):
            yield from _second_word(section)


def _named(file: ParsedFile, kind: str) -> Iterator[tuple[str, Section]]:
    for section in file.sections:
        if section.name.startswith(kind):
            yield from _second_word(section)


def _second_word(section: Section) -> Iterator[tuple[str, Section]]:
    try:
        words = shlex.split(section.name)
    except ValueError:
        return
    if len(words) == 2:
        yield words[1], section


def _profile(name: str, file: ParsedFile, section: Section) -> ProfileText:
    profile = ProfileText(name, file, section.line)
    profile.settings = {setting.name: PlacedSetting(setting, file) for setting in section.settings}
    if section.crowded:
        profile.crowded = (file.mistake("crowded", section.line, name, f"[{section.name}]"),)
    return profile
