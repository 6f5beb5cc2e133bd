"""The practice AWS's sign-ins, in both roles, and UbiQuity itself beside them."""

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from app.core.guide import UBIQUITY_ACCOUNT
from app.core.sign_in import PRACTISED_CUSTOMER, PRACTISED_SUPPORT
from app.flow.ports import SignedIn
from app.flow.told_answers import ToldAnswer
from app.practice.account import ACCOUNT_ID
from app.wiring.practice_accounts import PracticeAccounts
from tests.practice.test_connector import DRAFT


@pytest.fixture(scope="module")
def accounts() -> Iterator[PracticeAccounts]:
    with closing(PracticeAccounts()) as practice:
        yield practice


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


def test_ubiquity_presses_its_own_test(accounts: PracticeAccounts) -> None:
    answers = asyncio.run(accounts.practice_ubiquity.press_test_connection(DRAFT))
    assert [answer.told for answer in answers] == [ToldAnswer.ASSUME] * len(DRAFT.buckets)
