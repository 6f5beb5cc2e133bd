"""Keeping pasted credentials: in a real Secret Service, in Windows' limits, and in memory."""

import gc
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import secretstorage
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from app.core.pasted.credentials import PastedCredentials
from app.system.credential_store import LONGEST, CredentialStore
from app.system.kept_mark import KeptMark
from app.system.keyring_backend import real_keyring
from app.system.keyring_texts import KeyringTexts, KeyringTrouble

CANARY = "CANARYsecretCANARYsecretCANARYsecret0000"
TOKEN = "CANARYtoken" * 400
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KEYS = PastedCredentials("ASIAEXAMPLE123456789", CANARY, TOKEN, NOW + timedelta(hours=1), "1" * 12)
LASTING = PastedCredentials("AKIAEXAMPLE123456789", CANARY)

_MOST_BYTES = 2560
"""CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows' wincred.h."""


class WindowsLike(KeyringBackend):
    """Keeps in memory what Windows Credential Manager would, and refuses what it would."""

    priority = 5
    viable = False  # keyring itself would find it, in every other test

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.refuses: Callable[[], Exception] | None = None

    def _asked(self) -> None:
        if self.refuses is not None:
            raise self.refuses()

    def get_password(self, service: str, username: str) -> str | None:
        self._asked()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._asked()
        if len(password.encode("utf-16-le")) > _MOST_BYTES:
            raise OSError(1783, "The stub received bad data")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._asked()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Hours:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def backend() -> WindowsLike:
    return WindowsLike()


def _store(backend: KeyringBackend | None, clock: Hours | None = None) -> CredentialStore:
    texts = None if backend is None else KeyringTexts(backend)
    return CredentialStore(lambda: texts, clock or Hours())


# Whether it is asked at all


def test_the_keyring_is_not_touched_before_there_is_something_to_keep(
    backend: WindowsLike,
) -> None:
    opened = []

    def open_texts() -> KeyringTexts:
        opened.append(1)
        return KeyringTexts(backend)

    store = CredentialStore(open_texts, Hours())
    assert (store.kept(), store.get("none"), store.forget("none")) == ((), None, None)
    assert store.forget_all() is None
    store.tell_account("none", "1" * 12)
    assert opened == []
    entry = store.keep(KEYS)
    assert opened
    opened.clear()
    later = CredentialStore(open_texts, Hours())  # the next start: something may be kept
    assert later.kept() == (entry,)
    assert opened
    later.forget(entry.id)
    opened.clear()
    assert CredentialStore(open_texts, Hours()).kept() == ()
    assert opened == []


def test_what_is_kept_without_the_mark_is_found_once_something_is_kept(
    backend: WindowsLike, nobody_at_home: Path
) -> None:
    old = _store(backend).keep(LASTING)
    for mark in nobody_at_home.rglob("keyring-used"):
        mark.unlink()
    later = _store(backend)
    assert later.kept() == ()
    new = later.keep(KEYS)
    assert later.kept() == (old, new)


def test_without_a_mark_on_the_disk_they_are_in_memory_only(
    backend: WindowsLike, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeptMark, "set", lambda _: False)
    store = _store(backend)
    assert not store.keep(KEYS).in_keyring
    assert backend.entries == {}
    assert len(store.kept()) == 1


# A real Secret Service


