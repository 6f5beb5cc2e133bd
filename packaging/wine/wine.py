"""Wine, with a prefix of its own: runs Windows programs and tells how they ended."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path, PureWindowsPath
from typing import NamedTuple

LONGEST = 1200
"""Seconds that one program may take; PyInstaller takes the longest."""


class Ended(NamedTuple):
    """How a program ended: its exit status, all that it printed, and the seconds it took."""

    status: int
    output: str
    seconds: float


class Wine:
    """One prefix. The command may be a wrapper, for a Wine that lies in a root of its own."""

    def __init__(self, command: list[str], prefix: Path) -> None:
        """``command`` runs Wine; ``prefix`` is the folder with the drives, made when first used."""
        self._command = command
        self._environment = {
            **{name: text for name, text in os.environ.items() if not name.startswith("PYTHON")},
            "WINEPREFIX": str(prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
            "LANG": "C.UTF-8",  # or it can't make files whose names have letters beyond ASCII
        }
        self.drive = prefix / "drive_c"

    @classmethod
    def none(cls) -> Wine:
        """Return Windows itself: its programs run by themselves."""
        windows = cls([], Path())
        windows.drive = Path("C:\\")
        return windows

    def run(self, program: str, *arguments: str) -> Ended:
        """Run a Windows program to its end. It has no screen, and nobody to answer it."""
        begun = time.monotonic()
        # Pipes: a Python under Wine can't write to a file as its standard output.
        ended = subprocess.run(
            [*self._command, program, *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
            check=False,
        )
        output = ended.stdout.decode("utf-8", errors="replace")
        return Ended(ended.returncode, output, time.monotonic() - begun)

    def start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a Windows program and leave it running."""
        return subprocess.Popen(
            [*self._command, program, *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def make(self) -> Ended:
        """Make the prefix, as Windows 10, with Qt drawing unseen."""
        made = self.run("wineboot", "-i")
        if made.status == 0:
            made = self.run("winecfg", "-v", "win10")
        # Wine hands on no variable of the system's whose name begins with QT_.
        self.set_value(r"HKCU\Environment", "QT_QPA_PLATFORM", "offscreen")
        return made

    def runs_32_bits(self) -> bool:
        """Return whether it runs programs for 32 bits, as every Windows does: Debian's wine32."""
        return self.run(r"C:\windows\syswow64\cmd.exe", "/c", "exit 0").status == 0

    def value(self, key: str, name: str | None = None) -> str | None:
        """Return a text or number of the registry as ``reg`` prints it, or None.

        Without a ``name`` it is the key's own.
        """
        ended = self.run("reg", "query", key, *(["/v", name] if name else ["/ve"]))
        if ended.status:
            return None
        lines = [line.strip() for line in ended.output.splitlines() if "    REG_" in line]
        return lines[0].split("    ", 2)[-1].strip() if lines else None

    def has_key(self, key: str) -> bool:
        """Return whether the registry has this key."""
        return self.run("reg", "query", key).status == 0

    def set_value(self, key: str, name: str, text: str) -> Ended:
        """Write a text into the registry."""
        return self.run("reg", "add", key, "/v", name, "/d", text, "/f")

    def path_of(self, windows_path: str) -> Path:
        r"""Return where a path below ``C:\`` lies on this system."""
        return self.drive.joinpath(*PureWindowsPath(windows_path).parts[1:])


def as_windows(path: Path) -> str:
    r"""Return how Wine names a path of this system: below ``Z:\``."""
    return "Z:" + str(path.resolve()).replace("/", "\\")
