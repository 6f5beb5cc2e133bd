"""A snapshot from a file: whose it is, and the report that its taker saw."""

import asyncio
from dataclasses import replace

import pytest

from app.core.diagnosis.diagnose import diagnose
from app.core.draft import BucketEntry
from app.core.snapshot import CustomerPolicy, State
from app.flow.replaying import account_of, belongs_to, replay
from tests.helpers.drafts import ACCOUNT, PLAIN, untouched, whole


def test_a_replay_is_the_report_on_the_snapshot_as_it_is() -> None:
    snapshot = whole(PLAIN)
    shown = asyncio.run(replay("sent.json", PLAIN, snapshot))
    assert (shown.source, shown.draft, shown.snapshot) == ("sent.json", PLAIN, snapshot)
    assert shown.report == diagnose(PLAIN, snapshot)


@pytest.mark.parametrize(
    ("draft", "belongs"),
    [
        (PLAIN, True),
        (None, False),
        (replace(PLAIN, account_id="210987654321"), False),
        (replace(PLAIN, buckets=(BucketEntry("another", "eu-west-1"),)), False),
    ],
)
def test_details_serve_where_account_and_buckets_are_the_snapshots(
    draft: object, belongs: bool
) -> None:
    assert belongs_to(whole(PLAIN), draft) is belongs  # type: ignore[arg-type]


def test_the_account_is_told_by_the_role_then_by_who_took_it() -> None:
    nothing_there = untouched(PLAIN)
    assert account_of(whole(PLAIN)) == ACCOUNT
    assert account_of(nothing_there) == ACCOUNT
    pasted = replace(nothing_there, caller=None)
    assert account_of(pasted) is None
    assert belongs_to(pasted, PLAIN)
    odd = replace(pasted, customer_policy=CustomerPolicy(State.FOUND, arn="no arn"))
    assert account_of(odd) is None
