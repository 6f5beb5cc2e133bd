"""What an earlier run left unfinished: a command tells of it, and asks what becomes of it."""

from app.commands.manner import Manner
from app.commands.output import tell
from app.commands.prompts import decided
from app.commands.running import Runs, begun_on, command_of, what_next
from app.core.choices import Choice, Choices
from app.core.i18n import tr
from app.core.journal import Journal, RunKind, RunState
from app.flow.ports.journals import Journals
from app.flow.review import Purpose, purpose_of
from app.flow.run import async_journals
from app.flow.run.unfinished import (
    RunDecision,
    Settled,
    decided_without_asking,
    decisions_about,
    settle,
)


async def settle_earlier(runs: Runs, purpose: Purpose, choices: Choices, manner: Manner) -> Settled:
    """Say that an earlier run in the account was not ended, and do about it what is decided.

    ``purpose`` and ``choices`` are what is asked for now.
    """
    journal = await async_journals.unfinished(runs.journals, runs.account.caller.account)
    if journal is None:
        return Settled()
    tell(_left_sentence(journal))
    safe = decided_without_asking(journal, purpose, choices) if manner.yes else None
    decision = _asked_decision(journal) if safe is None else _told_decision(safe, journal, purpose)
    if decision is RunDecision.GO_ON and _adds_ending(journal, choices):
        tell(
            tr(
                "It was begun with --end-sessions and goes on in the same way: open "
                "sessions end too."
            )
        )
    return await settle(journal, purpose, choices, decision, runs.carry_out)


async def close_left(journals: Journals, journal: Journal) -> str | None:
    """Ask no more about the run that was left before ``journal``, which has nothing to do.

    Says, and returns, the sentence where another program is at work in the account.
    """
    rival = await async_journals.let_stand(journals, journal)
    if rival is not None:
        tell(rival)
    return rival


def _adds_ending(journal: Journal, choices: Choices) -> bool:
    """Tell whether going on with the run ends open sessions although that is not asked for now."""
    onwards = journal.state is RunState.OPEN
    return onwards and Choice.END_SESSIONS in journal.choices.chosen - choices.chosen


def _told_decision(decision: RunDecision, journal: Journal, purpose: Purpose) -> RunDecision:
    """Say what a decision comes to that nobody was asked for."""
    if decision is RunDecision.LEAVE:
        tell(tr("It is left as it is. What is there now is taken away."))
    elif decision is RunDecision.STOP:
        tell(_ways_on(journal, purpose))
    return decision


def _asked_decision(journal: Journal) -> RunDecision:
    tell(*_choices(journal))
    decision = decided(decisions_about(journal))
    if decision is RunDecision.STOP:
        tell(what_next(journal, undoing=journal.state is RunState.UNDOING))
    return decision


def _left_sentence(journal: Journal) -> str:
    revoking = journal.kind is RunKind.REVOKE
    if journal.state is RunState.UNDOING and revoking:
        sentence = tr(
            "An undo in account {account}, of the revocation begun on {begun}, is not finished."
        )
    elif journal.state is RunState.UNDOING:
        sentence = tr(
            "An undo in account {account}, of the set-up begun on {begun}, is not finished."
        )
    elif revoking:
        sentence = tr("A revocation in account {account}, begun on {begun}, is not finished.")
    else:
        sentence = tr("A set-up in account {account}, begun on {begun}, is not finished.")
    return sentence.format(account=journal.account_id, begun=begun_on(journal))


def _choices(journal: Journal) -> tuple[str, str]:
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
    return sentence, leaving


def _ways_on(journal: Journal, purpose: Purpose) -> str:
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
    elif purpose_of(journal) == purpose:
        sentence = tr(
            "It was begun in the wizard, and takes from others what is not asked for here, so "
            "nothing was set up. To go on with it, or to leave it, open the wizard or call this "
            "without --yes; to take back what it made, “{undo}”."
        )
    else:
        sentence = tr(
            "It is for another draft, so nothing was set up. To go on with it, call “{command}” "
            "with its own draft; to take back what it made, “{undo}”."
        )
    return sentence.format(command=command_of(journal), undo=undo)
