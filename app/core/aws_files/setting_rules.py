"""What is wrong with one setting: its name, or how its value is written.

Sources: AWS SDKs and Tools Reference Guide, "Format of the config and credential files" (no
quotation marks; comments on lines of their own), "Settings reference" (the names); the AWS CLI's
questions in ``aws configure``, whose text people paste.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.aws_files.files import PlacedSetting, ProfileText
from app.core.likeness import differ_by_at_most, letters
from app.core.pasted.cleaning import StrayCharacter, clean, stray_kind
from app.core.settings_mistake import SettingsMistake

ID: Final = "aws_access_key_id"
SECRET: Final = "aws_secret_access_key"  # noqa: S105 - a name
TOKENS: Final = ("aws_security_token", "aws_session_token")
"""In botocore's order: the first that is there counts."""

KEYS: Final = (ID, SECRET, *TOKENS)
SINGLE: Final = (
    *KEYS,
    "region",
    "role_arn",
    "source_profile",
    "credential_source",
    "web_identity_token_file",
    "mfa_serial",
    "external_id",
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
    "login_session",
)
"""Settings that signing in turns on and whose value is one plain word."""

_PRIVATE: Final = frozenset(
    {*KEYS, "external_id", "role_arn", "mfa_serial", "sso_account_id", "login_session"}
)
_OTHER_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("accesskey", "accesskeyid", "awsaccesskey", "awskeyid", "awsaccessid"), ID),
    **dict.fromkeys(("keyid", "awskey", "awsid", "awsaccesskeyid", "awsapikey"), ID),
    **dict.fromkeys(
        ("secretkey", "secretaccesskey", "awssecretkey", "awssecret", "secret"), SECRET
    ),
    **dict.fromkeys(("awssecretaccesskey", "awssecretaccesskeyid", "awssecretaccess"), SECRET),
    **dict.fromkeys(("awssecretkeyid", "awsaccesssecretkey", "awsaccesskeysecret"), SECRET),
    **dict.fromkeys(("sessiontoken", "securitytoken", "awstoken", "awssessiontoken"), TOKENS[1]),
    **dict.fromkeys(("awsregion", "defaultregion", "awsdefaultregion", "regionname"), "region"),
    **dict.fromkeys(("rolearn", "awsrolearn", "assumerolearn"), "role_arn"),
    **dict.fromkeys(("sourceprofile", "profilesource", "srcprofile"), "source_profile"),
    **dict.fromkeys(("credentialsource", "credentialssource"), "credential_source"),
    **dict.fromkeys(("credentialprocess", "credentialsprocess"), "credential_process"),
    **dict.fromkeys(("ssourl", "ssostarturl", "starturl"), "sso_start_url"),
    **dict.fromkeys(("ssoaccount", "ssoaccountid"), "sso_account_id"),
    **dict.fromkeys(("ssorole", "ssorolename"), "sso_role_name"),
    **dict.fromkeys(("ssosession", "ssosessionname"), "sso_session"),
}
"""Names that people write, in letters and digits alone, and the right one."""

_KNOWN: Final = (*SINGLE, "credential_process", "role_session_name", "duration_seconds")
_DIALOGUE: Final[tuple[tuple[str, str], ...]] = (
    (r"aws access key(?: id)? *\[", ID),
    (r"aws secret access key *\[", SECRET),
    (r"default region(?: name)? *\[", "region"),
)
_SHELL: Final = re.compile(r"(?:export|set|setx|\$env:)\s*(aws_\w+)", re.IGNORECASE)
_NEXT_SETTING: Final = re.compile(r"\s(aws_\w+|region|output|role_arn|source_profile)\s*[=:]")
_COMMENT: Final = re.compile(r"\s+[#;].*$", re.DOTALL)
_PLACEHOLDER: Final = re.compile(
    r"<.*>|\$\{?\w+\}?|%\w+%|\{\{.*\}\}|\[[^\]]*\]|(?:your|my|enter|insert|replace)[-_ ].*"
    r"|AKIAIOSFODNN7EXAMPLE|wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY|changeme|todo",
    re.IGNORECASE,
)
_HIDDEN: Final = "…"