def test_a_real_keyring_keeps_them_over_a_start(real_service: Path) -> None:
    first = CredentialStore(clock=Hours())
    entry = first.keep(KEYS)
    assert (entry.in_keyring, first.why_in_memory) == (True, None)
    later = CredentialStore(clock=Hours())
    assert later.kept() == (entry,)
    assert later.get(entry.id) == KEYS
    files = [path for path in real_service.rglob("*") if path.is_file()]
    assert files
    assert not any(CANARY.encode() in path.read_bytes() for path in files)
    assert later.forget(entry.id) is None
    assert (later.kept(), later.get(entry.id)) == ((), None)
    assert (first.kept(), first.get(entry.id)) == ((), None)
    assert _items() == []
    assert CredentialStore(clock=Hours()).get(entry.id) is None


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.usefixtures("real_service")
def test_a_real_keyring_that_is_locked_is_left_alone() -> None:
    entry = CredentialStore(clock=Hours()).keep(KEYS)
    bus = secretstorage.dbus_init()
    collection = secretstorage.get_default_collection(bus)
    collection.lock()
    store = CredentialStore(clock=Hours())
    assert store.kept() == ()
    in_memory = store.keep(LASTING)
    assert not in_memory.in_keyring
    assert store.why_in_memory is not None
    assert "locked" in store.why_in_memory
    assert store.get(in_memory.id) == LASTING
    assert entry.in_keyring
    bus.close()
    gc.collect()  # keyring leaves the connection open where the keyring is locked


def _items() -> list[str]:
    bus = secretstorage.dbus_init()
    try:
        items = secretstorage.get_default_collection(bus).get_all_items()
        return [item.get_attributes()["username"] for item in items]
    finally:
        bus.close()


@pytest.mark.usefixtures("real_service")
def test_long_and_short_texts_take_each_others_place() -> None:
    backend = real_keyring()
    assert backend is not None
    texts = KeyringTexts(backend)
    for text in ("x" * 9000, "", "y" * 1201, "z"):
        assert texts.write("a", text) is None
        assert texts.read("a") == text
    assert _items() == ["a"]
    assert texts.delete("a") is None
    assert texts.delete("a") is None
    assert texts.read("a") is None
    assert _items() == []


# Any keyring


@given(st.lists(st.integers(0, 6000), min_size=1, max_size=4))
def test_any_length_fits_windows(lengths: list[int]) -> None:
    backend = WindowsLike()
    texts = KeyringTexts(backend)
    for length in lengths:
        text = ("0123456789" * 600)[:length]
        assert texts.write("name", text) is None
        assert texts.read("name") == text
    texts.delete("name")
    assert backend.entries == {}


@pytest.mark.parametrize("damage", ["nonsense", "2:half", "9999999:x", "x:y", ":", "١:x"])
def test_what_is_damaged_is_as_good_as_not_there(backend: WindowsLike, damage: str) -> None:
    store = _store(backend)
    entry = store.keep(KEYS)
    backend.entries["ubiquity-s3-setup", entry.id] = damage
    assert _store(backend).get(entry.id) is None
    backend.entries["ubiquity-s3-setup", "index"] = damage
    assert _store(backend).kept() == ()
    again = _store(backend)
    assert again.get(again.keep(KEYS).id) == KEYS


def test_they_are_forgotten_when_they_end(backend: WindowsLike) -> None:
    clock = Hours()
    store = _store(backend, clock)
    entry = store.keep(KEYS)
    lasting = store.keep(LASTING)
    untold = store.keep(PastedCredentials("ASIAOTHER", CANARY, TOKEN))
    clock.now += timedelta(hours=1)
    assert store.kept() == (lasting, untold)
    assert store.get(entry.id) is None
    clock.now = NOW + LONGEST
    assert store.kept() == (lasting,)
    assert _store(backend, clock).kept() == (lasting,)
    assert len([name for _, name in backend.entries if name != "index"]) == 1


def test_the_same_key_is_kept_once(backend: WindowsLike) -> None:
    store = _store(backend)
    store.keep(KEYS)
    entry = store.keep(KEYS)
    assert store.kept() == (entry,)
    other = store.keep(PastedCredentials("ASIAOTHERXXXXXXX6789", CANARY, TOKEN))
    assert store.kept() == (entry, other)


def test_all_are_forgotten(backend: WindowsLike) -> None:
    store = _store(backend)
    store.keep(KEYS)
    store.keep(LASTING)
    assert store.forget_all() is None
    assert store.kept() == ()
    assert not any(CANARY in text for text in backend.entries.values())


def test_the_account_is_remembered(backend: WindowsLike) -> None:
    store = _store(backend)
    entry = store.keep(LASTING)
    store.tell_account(entry.id, "1" * 12)
    assert _store(backend).kept()[0].account_id == "1" * 12
    store.tell_account("unknown", "1" * 12)


