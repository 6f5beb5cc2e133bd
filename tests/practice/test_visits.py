"""UbiQuity was here, as the customer's own account tells: CloudTrail on the practice AWS."""

import asyncio
import json
from datetime import timedelta

import pytest

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import ROLE_NAME
from app.core.needs.least_policy import Doing, least_policy
from app.core.needs.reads import LOOKED_BACK_WITH
from app.core.observation import ObservationSource
from app.core.snapshot import NEVER_USED
from app.flow.connection.watch import VisitWatch, WatchEnd, WatchState
from app.flow.look_back import LookBack, look_back
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.practice.connector import press_test_connection
from app.practice.server import PracticeAws
from tests.practice.clients import EMPTY, IMPORTS, Person, customer_account, deny
from tests.practice.conftest import Setup
from tests.practice.test_cloudtrail import keys_of

DRAFT = Draft(
    ACCOUNT_ID,
    DATABASE_ID,
    (BucketEntry(IMPORTS, "ap-southeast-2", "imports/"), BucketEntry(EMPTY, "us-east-1")),
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the practice AWS, which slows nobody down here, without waiting for a turn."""
    monkeypatch.setattr("app.aws.event_history._WITHIN", 0.0)


def later(aws: PracticeAws, seconds: float) -> None:
    """Let the practice AWS's own clock go on: records have whole seconds."""
    aws.faults.clock_ahead += timedelta(seconds=seconds)


def press(aws: PracticeAws) -> None:
    press_test_connection(aws.endpoint_url, aws.ubiquity, DRAFT)


def back(aws: PracticeAws) -> LookBack:
    found = asyncio.run(look_back(customer_account(aws), DRAFT))
    assert found is not None
    return found


async def _watched(watch: VisitWatch) -> WatchState:
    return await watch.run(lambda _state: None)


def test_pressed_while_it_is_watched_for(setup: Setup, aws: PracticeAws) -> None:
    setup.role()
    setup.policy(permissions_policy(DRAFT.buckets))
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        await asyncio.to_thread(press, aws)
        slept.append(seconds)

    watch = VisitWatch(DRAFT, customer_account(aws), sleep=sleep)
    ended = asyncio.run(_watched(watch))
    assert len(slept) == 1
    assert ended.visit is not None
    assert ended.visit.external_id == "right"
    assert ended.visit.region in ("ap-southeast-2", "us-east-1")
    (seen,) = ended.observations
    assert (seen.source, seen.request_id) == (ObservationSource.CLOUDTRAIL, ended.visit.request_id)
    assert ended.last_use is not None
    assert ended.last_use.region in ("ap-southeast-2", "us-east-1")


def test_looked_back_for_as_far_as_it_met_what_stands_today(
    setup: Setup, aws: PracticeAws, admin: Person
) -> None:
    setup.role()
    assert back(aws).visits == ()
    later(aws, 5)
    press(aws)
    (seen,) = back(aws).visits
    assert seen.external_id == "right"
    later(aws, 5)
    document = {**trust_policy(DATABASE_ID), "Id": "changed"}
    admin.iam.update_assume_role_policy(RoleName=ROLE_NAME, PolicyDocument=json.dumps(document))
    changed = back(aws)
    assert (changed.visit, changed.observations) == (None, ())
    assert changed.earlier is not None
    assert changed.earlier.at == seen.at
    later(aws, 5)
    press(aws)
    assert back(aws).visit is not None


def test_the_snapshot_has_the_last_use(setup: Setup, aws: PracticeAws) -> None:
    setup.role()
    assert asyncio.run(customer_account(aws).read_snapshot(DRAFT)).role.last_used == NEVER_USED
    press(aws)
    used = asyncio.run(customer_account(aws).read_snapshot(DRAFT)).role.last_used
    assert used is not None
    assert used.at is not None
    assert used.region in ("ap-southeast-2", "us-east-1")


def test_who_may_not_look_is_told_so_and_may_once_it_is_allowed(
    setup: Setup, aws: PracticeAws, admin: Person
) -> None:
    setup.role()
    policy = least_policy(DRAFT, Doing.CHECK)
    statements = policy["Statement"]
    assert isinstance(statements, list)
    lookups = deny(LOOKED_BACK_WITH)
    keys = keys_of(admin, "reader", *statements, lookups)
    account = customer_account(aws, keys)
    ended = asyncio.run(_watched(VisitWatch(DRAFT, account)))
    assert ended.ended_without is WatchEnd.NOT_ALLOWED
    assert {failure.params["region"] for failure in ended.refusals} == {
        "ap-southeast-2",
        "us-east-1",
    }
    admin.iam.put_user_policy(
        UserName="reader", PolicyName="own", PolicyDocument=json.dumps(policy)
    )
    watch = VisitWatch(DRAFT, account, sleep=lambda _seconds: asyncio.to_thread(press, aws))
    assert asyncio.run(_watched(watch)).visit is not None
