"""``revoke``: takes UbiQuity's access away, and proves it."""

import asyncio
from datetime import UTC, datetime

from app.commands.beginning import draft_to_begin
from app.commands.plan_text import revoke_text, said
from app.commands.progress import failure_text, tell
from app.commands.prompts import confirmed
from app.commands.running import (
    FAILED,
    Ended,
    Manner,
    Runs,
    kept_journals,
    print_receipt,
    refuse,
    sign_in,
    tell_lacking,
)
from app.commands.unfinished import Asked, Settled, close_left, settle
from app.core.change import Plan
from app.core.choices import Choices, RevokeWay
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.formats.receipt_json import proof_to_json
from app.core.frozen import frozen, replace
from app.core.guide import EXAMPLE_DATABASE_ID
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState, new_journal
from app.core.revoking.plan import databases_of, revoke_plan
from app.core.snapshot import Snapshot
from app.core.wording.grounds import grounds_words
from app.core.wording.report_terms import EVIDENCE_SENTENCES
from app.core.wording.revoking import (
    effect_sentence,
    losing_sentence,
    nothing_sentence,
    proof_sentence,
)
from app.flow.ports import SignedIn
from app.flow.revoking import PROOF_WAITS, prove, read_for_revoking


@frozen
class _Wish:
    """What is to be taken away, and how; ``draft`` is None for all of UbiQuity's access."""

    draft: Draft | None
    how: RevokeWay
    manner: Manner


def print_revoke(
    draft_path: str | None, profile: str | None, how: RevokeWay, manner: Manner
) -> int:
    """Take the access away; return 0 where AWS then certainly refuses UbiQuity."""
    draft = draft_to_begin(draft_path, manner)
    if isinstance(draft, int):
        return draft
    return asyncio.run(_revoke(profile, _Wish(draft, how, manner)))


async def _revoke(profile: str | None, wish: _Wish) -> int:
    account = await sign_in(profile, wish.draft)
    if isinstance(account, AwsFailure):
        return refuse(failure_text(account, wish.draft))
    runs = Runs(account, kept_journals())
    asked = Asked(RunKind.REVOKE, wish.draft, wish.how)
    settled = await settle(runs, account.caller.account, asked, wish.manner)
    if settled.ended and settled.stops:
        print_receipt(settled.ended.journal, wish.manner)
        return settled.ended.status or FAILED  # where it was undone, access has not ended
    read = await _read(account, wish)
    _show(read, wish)
    if not read.plan.changes:
        return await _nothing_to_do(runs, wish, read, settled)
    await tell_lacking(account, read.plan)
    if not wish.manner.yes and not confirmed(tr("Take this away?")):
        tell(tr("Nothing was changed."))
        print_receipt(_journal(account, wish, read, RunState.CLOSED), wish.manner)
        return FAILED
    ended = await runs.begin(_journal(account, wish, read, RunState.OPEN))
    return await _end(account, wish, read, ended)


async def _nothing_to_do(runs: Runs, wish: _Wish, read: "_Read", settled: Settled) -> int:
    nothing, rival = _journal(runs.account, wish, read, RunState.FINISHED), None
    if settled.left and not read.plan.cannot_mend:
        rival = await close_left(runs.journals, nothing)
    if rival is not None:
        tell(rival)
    ended = settled.ended or Ended(nothing)
    status = await _end(runs.account, wish, read, ended)
    return FAILED if rival else status


@frozen
class _Read:
    """What was read, what follows from it, and when."""

    sought: Draft | None
    snapshot: Snapshot
    plan: Plan
    at: datetime


async def _read(account: SignedIn, wish: _Wish) -> _Read:
    account_id, now = account.caller.account, datetime.now(UTC)
    sought, snapshot = await read_for_revoking(account.aws, account_id, wish.draft, tell)
    wanted = revoke_plan(snapshot, wish.how, account_id, wish.draft, Choices(), now)
    return _Read(sought, snapshot, wanted, now)


def _show(read: _Read, wish: _Wish) -> None:
    show = wish.manner.show
    if read.plan.changes:
        show(said(effect_sentence(read.plan, wish.how)))
        databases = databases_of(read.snapshot)
        if wish.draft is None and databases:
            show(losing_sentence(len(databases)))
    else:
        show(nothing_sentence(read.plan))
    text = revoke_text(read.plan)
    if text:
        show(f"\n{text}\n")


async def _end(account: SignedIn, wish: _Wish, read: _Read, ended: Ended) -> int:
    """Read the account anew, and print what was done with what that proves."""
    tell(tr("Making sure that access has ended"))
    # Where no database was let in, any External ID at all has to be refused.
    draft = read.sought or Draft(account.caller.account, EXAMPLE_DATABASE_ID, ())
    others = () if wish.draft else databases_of(read.snapshot)
    waits = PROOF_WAITS if ended.is_settled and not read.plan.cannot_mend else ()
    _, proof = await prove(account.aws, draft, others, waits=waits)
    print_receipt(ended.journal, wish.manner, proof=proof_to_json(proof))
    if not wish.manner.as_json:
        known = tr(EVIDENCE_SENTENCES[proof.evidence])
        print(f"{said(proof_sentence(proof))} {grounds_words(proof.because)} {known}")
    return ended.status or (0 if proof.is_ended else FAILED)


def _journal(account: SignedIn, wish: _Wish, read: _Read, state: RunState) -> Journal:
    """Return the journal of the run; one that is not to begin has no steps."""
    journal = new_journal(
        kind=RunKind.REVOKE,
        account_id=account.caller.account,
        changes=read.plan.changes if state is RunState.OPEN else (),
        now=read.at,
        caller_arn=account.caller.arn,
        draft=wish.draft,
        how=wish.how,
    )
    return replace(journal, state=state)
