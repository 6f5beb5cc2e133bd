"""Which certificates are accepted, shown with a TLS server and an authority of our own."""

import asyncio
import contextlib
import http.server
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import truststore

from app.aws.access import Access, DefaultChain, NamedProfile, TemporaryKeys
from app.aws.account import CustomerAccount
from app.core.failure import AwsFailure
from app.core.snapshot import Caller
from tests.aws.authority import AuthorityOfOurs

# The other systems' stores can't be given an authority without asking the person.
needs_openssl_store = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only OpenSSL takes its store from a variable"
)

CALLER = Caller("arn:aws:iam::123456789012:user/jo", "123456789012")
KEYS = (
    "<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
    "<SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
)
ANSWERS = {
    b"GetCallerIdentity": f"<Arn>{CALLER.arn}</Arn><Account>{CALLER.account}</Account>",
    b"AssumeRole": f"<Credentials>{KEYS}</Credentials>",
}


class _Sts(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        action = next(name for name in ANSWERS if b"Action=" + name in asked)
        name = action.decode()
        result = f"<{name}Result>{ANSWERS[action]}</{name}Result>"
        body = f"<{name}Response>{result}</{name}Response>".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority of our own: its certificate's file, and the address of a server under it."""

    bundle: Path
    url: str


def _serve(certificate: Path) -> http.server.ThreadingHTTPServer:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Sts)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> AuthorityOfOurs:
    return AuthorityOfOurs(tmp_path_factory.mktemp("authority"), "company")


@pytest.fixture(scope="module")
def company(maker: AuthorityOfOurs) -> Iterator[Authority]:
    server = _serve(maker.serving("localhost"))
    yield Authority(maker.bundle, f"https://localhost:{server.server_port}")
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def misnamed(maker: AuthorityOfOurs) -> Iterator[Authority]:
    """Run a server whose certificate is for another host."""
    server = _serve(maker.serving("elsewhere.example"))
    yield Authority(maker.bundle, f"https://localhost:{server.server_port}")
    server.shutdown()
    server.server_close()


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """Return the certificate of an authority that vouches for no server here."""
    return AuthorityOfOurs(tmp_path, "stranger").bundle


@pytest.fixture(autouse=True)
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")


def _ask(authority: Authority, monkeypatch: pytest.MonkeyPatch, access: Access) -> str | Caller:
    monkeypatch.setenv("AWS_ENDPOINT_URL", authority.url)
    answer = asyncio.run(CustomerAccount(access).caller())
    return answer if isinstance(answer, Caller) else _finding(answer)


def _finding(failure: AwsFailure) -> str:
    assert failure.finding is not None
    return failure.finding


def test_an_unknown_authority_is_refused(
    company: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _ask(company, monkeypatch, DefaultChain()) == "env.tls-intercepted"


@needs_openssl_store
def test_the_systems_store_is_asked(company: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(company.bundle))
    assert _ask(company, monkeypatch, DefaultChain()) == CALLER


@needs_openssl_store
def test_the_systems_store_counts_for_fetching_credentials_too(
    company: Authority, own_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = own_settings / ".aws" / "config"
    config.parent.mkdir()
    config.write_text(
        "[profile base]\naws_access_key_id = AKIA\naws_secret_access_key = s\n"
        "[profile acme]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = base\n"
    )
    assert _ask(company, monkeypatch, NamedProfile("acme")) == "env.tls-intercepted"
    monkeypatch.setenv("SSL_CERT_FILE", str(company.bundle))
    assert _ask(company, monkeypatch, NamedProfile("acme")) == CALLER


@pytest.mark.parametrize("variable", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_a_named_bundle_is_taken(
    company: Authority, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(company.bundle))
    assert _ask(company, monkeypatch, DefaultChain()) == CALLER


def test_a_named_bundle_alone_counts(
    company: Authority, stranger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(company.bundle))
    monkeypatch.setenv("AWS_CA_BUNDLE", str(stranger))
    assert _ask(company, monkeypatch, DefaultChain()) == "env.tls-intercepted"


@pytest.mark.parametrize("bundle", ["/not/there.pem", "false"])
def test_a_bundle_that_is_not_there_switches_nothing_off(
    company: Authority, monkeypatch: pytest.MonkeyPatch, bundle: str
) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", bundle)
    assert _ask(company, monkeypatch, DefaultChain()) == "signin.config-broken"


def test_a_bundle_without_certificates_is_named(
    company: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "company.pem"
    bundle.write_text("no certificate")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(bundle))
    monkeypatch.setenv("AWS_ENDPOINT_URL", company.url)
    failure = asyncio.run(CustomerAccount(DefaultChain()).caller())
    assert isinstance(failure, AwsFailure)
    assert failure.params == {"file": str(bundle)}
    assert str(bundle) in failure.message
    bundle.write_bytes(company.bundle.read_bytes())
    assert _ask(company, monkeypatch, DefaultChain()) == CALLER


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[str]]]:
    """Run a proxy that lets everything through; yield its address and what it was asked."""
    asked: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                visitor, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=_tunnel, args=(visitor, asked), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def _tunnel(visitor: socket.socket, asked: list[str]) -> None:
    line = visitor.recv(65536).decode().split("\r\n")[0]
    asked.append(line)
    host, _, port = line.split()[1].rpartition(":")
    with visitor, socket.create_connection((host, int(port))) as server:
        visitor.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        back = threading.Thread(target=_pump, args=(server, visitor), daemon=True)
        back.start()
        _pump(visitor, server)
        back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)


