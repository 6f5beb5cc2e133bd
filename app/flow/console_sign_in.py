"""What the flows need of AWS Sign-In, where people sign in as they do for the AWS console.

``app.aws.console_sign_in`` provides it; tests provide a fake. Credentials never come here: they
stay in ``app.aws``.
"""

from typing import Protocol

from app.core.failure import AwsFailure
from app.core.sign_in import ConsoleSession
from app.flow.identity_center import Invite


class Elsewhere(Protocol):
    """A sign-in that was begun on this computer and goes on on another device."""

    link: str
    """Where the person signs in there."""

    async def finish(self, pasted: str) -> ConsoleSession | AwsFailure:
        """Sign in with the code that AWS showed there.

        With the failure's codes CodeUnreadable and CodeOfAnotherSignIn another may be pasted.
        """


class Console(Protocol):
    """What the flow needs of AWS Sign-In. Expected failures are values."""

    async def sessions(self) -> tuple[ConsoleSession, ...] | AwsFailure:
        """Return the sign-ins that this computer keeps and that may still last."""

    async def forget(self, session: ConsoleSession) -> AwsFailure | None:
        """Remove what this computer keeps of ``session``."""

    async def sign_in(self, invite: Invite) -> ConsoleSession | AwsFailure:
        """Sign in with a browser of this computer.

        ``invite`` is told the link, in the caller's thread, before this waits for the person.
        Cancelling it ends all that was started.
        """

    async def elsewhere(self) -> Elsewhere | AwsFailure:
        """Begin a sign-in on another device."""
