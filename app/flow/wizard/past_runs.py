"""What earlier runs left: one that was interrupted, and the last that can be taken back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.frozen import replace
from app.flow.run import async_journals
from app.flow.wizard.run_state import Run

if TYPE_CHECKING:
    from app.flow.ports.journals import Journals
    from app.flow.wizard.account_actions import AccountActions
    from app.flow.wizard.state import Past


class PastRuns:
    """Looks into the journals, and takes a run up again."""

    def __init__(self, account: "AccountActions", journals: "Journals") -> None:
        self._account = account
        self._journals = journals

    async def look_for_interrupted(self) -> None:
        """Ask, at the start of the program, about a run that was not ended."""
        journal = await async_journals.unfinished(self._journals)
        damaged = await async_journals.problem_sentences(self._journals)
        self._change(lambda past: replace(past, interrupted=journal, damaged_journals=damaged))

    async def look_for_undoable(self) -> None:
        """Find the last run in the account that can be taken back."""
        account = self._account_id()
        journal = await async_journals.last_to_undo(self._journals, account) if account else None
        self._change(lambda past: replace(past, undoable=journal))

    def _account_id(self) -> str | None:
        state = self._account.state
        if state.signed_in is not None:
            return state.signed_in.caller.account
        return state.draft.account_id if state.draft else None

    def take_up(self) -> None:
        """Show the interrupted run on its own page, to be gone on with or undone."""
        journal = self._account.state.past.interrupted
        if journal is not None:
            self._account.store.take_up(journal, Run.of_journal(journal))

    async def leave_interrupted(self) -> None:
        """Leave the interrupted run as it is, and ask no more."""
        journal = self._account.state.past.interrupted
        if journal is not None:
            await async_journals.close(self._journals, journal)
            self._change(lambda past: replace(past, interrupted=None))

    async def forget_all(self) -> None:
        """Close every journal: what they tell of is gone (the practice AWS, started afresh)."""
        await async_journals.close_all(self._journals, self._accounts())
        self._change(lambda past: replace(past, interrupted=None, undoable=None))

    def _change(self, changed: Callable[["Past"], "Past"]) -> None:
        self._account.store.change(lambda state: replace(state, past=changed(state.past)))

    def _accounts(self) -> frozenset[str]:
        state = self._account.state
        runs = (state.creation.run, state.revocation.run)
        journals = (
            state.past.interrupted,
            state.past.undoable,
            *(run.journal for run in runs if run),
        )
        mine = self._account_id()
        return frozenset(j.account_id for j in journals if j) | ({mine} if mine else set())
