"""A rehearsal from its set-up over the report to its end, on the real practice AWS."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.bootstrap import outside
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.fields.form import form_of
from app.core.report import Verdict
from app.core.sign_in import ByProfile
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Flow, SetupState
from app.flow.wizard.store import SetupStore
from app.practice.scenarios import connection
from app.practice.scenarios.sign_ins import WithSettings
from app.ui.menus.practice_dialog import _groups
from app.wiring.rehearsal_accounts import RehearsalAccounts
from tests.helpers.records import unkept


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore retry without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@pytest.fixture(autouse=True)
def own_environment() -> Iterator[None]:
    """Put the environment back where a rehearsal fails to."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


async def _opened(accounts: RehearsalAccounts) -> tuple[SetupStore, SetupActions]:
    """Do what the program does when a rehearsal is opened."""
    rehearsal = await accounts.rehearse()
    store = SetupStore(practice=True)
    store.fill(form_of(rehearsal.draft))
    store.begin(Flow.CHECK)
    return store, SetupActions(store, accounts, unkept())


def _codes(store: SetupStore) -> list[str]:
    assert store.state.connection.checked is not None
    return [finding.code for finding in store.state.connection.checked.report.findings]


def test_found_mended_and_set_up_once_more() -> None:
    async def walk(accounts: RehearsalAccounts) -> None:
        store, actions = await _opened(accounts)
        assert store.state.page == "check"
        await actions.check(ByProfile())
        assert _codes(store) == ["role.missing"]
        store.mend()
        await actions.changes.prepare()
        await actions.changes.create()
        assert store.state.creation.run is not None
        assert store.state.creation.run.finished
        store.begin(Flow.CHECK)
        await actions.check(ByProfile())
        assert store.state.connection.checked is not None
        assert store.state.connection.checked.report.verdict is Verdict.READY
        await actions.connection.practise_as(support=True)
        await actions.connection.test()
        assert store.state.connection.result is not None
        assert store.state.connection.result.worked
        await actions.connection.practise_as(support=False)
        await actions.reset_practice()
        await actions.check(ByProfile())
        assert _codes(store) == ["role.missing"]

    with closing(RehearsalAccounts("role.missing")) as accounts:
        asyncio.run(walk(accounts))


@pytest.mark.parametrize(
    "code", ["trust.external-id-mismatch", "bucket.explicit-deny", "env.offline"]
)
def test_the_check_finds_what_is_rehearsed(code: str) -> None:
    async def walk(accounts: RehearsalAccounts) -> None:
        store, actions = await _opened(accounts)
        await actions.check(ByProfile())
        assert _codes(store) == [code]

    with closing(RehearsalAccounts(code)) as accounts:
        asyncio.run(walk(accounts))


@pytest.mark.parametrize(
    ("code", "besides"),
    [("change.limit", []), ("connect.propagating", []), ("signin.not-allowed", ["role.missing"])],
)
def test_what_shows_only_once_it_is_tried_is_found_by_the_check_too(
    code: str, besides: list[str]
) -> None:
    """Whoever opens a rehearsal sees its failure at once, until what it is about goes well."""

    async def walk(accounts: RehearsalAccounts) -> None:
        store, actions = await _opened(accounts)
        await actions.check(ByProfile())
        assert _codes(store) == [code, *besides]
        if code == "connect.propagating":
            for _ in range(3):  # AWS spreads it meanwhile
                await actions.check(ByProfile())
            assert _codes(store) == []

    with closing(RehearsalAccounts(code)) as accounts:
        asyncio.run(walk(accounts))


def test_ubiquitys_support_sees_that_aws_is_still_spreading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.flow.connection.spreading.RETRY_WAITS", (1, 0, 0))

    async def walk(accounts: RehearsalAccounts) -> None:
        store, actions = await _opened(accounts)
        waited: list[float] = []

        def note(state: SetupState) -> None:
            result = state.connection.result
            checks = result.checks if result is not None else ()
            waited.extend(c.spreading for c in checks if c.spreading is not None)

        store.subscribe(note)
        await actions.connection.practise_as(support=True)
        await actions.connection.test()
        result = store.state.connection.result
        assert result is not None
        assert result.worked
        assert waited  # it was said meanwhile for how long

    with closing(RehearsalAccounts("connect.propagating")) as accounts:
        asyncio.run(walk(accounts))


@pytest.mark.parametrize("code", ["signin.none", "signin.config-broken", "signin.profile-missing"])
def test_the_settings_of_this_computer_come_back(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/home/jo/.aws/config")
    monkeypatch.delenv("BOTO_CONFIG", raising=False)
    before = dict(os.environ)
    folders: list[Path] = []

    async def walk(accounts: RehearsalAccounts) -> None:
        rehearsal = await accounts.rehearse()
        assert isinstance(rehearsal.sign_in, WithSettings)
        store, actions = await _opened(accounts)
        for _ in range(2):  # a second sign-in must not take the rehearsal's settings for its own
            await actions.check(ByProfile())
            assert _codes(store) == [code]
        assert dict(os.environ) != before
        folders.append(Path(os.environ["AWS_CONFIG_FILE"]).parent)
        await accounts.reset()
        assert dict(os.environ) == before
        await actions.check(ByProfile())
        assert _codes(store) == [code]
        folders.append(Path(os.environ["AWS_CONFIG_FILE"]).parent)

    with closing(RehearsalAccounts(code)) as accounts:
        asyncio.run(walk(accounts))
        assert folders[-1].exists()
    assert dict(os.environ) == before
    assert not any(folder.exists() for folder in folders)


def test_the_details_are_offered_once_it_is_set_up() -> None:
    with closing(RehearsalAccounts("role.missing")) as accounts:
        assert list(accounts.practice_examples) == []
        rehearsal = asyncio.run(accounts.rehearse())
        offered = accounts.practice_examples
        assert len(offered) == 1
        assert offered[0].form == form_of(rehearsal.draft)


def test_it_is_set_up_once_however_often_it_is_asked_for() -> None:
    async def walk(accounts: RehearsalAccounts) -> None:
        first, second = await accounts.rehearse(), await accounts.rehearse()
        assert first is second

    with closing(RehearsalAccounts("role.missing")) as accounts:
        asyncio.run(walk(accounts))


def test_closing_ends_what_was_never_begun_or_is_closed_already() -> None:
    before = dict(os.environ)
    accounts = RehearsalAccounts("signin.none")
    accounts.close()
    accounts.close()
    assert dict(os.environ) == before


def test_a_rehearsal_that_there_is_not() -> None:
    with closing(RehearsalAccounts("role.gone")) as accounts, pytest.raises(LookupError):
        asyncio.run(accounts.rehearse())


def test_each_rehearsal_is_named_for_the_menu() -> None:
    rehearsals = outside.rehearsals()
    further = [scenario.code for scenario in connection.SCENARIOS]
    assert [rehearsal.code for rehearsal in rehearsals] == [*CATALOGUE, *further]
    assert all(rehearsal.title.endswith(".") for rehearsal in rehearsals)
    offered = [rehearsal for _, group in _groups(rehearsals) for rehearsal in group]
    assert sorted(each.code for each in offered) == sorted(each.code for each in rehearsals)
