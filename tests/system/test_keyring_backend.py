"""Which keyring there is, and whether it is one that may hold a secret."""

from collections.abc import Callable
from pathlib import Path

import keyring
import keyring.backend
import pytest
from keyring.backend import KeyringBackend as Backend
from keyring.backends import SecretService, chainer, fail, kwallet, null

from app.system.keyring_backend import keyring_backend, real_keyring


class Plaintext(Backend):
    """As ``keyrings.alt``'s: it would write a file in the clear."""

    priority = 9
    viable = False  # keyring itself would find it, in every other test

    def get_password(self, service: str, username: str) -> str | None:
        raise NotImplementedError(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError(service, username, password)


@pytest.fixture
def no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.backend, "get_all_keyring", lambda: [Plaintext()])  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("make", "usable"),
    [
        (fail.Keyring, False),
        (null.Keyring, False),
        (Plaintext, False),
        (chainer.ChainerBackend, False),
        (SecretService.Keyring, True),
        (kwallet.DBusKeyring, True),
    ],
)
@pytest.mark.usefixtures("no_others")
def test_the_backend(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], Backend], usable: bool
) -> None:
    backend = make()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    keyring_in_use = keyring_backend()
    assert keyring_in_use.usable is usable
    assert keyring_in_use.name == f"{type(backend).__module__}.{type(backend).__name__}"
    assert real_keyring() is (backend if usable else None)


def test_no_plaintext_is_taken_where_there_is_a_real_one(
    monkeypatch: pytest.MonkeyPatch, real_service: Path
) -> None:
    assert real_service.is_dir()
    monkeypatch.setattr(keyring, "get_keyring", Plaintext)
    assert isinstance(real_keyring(), SecretService.Keyring)


def test_a_backend_that_is_named_and_not_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "not.there.Keyring")
    assert real_keyring() is None
