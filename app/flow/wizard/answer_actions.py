"""The way back: what somebody sent, pasted or dropped resumes the set-up where it belongs."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.core.fields.role_answer import check_role_answer
from app.core.formats.reading import InputProblem
from app.core.formats.sent_receipt import read_sent_receipt, receipt_problem
from app.core.formats.snapshot_block import read_block
from app.core.formats.snapshot_json import read_snapshot
from app.core.formats.what_is import Kind
from app.core.frozen import replace
from app.core.wording.sent_back.asked_arn import without_asked_arn
from app.core.wording.sent_back.sent_snapshot import sent_snapshot_notes
from app.flow.checking import checked_account
from app.flow.thinking import beside_the_window
from app.flow.wizard.sent_back import SentBack, SentKind
from app.flow.wizard.state import Flow, Method

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.snapshot import Snapshot
    from app.flow.wizard.state import SetupState
    from app.flow.wizard.store import SetupStore

ELSEWHERE: Final = (Method.HANDOFF, Method.CLOUDSHELL)
"""The ways in which the AWS side is done outside of this window."""

ANSWERS: Final = (Kind.ARN, Kind.RECEIPT, Kind.SNAPSHOT, Kind.BLOCK)


def awaits_answer(state: "SetupState") -> bool:
    """Tell whether something that comes back belongs to the set-up in the window."""
    is_elsewhere = state.creation.method in ELSEWHERE
    return is_elsewhere and state.flow is Flow.SETUP and state.draft is not None


class AnswerActions:
    """Takes answers into the store. Nothing here asks AWS."""

    def __init__(
        self,
        store: "SetupStore",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._now = now

    def resume_for_answer(self) -> None:
        """Go on with an earlier start that waits for an answer, where one is offered."""
        state = self._store.state
        session = state.past.resumable
        if session is not None and session.method in ELSEWHERE and state.draft is None:
            self._store.resume()

    async def take(self, kind: Kind, text: str, name: str) -> InputProblem | None:
        """Take what came back; return why it can't be read, where it can't.

        ``name`` is what the problem's sentence calls it. The set-up waits for an answer.
        """
        draft = self._store.state.draft
        if draft is None:
            return None
        sent = await self.weigh(kind, text, name, draft)
        if isinstance(sent, InputProblem):
            return sent
        if self._store.state.draft == draft and awaits_answer(self._store.state):
            self._store.take_sent(sent)
        return None

    async def weigh(
        self, kind: Kind, text: str, name: str, draft: "Draft"
    ) -> SentBack | InputProblem:
        """Return what follows for ``draft`` from what came back, or why it can't be read."""
        if kind is Kind.RECEIPT:
            receipt = read_sent_receipt(text, name)
            if isinstance(receipt, InputProblem):
                return receipt
            return SentBack(SentKind.RECEIPT, receipt_problem(receipt, draft))
        if kind in (Kind.SNAPSHOT, Kind.BLOCK):
            read = read_block if kind is Kind.BLOCK else read_snapshot
            snapshot = await asyncio.to_thread(read, text, name)
            if isinstance(snapshot, InputProblem):
                return snapshot
            return await self._diagnosed(draft, snapshot)
        return SentBack(SentKind.ARN, check_role_answer(without_asked_arn(text), draft.account_id))

    async def _diagnosed(self, draft: "Draft", snapshot: "Snapshot") -> SentBack:
        checked = await beside_the_window(lambda work: checked_account(draft, snapshot, work))
        # Nobody is signed in to that account here: what is to be mended is mended where it was.
        checked = replace(checked, plans_changes=False, mended=())
        notes = sent_snapshot_notes(draft, snapshot, self._now())
        return SentBack(SentKind.SNAPSHOT, checked=checked, notes=notes)
