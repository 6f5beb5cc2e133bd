"""Everything that is wrong with a profile, and which of it explains a failure to sign in."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.aws_files.files import AwsFiles
from app.core.aws_files.naming import misnamed
from app.core.aws_files.profile_rules import has_way, profile_mistakes
from app.core.aws_files.setting_rules import KEYS
from app.core.aws_files.whole_file import file_mistakes
from app.core.settings_mistake import SettingsMistake

_PLACES: Final = frozenset({"folder", "forbidden", "too-large", "file-name"})
"""What botocore passes over in silence, as if there were no file."""

_OF_A_NAME: Final = frozenset(
    {
        "no-prefix",
        "prefix-in-credentials",
        "name-with-space",
        "default-capitals",
        "spaces-in-brackets",
    }
)


def stopping(files: AwsFiles) -> Iterator[SettingsMistake]:
    """Yield why the AWS tools read nothing of a file, or don't look at it."""
    for file in files.both:
        yield from file_mistakes(file)


def mistakes_of(files: AwsFiles, name: str) -> tuple[SettingsMistake, ...]:
    """Return what is wrong with the profile ``name``, the most likely cause first; none if right.

    A profile that holds nothing to sign in with may lack a file that can't be read: then that is
    it.
    """
    own = [mistake for profile, mistake in misnamed(files) if profile.name == name]
    own += profile_mistakes(files, name)
    profile = files.profiles.get(name)
    if profile is None or not has_way(profile):
        own += [mistake for mistake in stopping(files) if mistake.code in _PLACES]
    return tuple(dict.fromkeys(own))


def explaining(
    finding: str | None, message: str, mistakes: Iterable[SettingsMistake]
) -> SettingsMistake | None:
    """Return the one of ``mistakes`` that may be why signing in failed with ``finding``.

    ``message`` is what AWS or botocore said: what it names comes first. None where none of them
    has to do with such a failure.
    """
    fitting = [mistake for mistake in mistakes if _may_cause(mistake, finding)]
    named = (m for m in fitting if m.name and m.name in message)
    return next(named, fitting[0] if fitting else None)


def _may_cause(mistake: SettingsMistake, finding: str | None) -> bool:
    about_region = "region" in (mistake.name, mistake.instead.partition(" =")[0])
    match finding:
        case "signin.config-broken":
            return True
        case "env.offline":
            return about_region
        case "signin.profile-missing":
            return mistake.code in _OF_A_NAME | _PLACES
        case "signin.none":
            return not about_region
        case "signin.invalid":
            return _is_of_keys(mistake)
        case None:
            return not about_region and not _is_of_keys(mistake)
        case _:
            return False


def _is_of_keys(mistake: SettingsMistake) -> bool:
    return bool({mistake.name, mistake.instead.partition(" =")[0]} & set(KEYS))
