"""Revoking access: read what it consists of, plan, let the person choose, take away, prove."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.core.choices import Choice, RevokeWay
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.journal import RunKind, new_journal
from app.core.revoking.plan import databases_of, ending_sessions_at, revoke_plan
from app.core.sign_in import ByProfile
from app.core.snapshot import Observation
from app.flow.connection import CheckState, ConnectionResult, ConnectionTest
from app.flow.ports import SignedIn, UbiquityAws
from app.flow.revoking import PROOF_WAITS, prove, read_for_revoking
from app.flow.run.records import Records
from app.flow.wizard.account_actions import AccountActions
from app.flow.wizard.change_actions import lacking_actions, unreached
from app.flow.wizard.run_actions import RunActions
from app.flow.wizard.state import REVOKING, Revoking, Run


class RevokeActions:
    """The review of what is taken away, and what follows from it; ``runs`` makes the changes."""

    def __init__(self, account: AccountActions, records: Records) -> None:
        self._account = account
        self.runs = RunActions(account, records, REVOKING)

    async def prepare(self) -> None:
        """Read the account and put the plan into the state, for the review."""
        store, way = self._account.store, self._account.state.revocation.way
        store.change(
            lambda state: replace(
                state, revocation=state.revocation.anew(), failure=None, confirming=None
            )
        )
        if way is Revoking.UNDO:
            self._prepare_undo()
            return
        signed_in = await self._signed_in()
        if signed_in is None or way is None:
            return
        with self._account.doing(self._account.words_for_reading()):
            draft = self._own_draft(signed_in)
            account_id = signed_in.caller.account
            sought, snapshot = await read_for_revoking(signed_in.aws, account_id, draft)
            run = Run(
                revoke_plan(
                    snapshot,
                    RevokeWay(way),
                    account_id,
                    draft,
                    store.state.choices,
                    datetime.now(UTC),
                ),
                snapshot,
                sought=sought,
            )
            run = replace(run, finished=not run.plan.changes)
            run = replace(run, lacking=await lacking_actions(run, signed_in))
            failure = unreached(snapshot) if run.plan.cannot_mend else None
            store.change(
                lambda state: replace(
                    state, revocation=state.revocation.with_run(run), failure=failure
                )
            )

    def _prepare_undo(self) -> None:
        undoable = self._account.state.past.undoable
        if undoable is not None:
            self.runs.take_up(undoable)

    async def _signed_in(self) -> SignedIn | None:
        draft = self._account.state.draft
        if draft is not None:
            return await self._account.right_account(draft.account_id)
        return self._account.state.signed_in or await self._account.sign_in(ByProfile())

    def _own_draft(self, signed_in: SignedIn) -> Draft | None:
        draft = self._account.state.draft
        return draft if draft and draft.account_id == signed_in.caller.account else None

    def choose(self, choice: Choice, *, on: bool) -> None:
        """Take or leave what the review offers, and plan anew from what was read."""
        state = self._account.state
        chosen = state.choices.chosen | {choice} if on else state.choices.chosen - {choice}
        choices = replace(state.choices, chosen=chosen)
        run, signed_in, way = state.revocation.run, state.signed_in, state.revocation.way
        self._account.store.change(lambda state: replace(state, choices=choices))
        if run is None or run.snapshot is None or signed_in is None or way is None:
            return
        planned = revoke_plan(
            run.snapshot,
            RevokeWay(way),
            signed_in.caller.account,
            self._own_draft(signed_in),
            choices,
            datetime.now(UTC),
        )
        self.runs.change(lambda run: replace(run, plan=planned, finished=not planned.changes))

    async def revoke(self) -> None:
        """Make the changes of the plan, then read the account anew for the proof."""
        state, now = self._account.state, datetime.now(UTC)
        run, signed_in, way = state.revocation.run, state.signed_in, state.revocation.way
        if run is None or signed_in is None or way is None:
            return
        self._account.store.change(
            lambda state: replace(
                state, connection=state.connection.as_told(), creation=state.creation.with_run(None)
            )
        )
        journal = new_journal(
            kind=RunKind.REVOKE,
            account_id=signed_in.caller.account,
            caller_arn=signed_in.caller.arn,
            changes=ending_sessions_at(run.plan, now).changes,
            draft=self._own_draft(signed_in),
            choices=state.choices,
            how=RevokeWay(way),
            now=now,
        )
        await self.runs.begin(journal)
        await self.prove()

    async def go_on(self) -> None:
        """Go on with what was interrupted, then prove it."""
        await self.runs.go_on()
        await self.prove()

    async def prove(self) -> None:
        """Read the account anew, and try with UbiQuity's own identity where the program has it."""
        run, signed_in = self.runs.run, self._account.state.signed_in
        if run is None or signed_in is None or not run.is_complete or run.undoing:
            return
        draft = run.sought or (run.journal.draft if run.journal else None)
        if draft is None:
            return
        with self._account.doing(tr("Making sure that access has ended")):
            others = databases_of(run.snapshot) if run.snapshot and self._is_for_all(run) else ()
            waits = () if self._account.state.practice else PROOF_WAITS
            ubiquity = signed_in.ubiquity
            seen = await self._try(draft, ubiquity, waits) if ubiquity else ()
            _, proof = await prove(signed_in.aws, draft, others, seen, waits=waits)
            self._account.store.change(
                lambda state: replace(state, revocation=replace(state.revocation, proof=proof))
            )

    def _is_for_all(self, run: Run) -> bool:
        draft = run.journal.draft if run.journal else None
        return draft is None or Choice.EVERYONE in self._account.state.choices.chosen

    async def _try(
        self, draft: Draft, ubiquity: UbiquityAws, waits: Sequence[float]
    ) -> tuple[Observation, ...]:
        """Try as UbiQuity, and again while it still works: AWS spreads the change for a while."""
        result = await self._tried(draft, ubiquity)
        for seconds in waits:
            if result.checks[0].state is not CheckState.PASSED:
                break
            await asyncio.sleep(seconds)
            result = await self._tried(draft, ubiquity)
        return result.observations

    @staticmethod
    async def _tried(draft: Draft, ubiquity: UbiquityAws) -> ConnectionResult:
        return await ConnectionTest(draft, ubiquity, lambda _result: None).run()
