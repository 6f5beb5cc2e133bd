"""``apply --undo``: takes back the changes of the last set-up."""

from datetime import UTC, datetime

from app.commands.beginning import computer_journals, draft_to_begin, signed_in
from app.commands.exit_status import FAILED
from app.commands.manner import Manner
from app.commands.output import tell
from app.commands.plan_text import changes_lines
from app.commands.running import Runs, begun_on, print_receipt, status_of
from app.commands.to_the_end import to_the_end
from app.core.changes.undo import in_effect, inverse, left_by_undo
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState
from app.core.wording.change_words import change_sentence
from app.flow.ports.accounts import SignedIn
from app.flow.review import Purpose, journal_of_nothing
from app.flow.run.course import Course


def print_undo(draft_path: str | None, profile: str | None, manner: Manner) -> int:
    """Take back what the last set-up in the sign-in's account changed; with a draft its last.

    A revocation is never taken back: that would let UbiQuity in.
    """
    draft = draft_to_begin(draft_path, manner)
    if isinstance(draft, int):
        return draft
    return to_the_end(_undo(draft, profile, manner))


async def _undo(draft: Draft | None, profile: str | None, manner: Manner) -> int:
    account = await signed_in(profile, draft)
    if isinstance(account, int):
        return account
    journals, account_id = computer_journals(), account.caller.account
    journal = journals.last_apply(account_id, draft)
    if journals.unread_since(journal):
        tell(_uncertain(journal, account_id))
        print_receipt(journal or _nothing(account), manner)
        return FAILED
    if journal is None:
        tell(_nothing_to_undo(journals.last_to_undo(account_id), account_id))
        print_receipt(_nothing(account), manner)
        return 0
    later = journals.standing_since(journal)
    if later is not None:
        tell(_in_the_way(journal, later))
        if manner.as_json:  # on paper it would tell of what no longer stands
            print_receipt(journal, manner)
        return FAILED
    _show_undo(journal, manner)
    if not manner.agreed(tr("Take these changes back?")):
        tell(tr("Nothing was changed."))
        print_receipt(journal, manner)
        return FAILED
    ended = await Runs(account, journals).carry_out(journal, Course.UNDO)
    print_receipt(ended.journal, manner)
    return status_of(ended)


def _nothing(account: SignedIn) -> Journal:
    purpose = Purpose(RunKind.APPLY, None)
    return journal_of_nothing(purpose, account, RunState.UNDONE, datetime.now(UTC))


def _uncertain(journal: Journal | None, account_id: str) -> str:
    """Return why nothing is taken back where a journal that can't be read may be the last."""
    if journal is None:
        sentence = tr(
            "This program can’t tell whether there is something to undo in account "
            "{account}, so nothing was changed."
        )
        return sentence.format(account=account_id)
    sentence = tr(
        "That run may be later than the one of {begun}, so nothing was taken "
        "back: the last changes are undone first. To undo the one of {begun} "
        "anyway, move the file out of its folder first."
    )
    return sentence.format(begun=begun_on(journal))


def _nothing_to_undo(other: Journal | None, account_id: str) -> str:
    """Return that nothing is taken back; ``other`` is a run that was not asked for, if any."""
    if other is None:
        sentence = tr("There is nothing to undo in account {account}.")
        return sentence.format(account=account_id)
    if other.kind is RunKind.APPLY:
        sentence = tr("This draft has nothing to undo in account {account}.")
        return sentence.format(account=account_id)
    sentence = tr(
        "There is no set-up to undo in account {account}. The revocation begun on {begun} stays: "
        "this command takes none back, since that may let UbiQuity in. The wizard does "
        "(“Revoke access”, “Undo what this program did last”)."
    )
    return sentence.format(account=account_id, begun=begun_on(other))


def _in_the_way(journal: Journal, later: Journal) -> str:
    """Return why a set-up is not taken back where a later run changed the same and stands."""
    if later.kind is RunKind.REVOKE:
        sentence = tr(
            "Nothing was taken back: the set-up of {begun} in account {account} is "
            "no longer as it was made, since a revocation begun on {later} changed "
            "it. To take away what is left, call “ubiquity-s3-setup revoke”; to set "
            "it up again, “ubiquity-s3-setup apply --draft FILE”. The wizard can "
            "undo the revocation."
        )
    else:
        sentence = tr(
            "Nothing was taken back: a later set-up in account {account}, begun on "
            "{later}, changed what that of {begun} had changed, and the last changes "
            "are undone first. To undo the later one, call “ubiquity-s3-setup apply "
            "--undo” without a draft; to take all access away, “ubiquity-s3-setup "
            "revoke”."
        )
    return sentence.format(
        account=journal.account_id, begun=begun_on(journal), later=begun_on(later)
    )


def _show_undo(journal: Journal, manner: Manner) -> None:
    sentence = tr("This takes back what was set up in account {account} on {begun}:")
    manner.show(sentence.format(account=journal.account_id, begun=begun_on(journal)))
    standing = (s for s in reversed(journal.steps) if in_effect(replace(journal, steps=(s,))))
    changes = [change for step in standing for change in inverse(step)]
    manner.show(*changes_lines(changes, marked=False), "")
    left = [change_sentence(change).text for change in left_by_undo(journal)]
    if left:
        manner.show(tr("This can’t be put back exactly as it was:"))
        manner.show(*(f"  - {words}" for words in left))
