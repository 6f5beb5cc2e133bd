"""The words for the sign-ins that a person chooses between."""

import pytest

from app.core.sign_in import Profile, ProfileKind, ProfileState
from app.core.wording.sign_ins import (
    PROFILE_KIND_WORDS,
    PROFILE_STATE_WORDS,
    about_profile,
    profile_row,
)

ACCOUNT = "123456789012"


@pytest.mark.parametrize("kind", ProfileKind)
@pytest.mark.parametrize("state", ProfileState)
def test_every_profile_has_words(kind: ProfileKind, state: ProfileState) -> None:
    profile = Profile("work", kind, account_id=ACCOUNT, state=state)
    row = profile_row(profile).text
    assert row.startswith(f"work · {PROFILE_KIND_WORDS[kind]} · {ACCOUNT}")
    assert (PROFILE_STATE_WORDS[state] in row) is (state is not ProfileState.NOT_TRIED)
    words = about_profile(profile)
    # The account is a place, so that it can be masked.
    assert ACCOUNT not in words.template
    shown_text = words.template.format_map(words.values)
    assert ACCOUNT in shown_text
    assert "{" not in shown_text


def test_a_role_names_its_source() -> None:
    profile = Profile("work", ProfileKind.ROLE, "base", ACCOUNT, "Admin")
    words = about_profile(profile)
    shown_text = words.template.format_map(words.values)
    assert "with the profile base" in shown_text
    assert f"the role Admin in account {ACCOUNT}" in shown_text


def test_an_expired_sign_in_says_what_to_do() -> None:
    profile = Profile("work", ProfileKind.IDENTITY_CENTER, state=ProfileState.EXPIRED)
    words = about_profile(profile)
    assert "Sign in at the access portal again" in words.text
