"""The one place that sees all layers and wires them together."""

import gc
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app import __version__
from app.system.hard_crash import HardCrashWatch
from app.system.one_instance import OneInstance
from app.system.own_folders import APP_NAME, data_folder, log_folder, reports_folder
from app.system.resources import resources_folder
from app.system.session_file import SessionFile
from app.system.settings_file import SettingsFile
from app.system.translations import available_languages, install_language
from app.ui.pyside_start import load_pyside

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from app.core.draft import Draft
    from app.core.formats.settings_json import Settings, WindowPlace
    from app.desktop import Desktop
    from app.flow.ports.accounts import Accounts
    from app.flow.ports.files import CloudshellWay
    from app.flow.run.records import Records
    from app.flow.wizard.state import SetupState
    from app.flow.wizard.store import SetupStore
    from app.system.own_file import Unread
    from app.ui.menus.menu_bar import Menus
    from app.ui.menus.outside import Outside, Rehearsal
    from app.ui.parts.page_context import PageContext
    from app.ui.parts.reach import Reach
    from app.ui.widgets.masking import Masking
    from app.ui.window.wizard_window import WizardWindow
    from app.wiring.late_console import LateConsole
    from app.wiring.practice_accounts import PracticeAccounts
    from app.wiring.rehearsal_accounts import RehearsalAccounts

TOUR_SCENARIO: Final = "policy.not-attached"
"""What the tour finds broken, and mends."""

SAVE_AFTER: Final = 400
"""Milliseconds without an edit after which the details are saved."""


class Asked(NamedTuple):
    """How the program was started: what to open, hidden or not, and as which window."""

    instance: OneInstance
    practice: bool = False
    scenario: str | None = None
    share: bool = False
    files: tuple[str, ...] = ()


def run_wizard(
    instance: OneInstance,
    *,
    practice: bool,
    scenario: str | None = None,
    share: bool = False,
    files: tuple[str, ...] = (),
) -> int:
    """Open the window and return the process's exit status once it is closed.

    ``scenario`` names a rehearsal: the practice AWS is set up so that it can be found and mended.
    ``share`` hides the details from the first moment on, as whoever chose it in the menu last has
    them hidden. ``files`` are opened as by File, Open. ``instance`` is given up at the end.
    """
    asked = Asked(instance, practice, scenario, share, files)
    watch = HardCrashWatch(reports_folder())
    watch.begin()
    try:
        return _run_window(asked)
    except Exception as error:
        from app.wiring.plain_start import tell_start_failed

        tell_start_failed(error)
        raise
    finally:
        watch.end()
        instance.give_up()


def _run_window(asked: Asked) -> int:
    if asked.scenario is not None:
        from app.practice.pace import AS_PRACTISED
        from app.wiring.rehearsal_accounts import RehearsalAccounts

        with closing(RehearsalAccounts(asked.scenario, AS_PRACTISED)) as rehearsal:
            install_language(_chosen_language())
            return _run(lambda stopped: _rehearse(rehearsal, stopped, asked))
    accounts = _practice_accounts if asked.practice else _computer_accounts
    session = SessionFile(data_folder(), practice=asked.practice)
    with closing(Live(accounts, session, asked)) as live:
        install_language(live.language)
        return _run(live.run, live.show)


def run_tour(
    out: Path,
    *,
    dark: bool,
    scale: float,
    screen: tuple[int, int] | None,
    tell: Callable[[str], None],
) -> int:
    """Walk the real window from Welcome to Finish and save a picture of each page in ``out``.

    The window is as large as on a ``screen`` of so many pixels, where one is given. Without a
    real screen it runs off-screen. ``tell`` is told of each picture. Returns 0, or 1 when a
    step failed.
    """
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    install_language()
    return _run(lambda _stopped: _tour(out, tell, dark=dark, screen=screen))


def _chosen_language() -> str:
    """Return the tag of the language that was chosen in the menu, empty for the system's."""
    return SettingsFile(data_folder()).load().language


def _speak(tag: str) -> None:
    """Install the language ``tag``, or the system's, and remember that it was chosen."""
    SettingsFile(data_folder()).keep_language(tag)
    install_language(tag)


Main = Callable[["asyncio.Event"], Coroutine[Any, Any, int]]


