"""What the set-up asks of AWS: each action is a coroutine that keeps the store up to date."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from app.core.change import ChangeKind, Obstacle, Plan
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.failure_findings import finding_of_failure
from app.core.i18n import tr
from app.core.plan import for_kinds, plan
from app.core.profile import Profile
from app.core.snapshot import ObservedOutcome, Snapshot
from app.flow.checking import account_out_of_reach, check_account
from app.flow.connection_test import ConnectionResult, ConnectionTest
from app.flow.create import ChangeProgress, ChangeState, Creator
from app.flow.ports import Accounts, SignedIn
from app.flow.setup import SetupStore
from app.flow.setup_state import Creation, Told

STEP_CHANGES: Final[Mapping[str, tuple[ChangeKind, ...]]] = {
    "role": (ChangeKind.CREATE_ROLE,),
    "trust": (ChangeKind.UPDATE_TRUST_POLICY,),
    "permissions": (ChangeKind.CREATE_POLICY, ChangeKind.ATTACH_POLICY, ChangeKind.PUT_KEY_POLICY),
}
"""Which changes of the plan make up each of the guide's steps in AWS."""

ROLE_STEPS: Final = frozenset({"role", "trust"})
"""The steps that are about the role alone; Step 3 needs all of what is there."""


class SetupActions:
    """The actions of the set-up, over one store and one source of sign-ins."""

    def __init__(self, store: SetupStore, accounts: Accounts) -> None:
        self._store = store
        self._accounts = accounts
        self._creator: Creator | None = None

    @contextmanager
    def _doing(self, words: str) -> Iterator[None]:
        """Say what is being done while it is; a cancelled action ends it too."""
        self._store.update(busy=words, failure=None)
        try:
            yield
        finally:
            self._store.update(busy=None)

    async def load_regions(self) -> None:
        """Load AWS's region names into the store."""
        self._store.learn_regions(await self._accounts.region_names())

    async def profiles(self) -> tuple[Profile, ...]:
        """Return the sign-ins of this computer; a broken file is told in the state."""
        found = await self._accounts.profiles()
        if isinstance(found, AwsFailure):
            self._store.update(failure=found)
            return ()
        return found

    async def sign_in(self, profile: str | None) -> SignedIn | None:
        """Sign in with ``profile``; None where that fails, with the reason in the state."""
        with self._doing(tr("Signing in to AWS")):
            answer = await self._accounts.sign_in(profile)
            if isinstance(answer, AwsFailure):
                self._store.update(failure=answer, signed_in=None)
                return None
            self._store.update(signed_in=answer)
            return answer

    async def prepare(self) -> None:
        """Read the account and put the plan into the state, for the review."""
        draft = self._store.state.draft
        self._store.update(creation=None, failure=None)
        signed_in = await self._right_account(draft) if draft else None
        if draft is None or signed_in is None:
            return
        with self._doing(self._words_for_reading()):
            snapshot = await signed_in.aws.read_snapshot(draft)
            wanted = plan(draft, snapshot)
            finished = not wanted.changes
            failure = _unreached(snapshot) if wanted.cannot_mend else None
            creation = Creation(snapshot, wanted, finished=finished)
            self._store.update(creation=creation, failure=failure)

    def _words_for_reading(self) -> str:
        practice = self._store.state.practice
        return tr("Reading the practice account") if practice else tr("Reading your AWS account")

    async def _right_account(self, draft: Draft) -> SignedIn | None:
        """Return a sign-in to the draft's own account, or None with the reason in the state."""
        signed_in = self._store.state.signed_in or await self.sign_in(None)
        if signed_in is None:
            return None
        account = signed_in.caller.account
        if account == draft.account_id:
            return signed_in
        code = "signin.wrong-account"
        found = {"expected": draft.account_id, "found": account}
        failure = AwsFailure("sts:GetCallerIdentity", code, account, finding=code, params=found)
        self._store.update(failure=failure)
        return None

    async def create(self) -> None:
        """Make the changes of the plan, telling each step in the state."""
        state = self._store.state
        creation, signed_in = state.creation, state.signed_in
        if creation is None or signed_in is None or creation.plan.cannot_mend:
            return
        self._store.update(result=None)  # it was a test of what is now changed
        self._tell_creation(running=True, stopped=False)
        self._creator = creator = Creator(signed_in.aws, self._tell_rows)
        try:
            with self._doing(tr("Making the changes")):
                rows = await creator.run(creation.plan.changes)
                done = all(row.state is ChangeState.DONE for row in rows)
                self._tell_creation(finished=done, stopped=creator.stopped)
        finally:
            self._tell_creation(running=False)
            self._creator = None

    def _tell_rows(self, rows: tuple[ChangeProgress, ...]) -> None:
        creation = self._store.state.creation
        if creation is not None:
            self._store.update(creation=replace(creation, progress=rows))

    def _tell_creation(self, **flags: bool) -> None:
        creation = self._store.state.creation
        if creation is not None:
            self._store.update(creation=replace(creation, **flags))  # type: ignore[arg-type]

    def stop_creating(self) -> bool:
        """Let the change that is under way finish, and start no other; False if none runs."""
        if self._creator is None:
            return False
        self._creator.stop()
        self._store.update(busy=tr("Stopping, once the present change has ended"))
        return True

    async def do_step(self, page_id: str) -> None:
        """Do one of the guide's steps in the practice AWS, and tick it when it is done.

        What an earlier step left undone is done as well: without the role there is nothing that
        a policy could be attached to.
        """
        draft = self._store.state.draft
        self._store.update(failure=None)
        signed_in = await self._right_account(draft) if draft else None
        if draft is None or signed_in is None:
            return
        with self._doing(tr("Doing this step in the practice AWS")):
            snapshot = await signed_in.aws.read_snapshot(draft)
            part = for_kinds(plan(draft, snapshot), _kinds_up_to(page_id))
            failure = _obstacle_of(page_id, part)
            if failure is None:
                rows = await Creator(signed_in.aws, lambda _rows: None).run(part.changes)
                failure = next((row.failure for row in rows if row.failure), None)
            self._store.update(failure=failure, result=None)
        if failure is None:
            self._store.tick(page_id, done=True)

    async def do_all_steps(self) -> None:
        """Do Steps 1 to 3 in the practice AWS, as somebody else's AWS administrator would."""
        for page_id in STEP_CHANGES:
            await self.do_step(page_id)
            if self._store.state.failure is not None:
                return

    async def check(self, profile: str | None) -> None:
        """Read the account and put the report into the state; ``profile`` is for the sign-in.

        Where nobody can sign in, that is what the report says.
        """
        draft = self._store.state.draft
        if draft is None:
            return
        with self._doing(self._words_for_reading()):
            answer = self._store.state.signed_in or await self._accounts.sign_in(profile)
            if isinstance(answer, AwsFailure):
                checked = account_out_of_reach(draft, answer)
                self._store.update(checked=checked, signed_in=None)
                return
            self._store.update(signed_in=answer)
            seen = self._store.state.result.observations if self._store.state.result else ()
            self._store.update(checked=await check_account(draft, answer, seen))

    async def reset_practice(self) -> None:
        """Put the practice AWS back to how it was at the start."""
        with self._doing(tr("Starting the practice AWS afresh")):
            await self._accounts.reset()
            self._store.update(creation=None, result=None, done=frozenset(), signed_in=None)

    async def test(self) -> None:
        """Run the connection test with UbiQuity's own identity, where the program has it."""
        draft = self._store.state.draft
        signed_in = self._store.state.signed_in or await self.sign_in(None)
        if draft is None or signed_in is None or signed_in.ubiquity is None:
            return
        self._store.update(result=None, checked=None, failure=None)
        try:
            with self._doing(tr("Testing the connection")):
                await ConnectionTest(
                    draft, signed_in.ubiquity, self._tell_test, just_created=self._just_created()
                ).run()
                await self._look_behind(draft, signed_in)
        except asyncio.CancelledError:
            self._store.update(result=None)  # half a test says nothing
            raise

    async def _look_behind(self, draft: Draft, signed_in: SignedIn) -> None:
        """Find the cause of what the test showed, where the sign-in is the customer's own."""
        result = self._store.state.result
        if result is not None and signed_in.caller.account == draft.account_id:
            checked = await check_account(draft, signed_in, result.observations)
            self._store.update(checked=checked)

    def _just_created(self) -> bool:
        """Tell whether AWS may still be spreading what was made; the practice AWS never does."""
        creation = self._store.state.creation
        return creation is not None and bool(creation.progress) and not self._store.state.practice

    def _tell_test(self, result: ConnectionResult) -> None:
        self._store.update(result=result)

    def tell(self, *, worked: bool, answer: str) -> None:
        """Take what UbiQuity's own Test Connection answered."""
        self._store.update(told=Told(worked, answer))


def _kinds_up_to(page_id: str) -> tuple[ChangeKind, ...]:
    pages = list(STEP_CHANGES)
    wanted = pages[: pages.index(page_id) + 1]
    return tuple(kind for page in wanted for kind in STEP_CHANGES[page])


def _obstacle_of(page_id: str, part: Plan) -> AwsFailure | None:
    """Return what stands in the way of a step, as a failure to show."""
    for obstacle in part.cannot_mend:
        if _concerns(page_id, obstacle):
            return AwsFailure(page_id, obstacle.code, obstacle.target, finding=obstacle.code)
    return None


def _unreached(snapshot: Snapshot) -> AwsFailure | None:
    """Return the failure of network or sign-in for which something could not be read."""
    for tried in snapshot.observations:
        code, message = tried.code or "", tried.message or ""
        finding = finding_of_failure(code, message)
        if tried.outcome is ObservedOutcome.FAILED and finding:
            return AwsFailure(tried.action, code, message, finding=finding)
    return None


def _concerns(page_id: str, obstacle: Obstacle) -> bool:
    return page_id not in ROLE_STEPS or ":role/" in obstacle.target
