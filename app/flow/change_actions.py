"""The way "Create it for me": read, plan, let the person choose, make the changes."""

from collections.abc import Mapping
from datetime import UTC, datetime

from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.failure_findings import finding_of_failure
from app.core.frozen import replace
from app.core.journal import RunKind
from app.core.needed_actions import needed_actions
from app.core.plan import plan
from app.core.snapshot import ObservedOutcome, Snapshot
from app.core.wishes import Choice, Wishes
from app.flow.account_actions import AccountActions
from app.flow.apply import new_journal
from app.flow.ports import SignedIn
from app.flow.records import Records
from app.flow.run_actions import RunActions
from app.flow.setup_state import Run


class ChangeActions:
    """The review and what follows from it; ``runs`` makes the changes."""

    def __init__(self, account: AccountActions, records: Records) -> None:
        self._account = account
        self.runs = RunActions(account, records, "creation")

    async def prepare(self) -> None:
        """Read the account and put the plan into the state, for the review."""
        store, draft = self._account.store, self._account.state.draft
        store.update(creation=None, failure=None, confirming=None)
        signed_in = await self._account.right_account(draft.account_id) if draft else None
        if draft is None or signed_in is None:
            return
        with self._account.doing(self._account.words_for_reading()):
            snapshot = await signed_in.aws.read_snapshot(draft)
            run = _planned(draft, snapshot, store.state.wishes)
            run = replace(run, lacking=await lacking_actions(run, signed_in))
            failure = unreached(snapshot) if run.plan.cannot_mend else None
            store.update(creation=run, failure=failure)

    def choose(self, choice: Choice, *, on: bool) -> None:
        """Take or leave what the review offers, and plan anew from what was read."""
        wishes = self._account.state.wishes
        chosen = wishes.chosen | {choice} if on else wishes.chosen - {choice}
        self._wish(replace(wishes, chosen=chosen))

    def require(self, boundary: str | None, tags: Mapping[str, str], description: str) -> None:
        """Take what the organisation requires of a new role, and plan anew."""
        wishes = self._account.state.wishes
        self._wish(
            replace(
                wishes,
                permissions_boundary=boundary or None,
                tags=dict(tags),
                description=description or None,
            )
        )

    def _wish(self, wishes: Wishes) -> None:
        state = self._account.state
        run, draft = state.creation, state.draft
        if run is None or run.snapshot is None or draft is None or not run.is_untouched:
            self._account.store.update(wishes=wishes)
            return
        planned = replace(_planned(draft, run.snapshot, wishes), lacking=run.lacking)
        self._account.store.update(wishes=wishes, creation=planned)

    async def look_what_is_lacking(self) -> None:
        """Ask AWS anew which of the plan's actions the sign-in may not do."""
        run, signed_in = self._account.state.creation, self._account.state.signed_in
        if run is not None and signed_in is not None and run.is_untouched:
            lacking = await lacking_actions(run, signed_in)
            self.runs.tell(lacking=lacking)

    async def create(self) -> None:
        """Make the changes of the plan, telling each step in the state."""
        state = self._account.state
        run, signed_in = state.creation, state.signed_in
        if run is None or signed_in is None or state.draft is None:
            return
        self._account.store.update(result=None)  # it was a test of what is now changed
        await self.runs.begin(
            new_journal(
                kind=RunKind.APPLY,
                account_id=state.draft.account_id,
                caller_arn=signed_in.caller.arn,
                changes=run.plan.changes,
                draft=state.draft,
                wishes=state.wishes,
                now=datetime.now(UTC),
            )
        )


def _planned(draft: Draft, snapshot: Snapshot, wishes: Wishes) -> Run:
    wanted = plan(draft, snapshot, wishes)
    return Run(wanted, snapshot, finished=not wanted.changes)


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
