"""``forget``: what was kept is gone, and where the keyring refuses that is said."""

import pytest

from app.commands import forget
from app.core.pasted.credentials import PastedCredentials
from app.system.credential_store import CredentialStore
from app.system.keyring_texts import KeyringTexts
from tests.commands.called import call
from tests.system.test_credential_store import LASTING, WindowsLike

Bytes = pytest.CaptureFixture[bytes]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> WindowsLike:
    backend = WindowsLike()

    def store() -> CredentialStore:
        return CredentialStore(lambda: KeyringTexts(backend))

    monkeypatch.setattr(forget, "CredentialStore", store)
    return backend


def kept(backend: WindowsLike, *credentials: PastedCredentials) -> None:
    store = CredentialStore(lambda: KeyringTexts(backend))
    for each in credentials:
        store.keep(each)


def test_every_kept_sign_in_is_deleted(keyring: WindowsLike, capsysbinary: Bytes) -> None:
    kept(keyring, LASTING, PastedCredentials("AKIAEXAMPLE000000002", "another"))
    assert len(keyring.entries) > 1
    called = call(capsysbinary, "forget")
    assert (called.status, called.err) == (0, "")
    assert keyring.entries == {}
    again = call(capsysbinary, "forget")  # nothing is kept any more
    assert (again.status, again.text) == (0, called.text)


def test_a_keyring_that_refuses_is_named_and_tried_again(
    keyring: WindowsLike, capsysbinary: Bytes
) -> None:
    kept(keyring, LASTING)
    entries = dict(keyring.entries)

    def refuse(service: str, username: str) -> None:
        raise OSError(service, username)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyring, "delete_password", refuse)
        called = call(capsysbinary, "forget")
    assert called.status == 1
    assert "did not delete them" in called.err
    assert keyring.entries == entries
    assert call(capsysbinary, "forget").status == 0
    assert keyring.entries == {}
