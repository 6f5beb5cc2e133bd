"""The sign-ins as for the AWS console, of this computer or of the practice AWS.

It stands before ``ConsoleSignIn`` for one thing: with the first call botocore is imported, in a
thread, and the practice AWS started, since that belongs after the first paint.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from app.core.failure import AwsFailure
from app.core.sign_in import ConsoleSession
from app.flow.console_sign_in import Elsewhere
from app.flow.identity_center import Invite

if TYPE_CHECKING:
    from app.aws.console_sign_in.console import ConsoleSignIn


class LateConsole:
    """Console sign-ins that ``make`` makes when they are first needed.

    Implements ``app.flow.console_sign_in.Console``.
    """

    def __init__(self, make: "Callable[[], Awaitable[ConsoleSignIn]]") -> None:
        self._make = make
        self._console: ConsoleSignIn | None = None

    async def sessions(self) -> tuple[ConsoleSession, ...] | AwsFailure:
        """Return the sign-ins that this computer keeps and that may still last."""
        return await (await self._opened()).sessions()

    async def forget(self, session: ConsoleSession) -> AwsFailure | None:
        """Remove what this computer keeps of ``session``."""
        return await (await self._opened()).forget(session)

    async def sign_in(self, invite: Invite) -> ConsoleSession | AwsFailure:
        """Sign in with this computer's browser."""
        return await (await self._opened()).sign_in(invite)

    async def elsewhere(self) -> Elsewhere | AwsFailure:
        """Begin a sign-in on another device."""
        return await (await self._opened()).elsewhere()

    async def _opened(self) -> "ConsoleSignIn":
        if self._console is None:
            self._console = await self._make()
        return self._console


async def computer_console() -> "ConsoleSignIn":
    """Return the console sign-ins of this computer."""
    return await asyncio.to_thread(_of_this_computer)


def _of_this_computer() -> "ConsoleSignIn":
    from app.aws.console_sign_in.console import ConsoleSignIn

    return ConsoleSignIn()
