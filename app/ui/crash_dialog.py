"""What the person sees when the program itself has failed."""

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QPlainTextEdit,
    QWidget,
)

from app.core.conventions import paragraph
from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr
from app.ui.look.typeface import fixed
from app.ui.widgets.accessible_objects import unheard
from app.ui.widgets.buttons import PrimaryButton, plain_button
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.headings import body
from app.ui.widgets.scroll_dialog import ScrollDialog

_LINE: Final = 80
"""Characters on a line, about: those of the report."""

_SEEN: Final = 12
"""Lines of the report that can be seen at once."""


@dataclass(frozen=True, slots=True)
class CrashWays:
    """What can be done about a mistake of the program, beside carrying on.

    ``save_bundle`` shows what a support bundle would hold, ``start_anew`` ends this process for a
    new one that has the details; None where that can't be done. ``keep`` keeps a report, and takes
    no time.
    """

    save_bundle: Callable[[], None] | None = None
    start_anew: Callable[[], None] | None = None
    keep: Callable[[BaseException, str], object] = lambda _error, _report: None


class CrashDialog(ScrollDialog):
    """Says what happened, that nothing is lost, what to do now, and gives the text for support.

    Show it with ``open()``: ``exec()`` inside a task would lose the other tasks.
    """

    def __init__(
        self,
        parent: QWidget | None,
        report_text: str,
        ways: CrashWays = CrashWays(),
        *,
        earlier: bool = False,
    ) -> None:
        """``report_text`` is shown and copied as it is: it must hold no value of the customer.

        ``earlier`` tells that it is of the last start, which that mistake ended.
        """
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
        self.add(body(_last_time() if earlier else _just_now(ways)))
        self.add(self._report)
        self.add_button(CopyButton(tr("the report"), lambda: report_text, "crashCopy"))
        if ways.save_bundle is not None:
            self._add_way(tr("Save a support bundle…"), "crashBundle", ways.save_bundle)
        if ways.start_anew is not None and not earlier:
            self._add_way(tr("Start the program anew"), "crashAnew", ways.start_anew)

    def _add_way(self, words: str, name: str, take: Callable[[], None]) -> None:
        button = plain_button(words, name)
        button.clicked.connect(self.accept)
        button.clicked.connect(lambda _checked: take())
        self.add_button(button)

    @property
    def report(self) -> str:
        """The text for support."""
        return self._report.toPlainText()


def _just_now(ways: CrashWays) -> str:
    words = tr(
        "What you typed is kept. You can close this message and carry on. If it happens again, "
        "send a support bundle or the text below to {address}."
    ).format(address=SUPPORT_EMAIL)
    if ways.start_anew is None:
        return words
    anew = tr("Where the window does not answer as it should, start the program anew.")
    return paragraph(words, anew)


def _last_time() -> str:
    return tr(
        "A mistake of its own ended this program last time. What you typed is kept, and changes in "
        "AWS that were under way can be gone on with. If it happens again, send a support bundle "
        "or the text below to {address}."
    ).format(address=SUPPORT_EMAIL)


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
        self._ways = CrashWays()
        self._window: QWidget | None = None
        # Over no window, as while another program is in front, nothing else would hold on to it.
        self._dialog: CrashDialog | None = None

    def offer(self, ways: CrashWays, window: QWidget | None = None) -> None:
        """Offer ``ways`` from now on, over ``window`` where no other is in front."""
        self._ways = ways
        self._window = window

    def show(self, error: BaseException) -> None:
        """Keep the report of ``error``, and show a dialog.

        None where one is open, nor for what was told of already and has not stopped since:
        whoever closes the dialog of a page that can't be drawn has to get at the rest.
        """
        text, now = self._report(error), self._clock()
        goes_on = now - self._last_at.get(text, -inf) < _QUIET
        self._last_at[text] = now
        if goes_on:
            return
        self._ways.keep(error, text)
        if self._dialog is None:
            self._open(text)

    def show_earlier(self, report_text: str) -> None:
        """Tell of a crash that ended the last start; its report is kept already."""
        if self._dialog is None:
            self._open(report_text, earlier=True)

    def _open(self, text: str, *, earlier: bool = False) -> None:
        parent = QApplication.activeWindow() or self._window
        self._dialog = CrashDialog(parent, text, self._ways, earlier=earlier)
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
