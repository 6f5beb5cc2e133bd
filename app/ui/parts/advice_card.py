"""The guide's advice under one of its troubleshooting headings."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.core.wording.troubleshooting import Advice
from app.ui.look.style_sheet import GRID
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.headings import body, group_title


class AdviceCard(QFrame):
    """Heading, explanation, and what to check."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("role", "card")
        self._title = group_title("")
        self._detail = body("")
        self._checks: Bullets | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self._column.addWidget(self._title)
        self._column.addWidget(self._detail)

    def show_advice(self, advice: Advice) -> None:
        """Show ``advice``."""
        self._title.setText(advice.title)
        self._detail.setText(advice.detail)
        if self._checks is not None:
            self._column.removeWidget(self._checks)
            self._checks.hide()
            self._checks.deleteLater()
        self._checks = Bullets(f"{self.objectName()}-checks")
        for check in advice.checks:
            self._checks.add(check)
        self._column.addWidget(self._checks)
