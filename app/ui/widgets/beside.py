"""Work beside the window, of which a widget takes the outcome: nothing slow holds the window up.

For widgets that have no tasks of the window's to start (``app.ui.parts.tasks``).
"""

import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")


class _Outcome(QObject):
    """Carries what came of it from its thread into the window's."""

    came = Signal(object)


def work_beside(owner: QObject, work: Callable[[], T], take: Callable[[T], object]) -> None:
    """Call ``work`` in a thread, and ``take`` with what it returns in the window's, or raise there.

    Where ``owner`` is gone by then, nobody takes it.
    """
    outcome = _Outcome(owner)

    def work_out() -> None:
        try:
            came: T | BaseException = work()
        except BaseException as error:  # noqa: BLE001 - it is raised where the window hears of it
            came = error
        with contextlib.suppress(RuntimeError):  # the owner is gone
            outcome.came.emit(came)

    def take_it(came: T | BaseException) -> None:
        outcome.deleteLater()
        if isinstance(came, BaseException):
            raise came
        take(came)

    outcome.came.connect(take_it)
    threading.Thread(target=work_out, name="beside", daemon=True).start()
