"""The report on a snapshot from a file: seen, and never mixed with what the window is about."""

from typing import Final

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.flow.checking import CheckedAccount
from app.flow.replaying import Replay
from app.ui.report.chain_view import ChainView
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.callout import Callout
from app.ui.widgets.masking import Masking
from app.ui.widgets.scroll_dialog import ScrollDialog

_LINE: Final = 90
"""Characters on a line, about: as on the page "Check"."""


def replay_dialog(parent: QWidget, replay: Replay, masking: Masking) -> ScrollDialog:
    """Return the dialog. Nothing in it reads or changes AWS, or touches what was typed."""
    dialog = ScrollDialog(
        parent,
        tr("Replay of a snapshot"),
        "replayDialog",
        PrimaryButton(tr("Back to my set-up"), "replayBack"),
        line=_LINE,
    )
    note = Callout("note", "replayNote", masking)
    note.show_text(
        tr(
            "This shows the file {file}: what AWS had on {time}. Nothing is read from AWS, and "
            "nothing can be changed here."
        ),
        {"file": replay.source, "time": _time(replay)},
    )
    dialog.add(note)
    chain = ChainView(masking, "replay")
    chain.show_checked(CheckedAccount(replay.draft, replay.snapshot, replay.report))
    dialog.add(chain)
    return dialog


def _time(replay: Replay) -> str:
    """Return when the snapshot was taken, by this computer's clock."""
    moment = QDateTime.fromSecsSinceEpoch(int(replay.snapshot.captured_at.timestamp()))
    return QLocale.system().toString(moment, "d MMMM yyyy, HH:mm")