def test_a_proxy_of_the_environment_is_used_and_verified_through(
    company: Authority, proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy[0])
    assert _ask(company, monkeypatch, DefaultChain()) == "env.tls-intercepted"
    monkeypatch.setenv("AWS_CA_BUNDLE", str(company.bundle))
    assert _ask(company, monkeypatch, DefaultChain()) == CALLER
    assert _ask(company, monkeypatch, TemporaryKeys("ASIA", "secret", "token")) == CALLER
    assert {line.split()[0] for line in proxy[1]} == {"CONNECT"}


def test_a_proxy_of_the_systems_settings_is_used(
    company: Authority, proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # urllib's getproxies reads Windows' and macOS's settings where no variable is set.
    monkeypatch.setattr("botocore.utils.getproxies", lambda: {"https": proxy[0]})
    monkeypatch.setenv("AWS_CA_BUNDLE", str(company.bundle))
    assert _ask(company, monkeypatch, DefaultChain()) == CALLER
    assert len(proxy[1]) == 1


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "AWS_CA_BUNDLE"])
def test_a_certificate_for_another_host_is_refused(
    misnamed: Authority, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(misnamed.bundle))
    assert _ask(misnamed, monkeypatch, DefaultChain()) == "env.tls-intercepted"


def _shakes_hands_with_two(certificate: Path) -> socket.socket:
    """Serve two connections, and begin with neither before both have begun."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        lines = [listening.accept()[0] for _ in range(2)]
        for line in lines:
            line.settimeout(5)
            line.recv(1, socket.MSG_PEEK)
        for line in lines:
            with context.wrap_socket(line, server_side=True) as secured:
                _Sts(secured, ("", 0), None)  # type: ignore[arg-type]

    threading.Thread(target=serve, daemon=True).start()
    return listening


def _by_bundle(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(bundle))


def _by_the_systems_store(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))


def _by_the_system(bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let truststore verify each connection, as on Windows and macOS."""
    _by_the_systems_store(bundle, monkeypatch)
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr("app.aws.transport.trust.system_context", lambda: context)


@needs_openssl_store
@pytest.mark.parametrize("trust", [_by_bundle, _by_the_systems_store, _by_the_system])
def test_no_connection_waits_for_the_handshake_of_another(
    maker: AuthorityOfOurs,
    monkeypatch: pytest.MonkeyPatch,
    trust: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    trust(maker.bundle, monkeypatch)

    async def both(account: CustomerAccount) -> tuple[Caller | AwsFailure, ...]:
        return tuple(await asyncio.gather(account.caller(), account.caller()))

    with _shakes_hands_with_two(maker.serving("localhost")) as listening:
        url = f"https://localhost:{listening.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        assert asyncio.run(both(CustomerAccount(DefaultChain()))) == (CALLER, CALLER)