def _run(main: Main, show: "Callable[[], QWidget] | None" = None) -> int:
    was_enabled = gc.isenabled()
    gc.disable()  # nothing is rubbish that is made up to the first paint
    try:
        load_pyside()
        from app.ui.application import run_application

        return run_application(main, _crash_report, resources_folder() / "icons", show)
    finally:
        if was_enabled:
            gc.enable()


def _crash_report(error: BaseException) -> str:
    from app.system.crash_report import crash_report

    return crash_report(error)


class Opened(NamedTuple):
    """A window that is shown: complete to look at and to begin with, and not yet ``joined``."""

    window: "WizardWindow"
    context: "PageContext"
    menus: "Menus"


def _opened(
    accounts: "Callable[[], Accounts]",
    store: "SetupStore",
    masking: "Masking",
    open_link: Callable[[str], bool | None] | None = None,
    settings: SettingsFile | None = None,
    place: "WindowPlace | None" = None,
) -> Opened:
    """Show the window over ``store``; it reaches AWS through ``accounts``, made when needed.

    ``masking`` hides the details, or will. ``open_link`` opens links in the place of this
    computer's browser. What is set is kept in ``settings``; the window was at ``place``.
    """
    from app.ui.application import on_crash
    from app.ui.menus.menu_bar import Menus
    from app.ui.pages.page_list import make_page
    from app.ui.parts.page_context import PageContext, open_in_browser
    from app.ui.parts.tasks import TaskScope
    from app.ui.window.wizard_window import WizardWindow

    context = PageContext(
        store=store,
        tasks=TaskScope(on_crash),
        masking=masking,
        reach=lambda: _reach(store, accounts()),
        open_link=open_link or open_in_browser,
        cloudshell=_cloudshell_way,
    )
    window = WizardWindow(context, make_page)
    menus = Menus(window, context, lambda: _outside(settings or SettingsFile(data_folder())))
    if place is not None:
        from app.ui.window.places import open_where_it_was

        open_where_it_was(window, place)
    window.show()
    return Opened(window, context, menus)


def _cloudshell_way(draft: "Draft") -> "CloudshellWay":
    from app.exports.cloudshell.way import cloudshell_way

    return cloudshell_way(draft)


def _join(opened: Opened) -> None:
    """Join ``opened`` to what lies beyond it, and begin what goes on while it is looked at."""
    from app.ui.sign_in.code_dialog import CodeDialogs

    window, context, menus = opened
    menus.fill()
    context.accounts.ask_codes_with(CodeDialogs(lambda: window, context.masking).ask)
    context.start("past", context.actions.past.look_for_interrupted())
    context.start("regions", context.actions.load_regions())


def _load() -> None:
    """Load the modules that ``_join`` needs, and the next page. May be called in a thread."""
    import app.desktop
    import app.exports.cloudshell.way
    import app.exports.handoff
    import app.exports.support_bundle
    import app.flow.wizard.actions
    import app.ui.menus.deeds
    import app.ui.menus.openings
    import app.ui.pages.method
    import app.ui.parts.reach
    import app.ui.sign_in.code_dialog
    import app.wiring.computer_accounts
    import app.wiring.computer_portals
    import app.wiring.kept_runs
    import app.wiring.late_console
    import app.wiring.newer_version  # noqa: F401 - loaded, and used where they are imported again


def _reach(store: "SetupStore", accounts: "Accounts") -> "Reach":
    """Return what the window reaches through ``accounts``."""
    from app.exports import handoff
    from app.flow.wizard.actions import SetupActions
    from app.ui.parts.reach import Reach
    from app.wiring.computer_portals import ComputerPortals

    return Reach(
        actions=SetupActions(store, accounts, _records_of(accounts)),
        handoff=handoff,
        practice_examples=accounts.practice_examples,
        portal=None if accounts.practice else ComputerPortals(),
        console=_console_of(accounts),
    )


def _window(
    accounts: "Accounts",
    store: "SetupStore",
    open_link: Callable[[str], bool | None] | None = None,
    masking: "Masking | None" = None,
    settings: SettingsFile | None = None,
) -> Opened:
    """Show the window over ``store`` and ``accounts``, as ``_opened`` does, and join it at once."""
    from app.ui.widgets.masking import Masking

    opened = _opened(lambda: accounts, store, masking or Masking(), open_link, settings)
    _join(opened)
    return opened


