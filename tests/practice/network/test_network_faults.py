"""Whatever is wrong between this computer and AWS is named rightly, by all that asks AWS.

Real servers and real sockets in front of the practice AWS. Each fault is tried over every way in
which a connection test asks, then mended, and the same ways go through.
"""

import asyncio
import contextlib
import errno
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from botocore.config import Config

from app.aws.transport import core_sessions
from app.flow.threads import in_thread
from app.practice.account import DATABASE_ID
from app.practice.faults import OUTAGE, THROTTLING
from app.practice.scenarios.company_network import ClosedDoor
from app.practice.server import PracticeAws
from tests.aws.authority import AuthorityOfOurs
from tests.aws.hostile_server import (
    PAGE,
    Reply,
    Request,
    hostile,
    no_http,
    resetting,
    saying,
    saying_nothing,
)
from tests.commands.called import Called, call
from tests.commands.practice_account import written
from tests.helpers.sound_setup import sound_setup
from tests.practice.clients import EMPTY
from tests.practice.network.line import (
    Line,
    half_a_body,
    half_a_chunk,
    headers_only,
    once,
    refusing,
    silent,
    tunnelling,
)
from tests.practice.network.surfaces import DRAFT, SIGNED, SURFACES, Findings


@dataclass
class Way:
    """The way to AWS as it is set up, and what is in it."""

    aws: PracticeAws
    line: Line
    url: str
    patch: pytest.MonkeyPatch
    bundle: Path
    certificate: Path
    stop: threading.Event = field(default_factory=threading.Event)

    def lead_to(self, url: str) -> None:
        self.patch.setenv("AWS_ENDPOINT_URL", url)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> AuthorityOfOurs:
    return AuthorityOfOurs(tmp_path_factory.mktemp("authority"), "company")


@pytest.fixture(scope="module")
def certificate(authority: AuthorityOfOurs) -> Path:
    return authority.serving("localhost")


@pytest.fixture(scope="module")
def sound(server: PracticeAws) -> PracticeAws:
    """Make a set-up that works, once: nothing here changes it."""
    server.reset()
    sound_setup(server, DRAFT)
    return server


@pytest.fixture
def way(
    sound: PracticeAws,
    authority: AuthorityOfOurs,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Way]:
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    config = tmp_path / "config"
    config.write_text(
        "".join(
            f"[profile {name}]\naws_access_key_id = {keys.access_key_id}\n"
            f"aws_secret_access_key = {keys.secret_access_key}\n"
            for name, keys in (("customer", sound.admin), ("ubiquity", sound.ubiquity))
        )
    )
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    line = Line(sound.endpoint_url)
    with hostile(line) as server:
        way = Way(sound, line, server.url, monkeypatch, authority.bundle, certificate)
        way.lead_to(server.url)
        yield way
        way.stop.set()
    sound.faults.clear()


Fault = Callable[[Way], AbstractContextManager[None]]


def _impatient(fault: Fault) -> Fault:
    """Return the fault for clients that wait for no more than a moment."""

    @contextlib.contextmanager
    def shortened(way: Way) -> Iterator[None]:
        soon = core_sessions._TIMES.merge(Config(connect_timeout=0.1, read_timeout=0.1))
        with way.patch.context() as patched, fault(way):
            patched.setattr(core_sessions, "_TIMES", soon)
            yield

    return shortened


def _answering(wrong: Reply | Callable[[Way], Reply], service: str | None = None) -> Fault:
    """Return a fault of whatever answers in AWS's place."""

    @contextlib.contextmanager
    def fault(way: Way) -> Iterator[None]:
        way.line.wrong, way.line.wrong_with = wrong, service  # type: ignore[assignment]
        yield
        way.line.wrong = None

    return fault


@contextlib.contextmanager
def _nobody_there(way: Way) -> Iterator[None]:
    with ClosedDoor() as door:
        way.lead_to(door.url)
        yield
    way.lead_to(way.url)


