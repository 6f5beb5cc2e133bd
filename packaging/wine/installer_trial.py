"""The Windows installer, tried: installed, upgraded while open and while closed, removed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from bundle import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wine.wine import Wine

UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\UbiQuityS3ConnectionSetup"
PATHS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths" f"\\{names.CONSOLE_PROGRAM}.exe"
DRAFT_CLASS = r"HKCU\Software\Classes\UbiQuity.S3ConnectionSetup.Draft"
DRAFT_SUFFIX = rf"HKCU\Software\Classes\{names.DRAFT_SUFFIX}"

NEXT_VERSION = "99.0.0"
"""Of the installer that upgrades."""
OTHER_FOLDER = "C:\\Größe\\プログラム é"
"""Letters of three alphabets, and a space."""
PATIENCE = 120
"""Seconds within which a removal, which goes on after its process has ended, is over."""


class Found(NamedTuple):
    """What one step of the trial found: whether it is right, and in how many seconds."""

    step: str
    right: bool
    detail: str
    seconds: float

    def line(self) -> str:
        """Return what is printed of it."""
        state = "right" if self.right else "WRONG"
        why = f"\n    {self.detail}" if self.detail else ""
        return f"{state}: {self.step} ({self.seconds:.1f} s){why}"


class Trial:
    """The installers of two versions of one folder, in one prefix.

    ``first`` and ``second`` are installers as Wine names them, of the versions with these numbers;
    ``source`` is the folder that both were made of.
    """

    def __init__(
        self, wine: Wine, source: Path, first: tuple[str, str], second: tuple[str, str]
    ) -> None:
        self._wine = wine
        self._source = source
        self._first, self._second = first, second
        local = wine.drive / "users" / self._user() / "AppData" / "Local"
        start_menu = local.parent / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self._shortcut = start_menu / f"{names.WINDOW_PROGRAM}.lnk"
        self._usual = local / "Programs" / names.WINDOW_PROGRAM
        self._details = local / "UbiQuity" / names.WINDOW_PROGRAM
        self._journal = self._details / "journals" / "kept.json"

    def _user(self) -> str:
        return self._wine.run("cmd", "/c", "echo %USERNAME%").output.strip()

    def all_steps(self, *, with_old_windows: bool) -> Iterator[Found]:
        """Go through the trial; each step rests on those before it.

        ``with_old_windows``: Wine can also be a Windows 7.
        """
        if with_old_windows:
            yield self._timed("refused by Windows 7, status 3", self._refused_by_an_old_windows)
        yield self._timed(f"installed {self._first[1]} silently", self._installed)
        yield self._timed("the installed program checks itself", self._works)
        yield self._timed("not upgraded while it is open, status 4", self._left_while_open)
        yield self._timed(f"upgraded to {self._second[1]} in place", self._upgraded)
        yield self._timed("removed silently, saved details kept", self._removed)
        yield self._timed("a folder of another program refused, status 5", self._refused_folder)
        yield self._timed("a path that is too long refused, status 5", self._refused_long_path)
        yield self._timed(f"installed into {OTHER_FOLDER}", self._installed_elsewhere)
        yield self._timed("removed with /DELETEDETAILS", self._removed_with_details)

    def _timed(self, step: str, work: Callable[[], list[str]]) -> Found:
        begun = time.monotonic()
        wrong = work()
        return Found(step, not wrong, "; ".join(wrong), time.monotonic() - begun)

    def _refused_by_an_old_windows(self) -> list[str]:
        self._wine.run("winecfg", "-v", "win7")
        status = self._wine.run(self._first[0], "/S").status
        self._wine.run("winecfg", "-v", "win10")
        return [
            *unless(status == 3, f"status {status}"),
            *unless(not self._usual.exists(), "something was installed"),
        ]

    def _installed(self) -> list[str]:
        status = self._wine.run(self._first[0], "/S").status
        version = self._wine.value(UNINSTALL, "DisplayVersion")
        command = self._wine.value(rf"{DRAFT_CLASS}\shell\open\command") or ""
        size = int(self._wine.value(UNINSTALL, "EstimatedSize") or "0", 16) * 1024
        return [
            *unless(status == 0, f"status {status}"),
            *self._other_files_than_built(self._usual),
            *unless(self._shortcut.is_file(), "no shortcut in the Start menu"),
            *unless(version == self._first[1], f"the version shown is {version}"),
            *unless(size > 10_000_000, f"the size shown is {size}"),
            *unless(self._wine.has_key(PATHS), "not in App Paths"),
            *unless(command.endswith('" "%1"'), f"a draft is opened by {command}"),
        ]

    def _other_files_than_built(self, folder: Path) -> list[str]:
        """Return how an installed folder differs from the one it was made of."""
        built, installed = sizes_below(self._source), sizes_below(folder)
        own = installed.pop("Uninstall.exe", 0)
        wrong = sorted(name for name, _ in built.items() ^ installed.items())
        return [
            *unless(own > 0, "no uninstaller"),
            *unless(not wrong, f"{len(wrong)} files differ: {', '.join(wrong[:3])}"),
        ]

    def _works(self) -> list[str]:
        return self._checks_itself(self._usual)

    def _checks_itself(self, folder: Path) -> list[str]:
        program = self._as_windows(folder / f"{names.CONSOLE_PROGRAM}.exe")
        ended = self._wine.run(program, "self-check")
        return unless(ended.status == 0, ended.output[-300:].strip() or f"status {ended.status}")

    def _as_windows(self, path: Path) -> str:
        return "C:\\" + str(path.relative_to(self._wine.drive)).replace("/", "\\")

    def _left_while_open(self) -> list[str]:
        program = self._usual / f"{names.WINDOW_PROGRAM}.exe"
        window = self._wine.start(self._as_windows(program), "practice")
        try:
            time.sleep(8)  # Wine tells nobody when a program is up
            status = self._wine.run(self._second[0], "/S").status
            ended = window.poll()
        finally:
            window.terminate()
            window.wait()
        version = self._wine.value(UNINSTALL, "DisplayVersion")
        return [
            *unless(ended is None, f"the window had ended by itself, with {ended}"),
            *unless(status == 4, f"status {status}"),
            *unless(version == self._first[1], f"the version shown is {version}"),
            *self._other_files_than_built(self._usual),
        ]

    def _upgraded(self) -> list[str]:
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        self._journal.write_text("{}", encoding="ascii")
        lacked = self._usual / "_internal" / "of the version before.txt"
        lacked.write_text("x", encoding="ascii")
        status = self._wine.run(self._second[0], "/S").status
        version = self._wine.value(UNINSTALL, "DisplayVersion")
        return [
            *unless(status == 0, f"status {status}"),
            *self._other_files_than_built(self._usual),
            *unless(version == self._second[1], f"the version shown is {version}"),
            *unless(self._journal.is_file(), "the saved details are gone"),
        ]

    def _removed(self) -> list[str]:
        return [
            *self._gone(self._usual),
            *unless(self._journal.is_file(), "the saved details are gone"),
        ]

    def _gone(self, folder: Path, *arguments: str) -> list[str]:
        """Remove what is installed there silently; return what is left of it."""
        program = self._as_windows(folder / "Uninstall.exe")
        status = self._wine.run(program, "/S", *arguments).status
        end = time.monotonic() + PATIENCE
        while folder.exists() and time.monotonic() < end:
            time.sleep(0.2)
        keys = [UNINSTALL, PATHS, DRAFT_CLASS, DRAFT_SUFFIX]
        left = [key for key in keys if self._wine.has_key(key)]
        files = len(sizes_below(folder)) if folder.exists() else 0
        return [
            *unless(status == 0, f"status {status}"),
            *unless(not folder.exists(), f"the folder is there, with {files} files"),
            *unless(not self._shortcut.exists(), "the shortcut is there"),
            *unless(not left, f"in the registry: {', '.join(left)}"),
        ]

    def _refused_folder(self) -> list[str]:
        foreign = self._wine.drive / "other" / "_internal" / "of another.txt"
        foreign.parent.mkdir(parents=True, exist_ok=True)
        foreign.write_text("x", encoding="ascii")
        status = self._wine.run(self._first[0], "/S", "/D=C:\\other").status
        return [
            *unless(status == 5, f"status {status}"),
            *unless(
                list(sizes_below(foreign.parent.parent)) == ["_internal/of another.txt"], "changed"
            ),
        ]

    def _refused_long_path(self) -> list[str]:
        name = "n" * 180
        status = self._wine.run(self._first[0], "/S", f"/D=C:\\{name}").status
        return [
            *unless(status == 5, f"status {status}"),
            *unless(not (self._wine.drive / name).exists(), "something was installed"),
        ]

    def _installed_elsewhere(self) -> list[str]:
        # /D= is the last and has no quotation marks; a space is part of the path.
        status = self._wine.run(self._first[0], "/S", *f"/D={OTHER_FOLDER}".split(" ")).status
        folder = self._wine.path_of(OTHER_FOLDER)
        if status or not folder.exists():
            return [f"status {status}"]
        return [*self._other_files_than_built(folder), *self._checks_itself(folder)]

    def _removed_with_details(self) -> list[str]:
        folder = self._wine.path_of(OTHER_FOLDER)
        return [
            *self._gone(folder, "/DELETEDETAILS"),
            *unless(not self._details.exists(), "the saved details are there"),
        ]


def unless(right: bool, otherwise: str) -> list[str]:
    """Return what is wrong: nothing, or ``otherwise``."""
    return [] if right else [otherwise]


def sizes_below(folder: Path) -> dict[str, int]:
    """Return the size of each file below ``folder``, by its path from there."""
    return {
        file.relative_to(folder).as_posix(): file.stat().st_size
        for file in folder.rglob("*")
        if file.is_file()
    }
