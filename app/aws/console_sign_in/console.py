"""AWS Sign-In for the flow of signing in (``app.flow.console_sign_in.Console``)."""

import hmac
from collections.abc import Callable
from typing import TypeVar

from app.aws.console_sign_in.authorization import (
    OTHER_DEVICE,
    SAME_DEVICE,
    code_in,
    confirmation_page,
    link,
)
from app.aws.console_sign_in.clients import SignInClient, sign_in_address, sign_in_client
from app.aws.console_sign_in.login_cache import LoginCache
from app.aws.console_sign_in.place import ConsolePlace
from app.aws.console_sign_in.tokens import exchanged
from app.aws.identity_center.sessions import utc_now
from app.aws.in_browser.callback import BrowserWords, Callback
from app.aws.in_browser.callback_page import callback_page
from app.aws.in_browser.came_back import PATIENCE, code_of
from app.aws.in_browser.pkce import SignInSecrets
from app.aws.transport.core_sessions import deaf_session, own_session
from app.aws.transport.failures import attempt
from app.aws.transport.trust import trust_the_system
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.sign_in import ConsoleSession
from app.flow.clocks import Clock
from app.flow.console_sign_in import Elsewhere
from app.flow.identity_center import BrowserInvitation, Invite
from app.flow.threads import in_thread

T = TypeVar("T")

_AUTHORIZE = "signin:AuthorizeOAuth2Access"
_EXCHANGE = "signin:CreateOAuth2Token"


class ConsoleSignIn:
    """The console sign-ins of this computer.

    ``clock`` and ``patience`` (seconds for which a browser is waited for) are those of the system
    but in tests. ``place`` is another one than AWS to sign in at. The cache is read anew at each
    call.
    """

    def __init__(
        self,
        clock: Clock = utc_now,
        patience: float = PATIENCE,
        place: ConsolePlace | None = None,
    ) -> None:
        self._clock = clock
        self._patience = patience
        self._place = place

    def _cache(self) -> LoginCache:
        return LoginCache(self._place.folder if self._place else None)

    async def sessions(self) -> tuple[ConsoleSession, ...] | AwsFailure:
        """Return the sign-ins that this computer keeps and that may still last."""
        return await _tried("profiles", lambda: tuple(self._cache().sessions(self._clock())))

    async def forget(self, session: ConsoleSession) -> AwsFailure | None:
        """Remove what this computer keeps of ``session``."""
        return await _tried("profiles", lambda: self._cache().forget(session))

    async def sign_in(self, invite: Invite) -> ConsoleSession | AwsFailure:
        """Sign in with a browser of this computer; ``invite`` is told the link.

        However this ends, the port is closed.
        """
        begun = await self._begun()
        if isinstance(begun, AwsFailure):
            return begun
        opened = attempt(_EXCHANGE, lambda: Callback(begun.secrets.state, _page))
        if isinstance(opened, AwsFailure):
            return opened
        with opened as callback:
            redirect = callback.address
            invite(BrowserInvitation(begun.link(SAME_DEVICE, redirect)))
            brought = await code_of(callback, _AUTHORIZE, self._patience)
            if isinstance(brought, AwsFailure):
                return brought
            session = await begun.exchanged(brought.code, SAME_DEVICE, redirect)
            callback.tell(worked=isinstance(session, ConsoleSession))
            return session

    async def elsewhere(self) -> Elsewhere | AwsFailure:
        """Begin a sign-in on another device, which ends with a code to be pasted."""
        begun = await self._begun()
        return begun if isinstance(begun, AwsFailure) else _ElsewhereSignIn(begun)

    async def _begun(self) -> "_Begun | AwsFailure":
        def begin() -> _Begun:
            trust_the_system()
            core = own_session() if self._place is None else deaf_session()
            client = sign_in_client(core, self._place.endpoint_url if self._place else None)
            return _Begun(client, self._cache(), self._clock)

        return await _tried(_AUTHORIZE, begin)


class _Begun:
    """One sign-in: its secrets, and where it goes."""

    def __init__(self, client: SignInClient, cache: LoginCache, clock: Clock) -> None:
        self.secrets = SignInSecrets()
        self.address = sign_in_address(client)
        self._client = client
        self._cache = cache
        self._clock = clock

    def link(self, client_id: str, redirect: str) -> str:
        """Return where the person signs in."""
        return link(self.address, self.secrets, client_id, redirect)

    async def exchanged(
        self, code: str, client_id: str, redirect: str
    ) -> ConsoleSession | AwsFailure:
        """Exchange the code that AWS gave."""
        return await _tried(
            _EXCHANGE,
            lambda: exchanged(
                self._client, self._cache, self._clock, self.secrets, code, client_id, redirect
            ),
        )


class _ElsewhereSignIn:
    """A sign-in on another device (``app.flow.console_sign_in.Elsewhere``)."""

    def __init__(self, begun: _Begun) -> None:
        self._begun = begun
        self._redirect = confirmation_page(begun.address)
        self.link = begun.link(OTHER_DEVICE, self._redirect)

    async def finish(self, pasted: str) -> ConsoleSession | AwsFailure:
        """Sign in with the code that AWS showed there."""
        told = code_in(pasted)
        if told is None:
            return AwsFailure(_EXCHANGE, "CodeUnreadable", "")
        state, code = told
        if not hmac.compare_digest(state.encode(), self._begun.secrets.state.encode()):
            return AwsFailure(_EXCHANGE, "CodeOfAnotherSignIn", "")
        return await self._begun.exchanged(code, OTHER_DEVICE, self._redirect)


def _page(outcome: BrowserWords) -> str:
    return callback_page(outcome, tr("Close this tab and go back to the program."))


async def _tried(action: str, work: Callable[[], T]) -> T | AwsFailure:
    return await in_thread(lambda: attempt(action, work))
