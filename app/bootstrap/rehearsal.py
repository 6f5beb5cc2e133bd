"""The window on a rehearsal: the practice AWS with something broken in it, to find and mend."""

from contextlib import closing
from typing import TYPE_CHECKING

from app.bootstrap.live import StartOptions
from app.bootstrap.qt import run_qt
from app.bootstrap.window import as_chosen_last, open_window
from app.system.own_folders import data_folder
from app.system.settings_file import SettingsFile
from app.system.translations import install_language

if TYPE_CHECKING:
    import asyncio

    from app.flow.wizard.store import SetupStore
    from app.wiring.rehearsal_accounts import RehearsalAccounts


def run_rehearsal(options: StartOptions, scenario: str) -> int:
    """Open the window on ``scenario`` and return the exit status once it is closed."""
    from app.practice.pace import AS_PRACTISED
    from app.wiring.rehearsal_accounts import RehearsalAccounts

    with closing(RehearsalAccounts(scenario, AS_PRACTISED)) as rehearsal:
        install_language(SettingsFile(data_folder()).load().language)
        return run_qt(lambda stopped: _rehearse(rehearsal, stopped, options))


async def _rehearse(
    accounts: "RehearsalAccounts", stopped: "asyncio.Event", options: StartOptions
) -> int:
    from app.bootstrap.desktop import Desktop
    from app.core.log_event import Kept
    from app.flow.wizard.state import Flow

    store = await rehearsed_store(accounts)
    store.begin(Flow.CHECK)
    settings = SettingsFile(data_folder())
    masking = as_chosen_last(settings, settings.load(), share=options.share)
    window, context, _ = open_window(accounts, store, masking=masking, settings=settings)
    desktop = Desktop(window, context, options.instance)
    desktop.begin(options.files, None)
    settings.refused = desktop.tell_refused(Kept.SETTINGS)
    window.closed.connect(stopped.set)
    await stopped.wait()
    await context.tasks.close()
    settings.settle()
    desktop.end()
    return 0


async def rehearsed_store(accounts: "RehearsalAccounts") -> "SetupStore":
    """Set the scenario up, and return a store with its details filled in."""
    from app.core.fields.form import form_of
    from app.flow.wizard.store import SetupStore

    rehearsal = await accounts.rehearse()
    store = SetupStore(practice=True)
    store.fill(form_of(rehearsal.draft))
    return store
