"""The window as a person opens it, until it is closed, and what is said where that fails."""

from contextlib import closing
from typing import TYPE_CHECKING

from app.bootstrap.live import Live, StartOptions
from app.bootstrap.qt import run_qt
from app.system.hard_crash import HardCrashWatch
from app.system.one_instance import OneInstance
from app.system.own_folders import data_folder, reports_folder
from app.system.session_file import SessionFile
from app.system.translations import install_language

if TYPE_CHECKING:
    from app.flow.ports.accounts import Accounts


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
    options = StartOptions(instance, practice, scenario, share, files)
    watch = HardCrashWatch(reports_folder())
    watch.begin()
    try:
        return _run_window(options)
    except Exception as error:
        from app.wiring.plain_start import tell_start_failed, tell_what_is_lacking

        if tell_what_is_lacking(error):
            return 1
        tell_start_failed(error)
        raise
    finally:
        watch.end()
        instance.give_up()


def _run_window(options: StartOptions) -> int:
    if options.scenario is not None:
        from app.bootstrap.rehearsal import run_rehearsal

        return run_rehearsal(options, options.scenario)
    accounts = _practice_accounts if options.practice else _computer_accounts
    session = SessionFile(data_folder(), practice=options.practice)
    with closing(Live(accounts, session, options)) as live:
        install_language(live.language)
        return run_qt(live.run, live.show)


def _computer_accounts() -> "Accounts":
    from app.wiring.computer_accounts import ComputerAccounts

    return ComputerAccounts()


def _practice_accounts() -> "Accounts":
    from app.practice.pace import AS_PRACTISED
    from app.wiring.practice_accounts import PracticeAccounts

    return PracticeAccounts(AS_PRACTISED)
