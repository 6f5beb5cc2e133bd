"""The link that opens a CloudFormation template in AWS, filled in, where it lies in S3."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.draft import Draft
from app.core.i18n import tr
from app.core.problem import Problem
from app.ui.look.style_sheet import GRID
from app.ui.parts.field_binding import one_message
from app.ui.parts.page_context import PageContext
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.field import Field


class QuickCreate(QWidget):
    """The template's address, and the link to copy once it is one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._draft: Draft | None = None
        self._address = Field(
            tr("Address of the template in S3 (optional)"),
            tr(
                "If somebody has put the template into S3, give its “Object URL” for a link that "
                "opens it in AWS, filled in."
            ),
            "templateAddress",
            context.masking,
        )
        self._address.edited.connect(self._edited)
        self._address.left.connect(self._tell)
        self._link = CopyRow(tr("Link for your administrator"), context.masking, "quickCreate")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._address)
        column.addWidget(self._link)
        self._edited("")

    def show_draft(self, draft: Draft) -> None:
        """Make the link for ``draft`` from now on."""
        self._draft = draft
        self._edited(self._address.text())

    def _made(self) -> str | Problem:
        text = self._address.text()
        if self._draft is None or not text.strip():
            return ""
        return self._context.handoff.template_link(self._draft, text)

    def _edited(self, _text: str) -> None:
        """Show the link as soon as there is one, and no longer what was wrong before."""
        link = self._made()
        self._address.show_message(None)
        self._link.show_value(link if isinstance(link, str) else "")
        self._link.setVisible(isinstance(link, str) and bool(link))

    def _tell(self) -> None:
        """Say what is wrong with the address, once it was left."""
        problem = self._made()
        if isinstance(problem, Problem):
            template, values = one_message([problem])
            self._address.show_message("error", template, None, values)
