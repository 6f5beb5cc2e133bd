"""Saving the details while the window is open, so that a crash costs nothing that was typed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.flow.wizard.session import saved
from app.flow.wizard.state import SavedSession, SetupState
from app.flow.wizard.store import SetupStore


def save_while_open(
    store: SetupStore, save: Callable[[SavedSession], object], owner: QObject, delay: int
) -> Callable[[], None]:
    """Call ``save`` once no edit has come for ``delay`` milliseconds; return what saves at once.

    Nothing is saved while an earlier start waits for its answer: that would overwrite it.
    """
    # After an earlier start nothing is the same as what is saved: to start anew forgets it.
    earlier = store.state.past.resumable is not None
    last: list[SavedSession | None] = [None if earlier else saved(store.state)]
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(delay)

    def flush() -> None:
        timer.stop()
        session = saved(store.state)
        if store.state.past.resumable is None and session != last[0]:
            last[0] = session
            save(session)

    def changed(_state: SetupState) -> None:
        timer.start()

    timer.timeout.connect(flush)
    store.subscribe(changed)
    return flush
