"""A real Secret Service of its own: D-Bus and gnome-keyring, with a home that nobody else has."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("dbus-daemon", "gnome-keyring-daemon")


def is_here() -> bool:
    """Return whether this computer has what it takes."""
    return all(shutil.which(program) for program in NEEDED)


@contextmanager
def secret_service(home: Path) -> Iterator[dict[str, str]]:
    """Run a Secret Service with an unlocked keyring; yield the environment that leads to it."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
    }
    programs = [shutil.which(program) or program for program in NEEDED]
    bus = subprocess.Popen(  # noqa: S603 - found on this computer
        [programs[0], "--session", "--nofork", "--print-address"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    keyring = None
    try:
        if bus.stdout is None:
            raise RuntimeError
        address = bus.stdout.readline().strip()
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        keyring = subprocess.Popen(  # noqa: S603
            [programs[1], "--foreground", "--unlock", "--components=secrets"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        if keyring.stdin is None or keyring.stdout is None:
            raise RuntimeError
        keyring.stdin.write("made-up-password\n")
        keyring.stdin.close()
        keyring.stdout.readline()  # it names its control socket once it is on the bus
        yield {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(home)}
    finally:
        for process in (keyring, bus):
            if process is not None:
                process.terminate()
                process.wait()
                for stream in (process.stdout, process.stdin):
                    if stream is not None:
                        stream.close()
