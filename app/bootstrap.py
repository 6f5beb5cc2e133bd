"""The one place that sees all layers and wires them together."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.core.fields.details import form_of
from app.exports import handoff, support_bundle
from app.exports.cloudshell.way import cloudshell_way
from app.files.writing import make_folder
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.records import NoReceipts, Records
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Flow
from app.flow.wizard.store import SetupStore
from app.practice.pace import AS_PRACTISED
from app.system.components import components, system_name
from app.system.crash_report import crash_report
from app.system.own_folders import data_folder
from app.system.practice_window import practice_command, why_no_practice
from app.system.resources import resources_folder
from app.system.session_file import SessionFile
from app.system.settings_file import SettingsFile
from app.system.translations import install_language
from app.wiring.computer_accounts import ComputerAccounts
from app.wiring.computer_portals import ComputerPortals
from app.wiring.kept_runs import kept_records
from app.wiring.late_console import LateConsole, computer_console
from app.wiring.practice_accounts import PracticeAccounts
from app.wiring.practice_browser import allow_in_background
from app.wiring.rehearsal_accounts import RehearsalAccounts

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.flow.ports.accounts import Accounts
    from app.flow.wizard.state import SetupState
    from app.ui.menus.outside import Outside, Rehearsal
    from app.ui.parts.tasks import TaskScope
    from app.ui.widgets.masking import Masking
    from app.ui.window.wizard_window import WizardWindow

TOUR_SCENARIO: Final = "policy.not-attached"
"""What the tour finds broken, and mends."""

SAVE_AFTER: Final = 400
"""Milliseconds without an edit after which the details are saved."""


def run_wizard(*, practice: bool, scenario: str | None = None, share: bool = False) -> int:
    """Open the window and return the process's exit status once it is closed.

    ``scenario`` names a rehearsal: the practice AWS is set up so that it can be found and mended.
    ``share`` hides the details from the first moment on, as whoever chose it in the menu last has
    them hidden.
    """
    if scenario is not None:
        with closing(RehearsalAccounts(scenario, AS_PRACTISED)) as rehearsal:
            return _run(lambda stopped: _rehearse(rehearsal, stopped, share=share))
    accounts: Accounts = PracticeAccounts(AS_PRACTISED) if practice else ComputerAccounts()
    session = SessionFile(data_folder(), practice=practice)
    with closing(accounts):
        return _run(lambda stopped: _live(accounts, session, stopped, share=share))


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
    return _run(lambda _stopped: _tour(out, tell, dark=dark, screen=screen))


Main = Callable[[asyncio.Event], Coroutine[Any, Any, int]]


def _run(main: Main) -> int:
    from app.ui.application import run_application

    install_language()
    return run_application(main, crash_report, resources_folder() / "icons")


def _window(
    accounts: "Accounts",
    store: SetupStore,
    open_link: Callable[[str], bool | None] | None = None,
    masking: "Masking | None" = None,
) -> "tuple[WizardWindow, TaskScope]":
    """Make the window over ``store``, with the actions that reach AWS through ``accounts``.

    ``open_link`` opens links in the place of this computer's browser; ``masking`` hides the
    details, or will.

    Return it with its tasks, which have to be closed after it.
    """
    from app.ui.application import on_crash
    from app.ui.menus.menu_bar import add_menus
    from app.ui.pages.page_list import make_pages
    from app.ui.parts.page_context import PageContext, open_in_browser
    from app.ui.parts.tasks import TaskScope
    from app.ui.sign_in.code_dialog import CodeDialogs
    from app.ui.widgets.masking import Masking
    from app.ui.window.wizard_window import WizardWindow

    context = PageContext(
        store=store,
        actions=SetupActions(store, accounts, records_of(accounts)),
        tasks=TaskScope(on_crash),
        masking=masking or Masking(),
        handoff=handoff,
        cloudshell=cloudshell_way,
        practice_examples=accounts.practice_examples,
        portal=None if accounts.practice else ComputerPortals(),
        open_link=open_link or open_in_browser,
        console=_console_of(accounts),
    )
    window = WizardWindow(context, make_pages(context))
    add_menus(window, context, _outside())
    window.show()
    accounts.ask_codes_with(CodeDialogs(lambda: window, context.masking).ask)
    context.start("past", context.actions.past.look_for_interrupted())
    context.start("regions", context.actions.load_regions())
    return window, context.tasks


def _outside() -> "Outside":
    """Return this computer as the menus reach it."""
    from app.ui.application import theme
    from app.ui.menus.outside import Outside, Part, start_on_its_own

    settings = SettingsFile(data_folder())
    return Outside(
        theme=theme(),
        parts=[Part(each.name, each.version, each.licence) for each in components()],
        system=system_name(),
        files=_own_files,
        practice_command=practice_command(),
        why_no_practice=why_no_practice,
        keep_text_size=settings.keep_text_size,
        start=start_on_its_own,
        rehearsals=_rehearsals,
        support=support_bundle,
    )


def _rehearsals() -> "list[Rehearsal]":
    """Return what the practice AWS can begin with; it is in this program's words."""
    from app.core.i18n import tr
    from app.practice.scenarios.scenario_list import scenarios
    from app.ui.menus.outside import Rehearsal

    return [Rehearsal(scenario.code, tr(scenario.title)) for scenario in scenarios()]


