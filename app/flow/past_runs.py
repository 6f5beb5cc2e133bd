"""What earlier runs left: one that was interrupted, and the last that can be taken back."""

from app.core.frozen import replace
from app.core.journal import RunState
from app.flow.account_actions import AccountActions
from app.flow.ports import Journals
from app.flow.run_actions import run_of


class PastRuns:
    """Looks into the journals, and takes a run up again."""

    def __init__(self, account: AccountActions, journals: Journals) -> None:
        self._account = account
        self._journals = journals

    def look_for_interrupted(self) -> None:
        """Ask, at the start of the program, about a run that was not ended."""
        self._account.store.update(interrupted=self._journals.unfinished())

    def look_for_undoable(self) -> None:
        """Find the last run in the account that can be taken back."""
        state = self._account.state
        signed_in, draft = state.signed_in, state.draft
        account = signed_in.caller.account if signed_in else draft.account_id if draft else None
        undoable = self._journals.last_to_undo(account) if account else None
        self._account.store.update(undoable=undoable)

    def take_up(self) -> None:
        """Show the interrupted run on its own page, to be gone on with or undone."""
        journal = self._account.state.interrupted
        if journal is not None:
            self._account.store.take_up(journal, run_of(journal))

    def leave_interrupted(self) -> None:
        """Leave the interrupted run as it is, and ask no more."""
        journal = self._account.state.interrupted
        if journal is not None:
            self._journals.save(replace(journal, state=RunState.CLOSED))
            self._account.store.update(interrupted=None)

    def forget_all(self) -> None:
        """Close every journal: what they tell of is gone (the practice AWS, started afresh)."""
        state = self._account.state
        accounts = {
            journal.account_id for journal in (state.interrupted, state.undoable) if journal
        }
        accounts |= {
            run.journal.account_id
            for run in (state.creation, state.revocation)
            if run and run.journal
        }
        for account in accounts:
            while journal := self._journals.unfinished(account) or self._journals.last_to_undo(
                account
            ):
                self._journals.save(replace(journal, state=RunState.CLOSED))
        self._account.store.update(interrupted=None, undoable=None)
