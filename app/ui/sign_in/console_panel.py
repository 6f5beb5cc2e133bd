"""Signing in as for the AWS console, in the window: the browser, or a code from another device."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.sign_in import ByConsole, ConsoleSession
from app.core.wording.console_failures import console_failure_words
from app.core.wording.who_signed_in import who_signed_in
from app.flow.clocks import Sleep
from app.flow.wizard.account_actions import sign_in_stopped
from app.flow.wizard.console import ConsoleSignInFlow
from app.flow.wizard.console_state import ConsoleStage, ConsoleState
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.console_waiting import ConsoleWaiting
from app.ui.sign_in.kept_session import KeptSession
from app.ui.sign_in.sign_in_failure import SignInFailure
from app.ui.sign_in.sign_in_panel import SignInPanel
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.reveal import reveal
from app.ui.widgets.value_text import ValueText

_BROWSER: Final = "console-browser"
_CODE: Final = "console-code"
_WATCH: Final = "console-watch"
"""The tasks of a sign-in, and what looks after a silent browser."""

_WAITING: Final = frozenset({ConsoleStage.STARTING, ConsoleStage.BROWSER, ConsoleStage.CODE})


class ConsolePanel(SignInPanel):
    """Signs in as for the AWS console and hands ``on_way`` whose sign-in it is.

    ``look`` has to be called when it comes up. ``suffix`` makes the names of the controls those
    of one page. Raises ValueError where the context has no such sign-in.
    """

    def __init__(
        self,
        context: PageContext,
        on_way: Callable[[ByConsole], None],
        suffix: str = "",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        super().__init__()
        if context.console is None:
            raise ValueError("there is no console sign-in here")
        self.setObjectName(f"consolePanel{suffix}")
        self._context = context
        self._on_way = on_way
        self._suffix = suffix
        self._opened = ""
        self._said: str | None = None
        self._stage = ConsoleStage.READY
        self._listed: tuple[ConsoleSession, ...] = ()
        self.flow = ConsoleSignInFlow(context.console, sleep)
        self._failure = SignInFailure(context, f"consoleFailure{suffix}")
        self._start = self._make_start()
        self._waiting = ConsoleWaiting(context.masking, context.clock, suffix)
        self._who = ValueText(context.masking, f"consoleWho{suffix}")
        self._other = link_button(tr("Sign in as somebody else"), f"consoleOther{suffix}")
        self._forget = link_button(tr("Forget it"), f"consoleForget{suffix}")
        self._done = FlowRow(self._other, self._forget)
        self._connect()
        self._lay_out()
        self.flow.subscribe(self._show)
        self._show(self.flow.state)

    @property
    def way(self) -> ByConsole | None:
        """The sign-in that was made or chosen."""
        session = self.flow.state.session
        return ByConsole(session.arn) if session is not None else None

    @property
    def control(self) -> QWidget:
        """The control that work goes on with, for the focus."""
        stage = self.flow.state.stage
        if stage is ConsoleStage.READY:
            return self._kept[0].control if self._kept else self._sign_in_button
        if stage is ConsoleStage.STARTING:
            return self._sign_in_button
        return self._other if stage is ConsoleStage.DONE else self._waiting.control

    @property
    def is_to_begin(self) -> bool:
        """Whether nothing is to be chosen or typed: what comes next is to sign in."""
        return self.flow.state.stage is ConsoleStage.READY and not self._kept

    def go_on(self) -> None:
        """Do what comes next, or lead to what is missing for it."""
        stage = self.flow.state.stage
        if stage is ConsoleStage.READY:
            self._sign_in()
        elif stage is ConsoleStage.BROWSER:
            self._open_browser()
        elif stage is ConsoleStage.CODE:
            self._waiting.give_code()
        else:
            self.control.setFocus()

    def has_ended(self) -> None:
        """Offer to sign in again; what is kept of the ended sign-in is of no more use."""
        session = self.flow.state.session
        if session is not None:
            self._forget_kept(session)

    @property
    def is_under_way(self) -> bool:
        """Whether the browser or the code is waited for."""
        return self.flow.state.stage in _WAITING

    def cancel(self) -> bool:
        """Stop waiting for the browser or the code."""
        is_waiting = self.flow.state.stage in _WAITING
        if is_waiting:
            self._cancel()
        return is_waiting

    def look(self) -> None:
        """Read (again) which sign-ins this computer keeps."""
        self._context.start(self._task("console-look"), self.flow.look())

    def _make_start(self) -> QWidget:
        self._sign_in_button = plain_button(
            tr("Open AWS’s sign-in page"), f"consoleSignIn{self._suffix}"
        )
        self._no_browser = link_button(
            tr("I can’t open a browser here"), f"consoleWithCode{self._suffix}"
        )
        self._no_browser.setAccessibleDescription(tr("Signs in on another device, with a code"))
        self._kept: list[KeptSession] = []
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(
            muted(
                tr(
                    "You sign in on AWS’s page. This program sees no password, but can then do "
                    "what you can."
                )
            )
        )
        self._kept_column = QVBoxLayout()
        self._kept_column.setSpacing(2 * GRID)
        column.addLayout(self._kept_column)
        column.addWidget(FlowRow(self._sign_in_button, self._no_browser))
        return box

    def _connect(self) -> None:
        self._sign_in_button.clicked.connect(self._sign_in)
        self._no_browser.clicked.connect(self._sign_in_elsewhere)
        self._waiting.cancelled.connect(self._cancel)
        self._waiting.open_again.connect(self._open_browser)
        self._waiting.no_browser.connect(self._sign_in_elsewhere)
        self._waiting.code_given.connect(self._give_code)
        self._other.clicked.connect(self.flow.back)
        self._forget.clicked.connect(self._forget_done)

    # Doing

    def _sign_in(self) -> None:
        self._run(_BROWSER, self._hand_on(self.flow.sign_in))

    def _sign_in_elsewhere(self) -> None:
        """Give the browser up, if one was waited for, and ask for a code."""
        self._context.tasks.cancel(self._task(_BROWSER))
        self._run(_CODE, self.flow.sign_in_elsewhere())

    def _give_code(self, pasted: str) -> None:
        self._run(_CODE, self._hand_on(lambda: self.flow.finish_elsewhere(pasted)))

    async def _hand_on(self, sign_in: Callable[[], Awaitable[ByConsole | None]]) -> None:
        way = await sign_in()
        if way is not None:
            self._on_way(way)

    def _use(self, session: ConsoleSession) -> None:
        self._on_way(self.flow.use(session))

    def _forget_kept(self, session: ConsoleSession) -> None:
        self._run(f"console-forget-{session.arn}", self._forgotten(session))

    async def _forgotten(self, session: ConsoleSession) -> None:
        """Forget what is kept, and who is signed in by it: it must not go on in memory."""
        await self.flow.forget(session)
        if session not in self.flow.state.sessions:
            self._context.store.forget_sign_in(ByConsole(session.arn))

    def _forget_done(self) -> None:
        session = self.flow.state.session
        if session is not None:
            self._forget_kept(session)

    def _cancel(self) -> None:
        for name in (_BROWSER, _CODE, _WATCH):
            self._context.tasks.cancel(self._task(name))
        self.flow.back()
        self._context.store.tell_stopped(sign_in_stopped(self._context.store.state))

    def _run(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._context.start(self._task(name), work)

    def _task(self, name: str) -> str:
        return f"{name}{self._suffix}"

    def _open_browser(self) -> None:
        """Open the browser; where this computer has none, another device signs in."""
        if self._context.open_link(self.flow.state.link) is False:
            self._sign_in_elsewhere()

    # Showing

    def _show(self, state: ConsoleState) -> None:
        # Of this window, whichever window is the active one: the browser is in front by then.
        here = self.isAncestorOf(self.window().focusWidget())
        waiting = state.stage in _WAITING
        self._list(state.sessions)
        self._start.setVisible(state.stage in {ConsoleStage.READY, ConsoleStage.STARTING})
        self._waiting.setVisible(waiting)
        self._done.setVisible(state.stage is ConsoleStage.DONE)
        if waiting:
            self._waiting.show_state(state)
        else:
            self._waiting.stop()
        self._show_who(state)
        self._failure.show_failure(state.failure, console_failure_words)
        self._follow(state, here=here)

    def _list(self, sessions: tuple[ConsoleSession, ...]) -> None:
        if sessions == self._listed:
            return
        self._listed = sessions
        for row in self._kept:
            self._kept_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._kept = [
            KeptSession(
                session,
                self._context.masking,
                self._use,
                self._forget_kept,
                f"consoleKept{number}{self._suffix}",
            )
            for number, session in enumerate(sessions)
        ]
        for row in self._kept:
            self._kept_column.addWidget(row)

    def show_signed_in(self, arn: str | None) -> None:
        """Take who is signed in: where that is said already, it is not said again here."""
        self._said = arn
        self._show_who(self.flow.state)

    def _show_who(self, state: ConsoleState) -> None:
        session = state.session
        is_said = session is not None and session.arn == self._said
        self._who.setVisible(state.stage is ConsoleStage.DONE and not is_said)
        if session is not None:
            words = who_signed_in(session.arn, session.account_id)
            self._who.show_text(words.template, words.values)

    def _follow(self, state: ConsoleState, *, here: bool) -> None:
        """Open the browser once for each link, and keep the focus in what is shown now."""
        if state.stage is not self._stage:
            self._stage = state.stage
            self.moved.emit()
            if state.stage not in _WAITING:
                self._context.tasks.cancel(self._task(_WATCH))
            elif state.stage is ConsoleStage.STARTING:
                self._context.store.tell_stopped("")  # of the one before
            else:
                announce(self, self._waiting.words)
            # Once it is done the work goes on outside, not at what leads back to here.
            if here and state.stage is not ConsoleStage.DONE:
                self.control.setFocus()
                reveal(self.control)
        if state.stage is ConsoleStage.BROWSER and state.link != self._opened:
            self._opened = state.link
            self._context.tasks.cancel(self._task(_WATCH))
            self._run(_WATCH, self.flow.watch())
            self._open_browser()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        for widget in (self._failure, self._start, self._waiting, self._who, self._done):
            column.addWidget(widget)
