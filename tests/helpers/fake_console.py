"""A fake of ``app.flow.console_sign_in.Console``: AWS Sign-In in memory."""

import asyncio
from typing import Final

from app.core.failure import AwsFailure
from app.core.sign_in import ByConsole, ConsoleSession
from app.flow.console_sign_in import Elsewhere
from app.flow.identity_center import BrowserInvitation, Invite
from tests.helpers.drafts import ACCOUNT

JO: Final = ConsoleSession(f"arn:aws:iam::{ACCOUNT}:user/jo", ACCOUNT, "jo")
ROOT: Final = ConsoleSession(f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, "")
BY_JO: Final = ByConsole(JO.arn)
CONSOLE_LINK: Final = "https://us-east-1.signin.aws.amazon.com/v1/authorize?client_id=one"
ELSEWHERE_LINK: Final = "https://us-east-1.signin.aws.amazon.com/v1/authorize?client_id=two"
RIGHT_CODE: Final = "cmlnaHQ="
DECLINED: Final = AwsFailure("signin:AuthorizeOAuth2Access", "AccessDeniedException", "")
NO_CODE: Final = AwsFailure("signin:CreateOAuth2Token", "CodeUnreadable", "")
SPENT: Final = AwsFailure("signin:CreateOAuth2Token", "AUTHCODE_EXPIRED", "spent")
NO_RIGHT: Final = AwsFailure("signin:CreateOAuth2Token", "INSUFFICIENT_PERMISSIONS", "no")


class FakeConsole:
    """``answers`` are the coming outcomes of a sign-in; JO where none is left.

    A sign-in waits for ``person`` to be set; clear it to look at the window meanwhile.
    """

    def __init__(self) -> None:
        self.kept: tuple[ConsoleSession, ...] | AwsFailure = ()
        self.answers: list[ConsoleSession | AwsFailure] = []
        self.person = asyncio.Event()
        self.person.set()
        self.asked: list[str] = []
        self.cancelled = 0
        self.unforgettable: AwsFailure | None = None

    async def sessions(self) -> tuple[ConsoleSession, ...] | AwsFailure:
        return self.kept

    async def forget(self, session: ConsoleSession) -> AwsFailure | None:
        self.asked.append(f"forget {session.name}")
        return self.unforgettable

    async def sign_in(self, invite: Invite) -> ConsoleSession | AwsFailure:
        self.asked.append("browser")
        invite(BrowserInvitation(CONSOLE_LINK))
        try:
            await self.person.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return self.outcome()

    async def elsewhere(self) -> Elsewhere | AwsFailure:
        self.asked.append("elsewhere")
        return FakeElsewhere(self)

    def outcome(self) -> ConsoleSession | AwsFailure:
        return self.answers.pop(0) if self.answers else JO


class FakeElsewhere:
    """Takes RIGHT_CODE alone."""

    def __init__(self, console: FakeConsole) -> None:
        self.link = ELSEWHERE_LINK
        self._console = console

    async def finish(self, pasted: str) -> ConsoleSession | AwsFailure:
        await self._console.person.wait()
        return self._console.outcome() if pasted == RIGHT_CODE else NO_CODE
