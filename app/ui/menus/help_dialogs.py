"""What the guide says, in the program: what is needed, and what to check when it doesn't work."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.core.wording.before_you_begin import what_you_need
from app.core.wording.troubleshooting import GuideHeading, advice
from app.ui.parts.advice_card import AdviceCard
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, group_title
from app.ui.widgets.scroll_dialog import ScrollDialog


def needs_dialog(parent: QWidget, open_guide: Callable[[], None]) -> ScrollDialog:
    """Return "What you need", with a button for the guide's own section."""
    dialog = ScrollDialog(parent, tr("What you need"), "needsDialog")
    for need in what_you_need():
        dialog.add(card(group_title(need.name), body(need.where)))
    return _with_guide(dialog, open_guide)


def troubles_dialog(parent: QWidget, open_guide: Callable[[], None]) -> ScrollDialog:
    """Return the guide's troubleshooting, heading by heading."""
    dialog = ScrollDialog(parent, tr("Troubleshooting"), "troublesDialog")
    dialog.add(
        body(
            tr(
                "UbiQuity’s Test Connection shows one of these. For any other message choose “I "
                "got an error in UbiQuity” on Welcome, and paste it there."
            )
        )
    )
    for heading in GuideHeading:
        shown = AdviceCard(f"trouble-{heading}")
        shown.show_advice(advice(heading))
        dialog.add(shown)
    return _with_guide(dialog, open_guide)


def _with_guide(dialog: ScrollDialog, open_guide: Callable[[], None]) -> ScrollDialog:
    button = plain_button(tr("Open the guide in the browser"), f"{dialog.objectName()}-guide")
    button.clicked.connect(open_guide)
    dialog.add_button(button)
    return dialog
