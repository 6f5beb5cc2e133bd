"""What this program is, what it is made of, and under which licences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.ui.menus.outside import Part
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.headings import body
from app.ui.widgets.scroll_dialog import ScrollDialog


def about_dialog(parent: QWidget, parts: Sequence[Part], system: str) -> ScrollDialog:
    """Return the dialog; its text can be copied as a whole, or selected."""
    dialog = ScrollDialog(parent, tr("About"), "aboutDialog")
    text = about_text(parts, system)
    label = body(text, "aboutText")
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    label.setTextInteractionFlags(selectable | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    dialog.add(label)
    dialog.add_button(CopyButton(tr("this text"), lambda: text, "aboutCopy"))
    return dialog


def about_text(parts: Sequence[Part], system: str) -> str:
    """Return one line for each part, the system and Qt's own version among them."""
    program, *others = parts
    qt = Part("Qt", qVersion(), "LGPL-3.0-only")
    return "\n".join([_line(program), system, "", *map(_line, [qt, *others])])


def _line(part: Part) -> str:
    named = " ".join(filter(None, (part.name, part.version)))
    if not part.licence:
        return named
    return tr("{part}, licence {licence}").format(part=named, licence=part.licence)
