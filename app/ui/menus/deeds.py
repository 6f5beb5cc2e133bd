"""What each entry of the menus does."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QEvent, QUrl, qVersion
from PySide6.QtWidgets import QApplication, QMainWindow

from app.core.formats.settings_json import USUAL_TEXT
from app.core.frozen import replace
from app.core.guide import GUIDE_ADDRESS, SUPPORT_EMAIL
from app.core.i18n import language, tr
from app.core.iam.work import Work
from app.core.languages import Language
from app.core.support_case import SupportCase
from app.core.wording.support.letter import Circumstances, support_link
from app.flow.thinking import beside_the_window
from app.flow.threads import in_thread
from app.flow.wizard.pages import page_of
from app.flow.wizard.session import holds_work
from app.flow.wizard.support import diagnosed, support_case
from app.ui.look.language import let_qt_speak
from app.ui.look.text_size import bigger, smaller
from app.ui.menus.outside import Outside
from app.ui.menus.question import ask_to_start_anew, tell_letter
from app.ui.parts.outside_page import open_page
from app.ui.parts.page_context import PageContext
from app.ui.review.change_details import values_of
from app.ui.widgets.announcement import announce
from app.ui.widgets.file_choice import choose_file
from app.ui.widgets.problem_dialog import tell_problem

if TYPE_CHECKING:
    from app.ui.menus.bundle_dialog import Prepared
    from app.ui.menus.licences_dialog import Licensed

_NEEDS: Final = f"{GUIDE_ADDRESS}#before-you-begin"
_TROUBLES: Final = f"{GUIDE_ADDRESS}#troubleshooting"


def _prepared(case: SupportCase, outside: Outside, work: Work) -> "Prepared":
    """Return the files of a bundle, masked and not; it takes a while for many buckets."""
    from app.ui.menus.bundle_dialog import Prepared

    whole, seed = diagnosed(case, work), token_bytes()
    make = outside.support.bundle_files
    return Prepared(whole, make(whole, seed, work), make(whole, None, work), values_of(case.draft))


def _licensed(outside: Outside) -> "list[Licensed]":
    """Return each part of the program with the text of its licence; they are many files."""
    from app.ui.menus.licences_dialog import Licensed

    return [Licensed(part, outside.licence_text(part)) for part in outside.parts()]


class Deeds:
    """The deeds of one window's menus."""

    def __init__(self, window: QMainWindow, context: PageContext, outside: Outside) -> None:
        self._window = window
        self._context = context
        self._outside = outside
        self._chosen = outside.chosen_language()

    # File

    def open_file(self) -> None:
        """Open a file that somebody sent, whatever of ours it is."""
        choose_file(self._window, tr("Open"), "openFile", self._take_file)

    def _take_file(self, path: str) -> None:
        self._context.start("intake", self._context.intake.take_files([path]))

    def paste_sent(self) -> None:
        """Open a text that somebody sent, whatever of ours it is."""
        from app.ui.menus.paste_dialog import paste_dialog

        paste_dialog(self._window, self._context).open()

    def start_anew(self) -> None:
        """Begin at Welcome with nothing typed; ask first where something would be lost."""
        store = self._context.store
        if holds_work(store.state):
            ask_to_start_anew(self._window, store.begin_anew)
        else:
            store.begin_anew()

    def quit(self) -> None:
        """Close the window, which ends the program."""
        self._window.close()

    # View

    def bigger(self) -> None:
        """Show all text one size larger."""
        self._show_text(bigger(self._outside.theme.text_size))

    def smaller(self) -> None:
        """Show all text one size smaller."""
        self._show_text(smaller(self._outside.theme.text_size))

    def normal(self) -> None:
        """Show all text in the system's size."""
        self._show_text(USUAL_TEXT)

    def _show_text(self, percent: int) -> None:
        self._outside.theme.set_text_size(percent)
        self._outside.keep_text_size(percent)
        announce(self._window, tr("Text {percent} %").format(percent=percent))

    def share(self) -> None:
        """Hide the details, or show them again."""
        masking = self._context.masking
        masking.set_on(not masking.on)

    def is_sharing(self) -> bool:
        """Return whether the details are hidden."""
        return self._context.masking.on

    def show_phrases(self) -> None:
        """Show the words by which two people compare what is filled in."""
        from app.ui.parts.phrase_dialog import phrase_dialog

        phrase_dialog(self._window, self._context).open()

    # Help

    @property
    def languages(self) -> Sequence[Language]:
        """The languages that there are words in."""
        return self._outside.languages

    def is_chosen(self, tag: str) -> bool:
        """Return whether the language ``tag`` was chosen, empty for the system's."""
        return self._chosen == tag

    def speak(self, tag: str) -> None:
        """Show everything in the language ``tag``, or in the system's; what is typed stays.

        While something runs it is let end first, in the words that it began with.
        """
        self._chosen = tag
        if self._context.tasks.working:
            self._context.start_aside("language", self._speak_once_idle())
        else:
            self._speak()

    async def _speak_once_idle(self) -> None:
        await self._context.tasks.until_idle()
        self._speak()

    def _speak(self) -> None:
        self._outside.speak(self._chosen)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            let_qt_speak(app)
        QApplication.sendEvent(self._window, QEvent(QEvent.Type.LanguageChange))
        names = [each.name for each in self.languages if each.tag == language()]
        announce(self._window, "".join(names))

    def open_guide(self) -> None:
        """Open the guide in the browser."""
        self._open(GUIDE_ADDRESS)

    def show_needs(self) -> None:
        """Show what is needed before one begins."""
        from app.ui.menus.help_dialogs import needs_dialog

        needs_dialog(self._window, lambda: self._open(_NEEDS)).open()

    def show_troubles(self) -> None:
        """Show the guide's troubleshooting."""
        from app.ui.menus.help_dialogs import troubles_dialog

        troubles_dialog(self._window, lambda: self._open(_TROUBLES)).open()

    def practise(self) -> None:
        """Let the practice AWS be opened, as it begins or for a rehearsal of a failure."""
        problem = self._outside.why_no_practice()
        if problem is not None:
            tell_problem(self._window, tr("Practise"), problem)
            return
        from app.ui.menus.practice_dialog import practice_dialog

        rehearsals, masking = self._outside.rehearsals(), self._context.masking
        practice_dialog(self._window, rehearsals, masking, self._open_practice).open()

    def _open_practice(self, code: str | None) -> None:
        """Open the practice AWS in a window of its own, for the rehearsal ``code`` if one."""
        scenario = () if code is None else ("--scenario", code)
        if not self._outside.start((*self._outside.practice_command, *scenario)):
            problem = tr("The practice window could not be started. Try it once more.")
            tell_problem(self._window, tr("Practise"), problem)
        else:
            announce(self._window, tr("The practice AWS opens in a window of its own."))

    def save_bundle(self) -> None:
        """Show what a support bundle would hold, to be saved."""
        self._context.start("bundle", self._bundle())

    async def _bundle(self) -> None:
        context, outside = self._context, self._outside
        state, parts = context.store.state, await in_thread(outside.parts)
        case = support_case(
            state,
            moment=datetime.now(UTC),
            page=tr(page_of(state).called(state).title),
            program=outside.program,
            system=outside.system,
            parts=(
                ("Qt", qVersion()),
                *((part.name, part.version) for part in parts),
            ),
            home=QDir.toNativeSeparators(QDir.homePath()),
            elsewhere=context.support.failures,
            log=await in_thread(outside.log),
        )
        prepared = await beside_the_window(lambda work: _prepared(case, outside, work))
        from app.ui.menus.bundle_dialog import BundleDialog

        dialog = BundleDialog(
            self._window, context.masking, prepared, self._show_folder, self._write_about
        )
        dialog.open()

    def _show_folder(self, saved: Path) -> None:
        link = QUrl.fromLocalFile(str(saved.parent)).toString()
        if self._context.open_link(link) is False:
            words = tr("The folder can’t be shown from here. Copy its address.")
            self._tell_elsewhere(words, str(saved.parent))

    def _write_about(self, saved: Path) -> None:
        name = "" if self._context.masking.on else saved.name
        self._write(replace(self._circumstances(), attachment=name))

    def write_to_support(self) -> None:
        """Begin a letter to UbiQuity's support in the person's mail program."""
        if self._write(self._circumstances()):
            words = tr(
                "Your mail program opens a mail to {address}. If it doesn’t, write to that "
                "address yourself. A support bundle (in the menu Help) helps: attach it."
            )
            tell_letter(self._window, words.format(address=SUPPORT_EMAIL), SUPPORT_EMAIL)

    def _write(self, circumstances: Circumstances) -> bool:
        """Begin the letter; where the computer says that it can't, say so and return False."""
        opens = self._context.open_link(support_link(circumstances)) is not False
        if not opens:
            words = tr("No mail program answers on this computer. Write to {address}.")
            self._tell_elsewhere(words.format(address=SUPPORT_EMAIL), SUPPORT_EMAIL)
        return opens

    def _circumstances(self) -> Circumstances:
        state = self._context.store.state
        # What is hidden from those who see the screen is not put on it by a mail program.
        draft = None if self._context.masking.on or state.practice else state.draft
        return Circumstances(
            program=self._outside.program,
            system=self._outside.system,
            page=tr(page_of(state).called(state).title),
            practice=state.practice,
            code=state.failure.code if state.failure else None,
            account_id=draft.account_id if draft else None,
            buckets=draft.buckets if draft else (),
        )

    def open_files(self) -> None:
        """Open the folder that the program keeps its files in."""
        self._context.start_aside("own-folder", self._show_own(self._outside.files))

    def open_log(self) -> None:
        """Open the folder that the program's log lies in."""
        self._context.start_aside("own-folder", self._show_own(self._outside.logs))

    async def _show_own(self, made: Callable[[], Path]) -> None:
        folder = await in_thread(made)
        if self._context.open_link(QUrl.fromLocalFile(str(folder)).toString()) is False:
            words = tr("The folder can’t be shown from here. Copy its address.")
            self._tell_elsewhere(words, str(folder))

    def show_about(self) -> None:
        """Show what the program is, and what it is made of."""
        from app.ui.menus.about_dialog import about_dialog
        from app.ui.menus.newer_version_box import NewerVersionBox

        outside, context = self._outside, self._context
        newer = (
            None
            if context.store.state.practice
            else NewerVersionBox(outside.newer_version, self._open, context.start_aside)
        )
        about_dialog(
            self._window,
            outside.program,
            outside.system,
            self.show_licences,
            outside.languages,
            newer,
        ).open()

    def has_newer_version(self) -> bool:
        """Return whether a look that was allowed has found a newer version of this program."""
        if self._context.store.state.practice:
            return False
        standing = self._outside.newer_version.standing()
        return standing.allowed and standing.newer is not None

    def show_licences(self) -> None:
        """Show every part of the program, with the text of its licence."""
        self._context.start("licences", self._licences())

    async def _licences(self) -> None:
        parts = await in_thread(lambda: _licensed(self._outside))
        from app.ui.menus.licences_dialog import LicencesDialog

        LicencesDialog(self._window, parts, self._context.masking).open()

    def _open(self, link: str) -> None:
        open_page(self._window, self._context, link)

    def _tell_elsewhere(self, words: str, copy: str) -> None:
        tell_problem(self._window, tr("It can’t be opened here"), words, copy)
