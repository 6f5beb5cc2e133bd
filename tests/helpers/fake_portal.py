"""A fake of ``app.flow.wizard.portal_state.Portal``: an access portal in memory."""

import asyncio
from datetime import UTC, datetime
from typing import Final

from app.core.failure import AwsFailure
from app.core.sign_in import KnownPortal, PortalAccount
from app.flow.identity_center import BrowserInvitation, CodeInvitation, Invite, PortalPlace
from tests.helpers.drafts import ACCOUNT

URL: Final = "https://acme.awsapps.com/start"
PORTAL_REGION: Final = "eu-west-1"
UNTIL: Final = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)
LINK: Final = "https://oidc.eu-west-1.amazonaws.com/authorize?client_id=one"
CODE: Final = "ABCD-EFGH"
OTHER_ACCOUNT: Final = "210987654321"
EXPIRED: Final = AwsFailure(
    "sso:ListAccounts", "SSOTokenLoadError", "no valid session", finding="signin.expired"
)
DENIED: Final = AwsFailure("sso-oidc:Authorize", "AccessDeniedException", "")
OFFLINE: Final = AwsFailure(
    "sso-oidc:RegisterClient", "EndpointConnectionError", "no", finding="env.offline"
)


class FakePortal:
    """``sign_ins`` are the coming outcomes of a sign-in; UNTIL where none is left.

    A sign-in waits for ``person`` to be set; clear it to look at the window meanwhile.
    """

    def __init__(self) -> None:
        self.known: tuple[KnownPortal, ...] | AwsFailure = ()
        self.until: datetime | AwsFailure | None = None
        self.sign_ins: list[AwsFailure] = []
        self.people: tuple[PortalAccount, ...] = (
            PortalAccount(OTHER_ACCOUNT, "Acme sandbox", "sandbox@acme.test"),
            PortalAccount(ACCOUNT, "Acme production", "aws@acme.test"),
        )
        self.names: dict[str, tuple[str, ...]] = {
            ACCOUNT: ("ReadOnly", "AdministratorAccess"),
            OTHER_ACCOUNT: ("PowerUser",),
        }
        self.failures: list[AwsFailure] = []
        """The coming answers to asking for accounts or roles, before the right ones."""
        self.person = asyncio.Event()
        self.person.set()
        self.asked: list[str] = []
        self.cancelled = 0

    async def known_portals(self) -> tuple[KnownPortal, ...] | AwsFailure:
        return self.known

    async def signed_in_until(self, place: PortalPlace) -> datetime | AwsFailure | None:
        self.asked.append(f"session {place.start_url} {place.region}")
        return self.until

    async def sign_in(
        self, place: PortalPlace, invite: Invite, *, with_code: bool
    ) -> datetime | AwsFailure:
        self.asked.append(f"sign in {place.region} {'code' if with_code else 'browser'}")
        invite(
            CodeInvitation(CODE, f"{URL}/#/device", f"{URL}/#/device?user_code={CODE}", UNTIL)
            if with_code
            else BrowserInvitation(LINK)
        )
        try:
            await self.person.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return self.sign_ins.pop(0) if self.sign_ins else UNTIL

    async def accounts(self, place: PortalPlace) -> tuple[PortalAccount, ...] | AwsFailure:
        del place
        self.asked.append("accounts")
        return self.failures.pop(0) if self.failures else self.people

    async def roles(self, place: PortalPlace, account_id: str) -> tuple[str, ...] | AwsFailure:
        del place
        self.asked.append(f"roles {account_id}")
        return self.failures.pop(0) if self.failures else self.names[account_id]
