"""The folder ``.venv`` with everything the program is made of: made once, checked at each start."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import subprocess
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import translations

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[list[str], Path], str | None]

COMMAND = "ubiquity-s3-setup"
LOCK = Path("packaging", "requirements.lock")
STAMP = "set-up.stamp"
LOG = "set-up.log"


class State(Enum):
    """What a start finds."""

    READY = "complete and up to date"
    OUTDATED = "complete, for another lock file or pyproject.toml"
    UNTRANSLATED = "complete and up to date, but for words of other languages"
    UNUSABLE = "missing, half made, moved, or made by another Python"


class Failure(NamedTuple):
    """What a step that failed said, and the file that has the whole of it, if any."""

    output: str
    log: Path | None = None


def prepare(root: Path, run: Run | None = None) -> Failure | None:
    """Make ``root/.venv`` complete, doing only what is missing; return why that failed, or None.

    ``run`` runs one command, as ``run_logged`` does.
    """
    try:
        found = state(root)
        if found is State.READY:
            return None
        if found is not State.UNTRANSLATED:
            # Without the stamp, what is interrupted from here on is made anew by the next start.
            (root / ".venv" / STAMP).unlink(missing_ok=True)
        _require_writable(root)
        failure = _build(root, found, run or run_logged)
        if failure is None:
            (root / ".venv" / STAMP).write_text("\n".join(_marks(root)), encoding="ascii")
    except OSError as error:
        return Failure(str(error))
    return failure


def state(root: Path) -> State:
    """Return what ``root/.venv`` is, from its stamp and without running anything."""
    place, contents = _marks(root)
    try:
        stamped = (root / ".venv" / STAMP).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return State.UNUSABLE
    # `exists` follows links: an upgraded system Python leaves them pointing nowhere.
    whole = _program(root, "python").exists() and _program(root, COMMAND).exists()
    if not whole or stamped[:1] != [place]:
        return State.UNUSABLE
    if stamped[1:] != [contents]:
        return State.OUTDATED
    return State.UNTRANSLATED if translations.stale(root) else State.READY


def _marks(root: Path) -> tuple[str, str]:
    """Return what tells one environment from another: where and for whom, and its contents."""
    tag = f"{sys.implementation.cache_tag} {platform.machine()} ".encode()
    place = tag + os.fsencode(root / ".venv")
    contents = (root / LOCK).read_bytes() + (root / "pyproject.toml").read_bytes()
    return hashlib.sha256(place).hexdigest(), hashlib.sha256(contents).hexdigest()


def _program(root: Path, name: str) -> Path:
    """Return where ``.venv`` keeps a program."""
    if os.name == "nt":
        return root / ".venv" / "Scripts" / f"{name}.exe"
    return root / ".venv" / "bin" / name


def _require_writable(root: Path) -> None:
    """Raise OSError where ``.venv`` can't be written to, before anything is taken apart."""
    (root / ".venv").mkdir(exist_ok=True)
    probe = root / ".venv" / "writable"
    probe.touch()
    probe.unlink()


def _build(root: Path, found: State, run: Run) -> Failure | None:
    """Run the steps that are needed; return the failure of the first that fails, or None."""
    if found is State.UNUSABLE:
        print(
            "Setting up. This is done once; most of it is a download of about 150 MB.", flush=True
        )
    elif found is State.OUTDATED:
        print("The list of components has changed: bringing them up to date.", flush=True)
    log = root / ".venv" / LOG
    for command in _steps(root, found):
        output = run(command, log)
        if output is not None:
            return Failure(output, log)
    if found is not State.UNTRANSLATED:
        print("Set up.", flush=True)
    return None


def _steps(root: Path, found: State) -> list[list[str]]:
    """Return the commands that make ``.venv``, or bring an outdated one up to date."""
    # Started from .venv itself, it is the Python behind it that has to make it.
    base = getattr(sys, "_base_executable", None) or sys.executable
    make = [base, "-I", "-m", "venv", "--clear", str(root / ".venv")]
    # The settings of this computer's pip hold (proxy, certificates, a mirror), all but `user`.
    pip = [str(_program(root, "python")), "-I", "-u", "-m", "pip", "install", "--no-user"]
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(root / LOCK)]
    itself = ["--no-index", "--no-deps", "--no-build-isolation", "--editable", str(root)]
    # The program's own bytecode too: some computers are told to write none while running, and
    # would compile every module at each start.
    compiled = [pip[0], "-I", "-m", "compileall", "-q", str(root / "app")]
    quick = [pip[0], "-I", str(root / "packaging" / "pyside_support.py")]
    translated = [pip[0], "-I", str(root / "packaging" / "translations.py"), "compile"]
    if found is State.UNTRANSLATED:
        return [translated]
    steps = [[*pip, *quiet, *locked], [*pip, *quiet, *itself], compiled, quick, translated]
    return [make, *steps] if found is State.UNUSABLE else steps


def run_logged(command: list[str], log: Path) -> str | None:
    """Run a command, log its output, tell its progress; return the output if it fails."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            told = progress(line)
            if told:
                print(told, flush=True)
    with log.open("a", encoding="utf-8", errors="replace") as kept:
        kept.writelines(lines)
    return "".join(lines) or "no output" if process.returncode else None


def progress(line: str) -> str | None:
    """Return what to tell of a line of pip's output: only what takes its time."""
    big = re.match(r"\s*Downloading (.+?)-\d\S* \((\d\d[\d.]* MB)\)", line)
    if big:
        return f"  downloading {big[1]} ({big[2]})"
    if line.startswith("Installing collected packages"):
        return "  installing"
    if "Retrying (Retry" in line:
        return "  no answer, trying again"
    return None
