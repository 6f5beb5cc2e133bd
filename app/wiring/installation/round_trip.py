"""A look at the practice AWS, and at everything that a set-up and a revocation need of it.

It is a set-up as the window makes it: read, planned, made, checked, tried as UbiQuity, revoked and
proved. All of it lives in memory and ends with it.
"""

import importlib.util
from contextlib import closing
from datetime import UTC, datetime

from app.core.choices import Choices, RevokeWay
from app.core.conventions import paragraph
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.details import check_details
from app.core.i18n import tr
from app.core.journal import RunKind
from app.core.sign_in import PRACTISED_CUSTOMER
from app.core.told.answer import ToldAnswer
from app.flow.checking import check_account
from app.flow.connection.ended import prove_end
from app.flow.own_loop import own_loop
from app.flow.ports.accounts import SignedIn
from app.flow.review import Purpose, Review, journal_of
from app.flow.revoking import losing_databases, review_revocation
from app.flow.run.applier import Applier
from app.flow.run.course import Course, EndedRun, carry_out
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.progress import ChangeProgress
from app.flow.run.records import NoReceipts
from app.flow.setting_up import review_setup
from app.wiring.installation.part import DamagedError
from app.wiring.practice_accounts import PracticeAccounts


def look_at_practice() -> str:
    """Start the practice AWS, set up there, check, test and revoke."""
    if importlib.util.find_spec("moto") is None:
        return tr("not installed: the practice AWS is an extra")
    with own_loop() as loop:
        return loop.run(_round_trip())


async def _round_trip() -> str:
    with closing(PracticeAccounts()) as accounts:
        account = await accounts.sign_in(PRACTISED_CUSTOMER)
        if isinstance(account, AwsFailure):
            raise DamagedError(_words(account))
        draft = await _draft(accounts)
        changes = await _set_up(account, draft)
        checked = await check_account(draft, account)
        if checked.keeps_out or checked.plans_changes:
            raise DamagedError(tr("After the set-up the check is not content."))
        (pressed,) = await accounts.practice_ubiquity.press_test_connection(draft)
        if pressed.told is not ToldAnswer.SUCCESS:
            raise DamagedError(f"{pressed.told}: {pressed.message}")
        taken = await _revoke(account, draft)
    words = tr("set up, checked, tested, revoked; changes: {made} and {taken}; files: {files}")
    return words.format(made=changes, files=pressed.files, taken=taken)


async def _draft(accounts: PracticeAccounts) -> Draft:
    """Return the details that the window fills in for practice, as its form reads them."""
    details = check_details(accounts.practice_examples[0].form, await accounts.region_names())
    if details.draft is None:
        raise DamagedError(tr("The practice account’s own details are refused."))
    return details.draft


async def _set_up(account: SignedIn, draft: Draft) -> int:
    review = await review_setup(account, draft, Choices())
    await _carried_out(account, review)
    return len(review.plan.changes)


async def _revoke(account: SignedIn, draft: Draft) -> int:
    purpose = Purpose(RunKind.REVOKE, draft, RevokeWay.DELETE_ROLE)
    review = await review_revocation(account, purpose, Choices(), datetime.now(UTC))
    ended = await _carried_out(account, review)
    proof = await prove_end(
        account.aws,
        review.sought or draft,
        losing_databases(review),
        account.ubiquity,
        review=review,
        run=ended.journal,
        waits=(),
    )
    if not proof.is_whole:
        raise DamagedError(tr("After the revocation access has not ended."))
    return len(review.plan.changes)


async def _carried_out(account: SignedIn, review: Review) -> EndedRun:
    if not review.plan.changes:
        unread = "; ".join(
            " ".join(filter(None, (fact.what, fact.code, fact.message)))
            for fact in review.snapshot.unreadable
        )
        raise DamagedError(paragraph(tr("There was nothing to change."), unread))
    rows: list[ChangeProgress] = []

    def take(progress: tuple[ChangeProgress, ...]) -> None:
        rows[:] = progress

    applier = Applier(account.aws, MemoryJournals(), take)
    journal = journal_of(review, account, datetime.now(UTC))
    ended = await carry_out(applier, journal, Course.MAKE, NoReceipts())
    if not ended.is_settled:
        reason = next((_words(row.failure) for row in rows if row.failure), "")
        raise DamagedError(paragraph(tr("Not every change could be made."), reason))
    return ended


def _words(failure: AwsFailure) -> str:
    return f"{failure.action}: {failure.code} {failure.message}".strip()
