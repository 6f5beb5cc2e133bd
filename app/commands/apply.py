"""``apply``: makes the changes of the plan."""

from datetime import UTC, datetime

from app.commands.beginning import computer_journals, draft_to_begin, signed_in
from app.commands.exit_status import FAILED
from app.commands.manner import Manner
from app.commands.output import tell
from app.commands.plan_text import setup_lines
from app.commands.running import (
    Runs,
    is_agreed,
    print_receipt,
    status_of,
    tell_refused,
    without_changes,
)
from app.commands.to_the_end import to_the_end
from app.commands.unfinished import close_left, settle_earlier
from app.core.choices import Choices
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.journal import RunKind, RunState
from app.flow.review import Purpose, Review, journal_of
from app.flow.run.course import Course
from app.flow.run.unfinished import Settled
from app.flow.setting_up import review_setup


def print_apply(draft_path: str, profile: str | None, manner: Manner) -> int:
    """Make the changes that the draft needs; return 0 where AWS then is as wished."""
    draft = draft_to_begin(draft_path, manner)
    if isinstance(draft, int):
        return draft
    return to_the_end(_apply(draft, profile, manner))


async def _apply(draft: Draft, profile: str | None, manner: Manner) -> int:
    account = await signed_in(profile, draft)
    if isinstance(account, int):
        return account
    runs, purpose = Runs(account, computer_journals()), Purpose(RunKind.APPLY, draft)
    settled = await settle_earlier(runs, purpose, Choices(), manner)
    if settled.ended and settled.stops:
        print_receipt(settled.ended.journal, manner)
        return status_of(settled.ended)
    review = await review_setup(account, draft, Choices(), tell)
    tell_refused(review)
    if not review.plan.changes:
        return await _nothing_to_do(runs, review, settled, manner)
    return await _make(runs, review, manner)


async def _nothing_to_do(runs: Runs, review: Review, settled: Settled, manner: Manner) -> int:
    manner.show(*setup_lines(review.plan))
    nothing = without_changes(runs, review, RunState.FINISHED)
    rival = await close_left(runs.journals, nothing) if settled.left else None
    print_receipt(settled.ended.journal if settled.ended else nothing, manner)
    return FAILED if review.plan.cannot_mend or rival else 0


async def _make(runs: Runs, review: Review, manner: Manner) -> int:
    sentence = tr("This is what will be changed in account {account}:")
    manner.show(sentence.format(account=review.account_id))
    manner.show("", *setup_lines(review.plan), "")
    if not is_agreed(tr("Make these changes?"), runs, review, manner):
        return FAILED
    journal = journal_of(review, runs.account, datetime.now(UTC))
    ended = await runs.carry_out(journal, Course.MAKE)
    print_receipt(ended.journal, manner)
    return status_of(ended) or (FAILED if review.plan.cannot_mend else 0)