def _outside(settings: SettingsFile) -> "Outside":
    """Return this computer as the menus reach it."""
    from app.exports import support_bundle
    from app.system.components import components, licence_text, system_name
    from app.system.practice_window import practice_command, why_no_practice
    from app.ui.application import theme
    from app.ui.menus.outside import Outside, start_on_its_own
    from app.wiring.newer_version import newer_version
    from app.wiring.process_notes import own_log

    return Outside(
        theme=theme(),
        program=f"{APP_NAME} {__version__}",
        parts=components,
        licence_text=licence_text,
        newer_version=newer_version(settings),
        system=system_name(),
        files=lambda: _own_folder(data_folder()),
        logs=lambda: _own_folder(log_folder()),
        log=own_log,
        practice_command=practice_command(),
        why_no_practice=why_no_practice,
        keep_text_size=settings.keep_text_size,
        start=start_on_its_own,
        rehearsals=_rehearsals,
        support=support_bundle,
        languages=available_languages(),
        chosen_language=_chosen_language,
        speak=_speak,
    )


def _rehearsals() -> "list[Rehearsal]":
    """Return what the practice AWS can begin with; it is in this program's words."""
    from app.core.i18n import tr
    from app.practice.scenarios.scenario_list import scenarios
    from app.ui.menus.outside import Rehearsal

    return [Rehearsal(scenario.code, tr(scenario.title)) for scenario in scenarios()]


def _own_folder(folder: Path) -> Path:
    """Return a folder of the program's; where it can't be made, opening it tells so."""
    from app.files.writing import make_folder

    with suppress(OSError):
        make_folder(folder)
    return folder


def _as_chosen_last(file: SettingsFile, kept: "Settings", *, share: bool) -> "Masking":
    """Show text in the size that was chosen last, and return whether details are hidden.

    ``share`` hides them now. What is chosen from here on is kept in ``file``.
    """
    from app.ui.application import theme
    from app.ui.look.text_size import allowed
    from app.ui.widgets.masking import Masking

    masking = Masking()
    theme().set_text_size(allowed(kept.text_size))
    masking.set_on(kept.share)
    masking.changed.connect(lambda: file.keep_share(on=masking.on))
    masking.set_on(kept.share or share)
    return masking


def _computer_accounts() -> "Accounts":
    from app.wiring.computer_accounts import ComputerAccounts

    return ComputerAccounts()


def _practice_accounts() -> "Accounts":
    from app.practice.pace import AS_PRACTISED
    from app.wiring.practice_accounts import PracticeAccounts

    return PracticeAccounts(AS_PRACTISED)


def _console_of(accounts: "Accounts") -> "LateConsole | None":
    """Return the sign-in of the AWS console; a rehearsal signs in as its scenario wants it."""
    from app.wiring.late_console import LateConsole, computer_console
    from app.wiring.practice_accounts import PracticeAccounts
    from app.wiring.rehearsal_accounts import RehearsalAccounts

    if isinstance(accounts, RehearsalAccounts):
        return None
    if isinstance(accounts, PracticeAccounts):
        return LateConsole(accounts.console)
    return LateConsole(computer_console)


def _records_of(accounts: "Accounts") -> "Records":
    """Return where runs are kept: on disk, but for the practice AWS, which ends with us."""
    from app.flow.run.memory_journals import MemoryJournals
    from app.flow.run.records import NoReceipts, Records
    from app.wiring.kept_runs import kept_records

    return Records(MemoryJournals(), NoReceipts()) if accounts.practice else kept_records()


