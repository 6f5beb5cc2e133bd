"""Pasted credentials, kept off the event loop's thread: a keyring may ask the person first.

Part of the wiring: it joins ``app.flow`` with ``app.system``. A window that is closed while the
keyring still asks does not wait for it.
"""

from app.aws.transport.threads import in_thread
from app.core.pasted.credentials import PastedCredentials
from app.core.sign_in import KeptCredentials
from app.system.credential_store import CredentialStore


class KeptSignIns:
    """What ``app.flow.ports.PastedSignIns`` asks for, over the computer's keyring."""

    def __init__(self, store: CredentialStore | None = None) -> None:
        self._store = store or CredentialStore()

    async def keep(self, credentials: PastedCredentials) -> KeptCredentials:
        """Keep ``credentials`` until they end or are forgotten."""
        return await in_thread(lambda: self._store.keep(credentials))

    async def kept(self) -> tuple[KeptCredentials, ...]:
        """Return what is kept, without the secrets."""
        return await in_thread(self._store.kept)

    async def forget(self, key: str) -> str | None:
        """Forget what is kept under ``key``; return why that was not possible."""
        return await in_thread(lambda: self._store.forget(key))

    async def why_in_memory(self) -> str | None:
        """Return why the keyring keeps nothing; None where it does."""
        return await in_thread(lambda: self._store.why_in_memory)

    async def credentials(self, key: str) -> PastedCredentials | None:
        """Return what is kept under ``key``, secrets and all; None where it was forgotten."""
        return await in_thread(lambda: self._store.get(key))

    async def tell_account(self, key: str, account_id: str) -> None:
        """Remember which account the credentials under ``key`` belong to."""
        await in_thread(lambda: self._store.tell_account(key, account_id))