@contextlib.contextmanager
def _no_route(way: Way) -> Iterator[None]:
    def unreachable(_line: socket.socket, _place: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    with way.patch.context() as patched:
        patched.setattr(socket.socket, "connect", unreachable)
        yield


def _names(look_up: Callable[..., Any]) -> Fault:
    """Return a fault of whoever looks up names: AWS is known by one then."""

    @contextlib.contextmanager
    def fault(way: Way) -> Iterator[None]:
        way.lead_to(way.url.replace("127.0.0.1", "localhost"))
        with way.patch.context() as patched:
            patched.setattr(socket, "getaddrinfo", lambda *a, **k: look_up(way, *a, **k))
            yield

    return fault


def _unknown_name(*_: object, **__: object) -> list[Any]:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _no_name_server(way: Way, *_: object, **__: object) -> list[Any]:
    way.stop.wait(5)
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


@contextlib.contextmanager
def _unknown_authority(way: Way) -> Iterator[None]:
    with hostile(way.line, certificate=way.certificate) as server:
        way.lead_to(server.url)
        yield
        way.patch.setenv("AWS_CA_BUNDLE", str(way.bundle))
        _see_that_all_is_well(SIGNED)
    way.patch.delenv("AWS_CA_BUNDLE")
    way.lead_to(way.url)


def _proxy(wrong: Reply | None) -> Fault:
    """Return a fault of a proxy (None: nobody is at its address), which then lets all through."""

    @contextlib.contextmanager
    def fault(way: Way) -> Iterator[None]:
        way.patch.setenv("AWS_CA_BUNDLE", str(way.bundle))
        replies = [wrong or tunnelling]

        def reply(request: Request) -> None:
            replies[0](request)

        with contextlib.ExitStack() as servers:
            aws = servers.enter_context(hostile(way.line, certificate=way.certificate))
            way.lead_to(aws.url)
            proxy = servers.enter_context(hostile(reply))
            way.patch.setenv("HTTPS_PROXY", proxy.url)
            if wrong is None:
                way.patch.setenv("HTTPS_PROXY", servers.enter_context(ClosedDoor()).url)
            yield
            way.patch.setenv("HTTPS_PROXY", proxy.url)
            replies[0] = tunnelling
            _see_that_all_is_well(["a page of the listing"])
            assert any(path.startswith("localhost:") for path in proxy.asked)
            way.patch.delenv("HTTPS_PROXY")
        way.patch.delenv("AWS_CA_BUNDLE")
        way.lead_to(way.url)

    return fault


@contextlib.contextmanager
def _silence(way: Way) -> Iterator[None]:
    with _answering(silent(way.stop))(way):
        yield


@contextlib.contextmanager
def _an_hour_behind(way: Way) -> Iterator[None]:
    way.aws.faults.clock_ahead = timedelta(hours=1)
    yield
    way.aws.faults.clock_ahead = timedelta()


@contextlib.contextmanager
def _an_hour_ahead(way: Way) -> Iterator[None]:
    way.aws.faults.clock_ahead = timedelta(hours=-1)
    yield
    way.aws.faults.clock_ahead = timedelta()


def _saying_no(refusals: Any) -> Fault:  # noqa: ANN401 - a table of the practice AWS's
    @contextlib.contextmanager
    def fault(way: Way) -> Iterator[None]:
        way.aws.faults.refusals = refusals
        yield
        way.aws.faults.refusals = {}

    return fault


@dataclass(frozen=True)
class Row:
    """A fault, the finding that names it, and who is stopped by it."""

    fault: Fault
    finding: str
    stops: list[str] = field(default_factory=lambda: list(SURFACES))


FAULTS: Final = {
    "nobody is there": Row(_nobody_there, "env.offline"),
    "no route": Row(_no_route, "env.offline"),
    "no such name": Row(_names(_unknown_name), "env.offline"),
    "no name server": Row(_impatient(_names(_no_name_server)), "env.offline"),
    "a proxy asks for a password": Row(_proxy(refusing(407, "Authenticate")), "env.proxy"),
    "a proxy says no": Row(_proxy(refusing(403, "Forbidden")), "env.proxy"),
    "a proxy is not there": Row(_proxy(None), "env.proxy"),
    "a proxy speaks otherwise": Row(_proxy(no_http), "env.proxy"),
    "a proxy hangs up": Row(_proxy(saying_nothing), "env.proxy"),
    "an unknown authority": Row(_unknown_authority, "env.tls-intercepted"),
    "the clock is an hour behind": Row(_an_hour_behind, "env.clock-skew", SIGNED),
    "the clock is an hour ahead": Row(_an_hour_ahead, "env.clock-skew", SIGNED),
    "silence": Row(_impatient(_silence), "env.timeout"),
    "headers alone": Row(_answering(headers_only), "env.timeout"),
    "half of the headers": Row(_answering(resetting), "env.timeout"),
    "hung up": Row(_answering(saying_nothing), "env.timeout"),
    "half a body": Row(_answering(half_a_body), "env.timeout"),
    "half a chunk": Row(_answering(half_a_chunk), "env.timeout"),
    "a page": Row(_answering(saying(PAGE)), "env.proxy"),
    "slow down": Row(_saying_no(THROTTLING), "env.throttled", SIGNED),
    "a fault of AWS's": Row(_saying_no(OUTAGE), "env.aws-fault", SIGNED),
}


def _asked(names: list[str]) -> dict[str, Findings]:
    async def all_of_them() -> dict[str, Findings]:
        return {name: await SURFACES[name]() for name in names}

    return asyncio.run(all_of_them())


def _see_that_all_is_well(names: list[str]) -> None:
    assert _asked(names) == {name: set() for name in names}


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_named_and_once_it_is_mended_all_goes_on(way: Way, name: str) -> None:
    row = FAULTS[name]
    with row.fault(way):
        found = _asked(list(SURFACES))
    stopped = {name: {row.finding} if name in row.stops else set() for name in SURFACES}
    assert found == stopped
    _see_that_all_is_well(["UbiQuity's test", "the customer's test"])


@pytest.mark.parametrize("name", SURFACES)
def test_to_cancel_waits_for_nobody(way: Way, name: str) -> None:
    """Whoever closes the window while AWS says nothing does not wait for it either."""
    asked, answered = threading.Event(), threading.Event()

    def says_nothing(request: Request) -> None:
        del request
        asked.set()
        way.stop.wait(20)
        answered.set()

    async def cancelled() -> None:
        task = asyncio.ensure_future(SURFACES[name]())
        await in_thread(lambda: asked.wait(20))
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    with _answering(says_nothing)(way):
        asyncio.run(cancelled())
        assert not answered.is_set()
        way.stop.set()
    _see_that_all_is_well([name])


_SLOW_DOWN: Final = saying(
    "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>",
    503,
    "application/xml",
    x_amz_request_id="R1",
)
_SKEWED: Final = saying(
    "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and "
    "the current time is too large.</Message></Error>",
    403,
    "application/xml",
)
_OF_S3: Final = (
    "the customer's test",
    "UbiQuity's test",
    "reading",
    "a page of the listing",
    "counting",
)


@pytest.mark.parametrize(
    ("wrong", "finding"),
    [
        (half_a_body, "env.timeout"),
        (half_a_chunk, "env.timeout"),
        (_SLOW_DOWN, "env.throttled"),
        (_SKEWED, "env.clock-skew"),
        (saying(PAGE), "env.proxy"),
        (saying(PAGE, 403), "env.proxy"),
    ],
    ids=["half a body", "half a chunk", "slow down", "clock", "a page", "a page of an error"],
)
def test_what_is_wrong_with_s3_alone_is_named(way: Way, wrong: Reply, finding: str) -> None:
    """A proxy may let all through but file sharing; S3 slows down while IAM does not."""
    with _answering(wrong, "s3")(way):
        found = _asked(list(_OF_S3))
    assert all(finding in findings for findings in found.values()), found
    _see_that_all_is_well(["a page of the listing"])


def test_who_is_slowed_down_once_gets_through(way: Way) -> None:
    with _answering(once(_SLOW_DOWN, way.line.through), "s3")(way):
        _see_that_all_is_well(["UbiQuity's test"])


def test_the_command_names_it_and_ends_well_once_it_is_mended(
    way: Way, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """All that stops the customer's test stops the command alike: so one of each kind is tried."""
    path = written(DRAFT, tmp_path)

    def called(profile: str) -> Called:
        return call(capsysbinary, "test", "--draft", path, "--profile", profile, "--json")

    for name in ("nobody is there", "an hour behind", "silence", "half a chunk", "slow down"):
        row = FAULTS.get(name) or FAULTS[f"the clock is {name}"]
        with row.fault(way):
            stopped = called("customer")
        assert stopped.status == 1
        assert row.finding in [check["code"] for check in stopped.json["checks"]], name
    for profile in ("customer", "ubiquity"):
        assert called(profile).status == 0


def test_the_command_tells_its_calls_on_request(
    way: Way, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    path, sign_in = written(DRAFT, tmp_path), ("--profile", "ubiquity")
    with _answering(_SLOW_DOWN, "s3")(way):
        plain = call(capsysbinary, "test", "--draft", path, *sign_in, "--calls")
    told = plain.text.partition("The calls to AWS:\n")[2].splitlines()
    slowed = [line for line in told if "refused SlowDown" in line and "3 requests" in line]
    assert slowed
    assert all(f"s3:ListBucket · {EMPTY}, us-east-1" in line for line in slowed)
    assert any("sts:AssumeRole" in line and "request ID" in line for line in told)
    assert DATABASE_ID not in plain.text
    # A document stands alone on standard output.
    beside = call(capsysbinary, "test", "--draft", path, *sign_in, "--calls", "--json")
    assert beside.json["verdict"] == "ready"
    assert "s3:ListBucket" in beside.err
