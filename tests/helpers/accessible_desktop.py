"""A desktop of its own for one program: a screen that nobody sees, and AT-SPI as Orca uses it.

The program runs in its own process, as people start it. What reads it is in
``tests.helpers.screen_reader``.
"""

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.session_bus import environment_at, session_bus

ROOT = Path(__file__).resolve().parents[2]
_SCREEN = "1366x768x24"
_ALLOW = "import sys; from app.wiring.practice_browser import allow; allow(sys.argv[1])"


@dataclass(frozen=True, slots=True)
class Desktop:
    """A running desktop: the environment that leads to its screen and its bus."""

    environment: dict[str, str]

    @property
    def session_bus(self) -> str:
        """Return the address of its bus."""
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run ``python -m app`` with ``arguments``; it is ended with the block."""
        with subprocess.Popen(  # noqa: S603 - this program
            [sys.executable, "-m", "app", *arguments], env=self.environment, cwd=ROOT
        ) as program:
            try:
                yield program
            finally:
                program.terminate()


def skip_where_it_lacks() -> None:
    """Skip the test on a computer that has no such desktop, with what would have to be there."""
    if not sys.platform.startswith("linux"):
        pytest.skip("AT-SPI is Linux's")
    packages = runpy.run_path(str(ROOT / "packaging" / "linux_packages.py"))
    lacking = packages["missing_packages"](window=True, tests=True)
    if lacking:
        pytest.skip(f"needs a screen and AT-SPI: apt-get install {' '.join(lacking)}")


@contextmanager
def accessible_desktop(home: Path) -> Iterator[Desktop]:
    """Run a desktop with ``home`` as its home, empty but for what is written there."""
    environment = {
        **environment_at(home),
        "PATH": os.pathsep.join((str(_browser(home)), os.environ["PATH"])),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "en",
    }
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY", "AT_SPI_BUS_ADDRESS"):
        environment.pop(name, None)
    with _screen(environment) as display:
        environment["DISPLAY"] = display
        with session_bus(environment) as address:
            environment["DBUS_SESSION_BUS_ADDRESS"] = address
            yield Desktop(environment)


@contextmanager
def _screen(environment: dict[str, str]) -> Iterator[str]:
    """Run Xvfb, which finds a free number itself; yield it as ``DISPLAY``."""
    reading, writing = os.pipe()
    command = [
        shutil.which("Xvfb") or "Xvfb",
        *("-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"),
    ]
    with (
        os.fdopen(reading, encoding="ascii") as number,
        subprocess.Popen(  # noqa: S603 - found on this computer
            command, env=environment, pass_fds=(writing,), stderr=subprocess.DEVNULL
        ) as screen,
    ):
        os.close(writing)
        try:
            yield f":{number.readline().strip()}"
        finally:
            screen.terminate()


def _browser(home: Path) -> Path:
    """Make this desktop's browser: at the practice AWS's page it allows what is asked for.

    Returns the folder where it lies. It is in the place of xdg-open, which Qt looks for.
    """
    folder = home / "bin"
    folder.mkdir()
    program = folder / "xdg-open"
    command = [sys.executable, "-c", f"'{_ALLOW}'", '"$1"']
    program.write_text(f"#!/bin/sh\ncd '{ROOT}' && exec {' '.join(command)}\n", encoding="utf-8")
    program.chmod(0o700)
    return folder
