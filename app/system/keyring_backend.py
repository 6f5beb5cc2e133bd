"""Which keyring this computer has: the system's own, or none."""

import importlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend as Backend

_REAL: Final = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)
"""The systems' own. Others may keep a secret in the clear (``keyrings.alt``), or not at all."""


_NEEDED: Final = {
    "linux": ("keyring.backends.SecretService", "secretstorage"),
    "win32": ("keyring.backends.Windows", "win32ctypes.pywin32.win32cred"),
    "darwin": ("keyring.backends.macOS", "keyring.backends.macOS.api"),
}
"""What the system's own keyring is reached with. keyring passes over what is missing of it."""


@dataclass(frozen=True, slots=True)
class KeyringBackend:
    """The backend that keyring would use, and whether it is a real one."""

    name: str
    usable: bool


def keyring_backend() -> KeyringBackend:
    """Return the system's keyring; not usable where there is none that is trusted.

    Imports keyring, so it belongs after the first paint.
    """
    import keyring

    offered = keyring.get_keyring()
    backend = _trusted(offered)
    named = type(backend or offered)
    return KeyringBackend(f"{named.__module__}.{named.__name__}", backend is not None)


def lacking_modules() -> list[str]:
    """Return what this installation lacks to reach the system's own keyring, by its names."""
    return [name for name in _NEEDED.get(sys.platform, ()) if not _can_be_imported(name)]


def _can_be_imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001 - a damaged module may raise anything
        return False
    return True


def real_keyring() -> "Backend | None":
    """Return the system's own keyring, or None where secrets can be kept in memory only.

    Whoever switched keyring off (its ``null`` backend) is obeyed. Blocks, and imports keyring.
    """
    import keyring

    try:
        return _trusted(keyring.get_keyring())
    # A backend that somebody named in keyring's settings may be missing, or raise anything.
    except Exception:  # noqa: BLE001
        return None


def _trusted(offered: "Backend") -> "Backend | None":
    from keyring import backend
    from keyring.backends import chainer, fail, null

    if isinstance(offered, fail.Keyring | null.Keyring):
        return None
    if _is_real(offered):
        return offered
    others = offered.backends if isinstance(offered, chainer.ChainerBackend) else None
    # Something else was installed beside the system's own: that one is looked for.
    candidates = backend.get_all_keyring() if others is None else others
    real = [other for other in candidates if _is_real(other) and other.priority > 0]
    return max(real, key=backend.by_priority, default=None)


def _is_real(backend: "Backend") -> bool:
    return type(backend).__module__ in _REAL
