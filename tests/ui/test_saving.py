import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.core.fields.form import DetailsForm, form_of
from app.flow.wizard.state import Method, SavedSession
from app.flow.wizard.store import SetupStore
from app.ui.saving import save_while_open
from tests.helpers.drafts import ACCOUNT, PLAIN

DELAY = 20


class _File:
    def __init__(self) -> None:
        self.saved: list[SavedSession] = []
        self.refuses: str | None = None

    def save(self, session: SavedSession) -> str | None:
        assert threading.current_thread() is not threading.main_thread()
        if self.refuses is None:
            self.saved.append(session)
        return self.refuses


@pytest.fixture
def file() -> _File:
    return _File()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_what_is_typed_is_saved_once_typing_pauses(
    qtbot: QtBot, file: _File, owner: QObject
) -> None:
    store = SetupStore(practice=False)
    save_while_open(store, file.save, owner, DELAY)
    for end in range(1, len(ACCOUNT) + 1):
        store.edit("account_id", ACCOUNT[:end])
    assert file.saved == []
    qtbot.waitUntil(lambda: bool(file.saved))
    assert [session.details.account_id for session in file.saved] == [ACCOUNT]


def test_the_way_and_the_ticks_are_saved_too(qtbot: QtBot, file: _File, owner: QObject) -> None:
    store = SetupStore(practice=False)
    save_while_open(store, file.save, owner, DELAY)
    store.fill(form_of(PLAIN))
    store.choose_method(Method.CONSOLE)
    store.tick("role", done=True)
    qtbot.waitUntil(lambda: bool(file.saved))
    [session] = file.saved
    assert (session.method, session.done) == (Method.CONSOLE, frozenset({"role"}))


def test_nothing_is_saved_twice(qtbot: QtBot, file: _File, owner: QObject) -> None:
    store = SetupStore(practice=False)
    flush = save_while_open(store, file.save, owner, DELAY)
    store.edit("account_id", ACCOUNT)
    flush()
    flush()
    store.change(lambda state: replace(state, busy="Reading"))  # no part of what is saved
    qtbot.wait(3 * DELAY)
    assert len(file.saved) == 1


def test_closing_saves_at_once(file: _File, owner: QObject) -> None:
    store = SetupStore(practice=False)
    flush = save_while_open(store, file.save, owner, DELAY)
    flush()
    assert file.saved == []
    store.edit("account_id", ACCOUNT)
    flush()
    assert len(file.saved) == 1


def test_an_earlier_start_is_not_overwritten_before_it_is_answered(
    file: _File, owner: QObject
) -> None:
    store = SetupStore(practice=False)
    store.offer_resuming(SavedSession("details", form_of(PLAIN), None, frozenset()))
    flush = save_while_open(store, file.save, owner, DELAY)
    store.edit("account_id", ACCOUNT)
    flush()
    assert file.saved == []


def test_starting_anew_is_not_asked_about_again(file: _File, owner: QObject) -> None:
    store = SetupStore(practice=False)
    store.offer_resuming(SavedSession("details", form_of(PLAIN), None, frozenset()))
    flush = save_while_open(store, file.save, owner, DELAY)
    store.start_anew()
    flush()
    assert [session.details for session in file.saved] == [DetailsForm()]
    assert not file.saved[0].worth_resuming


def test_a_disk_that_refuses_is_told_and_tried_again(
    qtbot: QtBot, file: _File, owner: QObject
) -> None:
    told: list[str] = []
    store = SetupStore(practice=False)
    save_while_open(store, file.save, owner, DELAY, told.append)
    file.refuses = "No space left on device"
    store.edit("account_id", ACCOUNT[:5])
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["No space left on device"]
    file.refuses = None
    store.edit("account_id", ACCOUNT)
    qtbot.waitUntil(lambda: bool(file.saved))
    assert file.saved[0].details.account_id == ACCOUNT
    assert len(told) == 1
