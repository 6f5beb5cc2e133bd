"""The way "Create it for me": read, plan, let the person choose, make the changes."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.core.frozen import replace
from app.core.i18n import tr
from app.flow.review import journal_of, with_permissions
from app.flow.setting_up import review_setup, setup_with
from app.flow.wizard.run_actions import RunActions
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import CREATING
from app.flow.wizard.told_buckets import offers_after

if TYPE_CHECKING:
    from app.core.choices import Choice, Choices
    from app.flow.review import Review
    from app.flow.run.records import Records
    from app.flow.wizard.account_actions import AccountActions
    from app.flow.wizard.offer_actions import OfferActions
    from app.flow.wizard.state import SetupState


class ChangeActions:
    """The review and what follows from it; ``runs`` makes the changes.

    ``offers`` tells what the details still lack of a bucket that was named only just now.
    """

    def __init__(
        self, account: "AccountActions", records: "Records", offers: "OfferActions"
    ) -> None:
        self._account = account
        self._offers = offers
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
        if signed_in is None:
            return
        with self._account.reading():
            # Who is quicker than AWS has not seen yet which key follows from the bucket.
            await self._offers.learn_all()
            draft = self._account.state.draft
            if draft is None:
                return
            review = await review_setup(signed_in, draft, store.state.choices)
            store.change(
                lambda state: replace(
                    state,
                    creation=state.creation.with_run(Run.of_review(review)),
                    offers=offers_after(state.offers, review.snapshot),
                    failure=review.unreached,
                )
            )

    def choose(self, choice: "Choice", *, on: bool) -> None:
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

    def _take(self, choices: "Choices") -> None:
        self._account.store.change(lambda state: replace(state, choices=choices))

    async def plan_anew(self) -> None:
        """Plan from what was read until the plan is that of the newest choices.

        Nothing can be begun meanwhile. Whoever cancels it gets the earlier choices back.
        """
        store = self._account.store
        if self._to_plan_anew() is None:
            return
        words = tr("Working out what would change")
        store.change(lambda state: replace(state, busy=words, stopped=""))
        try:
            while (review := self._to_plan_anew()) is not None:
                self.runs.put(Run.of_review(await setup_with(review, store.state.choices)))
        except asyncio.CancelledError:
            store.tell_stopped(tr("You stopped. The choices and the changes are as before."))
            raise
        finally:
            store.change(_with_choices_of_the_plan)
        await self.look_what_is_lacking()

    def _to_plan_anew(self) -> "Review | None":
        """Return the review to plan anew, where its plan is not that of the newest choices."""
        run = self.runs.run
        review = run.review if run is not None and run.is_untouched else None
        if review is None or review.choices == self._account.state.choices:
            return None
        return review

    async def look_what_is_lacking(self) -> None:
        """Ask AWS anew which of the plan's actions the sign-in may not do."""
        run, signed_in = self.runs.run, self._account.state.signed_in
        if run is None or run.review is None or signed_in is None or not run.is_untouched:
            return
        review = run.review
        with_answer = await with_permissions(review, signed_in)
        # A plan that was made anew meanwhile is asked about by itself.
        self.runs.change(
            lambda run: replace(run, review=with_answer) if run.review == review else run
        )

    async def create(self) -> None:
        """Make the changes of the plan, telling each step in the state."""
        run, signed_in = self.runs.run, self._account.state.signed_in
        if run is None or run.review is None or signed_in is None or self._to_plan_anew():
            return
        await self.runs.begin(journal_of(run.review, signed_in, datetime.now(UTC)))


def _with_choices_of_the_plan(state: "SetupState") -> "SetupState":
    run = state.creation.run
    choices = run.choices if run else state.choices
    return replace(state, busy=None, choices=choices)
