"""A D-Bus session bus of its own, for what talks over one."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROGRAM = "dbus-daemon"


def environment_at(home: Path) -> dict[str, str]:
    """Return this process's environment with ``home`` as home, and none of the desktop's places."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}


@contextmanager
def session_bus(environment: Mapping[str, str]) -> Iterator[str]:
    """Run a session bus with ``environment``; yield the address that leads to it."""
    with subprocess.Popen(  # noqa: S603 - found on this computer
        [shutil.which(PROGRAM) or PROGRAM, "--session", "--nofork", "--print-address"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as bus:
        try:
            if bus.stdout is None:
                raise RuntimeError
            yield bus.stdout.readline().strip()
        finally:
            bus.terminate()
