"""The guide's Steps 1 to 3 on one page: a titled part each, with its document folded away."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.wording.console_steps import key_reason
from app.flow.wizard.pages import PERMISSIONS_PAGE, ROLE_PAGE, TRUST_PAGE, Page
from app.ui.look.style_sheet import GRID
from app.ui.parts.guide_documents import (
    copy_row,
    key_statement,
    permission_reasons_card,
    permissions_document,
    role_name_row,
    trust_document,
)
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.disclosure import Disclosures, Make
from app.ui.widgets.frames import card, stacked
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.masking import Masking


class WhatIsMade(QWidget):
    """What will be made for a draft, to look at; made anew for another draft."""

    def __init__(self, masking: Masking, suffix: str = "") -> None:
        """``suffix`` makes the names of the parts those of one page."""
        super().__init__()
        self.setObjectName(f"whatIsMade{suffix}")
        self._suffix = suffix
        self._masking = masking
        self._draft: Draft | None = None
        self._content: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_draft(self, draft: Draft | None) -> None:
        """Show what ``draft`` leads to; the parts that were opened stay while it is the same."""
        if draft is None or draft == self._draft:
            return
        self._draft = draft
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.setParent(None)  # at once, so that no name is there twice
            self._content.deleteLater()
        self._content = QWidget()
        parts = QVBoxLayout(self._content)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(GRID)
        for part in self._parts(draft):
            parts.addWidget(part)
        self._column.addWidget(self._content)

    def _parts(self, draft: Draft) -> list[QWidget]:
        masking, suffix = self._masking, self._suffix
        arn = role_arn(draft.account_id)
        permissions: list[tuple[str, Make, str]] = [
            (
                tr("The permissions policy"),
                lambda: stacked(permissions_document(draft, masking), permission_reasons_card()),
                f"made-permissions{suffix}",
            ),
        ]
        if kms_entries(draft):
            permissions.append(
                (
                    tr("The statement for your key"),
                    lambda: self._key(draft),
                    f"made-key{suffix}",
                )
            )
        return [
            _part(
                ROLE_PAGE,
                tr("The role that UbiQuity uses. Its exact name is required."),
                [
                    (
                        tr("Name and ARN"),
                        lambda: card(
                            role_name_row(masking),
                            _role_arn_row(arn, masking),
                        ),
                        f"made-role{suffix}",
                    )
                ],
            ),
            _part(
                TRUST_PAGE,
                tr("Only UbiQuity may use the role, and only with your UbiQuity Account ID."),
                [
                    (
                        tr("The trust policy"),
                        lambda: trust_document(draft, masking),
                        f"made-trust{suffix}",
                    )
                ],
            ),
            _part(
                PERMISSIONS_PAGE,
                tr("UbiQuity may list, read, write and move files in the buckets that you named."),
                permissions,
            ),
        ]

    def _key(self, draft: Draft) -> QWidget:
        return card(muted(key_reason()), key_statement(draft, self._masking))


def _role_arn_row(arn: str, masking: Masking) -> CopyRow:
    row = copy_row(tr("The role’s ARN"), arn, "copy-roleArn", masking)
    row.button.set_what(tr("the role’s ARN"))
    return row


def _part(page: Page, words: str, documents: list[tuple[str, Make, str]]) -> QWidget:
    """Return a step: its heading, and what it makes folded away, ``words`` over the first of it."""
    heading = tr(page.title)
    (title, make, name), *others = documents

    def explained() -> QWidget:
        return stacked(muted(words), make())

    return card(group_title(heading), Disclosures([(title, explained, name), *others], heading))