def _own_files() -> Path:
    """Return the folder of the program's files; where it can't be made, opening it tells so."""
    with suppress(OSError):
        make_folder(data_folder())
    return data_folder()


def _as_chosen_last(*, share: bool) -> "Masking":
    """Show text in the size that was chosen last, and return whether details are hidden.

    ``share`` hides them now. What is chosen from here on is kept.
    """
    from app.ui.application import theme
    from app.ui.look.text_size import allowed
    from app.ui.widgets.masking import Masking

    file, masking = SettingsFile(data_folder()), Masking()
    kept = file.load()
    theme().set_text_size(allowed(kept.text_size))
    masking.set_on(kept.share)
    masking.changed.connect(lambda: file.keep_share(on=masking.on))
    masking.set_on(kept.share or share)
    return masking


def _console_of(accounts: "Accounts") -> LateConsole | None:
    """Return the sign-in of the AWS console; a rehearsal signs in as its scenario wants it."""
    if isinstance(accounts, RehearsalAccounts):
        return None
    if isinstance(accounts, PracticeAccounts):
        return LateConsole(accounts.console)
    return LateConsole(computer_console)


def records_of(accounts: "Accounts") -> Records:
    """Return where runs are kept: on disk, but for the practice AWS, which ends with us."""
    if accounts.practice:
        return Records(MemoryJournals(), NoReceipts())
    return kept_records()


async def _live(
    accounts: "Accounts", session: SessionFile, stopped: asyncio.Event, *, share: bool = False
) -> int:
    from app.ui.saving import save_while_open

    store = SetupStore(practice=accounts.practice, practise_sign_in=accounts.practice)
    store.offer_resuming(session.load())
    masking = _as_chosen_last(share=share)
    window, tasks = _window(accounts, store, masking=masking)
    flush = save_while_open(store, session.save, window, SAVE_AFTER)
    window.closed.connect(stopped.set)
    await stopped.wait()
    await tasks.close()
    _end_session(store.state, session, flush)
    return 0


async def _rehearse(accounts: RehearsalAccounts, stopped: asyncio.Event, *, share: bool) -> int:
    store = await _rehearsed_store(accounts)
    store.begin(Flow.CHECK)
    masking = _as_chosen_last(share=share)
    window, tasks = _window(accounts, store, masking=masking)
    window.closed.connect(stopped.set)
    await stopped.wait()
    await tasks.close()
    return 0


async def _rehearsed_store(accounts: RehearsalAccounts) -> SetupStore:
    """Set the scenario up, and return a store with its details filled in."""
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

    theme().force("dark" if dark else "light")
    with closing(PracticeAccounts()) as accounts:
        store, window, tasks = _practised(accounts, screen)
        tour = SetupTour(window, store, out, tell)
        status = await tour.run()
        await tasks.close()
    if status:
        return status
    with closing(RehearsalAccounts(TOUR_SCENARIO)) as rehearsed:
        store = await _rehearsed_store(rehearsed)
        window, tasks = _window(rehearsed, store)
        _fit(window, screen)
        mending = MendingTour(window, store, out, tell, tour.pictures)
        status = await mending.run()
        await tasks.close()
    return status or await _ways(out, tell, mending.pictures, screen)


async def _ways(
    out: Path, tell: Callable[[str], None], pictures: int, screen: tuple[int, int] | None
) -> int:
    """Take each way of setting up, in an account of its own, and tell what it costs."""
    from app.flow.wizard.state import Method
    from app.ui.tour.way_tour import WayTour

    status = 0
    for method in Method:
        # UbiQuity's answer is there at once, and the account's record of it later, as in AWS.
        with closing(PracticeAccounts(AS_PRACTISED)) as accounts:
            store, window, tasks = _practised(accounts, screen)
            form = accounts.practice_examples[0].form
            way = WayTour(window, store, out, tell, pictures, method, form)
            status = status or await way.run()
            pictures = way.pictures
            await tasks.close()
    return status


def look_at_resources() -> str:
    """Look at the program's own files for ``self-check``: each picture has to be there, and drawn.

    Returns what was found; raises DamagedError.
    """
    from app.core.i18n import tr
    from app.ui.own_pictures import picture_count, undrawable_pictures
    from app.wiring.installation.part import DamagedError

    folder = resources_folder()
    missing = undrawable_pictures(folder / "icons")
    if missing:
        words = tr("These pictures are missing or damaged: {names}.")
        raise DamagedError(words.format(names=", ".join(missing)))
    words = tr("{count} pictures in {folder}")
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

    with closing(PracticeAccounts()) as accounts:
        _, window, tasks = _practised(accounts, None)
        await come_to_rest()
        if shows_crash():
            raise DamagedError(tr("The window crashes."))
        drawn.append(picture_of(window))
        window.close()
        await tasks.close()
    return 0


def _practised(
    accounts: PracticeAccounts, screen: tuple[int, int] | None
) -> "tuple[SetupStore, WizardWindow, TaskScope]":
    store = SetupStore(practice=True, practise_sign_in=True)
    window, tasks = _window(accounts, store, open_link=allow_in_background)
    _fit(window, screen)
    return store, window, tasks


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
