"""Newer versions, in "About": a tick that allows to look, and what came of it."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.newer_version import Standing
from app.core.wording.newer_version import NO_ADDRESS, standing_words
from app.ui.look.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body, muted


class Looks(Protocol):
    """What looks for a newer version (``app.flow.newer_version.NewerVersion``)."""

    @property
    def can_look(self) -> bool:
        """Whether this build has an address to ask."""

    def allow(self, *, on: bool) -> None:
        """Take note of what the person chose."""

    def standing(self) -> Standing:
        """Return what there is to tell."""

    async def look_when_due(self) -> None:
        """Ask where that is allowed, and was not done within a day."""


class NewerVersionBox(QWidget):
    """The tick, and under it what is known; a newer version's page opens by a click alone."""

    def __init__(
        self,
        looks: Looks,
        open_page: Callable[[str], object],
        start: Callable[[str, Coroutine[Any, Any, None]], object],
    ) -> None:
        """``start`` runs what goes on beside the window, under a name."""
        super().__init__()
        self._looks = looks
        self._start = start
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        if not looks.can_look:
            column.addWidget(muted(tr(NO_ADDRESS), "newerNoAddress"))
            return
        self._tick = CheckBox(tr("Look for a newer version once a day"), "newerAllow")
        self._tick.toggled.connect(self._allow)
        self._told = body("", "newerTold")
        self._page = plain_button(tr("Open its page"), "newerPage")
        self._page.clicked.connect(lambda: self._open(open_page))
        column.addWidget(self._tick)
        column.addWidget(
            muted(tr("It asks UbiQuity’s address, tells nothing of you, and installs nothing."))
        )
        column.addWidget(self._told)
        self._way_on = FlowRow(self._page)
        column.addWidget(self._way_on)
        self._tick.blockSignals(True)
        self._tick.setChecked(looks.standing().allowed)
        self._tick.blockSignals(False)
        self._show()

    def _allow(self, on: bool) -> None:
        self._looks.allow(on=on)
        self._show()
        if on:
            self._start("newer-version", self._look())

    async def _look(self) -> None:
        await self._looks.look_when_due()
        words = self._show()
        if words:
            announce(self, words)

    def _show(self) -> str:
        standing = self._looks.standing()
        words = standing_words(standing) if standing.allowed else ""
        self._told.setText(words)
        self._told.setVisible(bool(words))
        self._way_on.setVisible(standing.allowed and standing.newer is not None)
        return words

    def _open(self, open_page: Callable[[str], object]) -> None:
        newer = self._looks.standing().newer
        if newer is not None:
            open_page(newer.page)
