"""Step 4: add the connector in UbiQuity, one for each bucket and prefix."""

from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.core.draft import BucketEntry, Draft
from app.core.i18n import tr
from app.core.wording.console_labels import ACCOUNT_FIELD, BUCKET_FIELD, PREFIX_FIELD, REGION_FIELD
from app.flow.wizard.answer_actions import ELSEWHERE
from app.flow.wizard.pages import Page
from app.flow.wizard.sent_back import SentBack
from app.flow.wizard.state import Method, SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.again_callout import AgainCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage
from app.ui.report.sent_back import sent_words
from app.ui.widgets.announcement import announce
from app.ui.widgets.callout import Callout
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, group_title, muted
from app.ui.widgets.name_within import name_within
from app.ui.widgets.numbered_steps import NumberedSteps


class ConnectorPage(WizardPage):
    """Each value with its own copy button, in the order of UbiQuity's form."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._draft: Draft | None = None
        self._again = AgainCallout(page)
        self.add(self._again)
        self._sent = Callout("good", "sentNote", context.masking)
        self.add(self._sent)
        self._intro = body("", "connector-intro")
        self.add(self._intro)
        if context.practice:
            note = Callout("note", "practiceConnector")
            note.show_text(
                tr("While practising, add nothing in your real UbiQuity: only tick the box.")
            )
            self.add(note)
        self._holder = QVBoxLayout()
        self._holder.setSpacing(2 * GRID)
        self.column.addLayout(self._holder)
        self._content: QWidget | None = None
        self._done = CheckBox(tr("I have added the connector"), "done-connector")
        self._done.toggled.connect(lambda on: context.store.tick("connector", done=on))
        self.add(self._done)

    def show_state(self, state: SetupState) -> None:
        """Redraw the values; they are kept while the draft stays the same."""
        if state.draft is not None and state.draft != self._draft:
            self._draft = state.draft
            self._rebuild(state.draft)
        self._show_sent(state.connection.sent)
        self._intro.setText(_introduction(state))
        several = state.draft is not None and len(state.draft.buckets) > 1
        self._done.setText(
            tr("I have added the connectors") if several else tr("I have added the connector")
        )
        self._done.blockSignals(True)
        self._done.setChecked("connector" in state.creation.done)
        self._done.blockSignals(False)
        self._again.show_state(state)

    def entered(self, state: SetupState) -> None:
        """Say what has changed since the connector was added, and what led here."""
        self._again.announce()
        if state.connection.sent is not None and state.connection.sent.is_sound:
            announce(self, self._sent.text)

    def _show_sent(self, sent: SentBack | None) -> None:
        """Say what came back from whoever did the AWS side, where that led here."""
        self._sent.setVisible(sent is not None and sent.is_sound)
        if sent is not None:
            kind, word, sentence = sent_words(sent)
            self._sent.set_kind(kind, word)
            self._sent.show_text(sentence.template, sentence.values)

    def _rebuild(self, draft: Draft) -> None:
        if self._content is not None:
            self._holder.removeWidget(self._content)
            self._content.setParent(None)  # at once, so that no name is there twice
            self._content.deleteLater()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        if len(draft.buckets) > 1:
            note = Callout("note", "severalConnectors")
            note.show_text(
                tr(
                    "Each region and each prefix needs its own connector. They share one role. "
                    "Repeat these steps for each connector."
                )
            )
            column.addWidget(note)
        column.addWidget(card(self._steps(draft)))
        self._holder.addWidget(self._content)

    def _steps(self, draft: Draft) -> NumberedSteps:
        steps = NumberedSteps("connector-steps")
        steps.add(
            tr("In UbiQuity, go to Database > Connectors > Add Connector. Select “Amazon S3”.")
        )
        values = [self._values(draft, i, entry) for i, entry in enumerate(draft.buckets)]
        steps.add(tr("Enter these details:"), *values)
        # Below the values: the first of them is where the page's work begins, and is in sight.
        steps.add(
            tr(
                "Choose “Test Connection”. The answer should be: “Connection successful. Found X "
                "files in bucket.”"
            ),
            ConsolePicture("connector-form"),
        )
        return steps

    def _values(self, draft: Draft, index: int, entry: BucketEntry) -> QWidget:
        suffix = "" if index == 0 else f"-{index + 1}"
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        if index:
            column.addSpacing(GRID)
        if len(draft.buckets) > 1:
            column.addWidget(group_title(tr("Connector {number}").format(number=index + 1)))
        for label, value, name in (
            (ACCOUNT_FIELD, draft.account_id, "accountId"),
            (REGION_FIELD, entry.region, "region"),
            (BUCKET_FIELD, entry.name, "bucketName"),
            (PREFIX_FIELD, entry.prefix, "prefix"),
        ):
            if value:
                row = CopyRow(label, self.context.masking, f"connector-{name}{suffix}")
                row.show_value(value)
                column.addWidget(row)
        if len(draft.buckets) > 1:
            name_within(box, tr("{{control}} of connector {number}").format(number=index + 1))
        if not entry.prefix:
            column.addWidget(muted(tr("Leave “Prefix” empty.")))
        return box

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the first copy button."""
        del state
        button = self._content.findChild(QAbstractButton) if self._content else None
        return button if isinstance(button, QAbstractButton) else None

    def focus_control(self, name: str) -> QWidget | None:
        """Return the tick."""
        return self._done if name == "done" else None


def _introduction(state: SetupState) -> str:
    sent = state.connection.sent
    is_answered = sent is not None and sent.is_sound
    if state.creation.method is Method.HANDOFF and not is_answered:
        return tr(
            "Wait until your AWS administrator has made the role. Then tell UbiQuity where your "
            "bucket is."
        )
    is_known = sent is not None and sent.checked is not None
    if state.creation.method in ELSEWHERE and not is_known:
        return tr("Now tell UbiQuity where your bucket is.")
    return tr("AWS is ready. Now tell UbiQuity where your bucket is.")
