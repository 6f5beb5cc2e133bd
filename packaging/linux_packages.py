"""What a bare Linux lacks for the program: found by trying, installed by apt-get."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Debian's package for each library, as measured with PySide6-Essentials 6.11.3 on Debian 12.
UNSEEN = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libglib2.0-0": "libglib-2.0.so.0",
    # Of Qt's network library: by a local socket it is asked whether the program is open already.
    "libgssapi-krb5-2": "libgssapi_krb5.so.2",
}
WINDOW = {
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
}
ALL = {**UNSEEN, **WINDOW}
# For the tests alone, by the program that is looked for: a real keyring, on a bus of its own, and
# a screen that nobody sees, where the program is read and heard as by a screen reader.
TESTS = {"dbus": "dbus-daemon", "gnome-keyring": "gnome-keyring-daemon", "xvfb": "Xvfb"}
# PyInstaller asks it which libraries a file needs. What comes along is taken from the system, so a
# build needs all that a window needs, too.
BUILD = {"binutils": "objdump"}
# By this file a bus starts AT-SPI, whose programs lie outside of every path.
AT_SPI = {"at-spi2-core": "/usr/share/dbus-1/services/org.a11y.Bus.service"}
# By its file, since another ``aws`` on the path may be version 1, which CloudShell has not. Some
# Ubuntus have no such package: the tests that need it skip then, and say so.
# The compiler of the Windows installer is wanted in the same way: its test skips without it.
TRIED_FOR = {"awscli": "/usr/bin/aws", "nsis": "/usr/bin/makensis"}
FONT = "fonts-dejavu-core"
AGAIN = "Then run the same command again."
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def provide(*, window: bool, tests: bool = False, building: bool = False) -> str | None:
    """Install what is missing where that is ours to do.

    ``window`` asks for what a window on a screen needs, beyond drawing unseen, ``building`` for
    that and for what making the bundle needs, ``tests`` for all of it (the bundle is made and
    tried with them) and for what only the tests need. Returns None when nothing is missing any
    more, or the text that says what is and the command that installs it.
    """
    if not is_debian():
        return elsewhere(missing_libraries(window=window or building))

    def missing() -> list[str]:
        return missing_packages(window=window, tests=tests, building=building)

    packages = missing()
    problem = provided(packages, missing) if packages else None
    if tests and problem is None:
        try_for(TRIED_FOR)
    return problem


def provided(packages: list[str], missing: Callable[[], list[str]]) -> str | None:
    """Install ``packages`` where root runs this; return what is said of those still ``missing``."""
    command = sudo_command(packages)
    if os.geteuid() != 0:
        return f"Some of what the program needs is missing. This installs it:\n  {command}\n{AGAIN}"
    print(f"Installing with apt-get: {' '.join(packages)}", flush=True)
    if not install(packages):
        return f"apt-get could not install what is missing. Mend what it says, or try:\n  {command}"
    left = missing()
    return f"Installed, and still not found: {', '.join(left)}." if left else None


def try_for(files: dict[str, str]) -> None:
    """Install the packages of those ``files`` that are not there, if root may and they exist."""
    packages = [package for package, file in files.items() if not Path(file).exists()]
    if packages and os.geteuid() == 0:
        print(f"Trying to install with apt-get: {' '.join(packages)}", flush=True)
        install(packages)


def missing_packages(*, window: bool, tests: bool = False, building: bool = False) -> list[str]:
    """Return the names of the Debian packages that are missing, in a fixed order."""
    building = building or tests
    libraries = missing_libraries(window=window or building)
    packages = [package for package, library in ALL.items() if library in libraries]
    if not has_font(FONT_FOLDERS):
        packages.append(FONT)
    # Debian's Python comes without the part that makes virtual environments.
    if not (has_module("venv") and has_module("ensurepip")):
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if building:
        packages += [package for package, program in BUILD.items() if not shutil.which(program)]
        packages += missing_python()
    if tests:
        packages += [package for package, program in TESTS.items() if not shutil.which(program)]
        packages += [package for package, file in AT_SPI.items() if not Path(file).exists()]
    return packages


def missing_python() -> list[str]:
    """Return the package of Python's own library where this Python is Debian's and comes without.

    A program that runs by itself is made of that library. Other Pythons bring theirs along.
    """
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    is_debians = sys.base_prefix == "/usr"
    return (
        [f"libpython{version}"] if is_debians and not can_load(f"libpython{version}.so.1.0") else []
    )


def missing_libraries(*, window: bool) -> list[str]:
    """Return the libraries that this system's loader doesn't find, in a fixed order."""
    wanted = ALL if window else UNSEEN
    return [library for library in wanted.values() if not can_load(library)]


def can_load(library: str) -> bool:
    """Return whether the system's loader finds this library, for this processor."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(folders: tuple[str, ...]) -> bool:
    """Return whether there is any font: without one, Qt draws no letters."""
    return any(
        name.lower().endswith((".ttf", ".otf", ".ttc"))
        for folder in folders
        for _, _, names in os.walk(Path(folder).expanduser())
        for name in names
    )


def has_module(name: str) -> bool:
    """Return whether this Python has a module of this name."""
    return importlib.util.find_spec(name) is not None


def is_debian(release: Path = Path("/etc/os-release")) -> bool:
    """Return whether this is Debian, Ubuntu or a relative, by os-release's ID and ID_LIKE."""
    try:
        lines = release.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    named = [line.partition("=")[2] for line in lines if line.startswith(("ID=", "ID_LIKE="))]
    words = " ".join(named).replace('"', "").split()
    return shutil.which("apt-get") is not None and not {"debian", "ubuntu"}.isdisjoint(words)


def sudo_command(packages: list[str]) -> str:
    """Return the one line that installs these packages for someone who isn't root."""
    return f"sudo apt-get update && sudo apt-get install --yes {' '.join(packages)}"


def install(packages: list[str]) -> bool:
    """Install these packages with apt-get, asking nothing; return whether that ended well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt_get = ["apt-get", "-qq"]
    # A fresh machine knows no packages yet. Where this fails, older lists may still do.
    subprocess.call([*apt_get, "update"], env=environment)
    command = [*apt_get, "install", "--yes", "--no-install-recommends", *packages]
    return subprocess.call(command, env=environment) == 0


def elsewhere(libraries: list[str]) -> str | None:
    """Return what to install on a Linux whose package names we don't know, or None."""
    if not libraries:
        return None
    return (
        f"This computer lacks {', '.join(libraries)}. Install the packages that have these on your"
        f" Linux. {AGAIN}"
    )
