"""Pasted credentials, kept until they end or are forgotten: in the system's keyring only.

Where there is no real keyring, or it refuses, they live in this program's memory and end with it.
"""

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from app.core.frozen import replace
from app.core.i18n import mark, tr
from app.core.pasted.credentials import PastedCredentials
from app.core.sign_in import KeptCredentials
from app.flow.clocks import Clock
from app.system.credential_json import (
    dump_credentials,
    dump_index_row,
    read_index,
    read_kept_credentials,
)
from app.system.kept_mark import KeptMark
from app.system.keyring_backend import real_keyring
from app.system.keyring_texts import KeyringTexts, KeyringTrouble

LONGEST: Final = timedelta(hours=36)
"""No temporary credentials last longer (STS API Reference, GetSessionToken)."""
_INDEX: Final = "index"
"""What is kept, without a secret: keyrings can't be asked what they hold."""
_NO_KEYRING: Final = mark(
    "This computer has no keyring that can be used, so they are kept in memory only, until you "
    "close this program."
)
_NOT_FORGOTTEN: Final = mark(
    "The keyring of this computer did not delete them. Unlock it and try "
    "again, or delete the entries named “ubiquity-s3-setup” in the system’s "
    "own keyring program."
)
_TROUBLE: Final[Mapping[KeyringTrouble, str]] = {
    KeyringTrouble.LOCKED: mark(
        "The keyring of this computer is locked, so they are kept in memory only, until you close "
        "this program."
    ),
    KeyringTrouble.FAILED: mark(
        "The keyring of this computer does not work at present, so they are kept in memory only, "
        "until you close this program."
    ),
}


def _now() -> datetime:
    return datetime.now(UTC)


def _open() -> KeyringTexts | None:
    backend = real_keyring()
    return None if backend is None else KeyringTexts(backend)


