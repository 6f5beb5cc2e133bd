"""Qt and its event loop, around whatever is done in a window."""

import gc
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from app.system.resources import resources_folder
from app.ui.pyside_start import load_pyside

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtWidgets import QWidget


Main = Callable[["asyncio.Event"], Coroutine[Any, Any, int]]


def run_qt(main: Main, show: "Callable[[], QWidget] | None" = None) -> int:
    """Run ``main`` on Qt's event loop, and return the exit status that it returns.

    ``show`` shows a window, which has been painted before ``main`` begins.
    """
    was_enabled = gc.isenabled()
    gc.disable()  # nothing is rubbish that is made up to the first paint
    try:
        load_pyside()
        from app.bootstrap.no_window import begun_qt

        _qt = begun_qt()  # for as long as it is held
        from app.ui.application import run_application

        icons = resources_folder() / "icons"
        return run_application(partial(_begun, main), _crash_report, icons, show)
    finally:
        if was_enabled:
            gc.enable()


def _begun(main: Main, stopped: "asyncio.Event") -> Coroutine[Any, Any, int]:
    """Begin ``main``, once the window has been painted and before the first thread."""
    from app.system.one_heap import keep_to_one_heap

    keep_to_one_heap()
    return main(stopped)


def _crash_report(error: BaseException) -> str:
    from app.system.crash_report import crash_report

    return crash_report(error)
