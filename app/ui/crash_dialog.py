"""What the person sees when the program itself has failed."""

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Callable
from math import inf
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QPlainTextEdit,
    QWidget,
)

from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr
from app.ui.look.typeface import fixed
from app.ui.widgets.accessible_objects import unheard
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.headings import body
from app.ui.widgets.scroll_dialog import ScrollDialog

_LINE: Final = 80
"""Characters on a line, about: those of the report."""

_SEEN: Final = 12
"""Lines of the report that can be seen at once."""


class CrashDialog(ScrollDialog):
    """Says what happened, that nothing is lost, and gives the text for support.

    Show it with ``open()``: ``exec()`` inside a task would lose the other tasks.
    """

    def __init__(self, parent: QWidget | None, report_text: str) -> None:
        """``report_text`` is shown and copied as it is: it must hold no value of the customer."""
        heading = tr("Something went wrong in this program")
        close = PrimaryButton(tr("Close"), "crashClose")
        super().__init__(parent, heading, "crashDialog", close, line=_LINE)
        self.setWindowTitle(tr("Something went wrong"))
        self._report = QPlainTextEdit(report_text)
        unheard(self._report.viewport())
        self._report.setObjectName("crashReport")
        self._report.setAccessibleName(tr("Report for support"))
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setFont(fixed(self.font()))
        self._report.setMinimumHeight(_SEEN * self.fontMetrics().lineSpacing())
        self.add(
            body(
                tr(
                    "What you typed is kept. You can close this message and carry on. If it "
                    "happens again, send the text below to {address}."
                ).format(address=SUPPORT_EMAIL)
            )
        )
        self.add(self._report)
        self.add_button(CopyButton(tr("the report"), lambda: report_text, "crashCopy"))

    @property
    def report(self) -> str:
        """The text for support."""
        return self._report.toPlainText()


_QUIET: Final = 2.0
"""Seconds: what comes again sooner comes by itself, as a page that can't be drawn does."""


class CrashDialogs:
    """Shows one crash dialog at a time, and none again and again for what goes on by itself."""

    def __init__(
        self,
        report: Callable[[BaseException], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``report`` makes the text of the dialog, ``clock`` tells seconds."""
        self._report = report
        self._clock = clock
        self._last_at: dict[str, float] = {}
        # Over no window, as while another program is in front, nothing else would hold on to it.
        self._dialog: CrashDialog | None = None

    def show(self, error: BaseException) -> None:
        """Show a dialog for ``error``.

        None where one is open, nor for what was told of already and has not stopped since:
        whoever closes the dialog of a page that can't be drawn has to get at the rest.
        """
        text, now = self._report(error), self._clock()
        goes_on = now - self._last_at.get(text, -inf) < _QUIET
        self._last_at[text] = now
        if goes_on or self._dialog is not None:
            return
        self._dialog = CrashDialog(QApplication.activeWindow(), text)
        self._dialog.destroyed.connect(self._is_gone)
        self._dialog.finished.connect(lambda: self._last_at.update({text: self._clock()}))
        self._dialog.open()

    def _is_gone(self) -> None:
        self._dialog = None


class _Bridge(QObject):
    """Carries an exception from any thread into the window's."""

    crashed = Signal(object)

    def __init__(self, on_crash: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._on_crash = on_crash
        self._is_telling = False
        self.crashed.connect(self._tell)

    def _tell(self, error: BaseException) -> None:
        """Tell of ``error``; a fault of the telling itself would come here again, without end."""
        if self._is_telling:
            return
        self._is_telling = True
        try:
            self._on_crash(error)
        except Exception as fault:  # noqa: BLE001 - there is nobody left to tell
            self._give_up(error, fault)
        finally:
            self._is_telling = False

    def _give_up(self, error: BaseException, fault: Exception) -> None:
        if sys.stderr is None:
            return
        kinds = f"{type(error).__name__}, {type(fault).__name__}"
        words = tr("This program made a mistake of its own, and can’t show it ({kinds}).")
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{words.format(kinds=kinds)}\n")


def install_crash_handler(
    on_crash: Callable[[BaseException], None],
    loop: asyncio.AbstractEventLoop | None = None,
) -> Callable[[], None]:
    """Send every exception that nobody caught to ``on_crash``, in this thread.

    Covers Qt's callbacks, other threads and, with ``loop``, its tasks. Returns a function that
    takes the handler off again.
    """
    bridge = _Bridge(on_crash)
    before = (sys.excepthook, threading.excepthook)

    def from_python(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            bridge.crashed.emit(error.with_traceback(trace))
        else:
            before[0](kind, error, trace)  # Ctrl+C and sys.exit are no crashes

    def from_thread(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            bridge.crashed.emit(args.exc_value)

    def from_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        crash = error if isinstance(error, BaseException) else RuntimeError(context["message"])
        bridge.crashed.emit(crash)

    def restore() -> None:
        sys.excepthook, threading.excepthook = before
        if loop is not None:
            loop.set_exception_handler(None)
        bridge.deleteLater()

    sys.excepthook, threading.excepthook = from_python, from_thread
    if loop is not None:
        loop.set_exception_handler(from_loop)
    return restore
