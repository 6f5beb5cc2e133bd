"""One run at a time in one account: a lock between all programs of this computer's person.

Where a file system knows no locks the claim is given all the same: what AWS has is compared before
each write in any case.
"""

import os
from pathlib import Path

from app.core.i18n import tr
from app.files.file_lock import is_locked_now
from app.files.writing import make_folder


class AccountClaim:
    """Implements ``ports.journals.Claim`` by a lock on the file ``path``, which stays empty."""

    def __init__(self, path: Path, account_id: str) -> None:
        self._path = path
        self._account_id = account_id
        self._handle: int | None = None

    def take(self) -> str | None:
        """Take the lock; return the sentence where another program has it."""
        try:
            make_folder(self._path.parent)
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None  # the journal itself can't be kept there either, and says so
        try:
            if is_locked_now(self._handle):
                return None
        except OSError:
            return None
        self.give_back()
        return _held_sentence(self._account_id)

    def give_back(self) -> None:
        """Close the file, which ends the lock."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _held_sentence(account_id: str) -> str:
    sentence = tr(
        "This program is changing account {account} already, in another window or on the command "
        "line, so nothing was begun here. Let that end, then try again."
    )
    return sentence.format(account=account_id)
