"""What an organisation requires of a new role: out of the way until it is asked for."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.choices import Choices
from app.core.fields.requirements import (
    check_boundary,
    check_description,
    check_tags,
    read_tags,
)
from app.core.i18n import tr
from app.core.problem import Checked
from app.ui.look.style_sheet import GRID
from app.ui.parts.field_binding import one_message
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.field import Field
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking

Require = Callable[[str | None, Mapping[str, str], str], None]


class RequirementsBox(QWidget):
    """A permissions boundary, tags and a description; ``require`` gets them as they are left."""

    def __init__(
        self, masking: Masking, require: Require, account: Callable[[], str | None], name: str
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._require = require
        self._account = account
        self._wished = ("", "", "")
        self._fields: tuple[Field, ...] = ()
        self._disclosure = Disclosure(
            tr("Requirements of my organisation"), self._content, f"{name}-more"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._disclosure)
        self._masking = masking

    def _make_fields(self) -> None:
        """Make the fields: most people never open them."""
        masking = self._masking
        self._boundary = Field(
            tr("Permissions boundary (optional)"),
            tr("The ARN of the policy that your organisation puts on every new role."),
            "boundary",
            masking,
        )
        self._tags = Field(
            tr("Tags (optional)"),
            tr("For instance: Owner=Data team, CostCentre=1234"),
            "tags",
            masking,
        )
        self._description = Field(
            tr("Description of the role (optional)"),
            tr("Leave empty for a sentence that says what the role is for."),
            "roleDescription",
            masking,
        )
        self._fields = (self._boundary, self._tags, self._description)
        for field in self._fields:
            field.left.connect(self._left)
            field.edited.connect(lambda _text, at=field: self._edited(at))
        self._show_wished()

    def show_choices(self, choices: Choices) -> None:
        """Show what is wished for, where nobody is typing."""
        self._wished = (
            choices.permissions_boundary or "",
            ", ".join(f"{key}={value}" for key, value in choices.tags.items()),
            choices.description or "",
        )
        if self._fields:
            self._show_wished()

    def _show_wished(self) -> None:
        for field, text in zip(self._fields, self._wished, strict=True):
            if text and not field.edit.hasFocus() and not self._wrong(field):
                field.set_text(text)

    @property
    def is_right(self) -> bool:
        """Whether everything that was typed can be used."""
        return not any(self._wrong(field) for field in self._fields)

    def _content(self) -> QWidget:
        self._make_fields()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * GRID, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(
            muted(tr("Some organisations refuse new roles without these. Most need none."))
        )
        for field in self._fields:
            column.addWidget(field)
        return inner

    def _check(self, field: Field) -> Checked:
        text = field.text()
        if field is self._boundary:
            return check_boundary(text, self._account())
        return check_tags(text) if field is self._tags else check_description(text)

    def _wrong(self, field: Field) -> bool:
        return bool(self._check(field).errors)

    def _edited(self, field: Field) -> None:
        if not self._wrong(field):
            field.show_message(None)

    def _left(self) -> None:
        for field in self._fields:
            problems = self._check(field).problems
            if problems:
                template, values = one_message(problems)
                field.show_message(problems[0].severity.value, template, None, values)
        if self.is_right:
            self._require(
                self._check(self._boundary).value,
                read_tags(self._tags.text()),
                self._check(self._description).value or "",
            )
