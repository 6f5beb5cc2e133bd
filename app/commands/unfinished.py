"""What an earlier run left unfinished, and what a command does about it.

Without asking, a command goes on with nothing but a run of its own: one that was begun for just
what is asked for now. Anything else could open access that is to end, or end access that is to
open.
"""

from app.commands.progress import tell
from app.commands.prompts import LEAVE, UNDO, what_becomes_of_it
from app.commands.running import Ended, Manner, Runs, begun_on, command_of, what_next
from app.core.choices import RevokeWay
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState
from app.flow.ports import Journals
from app.flow.run.async_journals import claimed, leave_earlier


@frozen
class Asked:
    """What a command was called for: ``draft`` and ``how`` as in a journal."""

    kind: RunKind
    draft: Draft | None
    how: RevokeWay | None = None

    def is_own(self, journal: Journal) -> bool:
        """Tell whether going on with ``journal`` does what was asked for, and nothing else."""
        found = (journal.kind, journal.draft, journal.how)
        return journal.state is RunState.OPEN and found == (self.kind, self.draft, self.how)


@frozen
class Settled:
    """What became of an unfinished run.

    ``ended`` is the run that the receipt is about, where it is no new one; where the command
    ``stops`` there always is one. ``left`` tells that a run stays as it stands, and is to be
    closed once this command's own begins or finds nothing to do.
    """

    ended: Ended | None = None
    stops: bool = False
    left: bool = False


async def settle(runs: Runs, account_id: str, asked: Asked, manner: Manner) -> Settled:
    """Say that an earlier run in the account was not ended, and do about it what is wished.

    Without asking, a run of the command's own is gone on with. Another one stops a set-up; a
    revocation leaves it as it stands, and takes away what is there.
    """
    journal = runs.journals.unfinished(account_id)
    if journal is None:
        return Settled()
    tell(_left_sentence(journal))
    own = asked.is_own(journal)
    if manner.yes:
        return await _gone_on(runs, journal) if own else _not_own(journal, asked)
    return await _as_wished(runs, journal, own=own)


async def close_left(journals: Journals, journal: Journal) -> str | None:
    """Ask no more about the run before ``journal`` that was left as it stands.

    Returns the sentence where another program is at work in the account: then it is not left.
    """
    async with claimed(journals, journal.account_id) as rival:
        if rival is None:
            await leave_earlier(journals, journal)
        return rival


async def _gone_on(runs: Runs, journal: Journal) -> Settled:
    ended = await runs.go_on(journal)
    return Settled(ended, stops=not ended.is_settled)


def _not_own(journal: Journal, asked: Asked) -> Settled:
    if asked.kind is RunKind.REVOKE:
        tell(tr("It is left as it stands. What there is now is taken away."))
        return Settled(left=True)
    tell(_ways_on(journal))
    return Settled(Ended(journal), stops=True)


async def _as_wished(runs: Runs, journal: Journal, *, own: bool) -> Settled:
    undoing = journal.state is RunState.UNDOING
    tell(_choices(journal))
    choice = what_becomes_of_it(can_undo=not undoing)
    if choice == LEAVE:
        return Settled(left=True)
    if choice is None:
        tell(what_next(journal, undoing=undoing))
        return Settled(Ended(journal), stops=True)
    ended = await (runs.undo(journal) if choice == UNDO else runs.go_on(journal))
    if own or not ended.is_settled:
        return Settled(ended, stops=choice == UNDO or not ended.is_settled)
    return Settled()


def _left_sentence(journal: Journal) -> str:
    revoking = journal.kind is RunKind.REVOKE
    if journal.state is RunState.UNDOING and revoking:
        sentence = tr(
            "An undo in account {account}, of the revocation begun on {begun}, is not ended."
        )
    elif journal.state is RunState.UNDOING:
        sentence = tr("An undo in account {account}, of the set-up begun on {begun}, is not ended.")
    elif revoking:
        sentence = tr("A revocation in account {account}, begun on {begun}, is not finished.")
    else:
        sentence = tr("A set-up in account {account}, begun on {begun}, is not finished.")
    return sentence.format(account=journal.account_id, begun=begun_on(journal))


def _choices(journal: Journal) -> str:
    """Return what going on with the run does, what undoing it does, and what leaving it."""
    revoking = journal.kind is RunKind.REVOKE
    if journal.state is RunState.UNDOING and revoking:
        sentence = tr(
            "Going on puts back the rest of what the revocation took away, so that UbiQuity may "
            "have access again."
        )
    elif journal.state is RunState.UNDOING:
        sentence = tr("Going on takes back the rest of what the set-up made.")
    elif revoking:
        sentence = tr(
            "Going on takes away the rest of UbiQuity’s access. Undoing it puts back what it took "
            "away, so that UbiQuity may have access again."
        )
    else:
        sentence = tr(
            "Going on makes the rest of its changes, which give UbiQuity access. Undoing it takes "
            "back what it made."
        )
    leaving = tr("Leaving it keeps what is there now, and the present command starts from that.")
    return f"{sentence}\n{leaving}"


def _ways_on(journal: Journal) -> str:
    """Return why no set-up is begun beside the run, and how to end the run first."""
    revoking, undo = journal.kind is RunKind.REVOKE, "ubiquity-s3-setup apply --undo"
    if journal.state is RunState.UNDOING and revoking:
        sentence = tr(
            "So nothing was set up. To go on with that undo, or to leave it, open the wizard or "
            "call this without --yes."
        )
    elif journal.state is RunState.UNDOING:
        sentence = tr("So nothing was set up. To go on with that undo, call “{undo}”.")
    elif revoking:
        sentence = tr(
            "So nothing was set up. To go on with the revocation, call “{command}”; to undo it or "
            "to leave it as it is, open the wizard or call this without --yes."
        )
    else:
        sentence = tr(
            "It is for another draft, so nothing was set up. To go on with it, call “{command}” "
            "with its own draft; to take back what it made, “{undo}”."
        )
    return sentence.format(command=command_of(journal), undo=undo)
