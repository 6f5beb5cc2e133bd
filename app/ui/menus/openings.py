"""What the window does with each kind of thing that is handed over: one line for each."""

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QMainWindow

from app.core.conventions import paragraph
from app.core.formats.draft_json import DraftFile, read_draft
from app.core.formats.reading import InputProblem
from app.core.formats.what_is import Kind
from app.core.i18n import tr
from app.core.wording.value_sentence import ValueSentence, filled
from app.flow.wizard.answer_actions import ANSWERS, awaits_answer
from app.flow.wizard.pages import CLOUDSHELL_PAGE, HANDOFF_PAGE
from app.flow.wizard.sent_back import SentBack
from app.flow.wizard.session import holds_work
from app.flow.wizard.state import Flow
from app.ui.menus.question import (
    ask_to_replace,
    tell_outcome,
    tell_refusal,
    tell_unread,
)
from app.ui.parts.intake import Handed, Refused, unknown
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce

_ASKED_ON: Final = {HANDOFF_PAGE.id: Kind.ARN, CLOUDSHELL_PAGE.id: Kind.BLOCK}
"""What is asked for, by the page that asks."""


class Openings:
    """The openers of one window."""

    def __init__(self, window: QMainWindow, context: PageContext) -> None:
        self._window = window
        self._context = context
        intake = context.intake
        intake.refuse_with(self._refuse)
        intake.plug(Kind.DRAFT, self._open_draft)
        intake.plug(Kind.BUNDLE, self._open_bundle)
        for kind in ANSWERS:
            intake.plug(kind, self._take_answer)
        intake.plug(Kind.UNKNOWN, self._take_unknown)
        intake.plug(Kind.OTHER_OF_OURS, self._tell_other)
        intake.plug(Kind.CREDENTIALS, self._tell_credentials)
        intake.plug(Kind.POLICIES, self._paste_policies)

    def _refuse(self, refused: Refused) -> None:
        hidden = tr("Give another one, or look at it once you no longer share the screen.")
        tell_refusal(self._window, self._context, refused.words, hidden)

    async def _take_answer(self, handed: Handed) -> None:
        """Go on with a set-up that waits for it, or else replay a snapshot."""
        answers, store = self._context.actions.answers, self._context.store
        is_snapshot = handed.kind in (Kind.SNAPSHOT, Kind.BLOCK)
        if handed.beside is None and not self._is_busy():
            answers.resume_for_answer()
        if handed.beside is not None or (is_snapshot and not awaits_answer(store.state)):
            await self._open_snapshot(handed)
        elif self._is_busy():
            self._refuse_for_now()
        elif store.state.draft is None:
            words = tr(
                "This is an answer to a set-up, and there are no details here yet. Type them or "
                "open their file (a draft) first."
            )
            self._refuse(Refused(words))
        elif awaits_answer(store.state):
            problem = await answers.take(handed.kind, handed.text, handed.name)
            if problem is not None:
                self._refuse_unread(problem, handed.kind)
        else:
            sent = await answers.weigh(handed.kind, handed.text, handed.name, store.state.draft)
            self._tell_of(sent, handed.kind)

    async def _open_bundle(self, handed: Handed) -> None:
        from app.ui.menus.bundle_opening import BundleOpening

        await BundleOpening(self._window, self._context).open(handed)

    async def _open_snapshot(self, handed: Handed) -> None:
        from app.ui.menus.snapshot_opening import SnapshotOpening

        await SnapshotOpening(self._window, self._context).open(handed)

    async def _take_unknown(self, handed: Handed) -> None:
        """Take any text that is pasted where an answer is asked for as the answer to that."""
        asked = _ASKED_ON.get(self._context.store.state.page)
        is_pasted = not handed.content and handed.text.strip() != ""
        if asked is None or not is_pasted or self._is_busy():
            self._refuse(unknown(handed))
        else:
            await self._take_answer(replace(handed, kind=asked))

    def _refuse_unread(self, problem: InputProblem, kind: Kind) -> None:
        way_on = tr("Ask for it to be sent again.")
        tell_unread(self._window, self._context, problem, way_on, is_block=kind is Kind.BLOCK)

    def _tell_of(self, sent: SentBack | InputProblem, of: Kind) -> None:
        """Say what follows from an ARN or a receipt that nothing here waits for."""
        if isinstance(sent, InputProblem):
            self._refuse_unread(sent, of)
            return
        from app.ui.report.sent_back import sent_words

        kind, word, sentence = sent_words(sent)
        tell_outcome(self._window, self._context.masking, kind, word, sentence)

    def _is_busy(self) -> bool:
        return self._context.store.state.busy is not None or self._context.actions.is_changing

    def _refuse_for_now(self) -> None:
        self._refuse(Refused(tr("Something is being done. Open the file once it has ended.")))

    async def _open_draft(self, handed: Handed) -> None:
        """Take the details of a draft's file; ask first where others were typed."""
        file = read_draft(handed.text, handed.name)
        if isinstance(file, InputProblem):
            way_on = tr("Open another file, or ask for the details to be sent again.")
            tell_refusal(self._window, self._context, paragraph(file.text, way_on), way_on)
            return
        state = self._context.store.state
        if self._is_busy():
            self._refuse_for_now()
        elif holds_work(state) and state.draft != file.draft:
            question = tr(
                "{file}: these are the details of a set-up. With them, what you typed and chose "
                "here is forgotten; what was already changed in AWS stays as it is."
            )
            self._ask(filled(question, file=handed.name), file, handed.name)
        else:
            self._take(file, handed.name)

    def _ask(self, question: ValueSentence, file: DraftFile, name: str) -> None:
        masking = self._context.masking
        ask_to_replace(self._window, question, masking, lambda: self._take(file, name))

    def _take(self, file: DraftFile, name: str) -> None:
        self._context.store.open_draft(file.draft, name)
        announce(self._window, tr("The details are filled in."))

    async def _paste_policies(self, handed: Handed) -> None:
        """Check by policies without a sign-in: those that are there already stay."""
        context = self._context
        if self._is_busy():
            self._refuse_for_now()
            return
        context.actions.pasting.add(handed.text)
        context.actions.pasting.open(on=True)
        context.store.begin(Flow.CHECK)

    async def _tell_other(self, handed: Handed) -> None:
        words = tr(
            "{file}: this is a file of this program, and not one to open. Ask for the snapshot, or "
            "for the details (draft)."
        )
        self._refuse(Refused(words.format(file=handed.name)))

    async def _tell_credentials(self, handed: Handed) -> None:
        del handed
        words = tr(
            "These are keys of AWS. They were not taken, and are not kept. To sign in with them, "
            "paste them where you sign in to AWS."
        )
        self._refuse(Refused(words))
