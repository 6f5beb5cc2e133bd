"""What makes an open window a program of the desktop, once it has been seen.

It comes to the front for a second start and opens what that was given, remembers where it was,
notes in the log what happens, tells what an earlier start left, and says where the disk refuses.
Everything here waits until after the first paint: imported then, and nothing before needs it.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.core.conventions import paragraph
from app.core.i18n import tr
from app.core.log_event import Face, HandedOver, Kept, Shown, Woke
from app.files.passing_folder import sweep_passing_folders
from app.flow.call_log import hear_from_now_on
from app.flow.threads import in_thread
from app.flow.waking import Waking
from app.system.one_instance import (
    ANSWER,
    MESSAGE_AT_MOST,
    Handover,
    OneInstance,
    read_handed_over,
)
from app.system.own_file import Fate, UnreadFile
from app.system.own_folders import data_folder
from app.system.settings_file import SettingsFile
from app.ui.application import (
    after_first_paint,
    file_openings,
    offer_after_crash,
    tell_earlier_crash,
)
from app.ui.crash_dialog import CrashWays
from app.ui.menus.outside import start_on_its_own
from app.ui.widgets.problem_dialog import tell_problem
from app.ui.window.places import keep_in_sight, place_of
from app.ui.window.second_start import FilesToOpen, SecondStarts, bring_to_front
from app.wiring.process_notes import ProcessNotes

if TYPE_CHECKING:
    from app.flow.wizard.state import SetupState
    from app.ui.parts.page_context import PageContext
    from app.ui.window.wizard_window import WizardWindow

_ACTIVE: Final = Qt.ApplicationState.ApplicationActive

_BETWEEN_LOOKS: Final = 10.0
"""Seconds between looks whether the computer slept."""


class _Refusals(QObject):
    """Carries why a disk refuses from the thread that writes into the window's."""

    told = Signal(str)


class Desktop:
    """The window on this computer's desktop, until it closes."""

    def __init__(
        self,
        window: "WizardWindow",
        context: "PageContext",
        instance: OneInstance,
    ) -> None:
        self._window = window
        self._context = context
        self._notes = ProcessNotes(_kind(instance))
        self._instance = instance
        self._shown = ("", "")
        self._refused = False
        self._refusals = _Refusals()
        self._refusals.told.connect(self._tell_refused_once)
        self._files = FilesToOpen(window, self._open)
        self._starts = SecondStarts(window, self._take_message, MESSAGE_AT_MOST)
        self._waking = Waking()

    def begin(self, files: Sequence[str], again: Sequence[str] | None) -> None:
        """Be there from now on, and open ``files``.

        ``again`` is the command that starts the program anew; None where a new start would have
        nothing of this one's.
        """
        self._notes.begin()
        hear_from_now_on(self._notes.take)
        # What begins by a press is called by Qt, in a context beside that of this task.
        after_first_paint(lambda: hear_from_now_on(self._notes.take))
        anew = None if again is None else lambda: self._start_anew(again)
        save_bundle = self._context.support.uttered.emit
        offer_after_crash(CrashWays(save_bundle, anew, self._notes.crashed), self._window)
        self._note_page(self._context.store.state)
        self._context.store.subscribe(self._note_page)
        keep_in_sight(self._window)
        self._look_for_sleep()
        if (address := self._instance.address) is not None:
            self._starts.listen(address)
        # What comes from now on waits for this process to end, and opens a window of its own.
        self._window.closed.connect(self._starts.close)
        if (openings := file_openings()) is not None:
            openings.pass_to(self._files.add)
        if files:
            self._files.add(list(files))
        self._context.start_aside("crashes", self._tell_what_crashed())

    def end(self) -> None:
        """Let the log be written whole."""
        self._notes.end(0)

    def remember_place(self, settings: SettingsFile) -> None:
        """Keep where the window is, each time that it closes."""
        self._window.closed.connect(lambda: settings.keep_window(place_of(self._window)))

    def tell_unread(self, unread: Sequence[UnreadFile | None]) -> None:
        """Say what of the program's own files could not be read, and where it is."""
        files = [each for each in unread if each is not None]
        if files:
            words = paragraph(*map(_unread_words, files))
            heading = tr("What this program kept earlier")
            tell_problem(self._window, heading, words, str(files[0].path))

    def tell_refused(self, what: Kept) -> Callable[[str], None]:
        """Return what tells that the disk refuses ``what``: the person once, the log each time.

        It may be called in any thread.
        """

        def tell(reason: str) -> None:
            self._notes.not_kept(what, reason)
            self._refusals.told.emit(reason)

        return tell

    def _tell_refused_once(self, reason: str) -> None:
        if not self._refused and self._window.isVisible():
            self._refused = True
            folder = str(data_folder())
            tell_problem(self._window, tr("It can’t be kept"), _refused_words(reason), folder)

    # A second start

    def _take_message(self, message: bytes) -> bytes:
        handed = read_handed_over(message)
        if handed is None:
            return b""
        self._notes.take(HandedOver(len(handed.files)))
        QTimer.singleShot(0, self._window, lambda: self._take(handed))
        return ANSWER

    def _take(self, handed: Handover) -> None:
        if handed.share:
            self._context.masking.set_on(True)
        bring_to_front(self._window, handed.token)
        if handed.files:
            self._files.add(list(handed.files))

    def _open(self, files: list[str]) -> bool:
        return self._context.tasks.start("intake", self._context.intake.take_files(files))

    def _start_anew(self, command: Sequence[str]) -> None:
        """End this process for a new one, which waits until this one has let go."""
        self._starts.close()
        self._instance.give_up()
        if start_on_its_own(command):
            self._window.close()

    # What is noted

    def _note_page(self, state: "SetupState") -> None:
        shown = (state.flow.value, state.page)
        if shown != self._shown:
            self._shown = shown
            self._notes.take(Shown(*shown))

    def _look_for_sleep(self) -> None:
        timer = QTimer(self._window, interval=int(_BETWEEN_LOOKS * 1000))
        timer.timeout.connect(self._note_sleep)
        timer.start()

    def _note_sleep(self) -> None:
        seconds = self._waking.slept(_BETWEEN_LOOKS)
        if not seconds:
            return
        self._notes.take(Woke(seconds))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and app.applicationState() is _ACTIVE:
            # To whoever waits for the person to come back, so they have.
            app.applicationStateChanged.emit(_ACTIVE)

    async def _tell_what_crashed(self) -> None:
        report = await in_thread(self._notes.left_by_crashes)
        if report is not None:
            tell_earlier_crash(report)
        await in_thread(sweep_passing_folders)


def _kind(instance: OneInstance) -> Face:
    return Face(instance.kind) if instance.kind in set(Face) else Face.REHEARSAL


def _unread_words(unread: UnreadFile) -> str:
    if unread.fate is Fate.NEWER:
        words = tr(
            "“{file}” is of a newer version of this program, and stays as it is. This version "
            "keeps a file of its own beside it; with the newer one you go on where you were there."
        )
    else:
        words = tr(
            "A file that this program kept is damaged. It was put aside as “{file}”, and this "
            "program goes on without it. Runs that changed AWS are kept elsewhere."
        )
    return words.format(file=unread.path.name)


def _refused_words(reason: str) -> str:
    words = tr(
        "This program can’t keep its files on this computer: {reason}. What you type and set stays "
        "in this window, and is gone once you close it. Make room on the disk, or allow this "
        "program to write in its folder, whose address you can copy here. The program tries again "
        "by itself."
    )
    return words.format(reason=reason)