def setting_mistakes(profile: ProfileText) -> Iterator[SettingsMistake]:
    """Yield what is wrong with the settings of ``profile``, each by itself."""
    for placed in profile.settings.values():
        yield from _of_name(placed, profile)
        yield from _of_lines(placed)
        yield from value_mistakes(placed)


def value_mistakes(placed: PlacedSetting) -> Iterator[SettingsMistake]:
    """Yield how the value of a setting is written wrongly, where it is one plain word."""
    if placed.setting.name in SINGLE and not placed.setting.further:
        yield from _of_value(placed)


def to_write(name: str, value: str = "") -> str:
    """Return the line that sets ``name``; what a shared screen masks, or a key, is never in it."""
    return f"{name} = {_HIDDEN if not value or name in _PRIVATE else value}"


def _of_name(placed: PlacedSetting, profile: ProfileText) -> Iterator[SettingsMistake]:
    """Recognise a setting under another name, where the right one is not there as well."""
    name = placed.setting.name
    if name in _KNOWN:
        return
    # A colon ends a name as well, so PowerShell's goes on in the value.
    shell = _SHELL.match(f"{name}:{placed.value}" if name == "$env" else name)
    if shell:
        meant = shell[1].lower()
        meant = "region" if meant in {"aws_region", "aws_default_region"} else meant
        yield placed.file.mistake("shell", placed.setting.line, instead=to_write(meant, ""))
        return
    for pattern, meant in _DIALOGUE:
        if re.match(pattern, name):
            yield placed.file.mistake("dialogue", placed.setting.line, instead=to_write(meant, ""))
            return
    meant = _meant(name)
    if meant and meant not in profile.settings:
        value = placed.value if meant not in KEYS else ""
        yield placed.file.mistake(
            "misnamed-setting", placed.setting.line, name, to_write(meant, _plain(value))
        )


def _meant(name: str) -> str:
    """Return the setting that ``name`` was meant for; empty where none is like it."""
    bare = letters(name)
    if bare in _OTHER_NAMES:
        return _OTHER_NAMES[bare]
    if len(bare) < 8:
        return ""
    return next((known for known in KEYS if differ_by_at_most(2, letters(known), bare)), "")


def _of_lines(placed: PlacedSetting) -> Iterator[SettingsMistake]:
    """Recognise lines that were indented, and so go on with the setting above them."""
    if placed.value.startswith("\n") and placed.setting.name not in SINGLE:
        return  # settings of one service belong there
    for number, text in placed.setting.further:
        name = re.split(r"\s*[=:]", text, maxsplit=1)[0].strip().lower()
        if text.startswith("[") and "]" in text:
            yield placed.file.mistake("indented", number, instead=text.split("]", 1)[0] + "]")
            return
        if name in _KNOWN:
            yield placed.file.mistake("indented", number, name, to_write(name))
            return


def _of_value(placed: PlacedSetting) -> Iterator[SettingsMistake]:
    name, value = placed.setting.name, placed.value
    if not value:
        yield placed.mistake("empty-setting", to_write(name))
        return
    if _is_quoted(value):
        yield placed.mistake("quoted", to_write(name, _plain(value)))
        return
    if comment := _COMMENT.search(value):
        yield placed.mistake("inline-comment", to_write(name, value[: comment.start()]))
        return
    if next_one := _NEXT_SETTING.search(value):
        yield placed.mistake("two-in-line", next_one[1])
        return
    section = re.search(r"\[[^\]]+\]$", value)
    if section and section.start():
        yield placed.mistake("section-in-line", section[0])
        return
    if _PLACEHOLDER.fullmatch(value):
        yield placed.mistake("placeholder", to_write(name))
        return
    if any(kind not in (None, StrayCharacter.SPACE) for kind in map(stray_kind, value)):
        yield placed.mistake("invisible", to_write(name, _plain(value)))


def _is_quoted(value: str) -> bool:
    return any(kind is StrayCharacter.QUOTE for kind, _ in clean(value, paired_quotes=True).lost)


def _plain(value: str) -> str:
    """Return ``value`` without quotation marks, an added comment and what nobody sees."""
    bare = _COMMENT.sub("", value)
    return clean(bare, inside={StrayCharacter.INVISIBLE}, paired_quotes=True).text
