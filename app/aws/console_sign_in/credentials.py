"""The credentials of a console sign-in: 15 minutes each, renewed while the sign-in lasts."""

import threading
from functools import partial
from typing import Any, Final, cast

from botocore.credentials import (
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
    LoginCredentialFetcher,
)
from botocore.session import Session as CoreSession
from botocore.utils import LoginTokenLoader

from app.aws.console_sign_in.login_cache import LoginCache
from app.aws.console_sign_in.place import ConsolePlace
from app.core.sign_in import ByConsole

_RENEWING: Final = threading.Lock()
"""A refresh token may be good for one use, so one thread at a time uses it."""


def take_session(core: CoreSession, way: ByConsole, place: ConsolePlace | None = None) -> None:
    """Let the clients of ``core`` use the sign-in that ``way`` names, and no other credentials.

    ``place`` is where it was made in the place of AWS.

    No call is made before the first client's first call. Where the sign-in has ended, that call
    raises LoginTokenLoadError, LoginRefreshRequired or LoginInsufficientPermissions.
    """
    provider = _SessionProvider(core, way, place)
    core.register_component("credential_provider", CredentialResolver([provider]))


class _SessionProvider(CredentialProvider):
    METHOD = "login"
    CANONICAL_NAME = "UbiquityConsoleSignIn"

    def __init__(self, core: CoreSession, way: ByConsole, place: ConsolePlace | None) -> None:
        super().__init__(core)
        # botocore's stubs call its own caches dictionaries.
        cache = LoginCache(place.folder if place else None)
        loader = LoginTokenLoader(cast("Any", cache.files))
        address = place.endpoint_url if place else None
        make_client = partial(core.create_client, endpoint_url=address)
        self._fetcher = LoginCredentialFetcher(way.arn, cast("Any", loader), make_client)

    def load(self) -> DeferredRefreshableCredentials:
        """Return credentials that are fetched when they are first used."""
        return DeferredRefreshableCredentials(self._fetch, self.METHOD)

    def _fetch(self) -> dict[str, str]:
        with _RENEWING:
            # It says in words what is missing; renewing would stumble over it.
            self._fetcher.load_cached_credentials()
            credentials: dict[str, str] = self._fetcher.refresh_credentials()
        return credentials
