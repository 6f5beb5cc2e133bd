"""Why this computer's AWS settings let a sign-in fail: the file, the line, and what to write.

botocore names neither, and what a mistake leads to may not even look like one: quotation marks
around a key are "AWS does not accept the sign-in". So the files are looked at once a sign-in has
failed, and never before: whatever botocore can work with is right.
"""

import os
from collections.abc import Iterable, Mapping
from typing import Final

from botocore.session import Session

from app.aws.access import Access, DefaultChain, GivenKeys, NamedProfile
from app.aws.caller import ASK_CALLER
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.likeness import differ_by_at_most, letters
from app.core.settings_mistake import SettingsMistake

_BROKEN: Final = "signin.config-broken"
_EXPLAINED: Final = (_BROKEN, "signin.none", "signin.invalid", "signin.profile-missing")
_MISTAKEN: Final = "MistakenSettings"
_KEY_VARIABLES: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def explained(failure: AwsFailure, access: Access) -> AwsFailure:
    """Return ``failure`` with the place in the settings that it comes from, where they are why.

    Where a mistake in them explains it, it is that mistake (``signin.config-broken``), whatever
    came of it. Reads the two files; never raises.
    """
    if isinstance(access, GivenKeys) or "mistake" in failure.params or not _may_be(failure):
        return failure
    from app.aws.settings_files import found_files
    from app.core.aws_files.locating import empty_source, located, place_of
    from app.core.aws_files.mistakes import explaining, mistakes_of

    session = Session()
    files, profile = found_files(session), _profile(session, access)
    if failure.params.get("answer"):
        empty = empty_source(files, profile) if "credential_source" in failure.message else None
        if empty is not None:
            return _at(_as_broken(failure), empty)
        place = place_of(files, profile, "credential_process")
        return failure if place is None else _at(failure, place)
    mistake = None
    if isinstance(access, NamedProfile) or (
        isinstance(access, DefaultChain) and not any(map(os.environ.get, _KEY_VARIABLES))
    ):
        mistake = explaining(failure.finding, failure.message, mistakes_of(files, profile))
    if mistake is not None:
        return _at(_as_broken(failure), mistake)
    if failure.finding == _BROKEN and "file" not in failure.params:
        place = located(failure.message, files, profile, os.environ)
        return failure if place is None else _at(failure, place)
    like = _name_like(str(failure.params.get("profile", "")), files.profiles)
    if failure.finding == "signin.profile-missing" and like:
        return replace(failure, params={**failure.params, "like": like})
    return failure


def _name_like(name: str, names: Iterable[str]) -> str:
    """Return the one of ``names`` that was probably meant by ``name``; empty for none."""
    alike = [n for n in names if letters(n) == letters(name) or differ_by_at_most(1, n, name)]
    return alike[0] if name and len(alike) == 1 else ""


def _may_be(failure: AwsFailure) -> bool:
    """Tell whether settings could be why: it is of the sign-in, or signing in was refused."""
    if failure.finding is None:
        return failure.action == ASK_CALLER
    offline_host = failure.finding == "env.offline"
    return offline_host or failure.finding in _EXPLAINED or "answer" in failure.params


def _profile(session: Session, access: Access) -> str:
    """Return the profile whose settings count."""
    if isinstance(access, NamedProfile):
        return access.name
    chosen = session.get_config_variable("profile") if isinstance(access, DefaultChain) else None
    return str(chosen or "default")


def _as_broken(failure: AwsFailure) -> AwsFailure:
    """Return ``failure`` as one of the settings, whatever it looked like before."""
    if failure.finding == _BROKEN:
        return failure
    return replace(failure, finding=_BROKEN, code=_MISTAKEN, params={})


def _at(failure: AwsFailure, mistake: SettingsMistake) -> AwsFailure:
    said: Mapping[str, object] = {"said": failure.message} if failure.finding == _BROKEN else {}
    params = {**failure.params, **said, **mistake.params}
    return replace(failure, message=mistake.noted(failure.message), params=params)