class CredentialStore:
    """Keeps, lists and forgets pasted credentials. Every method blocks, in any thread."""

    def __init__(
        self, open_texts: Callable[[], KeyringTexts | None] = _open, clock: Clock = _now
    ) -> None:
        """``open_texts`` opens the keyring at the first use; None where there is none.

        It is used once there is something to keep, or something may be kept: the system may ask
        the person for its password each time.
        """
        self._open_texts = open_texts
        self._mark = KeptMark()
        self._clock = clock
        self._lock = threading.RLock()
        self._opened = False
        self._texts: KeyringTexts | None = None
        self._memory: dict[str, PastedCredentials] = {}
        self._kept: dict[str, KeptCredentials] = {}
        self._ends: dict[str, datetime | None] = {}
        self._trouble: KeyringTrouble | None = None

    @property
    def why_in_memory(self) -> str | None:
        """Why credentials are in memory only, as a sentence; None where the keyring keeps them."""
        with self._lock:
            if self._keyring() is None:
                return tr(_NO_KEYRING)
            return tr(_TROUBLE[self._trouble]) if self._trouble is not None else None

    def keep(self, credentials: PastedCredentials) -> KeptCredentials:
        """Keep ``credentials``; the same access key takes the place of what was kept for it."""
        with self._lock:
            self._learn()  # what another program's start has kept stays listed
            for old in self.kept():
                if old.key_hint == credentials.key_hint:
                    self._forget_same(old.id, credentials.access_key_id)
            entry = KeptCredentials(
                id=secrets.token_hex(8),
                key_hint=credentials.key_hint,
                lasting=credentials.is_lasting,
                in_keyring=False,
                expires_at=credentials.expires_at,
                account_id=credentials.account_id,
                of_root=credentials.of_root,
            )
            self._memory[entry.id] = credentials
            self._ends[entry.id] = self._end_of(credentials)
            self._kept[entry.id] = self._written(entry, credentials)
            return self._kept[entry.id]

    def _forget_same(self, key: str, access_key_id: str) -> None:
        held = self.get(key)
        if held is None or held.access_key_id == access_key_id:
            self.forget(key)

    def kept(self) -> tuple[KeptCredentials, ...]:
        """Return what is kept, oldest first, without the secrets; what has ended is forgotten."""
        with self._lock:
            if self._mark.is_set() or any(one.in_keyring for one in self._kept.values()):
                self._learn()
            now = self._clock()
            ended = {key for key, end in self._ends.items() if end is not None and end <= now}
            for key in ended:
                self.forget(key)
            return tuple(entry for key, entry in self._kept.items() if key not in ended)

    def get(self, key: str) -> PastedCredentials | None:
        """Return the credentials kept under ``key``; None where they were forgotten or ended."""
        with self._lock:
            entry = next((entry for entry in self.kept() if entry.id == key), None)
            if entry is None:
                return None
            if key in self._memory:
                return self._memory[key]
            text = self._asked(lambda texts: texts.read(key))
            credentials = read_kept_credentials(text) if isinstance(text, str) else None
            if credentials is not None:
                self._memory[key] = credentials
            return credentials

    def forget(self, key: str) -> str | None:
        """Take the credentials under ``key`` out of memory and keyring.

        Return why they are still in the keyring, as a sentence, where it refuses.
        """
        with self._lock:
            entry = self._kept.get(key)
            if entry is not None and entry.in_keyring:
                answer = self._asked(lambda texts: texts.delete(key))
                if isinstance(answer, KeyringTrouble):
                    return tr(_NOT_FORGOTTEN)
            for place in (self._memory, self._kept, self._ends):
                place.pop(key, None)
            if entry is not None and entry.in_keyring:
                self._write_index()
            return None

    def forget_all(self) -> str | None:
        """Take everything out of memory and keyring; what it returns is as for one."""
        with self._lock:
            answers = [self.forget(entry.id) for entry in self.kept()]
            return next((answer for answer in answers if answer is not None), None)

    def tell_account(self, key: str, account_id: str) -> None:
        """Remember which account the credentials under ``key`` belong to."""
        with self._lock:
            entry = self._kept.get(key)
            if entry is not None and entry.account_id != account_id:
                self._kept[key] = replace(entry, account_id=account_id)
                self._write_index()

    def _end_of(self, credentials: PastedCredentials) -> datetime | None:
        if credentials.expires_at is not None or credentials.is_lasting:
            return credentials.expires_at
        return self._clock() + LONGEST

    def _keyring(self) -> KeyringTexts | None:
        if not self._opened:
            self._opened, self._texts = True, self._open_texts()
        return self._texts

    def _asked(
        self, ask: Callable[[KeyringTexts], str | KeyringTrouble | None]
    ) -> str | KeyringTrouble | None:
        """Return what the keyring answers, and remember whether it refused."""
        texts = self._keyring()
        if texts is None:
            return None
        answer = ask(texts)
        self._trouble = answer if isinstance(answer, KeyringTrouble) else None
        return answer

    def _written(self, entry: KeptCredentials, credentials: PastedCredentials) -> KeptCredentials:
        """Write into the keyring, and return ``entry`` with whether that was possible."""
        if self._keyring() is None or not self._mark.set():
            return entry
        text = dump_credentials(credentials)
        write = self._asked(lambda texts: texts.write(entry.id, text, in_time_only=True))
        if write is not None:
            return entry
        saved = replace(entry, in_keyring=True)
        self._kept[entry.id] = saved
        if self._write_index() is None:
            return saved
        self._asked(lambda texts: texts.delete(entry.id))
        return entry

    def _write_index(self) -> KeyringTrouble | None:
        rows = [
            dump_index_row(entry, self._ends.get(entry.id))
            for entry in self._kept.values()
            if entry.in_keyring
        ]
        if rows:
            answer = self._asked(lambda texts: texts.write(_INDEX, json.dumps(rows)))
        else:  # a keyring that keeps nothing of ours has nothing of ours in it
            answer = self._asked(lambda texts: texts.delete(_INDEX))
        if not rows and answer is None:
            self._mark.clear()
        return answer if isinstance(answer, KeyringTrouble) else None

    def _learn(self) -> None:
        """Take what the keyring holds from an earlier start, or from another window."""
        if self._trouble is not None:
            return  # each time it is asked the system may ask the person
        text = self._asked(lambda texts: texts.read(_INDEX))
        if isinstance(text, KeyringTrouble) or self._keyring() is None:
            return
        listed = {entry.id: (entry, end) for entry, end in read_index(text or "[]")}
        for key in [k for k, entry in self._kept.items() if entry.in_keyring and k not in listed]:
            for place in (self._memory, self._kept, self._ends):
                place.pop(key, None)  # another window has forgotten them
        for key, (entry, end) in listed.items():
            self._kept[key], self._ends[key] = entry, end
