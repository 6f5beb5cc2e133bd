"""What Steps 1 to 3 share in the console way: instructions beside the console, or practising."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.draft import Draft
from app.core.i18n import tr
from app.core.wording.console_steps import ConsoleStep, StepInput
from app.flow.wizard.pages import Page
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.again_callout import AgainCallout
from app.ui.parts.failure_callout import FailureCallout
from app.ui.parts.guide_documents import (
    copy_row,
    key_statement,
    permissions_document,
    policy_name_row,
    role_name_row,
    trust_document,
)
from app.ui.parts.outside_page import open_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.focus_order import controls_in_order, is_tab_stop
from app.ui.widgets.numbered_steps import NumberedSteps
from app.ui.widgets.pictures import dress_button
from app.ui.widgets.reveal import reveal
from app.ui.widgets.why import WhyDisclosure


class GuideStepPage(WizardPage):
    """One of the guide's steps in AWS. Its contents are made anew for each draft."""

    introduction = ""
    """What the step is for, in a sentence or two (marked)."""
    reason = ""
    """The answer to "Why?" (marked)."""
    trust_name = "trustPolicy"
    """What the trust policy's widget is called, where the step shows it."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._draft: Draft | None = None
        self._again = AgainCallout(page)
        self.add(self._again)
        self.add_body(tr(self.introduction))
        self.add(WhyDisclosure(tr(self.reason), f"why-{page.id}"))
        if context.practice:
            note = Callout("note", f"note-{page.id}")
            note.show_text(
                tr(
                    "The practice AWS has no console. Read along, then let this program do the "
                    "step for you."
                )
            )
            self.add(note)
        self._failure = FailureCallout(context, f"failure-{page.id}")
        self.add(self._failure)
        self._holder = QVBoxLayout()
        self._holder.setSpacing(2 * GRID)
        self.column.addLayout(self._holder)
        self._content: QWidget | None = None
        self._done = CheckBox(tr("I have done this"), f"done-{page.id}")
        self._done.toggled.connect(lambda on: context.store.tick(page.id, done=on))
        self.add(self._done)

    def show_state(self, state: SetupState) -> None:
        """Redraw the step; the contents are kept while the draft stays the same."""
        if state.draft is not None and state.draft != self._draft:
            self._draft = state.draft
            self._rebuild(state.draft)
        self._done.blockSignals(True)
        self._done.setChecked(self.page.id in state.creation.done)
        self._done.blockSignals(False)
        self._failure.show_state(state)
        self._again.show_state(state)

    def entered(self, state: SetupState) -> None:
        """Say what has changed since the step was ticked."""
        del state
        self._again.announce()

    def _rebuild(self, draft: Draft) -> None:
        if self._content is not None:
            self._holder.removeWidget(self._content)
            self._content.setParent(None)  # at once, so that no name is there twice
            self._content.deleteLater()
        self._content = content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in self.console(draft):
            column.addWidget(widget)
        self._holder.addWidget(content)

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the instructions to follow beside the AWS console."""
        raise NotImplementedError

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the first button of the instructions."""
        del state
        if self._content is None:
            return None
        controls = filter(is_tab_stop, controls_in_order(self._content))
        return next((control for control in controls if isinstance(control, QAbstractButton)), None)

    def focus_control(self, name: str) -> QWidget | None:
        """Return the tick."""
        return self._done if name == "done" else None

    # Parts that the steps are made of

    def numbered(
        self, name: str, steps: Iterable[ConsoleStep], draft: Draft, *, practised: bool = True
    ) -> NumberedSteps:
        """Return ``steps`` as a list of that ``name``, with what is pasted and what is clicked.

        In the practice AWS, which has no console, the first of them does the whole step where it
        is ``practised``.
        """
        rows = NumberedSteps(name)
        for step in steps:
            below = self._below(step, draft)
            sentence = step.text
            if step.place is not None and not self.context.practice:
                place = step.place
                below.append(self._console_button(place.link, place.name, place.button))
            elif step.place is not None:
                sentence = step.place.in_practice or sentence
                if practised and rows.count == 0:
                    below.append(FlowRow(self._practice_button()))
            rows.add(sentence, *below)
        return rows

    def _below(self, step: ConsoleStep, draft: Draft) -> list[QWidget]:
        below: list[QWidget] = []
        if step.picture:
            below.append(ConsolePicture(step.picture))
        if step.key_arn:
            number = step.place.name.rpartition("-")[2] if step.place else ""
            row = copy_row(
                tr("KMS key"), step.key_arn, f"copy-kmsKey-{number}", self.context.masking
            )
            below.append(row)
        if step.shows is not None:
            below.append(self._shown(step.shows, draft))
        return below

    def _shown(self, shown: StepInput, draft: Draft) -> QWidget:
        masking = self.context.masking
        match shown:
            case StepInput.TRUST_POLICY:
                return trust_document(draft, masking, self.trust_name)
            case StepInput.PERMISSIONS_POLICY:
                return permissions_document(draft, masking)
            case StepInput.KEY_STATEMENT:
                return key_statement(draft, masking)
            case StepInput.ROLE_NAME:
                return role_name_row(masking)
            case StepInput.POLICY_NAME:
                return policy_name_row(masking)

    def _console_button(self, link: str, name: str, words: str) -> QPushButton:
        """Return a button that opens a page of the AWS console."""
        button = plain_button(words, name)
        button.setAccessibleDescription(tr("Opens in your browser"))
        dress_button(button, "external")
        button.clicked.connect(lambda: open_page(self, self.context, link))
        return button

    def _practice_button(self) -> QPushButton:
        name = f"practise-{self.page.id}"
        button = plain_button(tr("Do this step for me"), name)
        button.clicked.connect(lambda: self.context.start(name, self._practise()))
        return button

    async def _practise(self) -> None:
        """Do the step, and show that it is ticked.

        The focus goes along: below a long document it would be left where nobody sees it.
        """
        await self.context.actions.do_step(self.page.id)
        if self.page.id not in self.context.store.state.creation.done:
            return
        reveal(self._done, self._take_focus_along)

    def _take_focus_along(self) -> None:
        focus = QApplication.focusWidget()
        if self._content is not None and focus and self._content.isAncestorOf(focus):
            self._done.setFocus(Qt.FocusReason.OtherFocusReason)
