"""The words for the sign-ins that a person chooses between."""

from collections.abc import Mapping
from typing import Final

from app.core.conventions import paragraph
from app.core.i18n import mark, tr
from app.core.sign_in import Profile, ProfileKind, ProfileState
from app.core.wording.settings_words import about_mistake
from app.core.wording.value_sentence import PLACE, ValueSentence

PROFILE_KIND_WORDS: Final[Mapping[ProfileKind, str]] = {
    ProfileKind.KEYS: mark("access key"),
    ProfileKind.IDENTITY_CENTER: mark("IAM Identity Center"),
    ProfileKind.LOGIN: mark("console sign-in"),
    ProfileKind.ROLE: mark("role"),
    ProfileKind.WEB_IDENTITY: mark("identity provider"),
    ProfileKind.PROCESS: mark("another program"),
    ProfileKind.OTHER: mark("settings only"),
}
PROFILE_STATE_WORDS: Final[Mapping[ProfileState, str]] = {
    ProfileState.NOT_TRIED: mark("not tried yet"),
    ProfileState.SIGNED_IN: mark("signed in"),
    ProfileState.EXPIRED: mark("expired"),
    ProfileState.WORKED: mark("works"),
    ProfileState.FAILED: mark("did not work"),
    ProfileState.BROKEN: mark("has a mistake"),
}
_ABOUT: Final[Mapping[ProfileKind, str]] = {
    ProfileKind.KEYS: mark("It uses an access key that is written in a file on this computer."),
    ProfileKind.IDENTITY_CENTER: mark("It signs in through your company’s access portal."),
    ProfileKind.LOGIN: mark("It signs in as you do for the AWS console."),
    ProfileKind.ROLE: mark("It assumes a role in AWS."),
    ProfileKind.WEB_IDENTITY: mark("It assumes a role with a token from an identity provider."),
    ProfileKind.PROCESS: mark("Another program on this computer signs in for it."),
    ProfileKind.OTHER: mark("It holds settings only, so AWS may find no sign-in in it."),
}
_HELP: Final[Mapping[ProfileKind, str]] = {
    ProfileKind.IDENTITY_CENTER: mark(
        "Its sign-in has expired. Sign in at the access portal again: this profile then works too."
    ),
    ProfileKind.LOGIN: mark(
        "Its sign-in has expired. Sign in with AWS again: this profile then works too."
    ),
    ProfileKind.KEYS: mark("Its temporary keys have expired. Paste fresh ones, or renew them."),
}

_MISTAKES_SHOWN: Final = 3
"""Mending one often mends the others."""


def profile_row(profile: Profile) -> ValueSentence:
    """Return the line of ``profile`` in the list: its name, kind, account and whether it works."""
    parts = ["{profile}", tr(PROFILE_KIND_WORDS[profile.kind])]
    values = {"profile": profile.name}
    if profile.account_id:
        parts.append("{account}")
        values["account"] = profile.account_id
    if profile.state is not ProfileState.NOT_TRIED:
        parts.append(tr(PROFILE_STATE_WORDS[profile.state]))
    return ValueSentence(" · ".join(parts), values)


def about_profile(profile: Profile) -> ValueSentence:
    """Return what ``profile`` is, where it leads and what is to be done where it has expired."""
    sentences = [tr(_ABOUT[profile.kind])]
    values = {"profile": profile.name}
    if profile.source_profile:
        sentences.append(tr("It signs in with the profile {source}."))
        values["source"] = profile.source_profile
    if profile.account_id:
        words = tr("It leads to the role {role} in account {account}.")
        sentences.append(words if profile.role_name else tr("It leads to account {account}."))
        values |= {"account": profile.account_id, "role": profile.role_name or ""}
    sentences.append(_standing(profile))
    return ValueSentence(paragraph(*sentences), values)


def mistakes_text(profile: Profile) -> ValueSentence:
    """Return what is wrong with how ``profile`` is written, a line each; empty where nothing is."""
    lines: list[str] = []
    values: dict[str, str] = {}
    for number, mistake in enumerate(profile.mistakes[:_MISTAKES_SHOWN]):
        words = about_mistake(mistake)
        places = {name: f"{{{name}_{number}}}" for name in words.values}
        lines.append(PLACE.sub(lambda place, places=places: places[place[1]], words.template))  # type: ignore[misc]
        values |= {f"{name}_{number}": value for name, value in words.values.items()}
    return ValueSentence("\n".join(lines), values)


def _standing(profile: Profile) -> str:
    if profile.state is ProfileState.EXPIRED and profile.kind in _HELP:
        return tr(_HELP[profile.kind])
    if profile.state is ProfileState.FAILED:
        return tr("The last sign-in with it did not work.")
    if profile.state is ProfileState.WORKED:
        return tr("It worked before.")
    return ""
