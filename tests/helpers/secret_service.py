"""A real Secret Service of its own: D-Bus and gnome-keyring, with a home that nobody else has."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.session_bus import PROGRAM, environment_at, session_bus

KEYRING = "gnome-keyring-daemon"


def is_here() -> bool:
    """Return whether this computer has what it takes."""
    return all(shutil.which(program) for program in (PROGRAM, KEYRING))


@contextmanager
def secret_service(home: Path) -> Iterator[dict[str, str]]:
    """Run a Secret Service with an unlocked keyring; yield the environment that leads to it."""
    environment = environment_at(home)
    with session_bus(environment) as address:
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        with subprocess.Popen(  # noqa: S603 - found on this computer
            [shutil.which(KEYRING) or KEYRING, "--foreground", "--unlock", "--components=secrets"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as keyring:
            try:
                if keyring.stdin is None or keyring.stdout is None:
                    raise RuntimeError
                keyring.stdin.write("made-up-password\n")
                keyring.stdin.close()
                keyring.stdout.readline()  # it names its control socket once it is on the bus
                yield {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(home)}
            finally:
                keyring.terminate()
