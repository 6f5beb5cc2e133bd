"""What AWS's own records tell, in words: never more than they do."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import pytest

from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.snapshot import NEVER_USED, LastUse
from app.core.wording.moments import moment_words
from app.core.wording.recorded import (
    last_use_words,
    may_not_look_words,
    none_seen_words,
    seen_words,
)

AT: Final = datetime(2026, 11, 26, 10, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (
            LastUse(AT, "ap-southeast-2"),
            "The role was last used on 2026-11-26 10:02 UTC, in ap-southeast-2.",
        ),
        (LastUse(AT), "The role was last used on 2026-11-26 10:02 UTC."),
        (
            NEVER_USED,
            "The role was not used in the last 400 days, as far as AWS has recorded by now.",
        ),
        (None, "When the role was last used was not read."),
    ],
)
def test_the_last_use(use: LastUse | None, words: str) -> None:
    assert last_use_words(use) == words


def test_a_time_is_told_in_utc() -> None:
    assert moment_words(AT.astimezone(timezone(timedelta(hours=13)))) == "2026-11-26 10:02 UTC"


def test_none_seen_proves_nothing_and_what_lacks_is_named() -> None:
    assert "proves nothing" in none_seen_words(AT)
    words = may_not_look_words(["eu-west-1", "us-east-1"])
    assert "eu-west-1 and us-east-1" in words
    assert "cloudtrail:LookupEvents" in words


@pytest.mark.parametrize("kind", ["right", "wrong", "none"])
def test_each_kind_of_visit_has_its_words(kind: str) -> None:
    visit = Observation(
        AT, Identity.UBIQUITY, "sts:AssumeRole", ObservedOutcome.ALLOWED, external_id=kind
    )
    assert seen_words(visit).startswith("On 2026-11-26 10:02 UTC UbiQuity assumed the role")
