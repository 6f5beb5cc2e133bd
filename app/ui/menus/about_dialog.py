"""What this program is, and what it is made of: in short, with the way to every licence."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QWidget

from app.core.frozen import replace
from app.core.i18n import tr
from app.core.languages import Language
from app.core.wording.languages import translation_words
from app.ui.menus.language_names import readable_name
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.headings import body
from app.ui.widgets.scroll_dialog import ScrollDialog


def about_dialog(
    parent: QWidget,
    program: str,
    system: str,
    show_licences: Callable[[], None],
    languages: Sequence[Language],
    newer_version: QWidget | None,
) -> ScrollDialog:
    """Return the dialog; its text can be copied as a whole, or selected.

    ``program`` is its name with its version, ``show_licences`` opens the list of its parts;
    of ``languages`` it is told who has read their words. ``newer_version`` tells of newer ones;
    None in practice, which asks nobody.
    """
    dialog = ScrollDialog(parent, tr("About"), "aboutDialog")
    text = about_text(program, system)
    label = body(text, "aboutText")
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    label.setTextInteractionFlags(selectable | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    dialog.add(label)
    if newer_version is not None:
        dialog.add(newer_version)
    dialog.add(
        body(
            tr(
                "It uses Qt under the LGPL, version 3: you may put your own build of Qt in the "
                "place of this one. “Licences” tells how, and has the licence of every part."
            ),
            "aboutQt",
        )
    )
    named = (replace(each, name=readable_name(each)) for each in languages)
    of_words = translation_words(named)
    if of_words:
        dialog.add(body("\n".join(of_words), "aboutLanguages"))
    licences = plain_button(tr("Licences…"), "aboutLicences")
    licences.clicked.connect(show_licences)
    dialog.add_button(licences)
    dialog.add_button(CopyButton(tr("this text"), lambda: text, "aboutCopy"))
    return dialog


def about_text(program: str, system: str) -> str:
    """Return a line each for the program, the system and Qt."""
    return "\n".join((program, system, f"Qt {qVersion()}"))
