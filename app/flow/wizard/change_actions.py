"""The way "Create it for me": read, plan, let the person choose, make the changes."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from app.core.changes.needed_actions import needed_actions
from app.core.choices import Choice, Choices
from app.core.draft import Draft
from app.core.failure import AwsFailure, finding_of_failure
from app.core.i18n import tr
from app.core.journal import RunKind, new_journal
from app.core.planning.plan import plan
from app.core.snapshot import ObservedOutcome, Snapshot
from app.flow.ports import SignedIn
from app.flow.run.records import Records
from app.flow.wizard.account_actions import AccountActions
from app.flow.wizard.run_actions import RunActions
from app.flow.wizard.state import CREATING, Run, SetupState


class ChangeActions:
    """The review and what follows from it; ``runs`` makes the changes."""

    def __init__(self, account: AccountActions, records: Records) -> None:
        self._account = account
        self.runs = RunActions(account, records, CREATING)

    async def prepare(self) -> None:
        """Read the account and put the plan into the state, for the review."""
        store, draft = self._account.store, self._account.state.draft
        store.change(
            lambda state: replace(
                state, creation=state.creation.with_run(None), failure=None, confirming=None
            )
        )
        signed_in = await self._account.right_account(draft.account_id) if draft else None
        if draft is None or signed_in is None:
            return
        with self._account.doing(self._account.words_for_reading()):
            snapshot = await signed_in.aws.read_snapshot(draft)
            run = await asyncio.to_thread(_planned, draft, snapshot, store.state.choices)
            run = replace(run, lacking=await lacking_actions(run, signed_in))
            failure = unreached(snapshot) if run.plan.cannot_mend else None
            store.change(
                lambda state: replace(state, creation=state.creation.with_run(run), failure=failure)
            )

    def choose(self, choice: Choice, *, on: bool) -> None:
        """Take or leave what the review offers; ``plan_anew`` follows."""
        choices = self._account.state.choices
        chosen = choices.chosen | {choice} if on else choices.chosen - {choice}
        self._take(replace(choices, chosen=chosen))

    def require(self, boundary: str | None, tags: Mapping[str, str], description: str) -> None:
        """Take what the organisation requires of a new role; ``plan_anew`` follows."""
        self._take(
            replace(
                self._account.state.choices,
                permissions_boundary=boundary or None,
                tags=dict(tags),
                description=description or None,
            )
        )

    def _take(self, choices: Choices) -> None:
        self._account.store.change(lambda state: replace(state, choices=choices))

    async def plan_anew(self) -> None:
        """Plan from what was read until the plan is that of the newest choices.

        Beside the window, since many buckets take a while; nothing can be begun meanwhile. Whoever
        cancels it gets the earlier choices back.
        """
        store = self._account.store
        if self._is_to_plan() is None:
            return
        words = tr("Working out what would change")
        store.change(lambda state: replace(state, busy=words))
        try:
            while (basis := self._is_to_plan()) is not None:
                planned = await asyncio.to_thread(_planned, *basis)
                lacking = self.runs.run.lacking if self.runs.run else ()
                self.runs.put(replace(planned, lacking=lacking))
        finally:
            store.change(_with_choices_of_the_plan)
        await self.look_what_is_lacking()

    def _is_to_plan(self) -> tuple[Draft, Snapshot, Choices] | None:
        """Return what to plan from, where the plan is not that of the newest choices."""
        state = self._account.state
        run, draft, choices = state.creation.run, state.draft, state.choices
        if run is None or run.snapshot is None or draft is None or not run.is_untouched:
            return None
        return None if run.choices == choices else (draft, run.snapshot, choices)

    async def look_what_is_lacking(self) -> None:
        """Ask AWS anew which of the plan's actions the sign-in may not do."""
        run, signed_in = self.runs.run, self._account.state.signed_in
        if run is not None and signed_in is not None and run.is_untouched:
            lacking = await lacking_actions(run, signed_in)
            self.runs.change(lambda run: replace(run, lacking=lacking))

    async def create(self) -> None:
        """Make the changes of the plan, telling each step in the state."""
        state = self._account.state
        run, signed_in = state.creation.run, state.signed_in
        if run is None or signed_in is None or state.draft is None or self._is_to_plan():
            return
        # It was a test of what is now changed.
        self._account.store.change(
            lambda state: replace(state, connection=state.connection.with_result(None))
        )
        await self.runs.begin(
            new_journal(
                kind=RunKind.APPLY,
                account_id=state.draft.account_id,
                caller_arn=signed_in.caller.arn,
                changes=run.plan.changes,
                draft=state.draft,
                choices=run.choices,
                now=datetime.now(UTC),
            )
        )


def _planned(draft: Draft, snapshot: Snapshot, choices: Choices) -> Run:
    reviewed = plan(draft, snapshot, choices)
    return Run(reviewed, snapshot, choices, finished=not reviewed.changes)


def _with_choices_of_the_plan(state: SetupState) -> SetupState:
    run = state.creation.run
    return replace(state, busy=None, choices=run.choices if run else state.choices)


async def lacking_actions(run: Run, signed_in: SignedIn) -> tuple[str, ...] | None:
    """Return which of the plan's actions AWS says the sign-in may not do; None: not known."""
    needed = needed_actions(run.plan)
    if not needed:
        return ()
    answer = await signed_in.aws.own_permissions(needed)
    return None if isinstance(answer, AwsFailure) else answer.lacking


def unreached(snapshot: Snapshot) -> AwsFailure | None:
    """Return the failure of network or sign-in for which something could not be read."""
    for tried in snapshot.observations:
        code, message = tried.code or "", tried.message or ""
        finding = finding_of_failure(code, message)
        if tried.outcome is ObservedOutcome.FAILED and finding:
            return AwsFailure(tried.action, code, message, finding=finding)
    return None
