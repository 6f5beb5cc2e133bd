"""Where the runs of a test are kept: in memory, and no receipts."""

from app.flow.ports.journals import Journals
from app.flow.run.memory_journals import MemoryJournals
from app.flow.run.records import NoReceipts, Records


def unkept(journals: Journals | None = None) -> Records:
    """Return records that end with the test."""
    return Records(journals or MemoryJournals(), NoReceipts())
