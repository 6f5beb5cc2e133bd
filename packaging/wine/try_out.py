"""Builds the Windows program under Wine, checks it there, and tries its installer.

``.venv/bin/python packaging/wine/try_out.py``, once ``packaging/start.py test`` or ``build.py`` has
made ``.venv``. It takes some ten minutes and 4 GB under ``build/wine``, prints figures, and ends
with 1 where anything is wrong.

It proves that the spec is right for Windows, that the bundle has every part that ``self-check``
looks at, that the window can be drawn there, and what the installer does to files and registry. It
does not prove what Wine hasn't got: SmartScreen, a virus scanner, real DPAPI and Credential
Manager, typing Japanese, several screens of high density, Explorer with its menus, Windows' own
fonts, and how fast it is there. What stands in for parts of Windows is told in ``windows_python``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

from bundle import names  # noqa: E402

from wine import windows_python  # noqa: E402
from wine.installer_trial import NEXT_VERSION, Trial, sizes_below  # noqa: E402
from wine.wine import Ended, Wine, as_windows  # noqa: E402

NEEDED = {
    "wine": "wine",
    "makensis": "nsis",
    "x86_64-w64-mingw32-as": "binutils-mingw-w64-x86-64",
}
"""Programs and the Debian packages that bring them."""
CONSOLE_SUBSYSTEM = 3
"""IMAGE_SUBSYSTEM_WINDOWS_CUI of winnt.h."""


class WrongError(Exception):
    """A step that the others rest on went wrong: what it said."""


def main(arguments: list[str]) -> int:
    """Do all of it; return the exit status (2: something is missing here)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "wine")
    parser.add_argument("--wine", default="wine", help="the command that runs Wine")
    asked = parser.parse_args(arguments)
    command = shlex.split(asked.wine)
    problem = what_is_missing(command)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    work = asked.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    wine = Wine(command, work / "prefix")
    try:
        set_up(wine, work)
        folder = build(wine, work)
        right = check(wine, folder, work)
        return 0 if try_installer(wine, folder, work) and right else 1
    except (WrongError, windows_python.MissingError, subprocess.TimeoutExpired) as problem:
        print(problem, file=sys.stderr)
        return 1


def what_is_missing(wine: list[str]) -> str | None:
    """Return the sentence that says what is missing here, or None."""
    if os.name == "nt":
        return "This is Windows: run packaging/build.py, which needs no Wine."
    programs = {**NEEDED}
    if wine[0] != "wine":
        programs[wine[0]] = programs.pop("wine")
    missing = [package for program, package in programs.items() if shutil.which(program) is None]
    if not missing:
        return None
    return f"This needs what is not installed here: apt-get install {' '.join(missing)}"


def set_up(wine: Wine, work: Path) -> None:
    """Make the prefix with its Python, unless it is there. Raises WrongError and MissingError."""
    begun = time.monotonic()
    lock = ROOT / windows_python.LOCK
    stamp, whole = work / "prefix.stamp", hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == whole:
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(wine.drive.parent, ignore_errors=True)
    wine.drive.parent.mkdir(parents=True)
    ended(wine.make(), "Wine made no prefix")
    python = wine.drive / "python"
    windows_python.unpack_python(work, python)
    count = windows_python.install_wheels(lock, work, python / "Lib" / "site-packages")
    windows_python.make_libraries(work, wine.drive / "windows" / "system32")
    version = ended(wine.run(r"C:\python\python.exe", "-V"), "Python does not run under Wine")
    stamp.write_text(whole, encoding="ascii")
    tell(f"{version.output.strip()} with {count} packages", time.monotonic() - begun)


def build(wine: Wine, work: Path) -> Path:
    """Build the folder as ``packaging/build.py`` does; return it. Raises WrongError."""
    out = work / "dist"
    steps = as_windows(ROOT / "packaging" / "build_steps.py")
    places = ["--out", as_windows(out), "--quick"]
    built = ended(wine.run(r"C:\python\python.exe", steps, *places), "The build failed")
    folder = out / names.FOLDER
    files = sizes_below(folder)
    tell(f"built: {len(files)} files, {sum(files.values()) / 1e6:.1f} MB", built.seconds)
    return folder


def check(wine: Wine, folder: Path, work: Path) -> bool:
    """Run both programs that were built; return whether all was right."""
    console = as_windows(folder / f"{names.CONSOLE_PROGRAM}.exe")
    window = as_windows(folder / f"{names.WINDOW_PROGRAM}.exe")
    pictures = work / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    version = wine.run(console, "--version")
    results = [
        told("the command line prints in its console", version, names.VERSION in version.output),
        told("self-check", wine.run(console, "self-check")),
        told(
            "the tour, by the window's program",
            wine.run(window, "tour", "--out", as_windows(pictures)),
        ),
    ]
    count = len(list(pictures.glob("**/*.png")))
    tell(f"pictures of pages: {count}")
    consoles = (
        opens_console(folder / f"{names.WINDOW_PROGRAM}.exe"),
        opens_console(folder / f"{names.CONSOLE_PROGRAM}.exe"),
    )
    tell(f"{'right' if consoles == (False, True) else 'WRONG'}: one of the two opens a console")
    return all(results) and count > 0 and consoles == (False, True)


def opens_console(program: Path) -> bool:
    """Return whether Windows gives a program a console: its header says so (PE, Subsystem 3)."""
    header = program.read_bytes()[:4096]
    at = int.from_bytes(header[0x3C:0x40], "little")
    return int.from_bytes(header[at + 0x5C : at + 0x5E], "little") == CONSOLE_SUBSYSTEM


def try_installer(wine: Wine, folder: Path, work: Path) -> bool:
    """Make two installers and try them; return whether all was right."""
    target = "x86-unicode"
    if not wine.runs_32_bits():
        target = "amd64-unicode"
        tell("This Wine runs no 32-bit programs, so another installer is tried than is shipped.")
    installers = [
        (make_installer(folder, work, version, target), version)
        for version in (names.VERSION, NEXT_VERSION)
    ]
    tell(f"installer: {installers[0][0].stat().st_size / 1e6:.1f} MB")
    first, second = ((as_windows(file), version) for file, version in installers)
    right = True
    for found in Trial(wine, folder, first, second).all_steps(with_old_windows=True):
        print(found.line(), flush=True)
        right = right and found.right
    return right


def make_installer(folder: Path, work: Path, version: str, target: str) -> Path:
    """Return the installer of a version. Raises WrongError."""
    script = str(ROOT / "packaging" / "windows" / "installer.py")
    places = ["--folder", str(folder), "--out", str(work / version)]
    command = [sys.executable, script, *places, "--version", version, "--target", target]
    if version == NEXT_VERSION:
        command.append("--quick")
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise WrongError(f"No installer was made: {(made.stdout + made.stderr).strip()}")
    return next((work / version).glob("*.exe"))


def ended(process: Ended, otherwise: str) -> Ended:
    """Return a process that ended well. Raises WrongError with the end of what it printed."""
    if process.status:
        raise WrongError(f"{otherwise} (status {process.status}):\n{process.output[-2000:]}")
    return process


def told(what: str, process: Ended, right: bool | None = None) -> bool:
    """Tell whether a program did as it should; return that."""
    well = process.status == 0 and right is not False
    tell(f"{'right' if well else 'WRONG'}: {what}", process.seconds)
    if not well:
        print(process.output[-2000:], flush=True)
    return well


def tell(what: str, seconds: float | None = None) -> None:
    """Print a figure."""
    print(what if seconds is None else f"{what} ({seconds:.1f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
