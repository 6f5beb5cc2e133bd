"""What is said of sessions that are open."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.core.change import Change, ChangeKind, Plan
from app.core.changes.role import PUT_ROLE_POLICY
from app.core.changes.sides import InlinePolicy
from app.core.documents.open_sessions import SESSIONS_POLICY, closing_policy
from app.core.wording.open_sessions import lasting, sessions_words, until_sentence
from tests.helpers.drafts import MOMENT, ROLE_ARN

TRUST = Change(ChangeKind.UPDATE_TRUST_POLICY, ROLE_ARN, {}, {}, reversible=True)
THEIRS = InlinePolicy("NightlyReports", {"Statement": []})
OURS = InlinePolicy(SESSIONS_POLICY, closing_policy(MOMENT))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3600, "1 hour"),
        (4 * 3600, "4 hours"),
        (5400, "90 minutes"),
        (3601, "61 minutes"),
        (60, "1 minute"),
    ],
)
def test_how_long(seconds: int, words: str) -> None:
    assert lasting(seconds) == words


def test_sessions_go_on_for_as_long_as_the_role_allows() -> None:
    assert "may go on for 4 hours, as long as the role allows" in sessions_words(
        Plan((TRUST,)), 4 * 3600
    )
    unknown = sessions_words(Plan((TRUST,)), None)
    assert "up to 12 hours" in unknown
    assert "not known" in unknown


@pytest.mark.parametrize(
    ("before", "after", "ended"),
    [(None, OURS, True), (OURS, OURS, True), (OURS, None, False), (THEIRS, THEIRS, False)],
)
def test_only_the_policy_that_ends_sessions_ends_them(
    before: InlinePolicy | None, after: InlinePolicy | None, ended: bool
) -> None:
    plan = Plan((TRUST, PUT_ROLE_POLICY.change(ROLE_ARN, before, after)))
    assert ("are ended as well" in sessions_words(plan, 3600)) is ended


def test_until_when_is_told_in_utc() -> None:
    moment = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    for at in (moment, moment.astimezone(timezone(timedelta(hours=9)))):
        assert "until 2026-11-23 01:03 UTC" in until_sentence(at)
    assert "01:02 UTC" in until_sentence(moment.replace(second=0))