def test_without_a_keyring_they_are_in_memory_and_that_is_said() -> None:
    store = _store(None)
    entry = store.keep(KEYS)
    assert not entry.in_keyring
    assert store.get(entry.id) == KEYS
    assert store.why_in_memory is not None
    assert "no keyring" in store.why_in_memory
    assert store.kept() == (entry,)
    assert store.forget(entry.id) is None
    assert (store.kept(), _store(None).kept()) == ((), ())


TROUBLES: list[tuple[Callable[[], Exception], str]] = [
    (lambda: KeyringLocked("locked"), "locked"),
    (lambda: KeyringError("Can't get password from keychain: (-128, 'Unknown Error')"), "locked"),
    (lambda: OSError(5, "Access is denied"), "locked"),
    (lambda: KeyringError("something else"), "does not work"),
    (lambda: RuntimeError("no such interface"), "does not work"),
]


@pytest.mark.parametrize(("refusal", "words"), TROUBLES)
def test_a_keyring_that_refuses_is_said_and_then_used(
    backend: WindowsLike, refusal: Callable[[], Exception], words: str
) -> None:
    store = _store(backend)
    backend.refuses = refusal
    entry = store.keep(KEYS)
    assert not entry.in_keyring
    assert store.why_in_memory is not None
    assert words in store.why_in_memory
    assert store.get(entry.id) == KEYS
    backend.refuses = None
    again = store.keep(KEYS)
    assert again.in_keyring
    assert store.kept() == (again,)
    assert _store(backend).why_in_memory is None


def test_what_the_keyring_does_not_let_go_is_said(backend: WindowsLike) -> None:
    store = _store(backend)
    entry = store.keep(KEYS)
    backend.refuses = lambda: KeyringLocked("locked")
    answer = store.forget(entry.id)
    assert answer is not None
    assert "ubiquity-s3-setup" in answer
    assert store.forget_all() is not None
    backend.refuses = None
    assert store.forget(entry.id) is None
    assert store.kept() == ()


def test_a_prompt_that_nobody_answers_is_given_up(backend: WindowsLike) -> None:
    answered = threading.Event()

    class Prompting(WindowsLike):
        def get_password(self, service: str, username: str) -> str | None:
            answered.wait()
            return super().get_password(service, username)

    texts = KeyringTexts(Prompting(), patience=0.01)
    assert texts.read("a") is KeyringTrouble.FAILED
    answered.set()
    assert KeyringTexts(backend).read("a") is None


def test_what_the_keyring_takes_only_after_it_was_given_up_is_taken_out_again() -> None:
    unlocked, done = threading.Event(), threading.Event()

    class Prompting(WindowsLike):
        def set_password(self, service: str, username: str, password: str) -> None:
            unlocked.wait(10)
            super().set_password(service, username, password)

        def delete_password(self, service: str, username: str) -> None:
            super().delete_password(service, username)
            if not self.entries:
                done.set()

    prompting = Prompting()
    texts = KeyringTexts(prompting, patience=0.01)
    store = CredentialStore(lambda: texts, Hours())
    entry = store.keep(KEYS)
    assert (entry.in_keyring, store.get(entry.id)) == (False, KEYS)
    unlocked.set()  # somebody enters the password after all
    assert done.wait(10)
    assert prompting.entries == {}
    assert _store(prompting).keep(KEYS).in_keyring


def test_pieces_that_were_written_before_the_keyring_refused_are_taken_out_again() -> None:
    class Full(WindowsLike):
        room = 2

        def set_password(self, service: str, username: str, password: str) -> None:
            if len(self.entries) >= self.room:
                raise OSError(1450, "Insufficient system resources exist")
            super().set_password(service, username, password)

    full = Full()
    store = _store(full)
    assert not store.keep(KEYS).in_keyring
    assert full.entries == {}
    full.room = 100
    assert store.keep(KEYS).in_keyring
