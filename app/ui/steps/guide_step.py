"""What Steps 1 to 3 share: instructions beside the console, a preview, or practising."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.draft import Draft
from app.core.i18n import tr
from app.flow.pages import Page
from app.flow.setup_state import Method, SetupState
from app.ui.context import PageContext
from app.ui.step_page import StepPage, left_aligned
from app.ui.steps.failure_callout import FailureCallout
from app.ui.style_sheet import GRID
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.check import Check
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.headings import body
from app.ui.widgets.why import Why


class GuideStepPage(StepPage):
    """One of the guide's steps in AWS. Its contents are made anew for each draft and way."""

    introduction = ""
    """What the step is for, in a sentence or two (marked)."""
    reason = ""
    """The answer to "Why?" (marked)."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._key: object = None
        self.add_body(tr(self.introduction))
        self.add(Why(tr(self.reason), f"why-{page.id}"))
        self._holder = QVBoxLayout()
        self._holder.setSpacing(2 * GRID)
        self.column.addLayout(self._holder)
        self._content: QWidget | None = None
        self._failure = FailureCallout(context, f"failure-{page.id}")
        self.add(self._failure)
        self._done = Check(tr("I have done this"), f"done-{page.id}")
        self._done.toggled.connect(lambda on: context.store.tick(page.id, done=on))
        self.add(self._done)

    def show_state(self, state: SetupState) -> None:
        """Redraw the step; the contents are kept while draft and way stay the same."""
        key = (state.draft, state.method)
        if state.draft is not None and key != self._key:
            self._key = key
            self._rebuild(state.draft, state.method)
        self._done.setVisible(state.method is Method.CONSOLE)
        self._done.blockSignals(True)
        self._done.setChecked(self.page.id in state.done)
        self._done.blockSignals(False)
        self._failure.show_state(state)

    def _rebuild(self, draft: Draft, method: Method | None) -> None:
        if self._content is not None:
            self._holder.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        if method is Method.CONSOLE:
            widgets = self.console(draft)
        else:
            widgets = [self._preview_note(method), *self.preview(draft)]
        for widget in widgets:
            column.addWidget(widget)
        self._holder.addWidget(content)

    def _preview_note(self, method: Method | None) -> QWidget:
        note = Callout("note", f"preview-{self.page.id}")
        if method is Method.HANDOFF:
            note.show_text(
                tr("Nothing to do here: this is for your AWS administrator. Step 3 saves it all.")
            )
        else:
            note.show_text(
                tr("Nothing to do here: this is what will be made. You confirm it after Step 3.")
            )
        return note

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the instructions to follow beside the AWS console."""
        raise NotImplementedError

    def preview(self, draft: Draft) -> list[QWidget]:
        """Return what the step will make, to look at."""
        raise NotImplementedError

    def focus_control(self, name: str) -> QWidget | None:
        """Return the tick."""
        return self._done if name == "done" else None

    # Parts that the steps are made of

    def console_button(self, link: str, name: str, words: str | None = None) -> QPushButton:
        """Return the button that opens a console page, or does the step in the practice AWS."""
        if self.context.practice:
            return self._practice_button()
        button = plain_button(words or tr("Open AWS console"), name)
        button.setToolTip(link.split("#", maxsplit=1)[0])
        button.clicked.connect(lambda: self.context.open_link(link))
        return button

    def _practice_button(self) -> QPushButton:
        page_id = self.page.id
        button = plain_button(tr("Do this step for me in the practice AWS"), f"practise-{page_id}")
        actions = self.context.actions
        button.clicked.connect(
            lambda: self.context.start(f"practise-{page_id}", actions.do_step(page_id))
        )
        return button

    def practice_note(self) -> list[QWidget]:
        """Return a note that says why there is no console, on the practice AWS."""
        if not self.context.practice:
            return []
        note = Callout("note", f"noConsole-{self.page.id}")
        note.show_text(
            tr(
                "The practice AWS has no console. Read along, then let this program do the step "
                "for you in the practice AWS."
            )
        )
        return [note, left_aligned(self._practice_button())]

    def document(
        self, text: str, values: list[str], name: str, title: str, file_name: str
    ) -> DocumentView:
        """Return a view of a policy document with the customer's ``values`` marked."""
        view = DocumentView(self.context.masking, name)
        view.show_document(text, values, title, file_name)
        return view


def sentence(text: str) -> QWidget:
    """Return a sentence whose text can be selected."""
    label = body(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
