"""Which keyring there is, and whether it keeps anything."""

from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend as Backend
from keyring.backends import chainer, fail, null

from app.system.keyring_backend import keyring_backend


@pytest.mark.parametrize(
    ("make", "usable"),
    [(fail.Keyring, False), (null.Keyring, False), (chainer.ChainerBackend, True)],
)
def test_the_backend(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], Backend], usable: bool
) -> None:
    backend = make()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    found = keyring_backend()
    assert found.usable is usable
    assert found.name == f"{type(backend).__module__}.{type(backend).__name__}"
