"""Which keyring this computer has."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyringBackend:
    """The backend that keyring would use, and whether it keeps anything."""

    name: str
    usable: bool


def keyring_backend() -> KeyringBackend:
    """Return the system's keyring; not usable where keyring finds only its ``fail`` backend.

    Imports keyring, so it belongs after the first paint.
    """
    import keyring
    from keyring.backends import fail, null

    backend = keyring.get_keyring()
    usable = not isinstance(backend, fail.Keyring | null.Keyring)
    return KeyringBackend(f"{type(backend).__module__}.{type(backend).__name__}", usable)
