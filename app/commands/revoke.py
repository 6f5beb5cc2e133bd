"""``revoke``: takes UbiQuity's access away, and proves it."""

from datetime import UTC, datetime

from app.commands.beginning import computer_journals, draft_to_begin, signed_in
from app.commands.exit_status import FAILED
from app.commands.manner import Manner
from app.commands.output import say, tell
from app.commands.plan_text import revoke_lines
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
from app.core.choices import Choices, RevokeWay
from app.core.draft import Draft
from app.core.formats.receipt_json import proof_to_json
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.i18n import tr
from app.core.journal import RunKind, RunState
from app.core.wording.grounds import grounds_words
from app.core.wording.open_sessions import until_sentence
from app.core.wording.remains import remains_sentence
from app.core.wording.report_terms import EVIDENCE_SENTENCES
from app.core.wording.revoking import (
    effect_sentence,
    losing_sentence,
    nothing_sentence,
    proof_sentence,
)
from app.flow.connection.ended import PROOF_WAITS, prove_end
from app.flow.review import Purpose, Review, journal_of
from app.flow.revoking import losing_databases, review_revocation
from app.flow.run.course import Course, EndedRun
from app.flow.run.unfinished import Settled


def print_revoke(
    draft_path: str | None,
    profile: str | None,
    how: RevokeWay,
    choices: Choices,
    manner: Manner,
) -> int:
    """Take the access away; return 0 where nothing of UbiQuity's is left."""
    draft = draft_to_begin(draft_path, manner)
    if isinstance(draft, int):
        return draft
    return to_the_end(_revoke(draft, profile, how, choices, manner))


async def _revoke(
    draft: Draft | None, profile: str | None, how: RevokeWay, choices: Choices, manner: Manner
) -> int:
    account = await signed_in(profile, draft)
    if isinstance(account, int):
        return account
    runs, purpose = Runs(account, computer_journals()), Purpose(RunKind.REVOKE, draft, how)
    settled = await settle_earlier(runs, purpose, choices, manner)
    if settled.ended and settled.stops:
        print_receipt(settled.ended.journal, manner)
        # Where it was undone, access has not ended.
        return status_of(settled.ended) or FAILED
    review = await review_revocation(account, purpose, choices, datetime.now(UTC), tell)
    tell_refused(review)
    _show(review, how, manner)
    if not review.plan.changes:
        return await _nothing_to_do(runs, review, settled, manner)
    return await _take_away(runs, review, manner)


def _show(review: Review, how: RevokeWay, manner: Manner) -> None:
    if review.plan.changes:
        longest = review.snapshot.role.max_session_duration
        manner.show(effect_sentence(review.plan, how, longest).text)
        databases = losing_databases(review)
        if databases:
            manner.show(losing_sentence(len(databases)))
    else:
        manner.show(nothing_sentence(review.plan))
    lines = revoke_lines(review.plan, review.choices.chosen)
    if lines:
        manner.show("", *lines, "")


async def _nothing_to_do(runs: Runs, review: Review, settled: Settled, manner: Manner) -> int:
    nothing, rival = without_changes(runs, review, RunState.FINISHED), None
    if settled.left and not review.plan.cannot_mend:
        rival = await close_left(runs.journals, nothing)
    status = await _prove(runs, review, settled.ended or EndedRun(nothing), manner)
    return FAILED if rival else status


async def _take_away(runs: Runs, review: Review, manner: Manner) -> int:
    if not is_agreed(tr("Take this away?"), runs, review, manner):
        return FAILED
    journal = journal_of(review, runs.account, datetime.now(UTC))
    return await _prove(runs, review, await runs.carry_out(journal, Course.MAKE), manner)


async def _prove(runs: Runs, review: Review, ended: EndedRun, manner: Manner) -> int:
    """Read the account anew, and print what was done with what that proves."""
    tell(tr("Making sure that access has ended"))
    # Where no database was let in, any External ID at all has to be refused.
    draft = review.sought or Draft(review.account_id, EXAMPLE_DATABASE_ID, ())
    waits = PROOF_WAITS if ended.is_settled and not review.plan.cannot_mend else ()
    losing = losing_databases(review)
    proof = await prove_end(
        runs.account.aws, draft, losing, review=review, run=ended.journal, waits=waits
    )
    print_receipt(ended.journal, manner, proof=proof_to_json(proof))
    if not manner.as_json:
        evidence = tr(EVIDENCE_SENTENCES[proof.evidence])
        say(f"{proof_sentence(proof).text} {grounds_words(proof.because)} {evidence}")
        if proof.is_ended and proof.sessions_until:
            say(until_sentence(proof.sessions_until))
        for line in remains_sentence(proof).lines:
            say(line)
    return status_of(ended) or (0 if proof.is_whole else FAILED)
