"""What takes a while for many buckets is worked out beside the window, which goes on meanwhile."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Final

import pytest

from app.core.diagnosis.diagnose import diagnose
from app.core.fields.form import form_of
from app.core.planning.plan import plan
from app.core.sign_in import ByProfile
from app.flow.checking import CheckedAccount
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Revoking
from app.flow.wizard.store import SetupStore
from tests.helpers.drafts import PLAIN, untouched, whole
from tests.helpers.fakes import DENIED, OFFLINE, FakeAccounts, FakeCustomer, FakeUbiquity, signed_in
from tests.helpers.own_thread import calls_here
from tests.helpers.records import unkept

Work = Callable[[SetupActions, SetupStore], Coroutine[Any, Any, None]]


async def _check(actions: SetupActions, store: SetupStore) -> None:
    await actions.check(ByProfile())
    assert store.state.connection.checked is not None


async def _test(actions: SetupActions, store: SetupStore) -> None:
    await actions.connection.test()
    assert store.state.connection.checked is not None


async def _step(actions: SetupActions, store: SetupStore) -> None:
    await actions.do_step("permissions")
    assert "permissions" in store.state.creation.done


async def _create(actions: SetupActions, store: SetupStore) -> None:
    await actions.changes.prepare()
    assert store.state.creation.run is not None


async def _revoke(actions: SetupActions, store: SetupStore) -> None:
    await actions.do_all_steps()
    store.choose_revoking(Revoking.DELETE_ROLE)
    await actions.revoking.prepare()
    await actions.revoking.revoke()
    assert store.state.revocation.proof is not None


WORK: Final[tuple[Work, ...]] = (_check, _test, _step, _create, _revoke)


@pytest.mark.parametrize("work", WORK)
def test_no_work_holds_the_window(work: Work) -> None:
    store = SetupStore(practice=True)
    store.fill(form_of(PLAIN))
    account = signed_in(FakeCustomer(untouched(PLAIN)), FakeUbiquity([DENIED]))
    actions = SetupActions(store, FakeAccounts(account), unkept())
    with calls_here(plan, diagnose) as called:
        asyncio.run(work(actions, store))
    assert called == []


def test_a_sign_in_that_fails_does_not_hold_the_window() -> None:
    store = SetupStore(practice=True)
    store.fill(form_of(PLAIN))
    actions = SetupActions(store, FakeAccounts(OFFLINE), unkept())
    with calls_here(plan, diagnose) as called:
        asyncio.run(_check(actions, store))
    assert called == []


def _checked(customer: FakeCustomer) -> CheckedAccount:
    store = SetupStore(practice=True)
    store.fill(form_of(PLAIN))
    accounts = FakeAccounts(signed_in(customer))
    asyncio.run(_check(SetupActions(store, accounts, unkept()), store))
    assert store.state.connection.checked is not None
    return store.state.connection.checked


def test_what_was_checked_says_whether_it_can_be_mended() -> None:
    assert _checked(FakeCustomer(untouched(PLAIN))).can_mend
    assert not _checked(FakeCustomer(whole(PLAIN))).can_mend
