"""What the pages reach beyond the window. Loaded after the first paint."""

from app.bootstrap.late_exports import LateHandoff
from app.flow.ports.accounts import Accounts
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.records import NoReceipts, Records
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.store import SetupStore
from app.ui.parts.reach import Reach
from app.wiring.computer_portals import ComputerPortals
from app.wiring.kept_runs import kept_records
from app.wiring.late_console import LateConsole, computer_console
from app.wiring.practice_accounts import PracticeAccounts
from app.wiring.rehearsal_accounts import RehearsalAccounts


def reach_through(store: SetupStore, accounts: Accounts) -> Reach:
    """Return what the window reaches through ``accounts``."""
    return Reach(
        actions=SetupActions(store, accounts, _records_of(accounts)),
        handoff=LateHandoff(),
        practice_examples=accounts.practice_examples,
        portal=None if accounts.practice else ComputerPortals(),
        console=_console_of(accounts),
    )


def _console_of(accounts: Accounts) -> LateConsole | None:
    """Return the sign-in of the AWS console; a rehearsal signs in as its scenario wants it."""
    if isinstance(accounts, RehearsalAccounts):
        return None
    if isinstance(accounts, PracticeAccounts):
        return LateConsole(accounts.console)
    return LateConsole(computer_console)


def _records_of(accounts: Accounts) -> Records:
    """Return where runs are kept: on disk, but for the practice AWS, which ends with us."""
    return Records(MemoryJournals(), NoReceipts()) if accounts.practice else kept_records()
