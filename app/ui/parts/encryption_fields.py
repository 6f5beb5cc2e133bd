"""How one bucket encrypts: told by AWS in a line, or asked for."""

from collections.abc import Mapping

from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from app.core.fields.form import EncryptionChoice
from app.core.i18n import tr
from app.flow.wizard.details_state import Source
from app.flow.wizard.following import aws_says
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.field_binding import bind, show_field, show_problems
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import link_button
from app.ui.widgets.field import Field
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.radio_cards import RadioCards
from app.ui.widgets.value_text import ValueText


class EncryptionFields(QWidget):
    """The encryption of the bucket at ``index`` of the form, and the ARN of its own key."""

    def __init__(self, index: int, context: PageContext) -> None:
        super().__init__()
        self._index = index
        self._context = context
        self._suffix = "" if index == 0 else f"-{index + 1}"
        self._choice_name = f"buckets[{index}].encryption"
        self._key_name = f"buckets[{index}].kms_key_arn"
        self._opened_for: str | None = None
        """The bucket for which the person asked to change what AWS told."""
        self._make_told()
        self._make_choice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._told_row, self._question, self.choice, self._message, self.key):
            column.addWidget(widget)

    def _make_told(self) -> None:
        self._told = ValueText(self._context.masking, f"encryptionTold{self._suffix}")
        self._change = link_button(tr("Change"), f"changeEncryption{self._suffix}")
        self._change.setAccessibleName(tr("Change the encryption"))
        self._change.clicked.connect(self._ask)
        self._told_row = QWidget()
        column = QVBoxLayout(self._told_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._told)
        column.addWidget(FlowRow(self._change))

    def _make_choice(self) -> None:
        masking, suffix = self._context.masking, self._suffix
        question = tr("How are the files in this bucket encrypted?")
        self._question = body(question, f"encryptionQuestion{suffix}")
        self._question.setProperty("role", "label")
        self.choice = RadioCards(f"encryption{suffix}")
        self.choice.setAccessibleName(question)
        self.choice.set_options(
            [
                (
                    f"encryption-default{suffix}",
                    tr("Amazon S3 managed keys (SSE-S3), or I don’t know"),
                    tr("AWS’s default. Nothing has to be set up for it."),
                ),
                (
                    f"encryption-kms{suffix}",
                    tr("A KMS key of our own (SSE-KMS)"),
                    tr("The key’s policy needs one more statement. Step 3 shows it."),
                ),
                (
                    f"encryption-sse-c{suffix}",
                    tr("Keys that we supply with each request (SSE-C)"),
                    tr("UbiQuity does not support these."),
                ),
            ]
        )
        self.choice.chosen.connect(self._choose)
        self._message = MessageLine(masking, f"encryption{suffix}-message")
        self._message.offer_taken.connect(self._take)
        self.key = Field(
            tr("KMS key ARN"),
            tr("In AWS: S3 > the bucket > Properties > Default encryption > Encryption key ARN."),
            f"kmsKeyArn{suffix}",
            masking,
        )
        bind(self.key, self._context.store, self._key_name)

    # What the person does

    def _choose(self, option: str) -> None:
        choice = option.removeprefix("encryption-").removesuffix(self._suffix)
        self._context.store.edit(self._choice_name, EncryptionChoice(choice))

    def _take(self, _value: str) -> None:
        """Take what AWS says of the encryption; the button goes, and must not take the focus."""
        self._context.store.take_from_aws(self._choice_name)
        self.control.setFocus()

    def _ask(self) -> None:
        """Ask after all: what AWS told can be changed."""
        state = self._context.store.state
        self._opened_for = self._bucket(state)
        self.show_state(state, {})
        self.control.setFocus()

    @property
    def control(self) -> QWidget:
        """Where the encryption can be changed now: the chosen card, or the button for it."""
        if self.choice.isHidden():
            return self._change
        chosen = self.choice.findChild(QRadioButton, self.choice.chosen_id() or "")
        return chosen if isinstance(chosen, QRadioButton) else self.choice

    # Drawing

    def show_state(self, state: SetupState, again: Mapping[str, str]) -> None:
        """Redraw; ``again`` says, by fields, what is to be done again because they changed."""
        form = state.details.form.buckets[self._index]
        own_key = form.encryption is EncryptionChoice.KMS
        self.choice.choose(f"encryption-{form.encryption}{self._suffix}")
        show_field(self.key, state, self._key_name)
        has_message = self._show_message(state, again, own_key=own_key)
        is_told = self._is_told(state) and not has_message and self.key.severity is None
        is_awaited = not is_told and not has_message and self._is_awaited(state)
        self._told_row.setVisible(is_told)
        for widget in (self._question, self.choice):
            widget.setVisible(not is_told and not is_awaited)
        self.key.setVisible(own_key and not is_told)
        words = tr("Encryption: Amazon S3 managed keys (SSE-S3), from AWS.")
        if own_key:
            words = tr("Encryption: the KMS key {key}, from AWS.")
        self._told.show_text(words, {"key": form.kms_key_arn} if own_key else {})

    def _is_told(self, state: SetupState) -> bool:
        """Whether AWS told the encryption and nobody asked to change it."""
        sources = state.details.sources
        told = sources.get(self._choice_name) is Source.AWS
        by_hand = sources.get(self._key_name) is Source.PERSON
        return told and not by_hand and self._opened_for != self._bucket(state)

    def _is_awaited(self, state: SetupState) -> bool:
        """Whether there is nothing to ask yet: AWS will tell it, once a bucket is chosen."""
        if state.signed_in is None or self._choice_name in state.details.sources:
            return False
        bucket = self._bucket(state)
        return not bucket or bucket in state.offers.asking

    def _bucket(self, state: SetupState) -> str:
        return state.details.value_of(f"buckets[{self._index}].name")

    def _show_message(self, state: SetupState, again: Mapping[str, str], *, own_key: bool) -> bool:
        """Say what is wrong with the choice; about the key too, where its field is not there.

        Return whether there is anything to say.
        """
        problems = list(state.details.check.problems(self._choice_name))
        if not own_key:
            problems += state.details.check.problems(self._key_name)
        said = aws_says(state, self._choice_name)
        redo = again.get(self._choice_name, "")
        if problems or said is None:
            show_problems(self._message, problems[:1], None, redo)
        else:
            show_problems(self._message, said.problems, said, redo)
        return bool(problems or said or redo)
