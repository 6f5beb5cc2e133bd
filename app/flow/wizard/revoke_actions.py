"""Revoking access: read what it consists of, plan, let the person choose, take away, prove."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.core.choices import RevokeWay
from app.core.frozen import replace
from app.core.i18n import tr
from app.core.journal import RunKind
from app.flow.connection.ended import PROOF_WAITS, prove_end
from app.flow.review import Purpose, journal_of
from app.flow.revoking import losing_databases, lost_databases, review_revocation, revocation_with
from app.flow.thinking import beside_the_window
from app.flow.wizard.run_actions import RunActions
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import REVOKING, Revoking

if TYPE_CHECKING:
    from app.core.choices import Choice, Choices
    from app.flow.review import Review
    from app.flow.run.records import Records
    from app.flow.wizard.account_actions import AccountActions


class RevokeActions:
    """The review of what is taken away, and what follows from it; ``runs`` makes the changes."""

    def __init__(self, account: "AccountActions", records: "Records") -> None:
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
        draft = self._account.state.draft
        signed_in = await self._account.right_account(draft.account_id if draft else None)
        if signed_in is None or way is None:
            return
        with self._account.reading():
            purpose, now = Purpose(RunKind.REVOKE, draft, RevokeWay(way)), datetime.now(UTC)
            review = await review_revocation(signed_in, purpose, store.state.choices, now)
            store.change(
                lambda state: replace(
                    state,
                    revocation=state.revocation.with_run(Run.of_review(review)),
                    failure=review.unreached,
                )
            )

    def _prepare_undo(self) -> None:
        undoable = self._account.state.past.undoable
        if undoable is not None:
            self.runs.take_up(undoable)

    def choose(self, choice: "Choice", *, on: bool) -> None:
        """Take or leave what the review offers; ``plan_anew`` follows."""
        choices = self._account.state.choices
        chosen = choices.chosen | {choice} if on else choices.chosen - {choice}
        self._account.store.change(
            lambda state: replace(state, choices=replace(choices, chosen=chosen))
        )

    async def plan_anew(self) -> None:
        """Plan from what was read until the plan is that of the newest choices.

        Nothing can be begun meanwhile.
        """
        store = self._account.store
        if self._to_plan_anew() is None:
            return
        with self._account.doing(tr("Working out what would change")):
            while (run := self._to_plan_anew()) is not None and run.review is not None:
                planned = await _planned(run.review, store.state.choices)
                self.runs.put(run.planned_as(planned))

    def _to_plan_anew(self) -> Run | None:
        """Return the run whose plan is not that of the newest choices."""
        run = self.runs.run
        if run is None or run.review is None or not run.is_untouched:
            return None
        return None if run.review.choices == self._account.state.choices else run

    async def revoke(self) -> None:
        """Make the changes of the plan, then read the account anew for the proof."""
        run, signed_in = self.runs.run, self._account.state.signed_in
        if run is None or run.review is None or signed_in is None:
            return
        await self.runs.begin(journal_of(run.review, signed_in, datetime.now(UTC)))
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
        draft = run.sought
        if draft is None:
            return
        stopped = tr(
            "You stopped before it was certain that access has ended. The changes were made."
        )
        with self._account.doing(tr("Making sure that access has ended"), stopped):
            proof = await prove_end(
                signed_in.aws,
                draft,
                _losing(run),
                signed_in.ubiquity,
                review=run.review,
                run=run.journal,
                waits=() if self._account.state.practice else PROOF_WAITS,
            )
            self._account.store.change(
                lambda state: replace(state, revocation=replace(state.revocation, proof=proof))
            )


def _losing(run: Run) -> tuple[str, ...]:
    """Return the databases beside the draft's whose access has to have ended."""
    if run.review is not None:
        return losing_databases(run.review)
    return lost_databases(run.journal) if run.journal else ()


async def _planned(review: "Review", choices: "Choices") -> "Review":
    now = datetime.now(UTC)
    return await beside_the_window(lambda work: revocation_with(review, choices, now, work))
