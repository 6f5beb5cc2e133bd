"""What every action needs of an account: a sign-in to the right one, and words for the wait."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.i18n import tr
from app.core.sign_in import ByProfile
from app.flow.accounts import in_account
from app.flow.wizard.details_state import Offers

if TYPE_CHECKING:
    from app.core.sign_in import SignInWay
    from app.flow.ports.accounts import Accounts, SignedIn
    from app.flow.wizard.state import SetupState
    from app.flow.wizard.store import SetupStore


def sign_in_stopped(state: "SetupState") -> str:
    """Return what is said where a sign-in was stopped: who is signed in, and that no more was."""
    if state.signed_in is None:
        return tr("You stopped the sign-in. You are not signed in, and nothing was changed.")
    return tr("You stopped the sign-in. You are signed in as before, and nothing was changed.")


class AccountActions:
    """Signs in, and tells in the store what is being done and why it failed."""

    def __init__(self, store: "SetupStore", accounts: "Accounts") -> None:
        self.store = store
        self.accounts = accounts

    @property
    def state(self) -> "SetupState":
        """The present state."""
        return self.store.state

    @contextmanager
    def doing(
        self,
        words: str,
        stopped: str = "",
        begun: Callable[["SetupState"], "SetupState"] = lambda state: state,
    ) -> Iterator[None]:
        """Say what is being done while it is; a cancelled action ends it too.

        ``stopped`` says what was and was not done where it is cancelled, if no page does.
        ``begun`` is what changes with its beginning.
        """
        self.store.change(
            lambda state: replace(
                begun(state), busy=words, failure=None, reading_stopped=False, stopped=""
            )
        )
        try:
            yield
        except asyncio.CancelledError:
            self.store.tell_stopped(stopped)
            raise
        finally:
            self.store.change(lambda state: replace(state, busy=None))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Say that the account is read while it is; where that is cancelled, that it was stopped.

        Raises ``asyncio.CancelledError`` where it was.
        """
        try:
            with self.doing(self.words_for_reading()):
                yield
        except asyncio.CancelledError:
            self.store.change(lambda state: replace(state, reading_stopped=True))
            raise

    async def sign_in(self, way: "SignInWay") -> "SignedIn | None":
        """Sign in by ``way``; None where that fails, with the reason in the state."""
        with self.doing(tr("Signing in to AWS"), sign_in_stopped(self.state)):
            answer = await self.accounts.sign_in(way)
            if isinstance(answer, AwsFailure):
                self.store.change(lambda state: replace(state, failure=answer, signed_in=None))
                return None
            self.store.change(lambda state: replace(state, signed_in=answer, offers=Offers()))
            if not answer.is_ubiquity:
                self.store.take_account(answer.caller.account)
            return answer

    async def right_account(self, account_id: str | None) -> "SignedIn | None":
        """Return a sign-in to ``account_id`` (None: any), or None with the reason in the state.

        Whoever practised as UbiQuity's support is the practice customer again: support only tests.
        """
        signed_in = self.state.signed_in
        if signed_in is not None and signed_in.is_ubiquity and self.state.practice:
            signed_in = None
        signed_in = signed_in or await self.sign_in(ByProfile())
        if signed_in is None:
            return None
        answer = in_account(signed_in, account_id)
        if isinstance(answer, AwsFailure):
            self.store.change(lambda state: replace(state, failure=answer))
            return None
        return answer

    async def tester(self, account_id: str) -> "SignedIn | None":
        """Return a sign-in that may test the connection of ``account_id``, or None.

        It is one to that account, or UbiQuity's own; else the reason is in the state.
        """
        signed_in = self.state.signed_in or await self.sign_in(ByProfile())
        if signed_in is not None and signed_in.is_ubiquity:
            return signed_in
        return await self.right_account(account_id) if signed_in is not None else None

    def words_for_reading(self) -> str:
        """Return what is said while the account is read."""
        practice = self.state.practice
        return tr("Reading the practice account") if practice else tr("Reading your AWS account")
