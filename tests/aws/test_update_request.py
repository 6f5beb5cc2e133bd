"""Asking for a newer version over real HTTPS, of servers of every kind."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.aws.transport.bounds import Bounds
from app.aws.transport.signatures import is_signed
from app.aws.update_request import BOUNDS, ask
from app.core.formats.update_json import read_signed, signed_bytes
from app.core.newer_version import LookProblem
from tests.aws.authority import AuthorityOfOurs
from tests.aws.hostile_server import Reply, Request, hostile, resetting, saying, saying_nothing
from tests.helpers.newer_version import Maker, statement

MAKER = Maker()
GOOD = MAKER.answer(statement())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> AuthorityOfOurs:
    return AuthorityOfOurs(tmp_path_factory.mktemp("authority"), "company")


@pytest.fixture(scope="module")
def certificate(authority: AuthorityOfOurs) -> Path:
    return authority.serving("localhost")


@pytest.fixture
def trusted(authority: AuthorityOfOurs, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.bundle))
    return iter(())


def _asked(reply: Reply, certificate: Path, bounds: Bounds = BOUNDS) -> object:
    with hostile(reply, certificate=certificate) as server:
        return ask(f"{server.url}/newest.json", bounds)


@pytest.mark.usefixtures("trusted")
def test_a_good_answer_comes_whole_and_nothing_of_the_person_goes_out(certificate: Path) -> None:
    headers: list[dict[str, str]] = []

    def reply(request: Request) -> None:
        headers.append(dict(request.headers))
        saying(GOOD, kind="application/json")(request)

    assert _asked(reply, certificate) == GOOD
    (sent,) = headers
    assert sent.pop("Host").startswith("localhost:")
    assert sent == {
        "User-Agent": "ubiquity-s3-setup",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
    }


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (saying(GOOD, status=404), LookProblem.ANSWER),
        (saying(GOOD, status=302, Location="https://evil.example/"), LookProblem.ANSWER),
        (saying(GOOD, status=301, Location="/elsewhere.json"), LookProblem.ANSWER),
        (saying(b"x" * 20_000), LookProblem.ANSWER),
        (saying(GOOD, length=len(GOOD) + 5), LookProblem.UNREACHABLE),
        (saying_nothing, LookProblem.UNREACHABLE),
        (resetting, LookProblem.UNREACHABLE),
        (saying("", status=503), LookProblem.ANSWER),
    ],
)
def test_any_other_answer_has_a_reason(
    certificate: Path, reply: Reply, problem: LookProblem
) -> None:
    assert _asked(reply, certificate) is problem


@pytest.mark.usefixtures("trusted")
def test_one_that_never_ends_is_cut(certificate: Path) -> None:
    def drips(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "10000")
        request.end_headers()
        for _ in range(10_000):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.02)

    bounds = Bounds(seconds=0.3, requests=1, body=16 * 1024)
    assert _asked(drips, certificate, bounds) is LookProblem.UNREACHABLE


def test_a_certificate_that_nobody_here_vouches_for_is_told(certificate: Path) -> None:
    assert _asked(saying(GOOD), certificate) is LookProblem.CERTIFICATE


def test_the_way_is_that_of_this_computers_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with hostile(saying("Who are you?", status=407)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert ask("https://updates.example/newest.json") is LookProblem.UNREACHABLE
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        assert ask("https://127.0.0.1:9/newest.json") is LookProblem.UNREACHABLE
    assert set(proxy.asked) == {"updates.example:443"}


def test_nobody_there_is_told() -> None:
    assert ask("https://127.0.0.1:9/newest.json") is LookProblem.UNREACHABLE


def test_without_encryption_nobody_is_asked() -> None:
    # The address of a build is HTTPS (app.core.newer_version); a plain one goes nowhere anyway.
    assert ask("http://updates.example/newest.json") is LookProblem.ANSWER


def test_a_signature_is_of_one_text_by_one_key() -> None:
    signed = read_signed(GOOD.decode())
    assert not hasattr(signed, "source")
    text, signature = signed.text, signed.signature
    message = signed_bytes(text)
    assert is_signed(MAKER.public_key, message, signature)
    assert not is_signed(Maker().public_key, message, signature)
    assert not is_signed(MAKER.public_key, text.encode(), signature)
    for wrong in (b"", b"x", signature[:-1], signature + b"x", bytes(len(signature))):
        assert not is_signed(MAKER.public_key, message, wrong)
    assert not is_signed(b"no key", message, signature)
    assert not is_signed(b"", message, signature)
