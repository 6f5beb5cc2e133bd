"""The practice AWS's sign-ins, in both roles, and UbiQuity itself beside them."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.guide import UBIQUITY_ACCOUNT
from app.core.sign_in import PRACTISED_CUSTOMER, PRACTISED_SUPPORT
from app.core.told.answer import ToldAnswer
from app.flow.connection.watch import VisitWatch
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import Reached
from app.practice.account import ACCOUNT_ID
from app.practice.pace import Pace
from app.wiring.practice_accounts import PracticeAccounts
from tests.practice.clients import Person
from tests.practice.conftest import Setup
from tests.practice.test_connector import DRAFT

PACE = Pace(events_after=timedelta(minutes=4))


@pytest.fixture(scope="module")
def accounts() -> Iterator[PracticeAccounts]:
    with closing(PracticeAccounts(PACE)) as practice:
        yield practice


def test_it_is_reached_without_a_sign_in(accounts: PracticeAccounts) -> None:
    reached = asyncio.run(accounts.reach())
    assert isinstance(reached, Reached)
    assert reached.clock_ahead is not None


def test_both_roles_can_be_practised(accounts: PracticeAccounts) -> None:
    async def walk() -> None:
        customer = await accounts.sign_in(PRACTISED_CUSTOMER)
        support = await accounts.sign_in(PRACTISED_SUPPORT)
        assert isinstance(customer, SignedIn)
        assert isinstance(support, SignedIn)
        assert customer.caller.account == ACCOUNT_ID
        assert (support.caller.account, support.way) == (UBIQUITY_ACCOUNT, PRACTISED_SUPPORT)
        assert support.ubiquity is not None

    asyncio.run(walk())


def test_ubiquitys_visit_is_seen_from_the_customers_side_once_it_shows(
    accounts: PracticeAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.aws.event_history._WITHIN", 0.0)
    draft = replace(DRAFT, buckets=DRAFT.buckets[:1])

    async def walk() -> None:
        aws = await accounts.started()
        Setup(Person(aws, aws.admin), Person(aws, aws.ubiquity)).whole()
        customer = await accounts.sign_in(PRACTISED_CUSTOMER)
        assert isinstance(customer, SignedIn)
        looks: list[int] = []

        async def press_at_first(_seconds: float) -> None:
            if not looks:
                (answer,) = await accounts.practice_ubiquity.press_test_connection(draft)
                assert answer.told is ToldAnswer.SUCCESS
            looks.append(1)
            aws.faults.clock_ahead += timedelta(minutes=3)

        watch = VisitWatch(draft, customer.aws, sleep=press_at_first, now=lambda: aws.faults.now)
        end = await watch.run(lambda _state: None)
        assert end.visit is not None
        assert (end.visit.external_id, end.visit.session_name) == ("right", "ubiquity-connector")
        assert end.visit.request_id
        assert len(looks) == 2, "it shows four minutes after, not three"
        await accounts.reset()

    asyncio.run(walk())


def test_ubiquity_presses_its_own_test(accounts: PracticeAccounts) -> None:
    answers = asyncio.run(accounts.practice_ubiquity.press_test_connection(DRAFT))
    assert [answer.told for answer in answers] == [ToldAnswer.ASSUME] * len(DRAFT.buckets)
