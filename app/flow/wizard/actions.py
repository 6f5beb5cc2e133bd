"""What the set-up asks of AWS: each action is a coroutine that keeps the store up to date."""

import asyncio
from typing import TYPE_CHECKING

from app.core.failure import AwsFailure
from app.core.formats.snapshot_block import block_of
from app.core.frozen import replace
from app.core.i18n import tr
from app.flow.checking import account_out_of_reach, check_account
from app.flow.run.guide_steps import STEP_CHANGES, do_guide_step
from app.flow.wizard.account_actions import AccountActions
from app.flow.wizard.answer_actions import AnswerActions
from app.flow.wizard.change_actions import ChangeActions
from app.flow.wizard.connection_actions import ConnectionActions, written_by_us
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.folders import FolderBrowser
from app.flow.wizard.offer_actions import OfferActions
from app.flow.wizard.past_runs import PastRuns
from app.flow.wizard.paste_actions import PasteActions
from app.flow.wizard.revoke_actions import RevokeActions

if TYPE_CHECKING:
    from app.core.sign_in import SignInWay
    from app.flow.ports.accounts import Accounts
    from app.flow.run.records import Records
    from app.flow.wizard.store import SetupStore


class SetupActions:
    """The actions of the set-up, over one store and one source of sign-ins.

    ``offers`` reads what the account has to choose from, ``folders`` what is in a bucket.
    ``pasting`` checks what was pasted, without a sign-in.

    ``changes`` are those of "Create it for me", ``revoking`` those of "Revoke access", ``past``
    what earlier runs left, ``answers`` what comes back from whoever does it elsewhere,
    ``connection`` tests it.
    """

    def __init__(self, store: "SetupStore", accounts: "Accounts", records: "Records") -> None:
        self._store = store
        self._accounts = accounts
        self._journals = records.journals
        self.account = AccountActions(store, accounts)
        self.offers = OfferActions(store, accounts)
        self.changes = ChangeActions(self.account, records, self.offers)
        self.revoking = RevokeActions(self.account, records)
        self.folders = FolderBrowser(store)
        self.pasting = PasteActions(store)
        self.past = PastRuns(self.account, records.journals)
        self.answers = AnswerActions(store)
        self.connection = ConnectionActions(self.account)

    async def load_regions(self) -> None:
        """Load AWS's region names into the store."""
        self._store.learn_regions(await self._accounts.region_names())

    def stop(self) -> bool:
        """Let the change that is under way finish, and start no other; False if none runs."""
        return self.changes.runs.stop() or self.revoking.runs.stop()

    @property
    def is_changing(self) -> bool:
        """Whether changes are being made in AWS right now."""
        return self.changes.runs.is_working or self.revoking.runs.is_working

    async def do_step(self, page_id: str) -> None:
        """Do one of the guide's steps in the practice AWS, and tick it when it is done."""
        draft = self._store.state.draft
        self._store.change(lambda state: replace(state, failure=None))
        signed_in = await self.account.right_account(draft.account_id) if draft else None
        if draft is None or signed_in is None:
            return
        stopped = tr(
            "You stopped. A part of this step may be done in the practice AWS. Do it again."
        )
        with self.account.doing(tr("Doing this step in the practice AWS"), stopped):
            failure = await do_guide_step(signed_in, draft, page_id, self._journals)
            self._store.change(
                lambda state: replace(
                    state, failure=failure, connection=state.connection.outdated()
                )
            )
        if failure is None:
            self._store.tick(page_id, done=True)

    async def do_all_steps(self) -> None:
        """Do Steps 1 to 3 in the practice AWS, as somebody else's AWS administrator would."""
        for page_id in STEP_CHANGES:
            await self.do_step(page_id)
            if self._store.state.failure is not None:
                return

    async def run_in_practice_cloudshell(self) -> None:
        """Do in the practice AWS what the command does there, and keep the block it prints."""
        await self.do_all_steps()
        draft = self._store.state.draft
        if draft is None or self._store.state.failure is not None:
            return
        signed_in = await self.account.right_account(draft.account_id)
        if signed_in is None:
            return
        with self.account.doing(self.account.words_for_reading()):
            printed = block_of(await signed_in.aws.read_snapshot(draft))
            self._store.change(
                lambda state: replace(state, creation=replace(state.creation, printed=printed))
            )

    async def check(self, way: "SignInWay") -> None:
        """Read the account and put the report into the state; ``way`` is for the sign-in.

        Where nobody can sign in, that is what the report says.
        """
        draft = self._store.state.draft
        if draft is None:
            return
        with self.connection.stoppable(), self.account.doing(self.account.words_for_reading()):
            answer = self._store.state.signed_in or await self._accounts.sign_in(way)
            if isinstance(answer, AwsFailure):
                checked = await asyncio.to_thread(account_out_of_reach, draft, answer)
                self._store.change(
                    lambda state: replace(
                        state, connection=state.connection.with_checked(checked), signed_in=None
                    )
                )
                return
            self._store.change(lambda state: replace(state, signed_in=answer))
            result = self._store.state.connection.result
            observations = result.observations if result else ()
            written = written_by_us(self._store.state)
            checked = await check_account(draft, answer, observations, written)
            self.connection.tell_checked(checked)

    async def reset_practice(self) -> None:
        """Put the practice AWS back to how it was at the start."""
        stopped = tr("You stopped. The practice AWS may still be as it was.")
        with self.account.doing(tr("Starting the practice AWS afresh"), stopped):
            await self._accounts.reset()
            await self.past.forget_all()
            self._store.change(
                lambda state: replace(
                    state,
                    creation=state.creation.anew(),
                    revocation=state.revocation.anew(),
                    connection=Connection(),
                    signed_in=None,
                )
            )
