"""One finding: what is wrong, why, what to do, who can, and how it is known."""

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import as_sentence, paragraph
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.documents.document_text import document_text
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.report import Finding, Weight
from app.core.wording.admin_message import admin_message
from app.core.wording.characters import marked
from app.core.wording.external_id import describe_difference
from app.core.wording.findings import words
from app.core.wording.report_terms import (
    WEIGHT_WORDS,
    evidence_word,
    who_words,
)
from app.core.wording.value_sentence import ValueSentence
from app.ui.look.style_sheet import GRID
from app.ui.report.difference_view import DifferenceView
from app.ui.widgets.callout import Callout, CalloutKind
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_steps import NumberedSteps
from app.ui.widgets.value_text import ValueText, spoken

_KIND: dict[Weight, CalloutKind] = {
    Weight.BLOCKER: "bad",
    Weight.WARNING: "warning",
    Weight.NOTE: "note",
}


class FindingCard(QWidget):
    """Everything about one finding; ``name`` keeps the names of its controls apart."""

    def __init__(
        self,
        masking: Masking,
        draft: Draft | None,
        finding: Finding,
        name: str,
        *,
        as_cause: str = "",
        mends: bool = False,
    ) -> None:
        """``as_cause`` is the word over a cause of an error that was pasted, in place of its title.

        ``mends`` tells that this program can mend it with the present sign-in.
        """
        super().__init__()
        self.setObjectName(f"finding-{name}")
        self._masking = masking
        self._name = name
        self._as_cause = as_cause
        self._title = words(finding).title
        self._code = finding.code
        self._mends = mends
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._add_what(finding)
        self._show_code()
        masking.changed.connect(self._show_code)
        self._add_difference(finding)
        self._add_statement(draft, finding)
        if mends:
            self._add_known(finding)
            by_hand = tr("How to mend it by hand")
            name = f"by-hand-{name}"
            self._column.addWidget(Disclosure(by_hand, lambda: self._by_hand(draft, finding), name))
        else:
            self._add_fix(self._column, draft, finding)
            self._add_known(finding)
            self._add_message(self._column, draft, finding)

    def _by_hand(self, draft: Draft | None, finding: Finding) -> QWidget:
        """Return what somebody does without this program."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self._add_fix(column, draft, finding)
        self._add_message(column, draft, finding)
        return part

    def _add_what(self, finding: Finding) -> None:
        finding_words, row = words(finding), CATALOGUE[finding.code]
        kind: CalloutKind = "note" if self._as_cause else _KIND[row.weight]
        word = self._as_cause or tr(WEIGHT_WORDS[row.weight])
        box = self._what = Callout(kind, f"what-{self._name}", self._masking)
        box.set_kind(kind, word)
        title, detail = marked(finding_words.title.template), marked(finding_words.detail.template)
        # A cause is called by its name already, where it is folded or as the word over this.
        text = detail if self._as_cause else paragraph(as_sentence(title), detail)
        values = {**finding_words.title.values, **finding_words.detail.values}
        box.show_text(text, values)
        self._column.addWidget(box)

    def _show_code(self) -> None:
        self._what.show_code(self._code, self._called())

    def _called(self) -> str:
        """Return what the finding is called, masked as on the screen now."""
        return spoken(self._masking, marked(self._title.template), self._title.values)

    def _add_difference(self, finding: Finding) -> None:
        expected, actual = finding.params.get("expected"), finding.params.get("found")
        if finding.code != "trust.external-id-mismatch":
            return
        if isinstance(expected, str) and isinstance(actual, str):
            view = DifferenceView(self._masking, f"difference-{self._name}")
            view.show_difference(describe_difference(expected, actual))
            self._column.addWidget(view)

    def _add_statement(self, draft: Draft | None, finding: Finding) -> None:
        statement = finding.params.get("statement")
        if not isinstance(statement, Mapping):
            return
        view = DocumentView(self._masking, f"statement-{self._name}")
        deciding = finding.params.get("condition") or finding.params.get("actions")
        view.show_document(
            document_text(statement),
            _own(draft),
            tr("The statement that decides"),
            "statement.json",
            marks=list(_texts(deciding)),
        )
        self._column.addWidget(view)

    def _add_paste(self, column: QVBoxLayout, draft: Draft | None, finding: Finding) -> None:
        document = finding.params.get("paste")
        if not isinstance(document, Mapping):
            return
        view = DocumentView(self._masking, f"paste-{self._name}")
        view.show_document(document_text(document), _own(draft), tr("To put in"), "put-in.json")
        column.addWidget(view)

    def _add_fix(self, column: QVBoxLayout, draft: Draft | None, finding: Finding) -> None:
        finding_words = words(finding)
        if finding_words.fix:
            steps = NumberedSteps(f"fix-{self._name}")
            for step in finding_words.fix:
                steps.add(self._text(step))
            column.addWidget(steps)
        self._add_paste(column, draft, finding)

    def _add_known(self, finding: Finding) -> None:
        """Add who can act, and how it is known."""
        row = CATALOGUE[finding.code]
        who = who_words(finding, mends=self._mends)
        known = evidence_word(finding.evidence, row.weight, row.link)
        words_of_both = tr("Who can act: {who}. How it is known: {known}.")
        template = tr("Who can act: {who}.") if self._as_cause else words_of_both
        self._column.addWidget(muted(template.format(who=who, known=known)))

    def _add_message(self, column: QVBoxLayout, draft: Draft | None, finding: Finding) -> None:
        if finding.params.get("not_pasted") or finding.params.get("not_said"):
            return  # All that is missing is asked for with one message, where it is pasted.
        if CATALOGUE[finding.code].weight is not Weight.NOTE and draft is not None:
            self._copy = CopyButton(
                "",
                lambda: admin_message(draft, finding),
                f"copy-admin-{self._name}",
                tr("Copy for your AWS administrator"),
                takes_time=True,
            )
            column.addWidget(FlowRow(self._copy))
            self._name_copy()
            self._masking.changed.connect(self._name_copy)

    def _name_copy(self) -> None:
        """Say whose message the button copies: each finding on a page has one."""
        self._copy.set_what(self._called())

    def _text(self, finding_text: ValueSentence) -> ValueText:
        text = ValueText(self._masking)
        # A finding's sentence is one line, whatever others named.
        text.show_text(marked(finding_text.template), finding_text.values)
        return text


def _own(draft: Draft | None) -> list[str]:
    """Return the customer's values, which are masked on a shared screen."""
    if draft is None:
        return []
    return [draft.account_id, draft.database_id, *draft.bucket_names]


def _texts(value: object) -> Iterator[str]:
    """Yield every text inside a part of a policy: what is to be highlighted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
