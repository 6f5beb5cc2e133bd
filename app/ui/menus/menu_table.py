"""All menus as data: one line for each entry.

The letters after ``&`` are one of a kind within their menu, and so are those of the titles in the
bar; a test holds it.
"""

from typing import Final

from PySide6.QtGui import QAction, QKeySequence

from app.core.i18n import mark
from app.flow.wizard.state import SetupState
from app.ui.menus.deeds import Deeds
from app.ui.menus.entries import Entry, Menu, Submenu
from app.ui.menus.language_names import readable_name

_Standard = QKeySequence.StandardKey
_Role = QAction.MenuRole

Groups = tuple[tuple[Entry | Submenu, ...], ...]

# The plus of a keyboard is often a shifted "=", and then nobody presses Shift for it.
BIGGER_KEYS: Final = ("Ctrl++", "Ctrl+=")


def menus(deeds: Deeds) -> tuple[Menu, ...]:
    """Return what is in the menus, whose titles are in ``menu_bar.TITLES``."""
    return (
        Menu("fileMenu", _file(deeds)),
        Menu("viewMenu", _view(deeds)),
        Menu("helpMenu", _help(deeds)),
    )


def _file(deeds: Deeds) -> Groups:
    return (
        (
            Entry("open", mark("&Open…"), deeds.open_file, ("Ctrl+O",)),
            Entry("pasteSent", mark("&Paste what you were sent…"), deeds.paste_sent),
            Entry("startAnew", mark("&Start anew"), deeds.start_anew, enabled=_idle),
        ),
        (Entry("quit", mark("&Quit"), deeds.quit, ("Ctrl+Q",), role=_Role.QuitRole),),
    )


def _view(deeds: Deeds) -> Groups:
    return (
        (
            Entry("biggerText", mark("&Bigger text"), deeds.bigger, BIGGER_KEYS),
            Entry("smallerText", mark("&Smaller text"), deeds.smaller, ("Ctrl+-",)),
            Entry("normalText", mark("&Normal text"), deeds.normal, ("Ctrl+0",)),
        ),
        (
            Entry(
                "hideDetails",
                mark("&Hide details while sharing the screen"),
                deeds.share,
                checked=deeds.is_sharing,
            ),
            Entry("checkPhrases", mark("&Check phrases…"), deeds.show_phrases),
        ),
    )


def _help(deeds: Deeds) -> Groups:
    return (
        (
            Entry("openGuide", mark("&Guide in the browser"), deeds.open_guide, ("F1",)),
            Entry("showNeeds", mark("&What you need"), deeds.show_needs),
            Entry("showTroubles", mark("&Troubleshooting"), deeds.show_troubles),
            Entry("practise", mark("&Practise…"), deeds.practise, enabled=_on_real_aws),
        ),
        (
            Entry("saveBundle", mark("Save a support &bundle…"), deeds.save_bundle),
            Entry("writeToSupport", mark("Write to &support"), deeds.write_to_support),
            Entry("openFiles", mark("Where this program keeps its &files"), deeds.open_files),
            Entry("openLog", mark("&Log of this program"), deeds.open_log),
        ),
        (Submenu("languageMenu", mark("La&nguage"), _languages(deeds), "Language", "language"),),
        (
            Entry(
                "newerVersion",
                mark("There is a newer &version…"),
                deeds.show_about,
                shown=deeds.has_newer_version,
            ),
            Entry("about", mark("&About"), deeds.show_about, role=_Role.AboutRole),
        ),
    )


def _languages(deeds: Deeds) -> tuple[tuple[Entry, ...], ...]:
    """Return the languages, each by its own name where that can be drawn."""
    return (
        (_language(deeds, "", mark("&As the system")),),
        tuple(_language(deeds, each.tag, readable_name(each)) for each in deeds.languages),
    )


def _language(deeds: Deeds, tag: str, name: str) -> Entry:
    return Entry(
        f"language-{tag or 'system'}",
        name,
        lambda: deeds.speak(tag),
        checked=lambda: deeds.is_chosen(tag),
    )


def _idle(state: SetupState) -> bool:
    return state.busy is None


def _on_real_aws(state: SetupState) -> bool:
    return not state.practice
