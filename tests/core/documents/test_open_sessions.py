"""The policy that ends open sessions, and the changes that name a time."""

from datetime import UTC, datetime
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.changes.dating import dated
from app.core.changes.kinds import KINDS
from app.core.changes.role import PUT_ROLE_POLICY
from app.core.changes.sides import InlinePolicy
from app.core.documents.open_sessions import (
    SESSIONS_POLICY,
    STILL_LET_IN,
    closing_policy,
    ended_before,
    sessions_policy,
)
from tests.helpers.drafts import MOMENT, ROLE_ARN

LATER: Final = datetime(2026, 11, 23, 9, 30, 1, tzinfo=UTC)
OURS: Final = InlinePolicy(SESSIONS_POLICY, closing_policy(MOMENT))
THEIRS: Final = InlinePolicy("NightlyReports", sessions_policy(MOMENT))


def test_who_got_in_until_the_change_was_known_everywhere_is_refused_too() -> None:
    assert closing_policy(MOMENT) == sessions_policy(MOMENT + STILL_LET_IN)
    assert ended_before(closing_policy(MOMENT)) == MOMENT + STILL_LET_IN


@pytest.mark.parametrize(
    "document",
    [
        None,
        "text",
        {},
        {"Statement": []},
        {"Statement": [{"Condition": "x"}, {"Condition": {"DateLessThan": 1}}]},
        {**sessions_policy(MOMENT), "Version": "2008-10-17"},
        {**sessions_policy(MOMENT), "Statement": {}},
        sessions_policy(MOMENT) | {"Id": "another"},
    ],
)
def test_a_policy_of_another_form_ends_no_session(document: object) -> None:
    assert ended_before(document) is None


def test_a_date_that_is_none_ends_no_session() -> None:
    text = str(sessions_policy(MOMENT)).replace(f"{MOMENT:%Y-%m-%d}", "2026-13-40")
    assert "2026-13-40" in text
    condition = {"DateLessThan": {"aws:TokenIssueTime": "2026-13-40T00:00:00Z"}}
    assert ended_before({"Statement": [{"Condition": condition}]}) is None


def test_the_policy_that_ends_sessions_is_dated_when_it_is_sent() -> None:
    change = PUT_ROLE_POLICY.change(ROLE_ARN, None, OURS)
    sent = dated(change, LATER)
    assert sent.after == InlinePolicy(SESSIONS_POLICY, closing_policy(LATER)).to_json()
    assert (sent.before, sent.kind, sent.target) == (change.before, change.kind, change.target)


@pytest.mark.parametrize(
    "change",
    [
        PUT_ROLE_POLICY.change(ROLE_ARN, OURS, None),
        PUT_ROLE_POLICY.change(ROLE_ARN, OURS, THEIRS),
        *(Change(kind, ROLE_ARN, None, {}, reversible=True) for kind in KINDS),
    ],
    ids=lambda change: str(change.kind),
)
def test_every_other_change_is_sent_as_it_was_planned(change: Change) -> None:
    assert change.kind in ChangeKind
    assert dated(change, LATER) == change
