"""Where the runs of this computer are kept, for the window and the command line alike."""

from app.flow.run.records import Records
from app.system.journal_files import JournalFiles
from app.system.own_folders import data_folder
from app.system.receipt_files import ReceiptFiles


def kept_journals() -> JournalFiles:
    """Return the journals of the runs that this computer has made."""
    return JournalFiles(data_folder() / "journals")


def kept_records() -> Records:
    """Return the journals, and the receipts for people."""
    return Records(kept_journals(), ReceiptFiles(data_folder() / "receipts"))