class Live:
    """The window as a person opens it: shown at once, and joined once it has been seen."""

    def __init__(
        self, accounts: "Callable[[], Accounts]", session: SessionFile, asked: Asked
    ) -> None:
        """``accounts`` makes the sign-ins, when they are first needed; ``close`` ends them."""
        self._make = accounts
        self._accounts: Accounts | None = None
        self._session = session
        self._settings = SettingsFile(data_folder())
        self._kept = self._settings.load()
        self._unread: tuple[Unread | None, ...] = ()
        self._asked = asked
        self._opened: Opened | None = None
        self._is_closed = False
        self._desktop: Desktop | None = None

    @property
    def language(self) -> str:
        """The tag of the language that was chosen in the menu, empty for the system's."""
        return self._kept.language

    def show(self) -> "WizardWindow":
        """Show the window as it was left, and where; the practice AWS beside the real one's."""
        from app.flow.wizard.store import SetupStore

        practice, file, kept = self._asked.practice, self._settings, self._kept
        store = SetupStore(practice=practice, practise_sign_in=practice)
        store.offer_resuming(self._session.load())
        self._unread = (self._session.unread, file.unread)
        masking = _as_chosen_last(file, kept, share=self._asked.share)
        place = None if practice else kept.window
        self._opened = _opened(self._made, store, masking, settings=file, place=place)
        self._opened.window.closed.connect(self._note_closed)
        return self._opened.window

    def _note_closed(self) -> None:
        self._is_closed = True

    async def run(self, stopped: "asyncio.Event") -> int:
        """Join the window, and return the exit status once it is closed or ``stopped`` is set."""
        from app.flow.threads import in_thread
        from app.ui.pages.page_list import load_pages
        from app.ui.saving import save_while_open

        if self._opened is None:
            raise TypeError("The window has to be shown first.")
        window, context, _ = self._opened
        window.closed.connect(stopped.set)
        if self._is_closed:  # before anybody listened: whoever closes it at once need not wait
            stopped.set()
        flush = save_while_open(
            context.store, self._session.save, window, SAVE_AFTER, self._tell_refused
        )
        if not stopped.is_set():
            await in_thread(_load)
        if not stopped.is_set():
            _join(self._opened)
            self._settle(self._opened)
            context.start_aside("loading", in_thread(load_pages))
            if not self._asked.practice:
                from app.wiring.newer_version import newer_version

                looks = newer_version(self._settings)
                context.start_aside("newer-version", looks.look_when_due())
        await stopped.wait()
        await context.tasks.close()
        _end_session(context.store.state, self._session, flush)
        if self._desktop is not None:
            self._desktop.end()
        return 0

    def _settle(self, opened: Opened) -> None:
        """Make the window, which is joined, a program of this computer's desktop."""
        from app.core.log_event import Kept
        from app.desktop import Desktop, own_command

        self._desktop = desktop = Desktop(opened.window, opened.context, self._asked.instance)
        desktop.begin(self._asked.files, own_command(practice=self._asked.practice))
        self._settings.refused = desktop.tell_refused(Kept.SETTINGS)
        if not self._asked.practice:
            desktop.remember_place(self._settings)
        desktop.tell_unread(self._unread)

    def _tell_refused(self, reason: str) -> None:
        from app.core.log_event import Kept

        if self._desktop is not None:
            self._desktop.tell_refused(Kept.SESSION)(reason)

    def close(self) -> None:
        """End the sign-ins, where there are any."""
        if self._accounts is not None:
            self._accounts.close()

    def _made(self) -> "Accounts":
        self._accounts = self._accounts or self._make()
        return self._accounts


async def _rehearse(accounts: "RehearsalAccounts", stopped: "asyncio.Event", asked: Asked) -> int:
    from app.core.log_event import Kept
    from app.desktop import Desktop
    from app.flow.wizard.state import Flow

    store = await _rehearsed_store(accounts)
    store.begin(Flow.CHECK)
    settings = SettingsFile(data_folder())
    masking = _as_chosen_last(settings, settings.load(), share=asked.share)
    window, context, _ = _window(accounts, store, masking=masking, settings=settings)
    desktop = Desktop(window, context, asked.instance)
    desktop.begin(asked.files, None)
    settings.refused = desktop.tell_refused(Kept.SETTINGS)
    window.closed.connect(stopped.set)
    await stopped.wait()
    await context.tasks.close()
    desktop.end()
    return 0


async def _rehearsed_store(accounts: "RehearsalAccounts") -> "SetupStore":
    """Set the scenario up, and return a store with its details filled in."""
    from app.core.fields.form import form_of
    from app.flow.wizard.store import SetupStore

    rehearsal = await accounts.rehearse()
    store = SetupStore(practice=True)
    store.fill(form_of(rehearsal.draft))
    return store


def _end_session(state: "SetupState", session: SessionFile, flush: Callable[[], None]) -> None:
    """Keep what can be gone on with; a finished set-up has nothing of that."""
    flush()
    if state.page == "finish":
        session.forget()


