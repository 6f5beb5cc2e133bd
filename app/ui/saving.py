"""Saving the details while the window is open, so that a crash costs nothing that was typed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.flow.latest_kept import LatestKept
from app.flow.wizard.session import saved
from app.flow.wizard.state import SavedSession, SetupState
from app.flow.wizard.store import SetupStore


def save_while_open(
    store: SetupStore,
    save: Callable[[SavedSession], str | None],
    owner: QObject,
    delay: int,
    refused: Callable[[str], None] = lambda _reason: None,
) -> Callable[[], None]:
    """Call ``save`` once no edit has come for ``delay`` milliseconds; return what saves at once.

    ``save`` is called in a thread, and returns the reason where the disk refuses, which ``refused``
    is told in that thread. What saves at once returns when it is saved. Nothing is saved while an
    earlier start waits for its answer: that would overwrite it.
    """
    kept = LatestKept(save, lambda reason: None if reason is None else refused(reason))
    # After an earlier start nothing is the same as what is saved: to start anew forgets it.
    earlier = store.state.past.resumable is not None
    last: list[SavedSession | None] = [None if earlier else saved(store.state)]
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(delay)

    def save_now() -> None:
        timer.stop()
        session = saved(store.state)
        if store.state.past.resumable is None and session != last[0]:
            last[0] = session
            kept.put(session)

    def flush() -> None:
        save_now()
        kept.settle()

    def changed(_state: SetupState) -> None:
        timer.start()

    timer.timeout.connect(save_now)
    store.subscribe(changed)
    return flush
