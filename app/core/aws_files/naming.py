"""Profiles that are there, under a name by which no AWS tool finds them.

Source: AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials files"
and "Format of the config and credential files": ``[profile NAME]`` in ``config``, but
``[default]``; the bare name in ``credentials``.
"""

import re
import shlex
from collections.abc import Iterator
from typing import Final

from app.core.aws_files.files import AwsFiles, FileKind, ParsedFile, PlacedSetting, ProfileText
from app.core.aws_files.lines import Section
from app.core.settings_mistake import SettingsMistake

_OTHER_SECTIONS: Final = (
    "sso-session",
    "services",
    "plugins",
    "preview",
    "toolkit",
    "experimental",
)
"""Sections of ``config`` that are no profiles."""

_SESSION: Final = re.compile(r"sso[-_ ]?sessions?\b|session ", re.IGNORECASE)
_SIGNS_IN: Final = re.compile(
    r"(?:aws_)?(?:access_key|secret|session_token)|sso_|role_arn|source_profile|credential_"
    r"|web_identity|login_session|region|output|mfa_serial|endpoint_url"
)
_PREFIX: Final = re.compile(r"^profiles?(?:\s+|\s*[:=./_-]\s*|$)", re.IGNORECASE)


def misnamed(files: AwsFiles) -> Iterator[tuple[ProfileText, SettingsMistake]]:
    """Yield each profile that the AWS tools don't find by its name, and what to write instead."""
    for file in files.both:
        for section in file.sections:
            misnaming = _misnamed(file, section)
            if misnaming is not None:
                name, code, instead = misnaming
                profile = ProfileText(name, file, section.line)
                profile.settings = {s.name: PlacedSetting(s, file) for s in section.settings}
                yield profile, file.mistake(code, section.line, name, instead)


def _misnamed(file: ParsedFile, section: Section) -> tuple[str, str, str] | None:
    """Return the name that was meant, the code and the section to write; None where it is right."""
    name = section.name
    if name == "DEFAULT" or (name != "default" and name.strip().lower() == "default"):
        return "default", "default-capitals", "[default]"
    if file.kind is FileKind.CREDENTIALS:
        bare = name.removeprefix("profile ").strip()
        if name.startswith("profile ") and bare:
            return bare, "prefix-in-credentials", f"[{bare}]"
        bare = name.strip()
        return None if bare == name else (bare, "spaces-in-brackets", f"[{bare}]")
    return _misnamed_in_config(section)


def _misnamed_in_config(section: Section) -> tuple[str, str, str] | None:
    name = section.name
    if name == "default" or _is_other(section) or _is_right(name):
        return None
    bare = _PREFIX.sub("", name.strip(), count=1).strip().strip("\"'") or "work"
    if bare == "default":
        return bare, "default-capitals", "[default]"
    spaced = name.startswith("profile ") and (" " in bare or not _is_right(name))
    quoted = f'"{bare}"' if not re.fullmatch(r"[\w@%+=:,./-]+", bare) else bare
    return bare, "name-with-space" if spaced else "no-prefix", f"[profile {quoted}]"


def _is_right(name: str) -> bool:
    try:
        words = shlex.split(name)
    except ValueError:
        return False
    return len(words) == 2 and name.startswith("profile")


def _is_other(section: Section) -> bool:
    """Tell whether the section is no profile: by its name, or since it holds nothing of one."""
    first = section.name.split()[0] if section.name.split() else ""
    if first in _OTHER_SECTIONS or _SESSION.match(section.name):
        return True
    is_named_so = section.name.startswith("profile ")
    return not is_named_so and not any(_SIGNS_IN.match(s.name) for s in section.settings)


def session_mistake(files: AwsFiles, name: str) -> Section | None:
    """Return the section that was meant for the sso-session ``name``, under another writing."""
    for section in files.config.sections:
        bare = _SESSION.sub("", section.name).strip(" \"':-_")
        if bare.lower() == name.lower() and section.setting("sso_start_url"):
            return section
    return None