async def _tour(
    out: Path, tell: Callable[[str], None], *, dark: bool, screen: tuple[int, int] | None
) -> int:
    from app.ui.application import theme
    from app.ui.tour.mending_tour import MendingTour
    from app.ui.tour.setup_tour import SetupTour
    from app.wiring.practice_accounts import PracticeAccounts
    from app.wiring.rehearsal_accounts import RehearsalAccounts

    theme().force("dark" if dark else "light")
    with closing(PracticeAccounts()) as accounts:
        window, context, _ = _practised(accounts, screen)
        tour = SetupTour(window, context.store, out, tell)
        status = await tour.run()
        await context.tasks.close()
    if status:
        return status
    with closing(RehearsalAccounts(TOUR_SCENARIO)) as rehearsed:
        store = await _rehearsed_store(rehearsed)
        window, context, _ = _window(rehearsed, store)
        _fit(window, screen)
        mending = MendingTour(window, store, out, tell, tour.pictures)
        status = await mending.run()
        await context.tasks.close()
    return status or await _ways(out, tell, mending.pictures, screen)


async def _ways(
    out: Path, tell: Callable[[str], None], pictures: int, screen: tuple[int, int] | None
) -> int:
    """Take each way of setting up, in an account of its own, and tell what it costs."""
    from app.flow.wizard.state import Method
    from app.practice.pace import AS_PRACTISED
    from app.ui.tour.way_tour import WayTour
    from app.wiring.practice_accounts import PracticeAccounts

    status = 0
    for method in Method:
        # UbiQuity's answer is there at once, and the account's record of it later, as in AWS.
        with closing(PracticeAccounts(AS_PRACTISED)) as accounts:
            window, context, _ = _practised(accounts, screen)
            form = accounts.practice_examples[0].form
            way = WayTour(window, context.store, out, tell, pictures, method, form)
            status = status or await way.run()
            pictures = way.pictures
            await context.tasks.close()
    return status


def look_at_resources() -> str:
    """Look at the program's own files for ``self-check``: each picture has to be there, and drawn.

    Returns what was found; raises DamagedError.
    """
    from app.core.conventions import row
    from app.core.i18n import tr
    from app.ui.own_pictures import picture_count, undrawable_pictures
    from app.wiring.installation.part import DamagedError

    folder = resources_folder()
    missing = undrawable_pictures(folder / "icons")
    if missing:
        words = tr("These pictures are missing or damaged: {names}.")
        raise DamagedError(words.format(names=row(missing)))
    words = tr("pictures: {count}; {folder}")
    return words.format(count=picture_count(), folder=folder)


def look_at_window(picture: Path | None) -> str:
    """Open the window on the practice AWS, as ``self-check`` does, and look at its first page.

    A picture of it is saved as ``picture``. Nothing of the person's is read or kept. Returns what
    was found; raises DamagedError.
    """
    from PySide6.QtCore import qVersion

    from app.core.i18n import tr
    from app.ui.own_pictures import save_picture
    from app.wiring.installation.part import DamagedError

    drawn: list[QImage | None] = []
    _run(lambda _stopped: _draw_first_page(drawn))
    if drawn[0] is None:
        raise DamagedError(tr("The first page is blank."))
    if picture is not None and not save_picture(drawn[0], picture):
        raise DamagedError(tr("The picture can’t be saved as {file}.").format(file=picture))
    return f"Qt {qVersion()}"


async def _draw_first_page(drawn: "list[QImage | None]") -> int:
    from app.core.i18n import tr
    from app.ui.own_pictures import picture_of, shows_crash
    from app.ui.tour.hands import come_to_rest
    from app.wiring.installation.part import DamagedError
    from app.wiring.practice_accounts import PracticeAccounts

    with closing(PracticeAccounts()) as accounts:
        window, context, _ = _practised(accounts, None)
        await come_to_rest()
        if shows_crash():
            raise DamagedError(tr("The window crashes."))
        drawn.append(picture_of(window))
        window.close()
        await context.tasks.close()
    return 0


def _practised(accounts: "PracticeAccounts", screen: tuple[int, int] | None) -> Opened:
    from app.flow.wizard.store import SetupStore
    from app.wiring.practice_browser import allow_in_background

    store = SetupStore(practice=True, practise_sign_in=True)
    opened = _window(accounts, store, open_link=allow_in_background)
    _fit(opened.window, screen)
    return opened


def _fit(window: "WizardWindow", screen: tuple[int, int] | None) -> None:
    """Make the window as large as it opens on a ``screen`` of so many pixels, whatever this has.

    Without one it has its usual size.
    """
    from PySide6.QtCore import QSize

    from app.ui.window.sizes import USUAL, opening_sizes

    if screen is None:
        window.resize(USUAL)
        return
    ratio = window.devicePixelRatioF()
    smallest, size = opening_sizes(QSize(*(int(side / ratio) for side in screen)))
    window.setMinimumSize(smallest)
    window.resize(size)
