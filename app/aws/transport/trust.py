"""Which certificates AWS must show: those that this computer's own trust store accepts.

botocore trusts the list of certifi (or its own), so that a company's inspection proxy, whose
root sits in the system's store only, breaks it. Here botocore's sessions verify with truststore
unless a bundle is named (``AWS_CA_BUNDLE``, ``ca_bundle``, ``REQUESTS_CA_BUNDLE``), which then
alone counts, as in each AWS tool. Verification is never switched off.

What is trusted is read once, and again where it has changed, for all connections together: to read
a few hundred certificates takes 18 ms of the processor, and truststore does it for each connection
(sethmlarson/truststore issue 212), under a lock that it keeps while it shakes hands: many
connections at once would wait for each other.

truststore is not injected into ``ssl``: that would change every connection of the process, and
botocore's own contexts leave the host name to urllib3, which can't check it where the system
itself verifies (macOS, Windows).
"""

import functools
import ssl
import sys
from pathlib import Path
from typing import Protocol

import botocore.args
import botocore.httpsession
import truststore
from botocore.endpoint import EndpointCreator
from botocore.httpsession import create_urllib3_context

from app.aws.transport.connections import BoundedSession, is_metadata_service
from app.aws.transport.failures import UnusableConfigError
from app.core.i18n import tr


class _Connections(Protocol):
    """The part of urllib3's connection pool that says how to verify."""

    cert_reqs: str | None
    ca_certs: str | None


class _ReadySession(BoundedSession):
    """An HTTP session whose context knows already what is to be trusted."""

    def _setup_ssl_cert(self, conn: _Connections, _url: str, _verify: object) -> None:
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None


class SystemTrustSession(_ReadySession):
    """An HTTP session that verifies with the system's trust store."""

    def _get_ssl_context(self) -> ssl.SSLContext:
        return system_context()


class _BundleSession(_ReadySession):
    """An HTTP session that trusts those in a file of certificates alone."""

    def __init__(self, verify: str, **settings: object) -> None:
        self._bundle = verify
        super().__init__(verify=verify, **settings)

    def _get_ssl_context(self) -> ssl.SSLContext:
        return _bundle_context(self._bundle)


class MetadataSession(SystemTrustSession):
    """The session with which a machine or a container is asked for its credentials."""

    def _may_be_plain(self, host: str) -> bool:
        return is_metadata_service(host) or super()._may_be_plain(host)


def http_session(verify: bool | str | None = None, **settings: object) -> BoundedSession:
    """Return the session that botocore's ``settings`` ask for; they stay with it.

    Raises UnusableConfigError where ``verify`` names a file that is none of certificates.
    """
    if isinstance(verify, str):
        return _BundleSession(verify, **settings)
    return SystemTrustSession(**settings)


_Stamp = tuple[str, int, int]
"""A file as it is: its name, when it was changed, and its size."""


def _stamp(path: str) -> _Stamp:
    now = Path(path).stat()
    return path, now.st_mtime_ns, now.st_size


def system_context() -> ssl.SSLContext:
    """Return what verifies with the system's store.

    Windows and macOS verify themselves: there truststore asks them, with a context for each
    connection (``connections``). Elsewhere the store is OpenSSL's, and is read here.
    """
    if sys.platform in ("win32", "darwin"):
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    places = ssl.get_default_verify_paths()
    return _openssl_context(*(path and _stamp(path) for path in (places.cafile, places.capath)))


@functools.lru_cache(maxsize=2)
def _openssl_context(*_store: _Stamp | None) -> ssl.SSLContext:
    """Return the one context with the system's store as it is now; connections share it."""
    from truststore import _openssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Where the store is on all these systems truststore alone knows, and tells nobody else.
    with _openssl._configure_context(context):  # noqa: SLF001
        return context


@functools.lru_cache(maxsize=2)
def _read_bundle(bundle: _Stamp) -> ssl.SSLContext:
    context: ssl.SSLContext = create_urllib3_context()
    context.load_verify_locations(bundle[0])
    return context


def _bundle_context(bundle: str) -> ssl.SSLContext:
    """Return what trusts the certificates in the file ``bundle`` alone.

    Raises UnusableConfigError where the file is none: else each connection would fail as if
    somebody on the way had shown a wrong certificate.
    """
    try:
        return _read_bundle(_stamp(bundle))
    except OSError as error:
        words = tr(
            "The file of certificates that AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE or ca_bundle names "
            "can’t be used: {file} ({reason})."
        )
        reason = error.strerror or str(error)
        sentence = words.format(file=bundle, reason=reason)
        raise UnusableConfigError(error_msg=sentence, path=bundle) from error


class _SystemTrustEndpoints(EndpointCreator):
    create_endpoint = functools.partialmethod(
        EndpointCreator.create_endpoint, http_session_cls=http_session
    )


def trust_the_system() -> None:
    """Let each client that botocore makes from now on use the system's trust store.

    That includes the clients botocore makes for itself while it fetches credentials, which no
    argument of ours reaches, and the sessions with which it asks machines and containers for them.
    """
    vars(botocore.args)["EndpointCreator"] = _SystemTrustEndpoints
    vars(botocore.httpsession)["URLLib3Session"] = MetadataSession
