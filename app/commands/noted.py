"""Commands that have to do with an AWS account leave a log, as a window does."""

from collections.abc import Callable

from app.commands.exit_status import OWN_FAULT
from app.core.log_event import Commanded, Face
from app.flow.call_log import calls_heard
from app.wiring.process_notes import ProcessNotes


def noted(command: str, act: Callable[[], int]) -> int:
    """Do ``act``, which is what ``command`` does, and return its exit status.

    Its start, its end and the calls that AWS refused are noted in the program's log.
    """
    notes = ProcessNotes(Face.COMMAND)
    notes.begin()
    notes.take(Commanded(command))
    status = OWN_FAULT
    try:
        with calls_heard(notes.take):
            status = act()
    except Exception as error:
        notes.note_crash(error)
        raise
    finally:
        notes.end(status)
    return status
