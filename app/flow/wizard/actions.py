"""What the set-up asks of AWS: each action is a coroutine that keeps the store up to date."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from app.core.change import ChangeKind, Obstacle, Plan
from app.core.changes.kinds import kinds_of
from app.core.changes.rules import GuideStep
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.journal import RunKind, new_journal
from app.core.planning.plan import for_kinds, plan
from app.core.sign_in import ByProfile, SignInWay
from app.flow.checking import CheckedAccount, account_out_of_reach, check_account
from app.flow.connection import ConnectionResult, ConnectionTest
from app.flow.ports import Accounts, SignedIn
from app.flow.run.applier import Applier
from app.flow.run.records import Records
from app.flow.wizard.account_actions import AccountActions
from app.flow.wizard.change_actions import ChangeActions
from app.flow.wizard.past_runs import PastRuns
from app.flow.wizard.revoke_actions import RevokeActions
from app.flow.wizard.state import UbiquityAnswer
from app.flow.wizard.store import SetupStore

STEP_CHANGES: Final[Mapping[str, tuple[ChangeKind, ...]]] = {
    step.value: kinds_of(step) for step in GuideStep
}
"""Which changes of the plan make up each of the guide's steps in AWS."""

_STANDS_IN_THE_WAY: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("role.path", "role.misnamed", "check.unreadable"),
    "trust": ("role.path", "role.misnamed", "check.unreadable"),
    "permissions": (
        "role.path",
        "role.misnamed",
        "check.unreadable",
        "change.conflict",
        "change.limit",
        "kms.key-differs",
        "kms.other-account",
    ),
}
"""What keeps a step from being done; other obstacles are for the check to tell."""

ROLE_STEPS: Final = frozenset({"role", "trust"})
"""The steps that are about the role alone; Step 3 needs all of what is there."""


class SetupActions:
    """The actions of the set-up, over one store and one source of sign-ins.

    ``changes`` are those of "Create it for me", ``revoking`` those of "Revoke access", ``past``
    what earlier runs left.
    """

    def __init__(self, store: SetupStore, accounts: Accounts, records: Records) -> None:
        self._store = store
        self._accounts = accounts
        self._journals = records.journals
        self.account = AccountActions(store, accounts)
        self.changes = ChangeActions(self.account, records)
        self.revoking = RevokeActions(self.account, records)
        self.past = PastRuns(self.account, records.journals)

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
        """Do one of the guide's steps in the practice AWS, and tick it when it is done.

        What an earlier step left undone is done as well: without the role there is nothing that
        a policy could be attached to.
        """
        draft = self._store.state.draft
        self._store.change(lambda state: replace(state, failure=None))
        signed_in = await self.account.right_account(draft.account_id) if draft else None
        if draft is None or signed_in is None:
            return
        with self.account.doing(tr("Doing this step in the practice AWS")):
            snapshot = await signed_in.aws.read_snapshot(draft)
            whole = await asyncio.to_thread(plan, draft, snapshot)
            part = for_kinds(whole, _kinds_up_to(page_id))
            failure = _obstacle_of(page_id, part)
            if failure is None:
                failure = await self._make(part, draft, signed_in)
            self._store.change(
                lambda state: replace(
                    state, failure=failure, connection=state.connection.with_result(None)
                )
            )
        if failure is None:
            self._store.tick(page_id, done=True)

    async def _make(self, part: Plan, draft: Draft, signed_in: SignedIn) -> AwsFailure | None:
        journal = new_journal(
            kind=RunKind.APPLY,
            account_id=draft.account_id,
            caller_arn=signed_in.caller.arn,
            changes=part.changes,
            draft=draft,
            now=datetime.now(UTC),
        )
        failures: list[AwsFailure] = []
        await Applier(
            signed_in.aws,
            self._journals,
            lambda rows: failures.extend(row.failure for row in rows if row.failure),
        ).apply(journal)
        return failures[-1] if failures else None

    async def do_all_steps(self) -> None:
        """Do Steps 1 to 3 in the practice AWS, as somebody else's AWS administrator would."""
        for page_id in STEP_CHANGES:
            await self.do_step(page_id)
            if self._store.state.failure is not None:
                return

    async def check(self, way: SignInWay) -> None:
        """Read the account and put the report into the state; ``way`` is for the sign-in.

        Where nobody can sign in, that is what the report says.
        """
        draft = self._store.state.draft
        if draft is None:
            return
        with self.account.doing(self.account.words_for_reading()):
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
            seen = result.observations if result else ()
            self._tell_checked(await check_account(draft, answer, seen))

    async def reset_practice(self) -> None:
        """Put the practice AWS back to how it was at the start."""
        with self.account.doing(tr("Starting the practice AWS afresh")):
            await self._accounts.reset()
            await self.past.forget_all()
            self._store.change(
                lambda state: replace(
                    state,
                    creation=state.creation.for_other_details(),
                    revocation=state.revocation.anew(),
                    connection=state.connection.with_result(None),
                    signed_in=None,
                )
            )

    async def test(self) -> None:
        """Run the connection test with UbiQuity's own identity, where the program has it."""
        draft = self._store.state.draft
        signed_in = self._store.state.signed_in or await self.account.sign_in(ByProfile())
        if draft is None or signed_in is None or signed_in.ubiquity is None:
            return
        self._store.change(
            lambda state: replace(state, connection=state.connection.as_told(), failure=None)
        )
        try:
            with self.account.doing(tr("Testing the connection")):
                await ConnectionTest(
                    draft, signed_in.ubiquity, self._tell_result, just_created=self._just_created()
                ).run()
                await self._look_behind(draft, signed_in)
        except asyncio.CancelledError:
            self._tell_result(None)  # half a test says nothing
            raise

    async def _look_behind(self, draft: Draft, signed_in: SignedIn) -> None:
        """Find the cause of what the test showed, where the sign-in is the customer's own."""
        result = self._store.state.connection.result
        if result is not None and signed_in.caller.account == draft.account_id:
            self._tell_checked(await check_account(draft, signed_in, result.observations))

    def _just_created(self) -> bool:
        """Tell whether AWS may still be spreading what was made; the practice AWS never does."""
        run = self._store.state.creation.run
        return run is not None and bool(run.progress) and not self._store.state.practice

    def _tell_result(self, result: ConnectionResult | None) -> None:
        self._store.change(
            lambda state: replace(state, connection=state.connection.with_result(result))
        )

    def _tell_checked(self, checked: CheckedAccount) -> None:
        self._store.change(
            lambda state: replace(state, connection=state.connection.with_checked(checked))
        )

    def take_answer(self, answer: UbiquityAnswer) -> None:
        """Take what UbiQuity's own Test Connection answered."""
        self._store.change(
            lambda state: replace(state, connection=replace(state.connection, in_ubiquity=answer))
        )


def _kinds_up_to(page_id: str) -> tuple[ChangeKind, ...]:
    pages = list(STEP_CHANGES)
    steps = pages[: pages.index(page_id) + 1]
    return tuple(kind for page in steps for kind in STEP_CHANGES[page])


def _obstacle_of(page_id: str, part: Plan) -> AwsFailure | None:
    """Return what stands in the way of a step, as a failure to show."""
    for obstacle in part.cannot_mend:
        if obstacle.code in _STANDS_IN_THE_WAY[page_id] and _concerns(page_id, obstacle):
            return AwsFailure(page_id, obstacle.code, obstacle.target, finding=obstacle.code)
    return None


def _concerns(page_id: str, obstacle: Obstacle) -> bool:
    return page_id not in ROLE_STEPS or ":role/" in obstacle.target
