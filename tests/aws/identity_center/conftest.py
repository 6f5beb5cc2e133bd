"""A portal on 127.0.0.1, a browser, and the program's side of it."""

import http.client
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.aws.identity_center.portal import IdentityCenter
from app.flow.identity_center import BrowserInvitation, CodeInvitation, Invitation, PortalPlace
from tests.aws.identity_center.portal_server import PortalServer

REGION = "ap-southeast-2"
ACCOUNTS = [
    {"accountId": f"11112222333{n}", "accountName": f"Acme {n}", "emailAddress": f"a{n}@acme.test"}
    for n in range(5)
]


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[PortalServer]:
    server = PortalServer(accounts=list(ACCOUNTS))
    server.roles = {ACCOUNTS[0]["accountId"]: ["Admin", "Billing", "ReadOnly"]}
    server.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    yield server
    server.stop()


@pytest.fixture
def place(portal: PortalServer) -> PortalPlace:
    return PortalPlace(portal.start_url, REGION)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser shows: the status, the page and its headers."""

    status: int
    text: str
    headers: dict[str, str]


def get(url: str) -> Seen:
    """Open ``url`` as a browser would, without following where it leads."""
    split = urlsplit(url)
    connection = http.client.HTTPConnection(split.netloc, timeout=10)
    try:
        connection.request("GET", f"{split.path}?{split.query}")
        answer = connection.getresponse()
        return Seen(answer.status, answer.read().decode(), dict(answer.getheaders()))
    finally:
        connection.close()


@dataclass
class Browser:
    """A person with a browser: follows the link that it is told, in a thread of its own.

    ``going`` sees the address to which the portal sends the browser back, and may change it.
    """

    links: list[str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    going: Callable[[str], str] = lambda address: address
    _thread: threading.Thread | None = None

    def invited(self, invitation: Invitation) -> None:
        assert isinstance(invitation, BrowserInvitation)
        self.links.append(invitation.link)
        self._thread = threading.Thread(target=self._follow, args=(invitation.link,), daemon=True)
        self._thread.start()

    def _follow(self, link: str) -> None:
        self.seen.append(get(self.going(get(link).headers["Location"])))

    def page(self) -> Seen:
        """Return what the browser shows in the end."""
        assert self._thread is not None
        self._thread.join(10)
        return self.seen[-1]


@pytest.fixture
def browser() -> Browser:
    return Browser()


@dataclass
class Elsewhere:
    """A person with another device. ``on_wait`` acts before each try, told which one it is."""

    portal: PortalServer
    invitations: list[CodeInvitation] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    on_wait: Callable[[int], None] = lambda _number: None

    def invited(self, invitation: Invitation) -> None:
        assert isinstance(invitation, CodeInvitation)
        self.invitations.append(invitation)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.portal.now += timedelta(seconds=seconds)
        self.on_wait(len(self.waits))

    def allow_at(self, number: int, *, allow: bool = True) -> None:
        """Decide before the try ``number``."""

        def act(now: int) -> None:
            if now == number:
                self.portal.decide(self.invitations[-1].user_code, allow=allow)

        self.on_wait = act


@pytest.fixture
def elsewhere_person(portal: PortalServer) -> Elsewhere:
    return Elsewhere(portal)


@pytest.fixture
def center(portal: PortalServer, elsewhere_person: Elsewhere) -> IdentityCenter:
    return IdentityCenter(clock=lambda: portal.now, sleep=elsewhere_person.sleep)


@pytest.fixture
def cache(own_settings: Path) -> Path:
    """Return the AWS CLI's folder of tokens; it is not there at first."""
    return own_settings / ".aws" / "sso" / "cache"
