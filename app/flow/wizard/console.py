"""Signing in as for the AWS console: in the browser, or with a code from another device.

One frozen state (``app.flow.wizard.console_state``), and the one object that changes it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.sign_in import ByConsole
from app.flow.identity_center import BrowserInvitation
from app.flow.wizard.console_state import PASTE_AGAIN, ConsoleStage, ConsoleState
from app.flow.wizard.observed import Observed

if TYPE_CHECKING:
    from app.core.sign_in import ConsoleSession
    from app.flow.clocks import Sleep
    from app.flow.console_sign_in import Console, Elsewhere
    from app.flow.identity_center import Invitation

QUIET_AFTER: Final = 45.0
"""Seconds without the browser's answer after which the person is told what may be wrong.

AWS's page may say a bare "400 Bad Request", of which the program hears nothing (aws-cli issue
10186).
"""


class ConsoleSignInFlow(Observed[ConsoleState]):
    """Carries one sign-in from the button to a session of the AWS console."""

    def __init__(self, console: "Console", sleep: "Sleep" = asyncio.sleep) -> None:
        super().__init__(ConsoleState())
        self._console = console
        self._sleep = sleep
        self._attempt: object = None
        self._elsewhere: Elsewhere | None = None

    # What this computer has

    async def look(self) -> None:
        """Read which sign-ins this computer keeps; where that fails there are none."""
        answer = await self._console.sessions()
        kept = () if isinstance(answer, AwsFailure) else answer
        self._put(replace(self._state, sessions=kept))

    def use(self, session: "ConsoleSession") -> ByConsole:
        """Take a kept sign-in; whether it still lasts is seen when it is used."""
        self._end_at(ConsoleStage.DONE, session=session)
        return ByConsole(session.arn)

    async def forget(self, session: "ConsoleSession") -> None:
        """Remove what this computer keeps of a sign-in."""
        failure = await self._console.forget(session)
        if failure is not None:
            self._put(replace(self._state, failure=failure))
            return
        kept = tuple(one for one in self._state.sessions if one != session)
        self._put(replace(self._state, sessions=kept))
        if self._state.session == session:
            self._end_at(ConsoleStage.READY)

    # Signing in

    async def sign_in(self) -> ByConsole | None:
        """Sign in with this computer's browser; None where that came to nothing."""
        with self._waiting():
            answer = await self._console.sign_in(self._invited)
            return self._taken(answer)

    def _invited(self, invitation: "Invitation") -> None:
        if isinstance(invitation, BrowserInvitation):
            stage = ConsoleStage.BROWSER
            self._put(replace(self._state, stage=stage, link=invitation.link))

    async def watch(self) -> None:
        """Say so once the browser has been silent for QUIET_AFTER seconds."""
        attempt = self._attempt
        await self._sleep(QUIET_AFTER)
        if self._attempt is attempt and self._state.stage is ConsoleStage.BROWSER:
            self._put(replace(self._state, quiet=True))

    async def sign_in_elsewhere(self) -> None:
        """Begin a sign-in on another device, and wait for its code to be pasted."""
        with self._waiting():
            answer = await self._console.elsewhere()
            if isinstance(answer, AwsFailure):
                self._taken(answer)
                return
            self._elsewhere = answer
            self._put(replace(self._state, stage=ConsoleStage.CODE, link=answer.link))

    async def finish_elsewhere(self, pasted: str) -> ByConsole | None:
        """Take the code that AWS showed; None where it came to nothing.

        A code that is none, or that of another sign-in, ends nothing.
        """
        elsewhere = self._elsewhere
        if elsewhere is None or self._state.stage is not ConsoleStage.CODE:
            return None
        self._put(replace(self._state, failure=None))
        answer = await elsewhere.finish(pasted)
        if self._elsewhere is not elsewhere:  # it was cancelled meanwhile
            return None
        if isinstance(answer, AwsFailure) and answer.code in PASTE_AGAIN:
            self._put(replace(self._state, failure=answer))
            return None
        return self._taken(answer)

    def back(self) -> None:
        """Begin again: another sign-in, or another person."""
        self._end_at(ConsoleStage.READY)

    def _taken(self, answer: "ConsoleSession | AwsFailure") -> ByConsole | None:
        if isinstance(answer, AwsFailure):
            self._end_at(ConsoleStage.READY, failure=answer)
            return None
        others = tuple(one for one in self._state.sessions if one != answer)
        self._put(replace(self._state, sessions=(answer, *others)))
        self._end_at(ConsoleStage.DONE, session=answer)
        return ByConsole(answer.arn)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        """Start over from STARTING; what is cancelled or breaks goes back to the beginning."""
        attempt = self._attempt = object()
        self._end_at(ConsoleStage.STARTING)
        try:
            yield
        except BaseException:
            if self._attempt is attempt:  # another sign-in has not taken its place
                self.back()
            raise

    def _end_at(
        self,
        stage: ConsoleStage,
        *,
        session: "ConsoleSession | None" = None,
        failure: AwsFailure | None = None,
    ) -> None:
        """Go to ``stage`` with nothing left of what was waited for."""
        if stage is not ConsoleStage.STARTING:
            self._attempt = None
        self._elsewhere = None
        kept = self._state.sessions
        self._put(ConsoleState(stage, kept, session=session, failure=failure))
