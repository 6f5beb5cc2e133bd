"""Texts of any length in the system's keyring.

Windows Credential Manager keeps at most 2,560 bytes in UTF-16 under one name
(``CRED_MAX_CREDENTIAL_BLOB_SIZE``, wincred.h), and a session token is longer: so a text is split
over several names, on every system.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE: Final = "ubiquity-s3-setup"
PIECE: Final = 1200
"""Characters under one name; in UTF-16, with the count before them, below Windows' limit."""
_PATIENCE: Final = 60.0
"""Seconds: the system may ask the person for the keyring's password."""
_MOST_PIECES: Final = 100


class KeyringTrouble(StrEnum):
    """Why the keyring did not do what it should."""

    LOCKED = "locked"
    """It is locked, and stayed so; or the person refused."""
    FAILED = "failed"
    """It answers with an error, or not at all."""


def _nothing() -> None:
    """Do nothing: what comes late is welcome as well."""


class KeyringTexts:
    """Keeps texts by name. Every method blocks; a keyring that refuses is a value."""

    def __init__(self, backend: "KeyringBackend", patience: float = _PATIENCE) -> None:
        self._backend = backend
        self._patience = patience

    def write(self, name: str, text: str, *, in_time_only: bool = False) -> KeyringTrouble | None:
        """Keep ``text`` (ASCII) under ``name``, in place of what is there.

        ``in_time_only``: should it come to be written after this has given up (somebody unlocks
        the keyring at last), it is taken out again, for nobody would know of it.
        """
        too_late = (lambda: self._delete(name)) if in_time_only else _nothing
        return self._within(lambda: self._write(name, text), too_late)

    def read(self, name: str) -> str | KeyringTrouble | None:
        """Return what is kept under ``name``; None for nothing, or for what is damaged."""
        return self._within(lambda: self._read(name))

    def delete(self, name: str) -> KeyringTrouble | None:
        """Take away what is kept under ``name``, if anything is."""
        return self._within(lambda: self._delete(name))

    def _write(self, name: str, text: str) -> None:
        pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)] or [""]
        before = len(list(self._names(name)))
        # The first piece, which says how many there are, comes last: until then nothing is there.
        later = [(f"{name}/{number}", pieces[number]) for number in range(len(pieces) - 1, 0, -1)]
        try:
            for place, piece in (*later, (name, f"{len(pieces)}:{pieces[0]}")):
                self._backend.set_password(SERVICE, place, piece)
        except Exception:
            # Without the first piece nobody would find the others again.
            for place, _ in later:
                with contextlib.suppress(Exception):
                    self._take(place)
            raise
        for number in range(len(pieces), before):
            self._take(f"{name}/{number}")

    def _read(self, name: str) -> str | None:
        head = self._backend.get_password(SERVICE, name)
        if head is None:
            return None
        _, colon, text = head.partition(":")
        pieces = [self._backend.get_password(SERVICE, other) for other in self._others(name, head)]
        if not colon or None in pieces:
            return None
        return text + "".join(piece for piece in pieces if piece is not None)

    def _delete(self, name: str) -> None:
        for part in list(self._names(name)):
            self._take(part)

    def _names(self, name: str) -> Iterator[str]:
        head = self._backend.get_password(SERVICE, name)
        if head is not None:
            yield from self._others(name, head)
            yield name

    def _others(self, name: str, head: str) -> Iterator[str]:
        count = head.partition(":")[0]
        pieces = min(int(count), _MOST_PIECES) if count.isascii() and count.isdecimal() else 1
        yield from (f"{name}/{number}" for number in range(1, pieces))

    def _take(self, name: str) -> None:
        if self._backend.get_password(SERVICE, name) is not None:
            self._backend.delete_password(SERVICE, name)

    def _within(
        self, work: Callable[[], T], too_late: Callable[[], None] = _nothing
    ) -> T | KeyringTrouble:
        """Return what ``work`` returns, or what stopped it; a prompt may be left unanswered.

        ``too_late`` follows in its thread where the work ends after it was given up.
        """
        outcome: Future[T] = Future()
        threading.Thread(target=_work_off, args=(outcome, work, too_late), daemon=True).start()
        from keyring.errors import KeyringLocked

        try:
            return _in_time(outcome, self._patience)
        except KeyringLocked:
            return KeyringTrouble.LOCKED
        # D-Bus, Windows and macOS each raise their own, with texts that may hold anything.
        except Exception as error:  # noqa: BLE001
            return KeyringTrouble.LOCKED if _is_refusal(error) else KeyringTrouble.FAILED


def _is_refusal(error: Exception) -> bool:
    """Tell whether the person or the system said no, by the names that backends give to that."""
    texts = (type(error).__name__, str(error))
    signs = ("Locked", "Denied", "Dismissed", "-128", "-25293", "-25308")  # macOS: errSec… codes
    return any(sign.casefold() in text.casefold() for text in texts for sign in signs)


def _in_time(outcome: "Future[T]", patience: float) -> T:
    """Return the outcome, or cancel it: whichever comes first holds, for both threads."""
    try:
        return outcome.result(patience)
    except TimeoutError:
        if outcome.cancel():
            raise
        return outcome.result()


def _work_off(outcome: "Future[T]", work: Callable[[], T], too_late: Callable[[], None]) -> None:
    try:
        done = work()
    except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
        if outcome.set_running_or_notify_cancel():
            outcome.set_exception(error)
        return
    if outcome.set_running_or_notify_cancel():
        outcome.set_result(done)
    else:
        with contextlib.suppress(Exception):
            too_late()
