"""Tries the program that ``build.py`` made, as somebody who has nothing else installed.

    .venv/bin/python packaging/try_package.py [DIST]

The command line has to say the same as from source, to the letter; ``self-check`` looks at every
part, does a whole set-up on the practice AWS and starts the process that counts; the window opens
in each way, and the menu's command opens the practice AWS; another build of a Qt library takes the
place of ours (Linux). Nothing of this user's is in reach, and no folder of Python's or the clone's.
Each try is a line; ends with 1 where one was wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT))

from bundle import archives, names  # noqa: E402
from bundle.first_paint import Command, NotPaintedError, first_paint, of_nobody  # noqa: E402
from replaced_library import LIBRARY, why_not_replaceable  # noqa: E402

from app.ui.pyside_start import COMPILED, MADE_FOR, libraries_in  # noqa: E402
from tests.helpers.bundles import write_world  # noqa: E402
from tests.helpers.snapshots import good, good_encrypted  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLDEN = ROOT / "tests" / "golden"
BUNDLES = 40
"""More than one process is given at once, so that two have work."""
SECONDS = 120
"""After which a command hangs. The longest, self-check, takes five."""


class Tried(NamedTuple):
    """A try: what was tried, and what was wrong; empty where nothing was."""

    what: str
    wrong: str = ""


def main(arguments: list[str]) -> int:
    """Try everything; return the exit status."""
    dist = Path(arguments[0]).resolve() if arguments else ROOT / "dist"
    folder = dist / names.FOLDER
    count = 0
    with tempfile.TemporaryDirectory(prefix="try-package-") as home:
        for tried in every_try(folder, Path(home)):
            print(f"{'WRONG' if tried.wrong else 'right'}: {tried.what}", flush=True)
            if tried.wrong:
                print(tried.wrong, flush=True)
                count += 1
    wrong = [*checked_sums(dist)]
    for name in wrong:
        print(f"WRONG: the checksum of {name}", flush=True)
    return 1 if count or wrong else 0


def every_try(folder: Path, home: Path) -> Iterator[Tried]:
    """Yield what comes of each try."""
    suffix = ".exe" if sys.platform == "win32" else ""
    console, window = (
        str(folder / f"{name}{suffix}") for name in (names.CONSOLE_PROGRAM, names.WINDOW_PROGRAM)
    )
    for words in says_the_same(home):
        yield compare(console, words, home)
    if not suffix:
        yield starts_others_as_they_are(console, home)
    if sys.platform.startswith("linux"):
        yield from loads_what_it_needs(console, folder, home)
    picture = home / "first page.png"
    status, said = run([console, "self-check", "--picture", str(picture)], home)
    yield Tried("self-check", "" if status == 0 else said)
    yield Tried("its picture of the first page", "" if is_picture(picture) else "There is none.")
    for what, command in (
        ("the window, by the console's program", [console]),
        ("the window, by its own program", [window]),
        ("the practice AWS, as the menu opens it", [window, "practice"]),
        *([("the window, by AppRun", [str(folder / "AppRun")])] if not suffix else []),
    ):
        yield painted(what, command, home)
    if sys.platform.startswith("linux"):
        what = f"another build of {LIBRARY}, as the LGPL allows"
        yield Tried(what, why_not_replaceable(folder) or "")


def says_the_same(home: Path) -> Iterator[list[str]]:
    """Yield the command lines whose output has to be that from source."""
    draft, snapshot = str(GOLDEN / "formats-draft.json"), str(GOLDEN / "formats-snapshot.json")
    yield ["--version"]
    yield ["--help"]
    for form in ("json", "cloudformation", "terraform", "bash", "powershell", "cloudshell", "html"):
        yield ["policies", "--draft", draft, "--format", form]
    yield ["needs", "--draft", draft, "--json"]
    yield ["check", "--draft", draft, "--snapshot", snapshot, "--json"]
    yield ["explain", "--text", "AccessDenied when calling the AssumeRole operation"]
    bundles = home / "bundles"
    bundles.mkdir()
    for number in range(BUNDLES):
        write_world((good, good_encrypted)[number % 2](), bundles / f"{number:02}.zip")
    yield ["check", str(bundles), "--processes", "2", "--json"]


def compare(program: str, words: list[str], home: Path) -> Tried:
    """Run a command line from source and packaged; return whether both said the same."""
    source, packaged = (
        run([sys.executable, "-m", "app", *words], home),
        run([program, *words], home),
    )
    what = f"as from source: {' '.join(Path(word).name for word in words)}"
    if source == packaged and source[1].strip():
        return Tried(what)
    return Tried(
        what, f"From source {source[0]}:\n{source[1]}\nPackaged {packaged[0]}:\n{packaged[1]}"
    )


def starts_others_as_they_are(program: str, home: Path) -> Tried:
    """Let it start a program that signs in; return whether that one's libraries are its own."""
    told, script, config = home / "environment", home / "sign-in.sh", home / "aws-config"
    script.write_text(f"#!/bin/sh\nenv > '{told}'\nexit 1\n", encoding="utf-8")
    script.chmod(0o755)
    config.write_text(f"[profile it]\ncredential_process = '{script}'\n", encoding="utf-8")
    words = ["plan", "--draft", str(GOLDEN / "formats-draft.json"), "--profile", "it"]
    _, said = run([program, *words], home, AWS_CONFIG_FILE=str(config))
    what = "what it starts finds its own libraries"
    if not told.is_file():
        return Tried(what, said)
    lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
    folder = str(Path(program).parent)
    return Tried(what, "\n".join(each for each in lines if folder in each or each[:5] == "_PYI_"))


def loads_what_it_needs(console: str, folder: Path, home: Path) -> Iterator[Tried]:
    """Let the system's linker tell what a command loads; yield whether Qt is left to the window.

    The window loads PySide by what was compiled for it: for these very libraries.
    """
    _, said = run([console, "--version"], home, LD_DEBUG="files")
    yield Tried("a command loads no Qt", "It does." if "libQt6Core" in said else "")
    shiboken = folder / "_internal" / "shiboken6"
    made_for = (shiboken / COMPILED / MADE_FOR).read_text(encoding="utf-8")
    wrong = "" if made_for == libraries_in(str(shiboken)) else f"It is for:\n{made_for}"
    yield Tried("what is compiled of PySide is for its libraries", wrong)


def run(command: list[str], home: Path, **more: str) -> tuple[int, str]:
    """Run a command as nobody; return its status and all that it printed."""
    environment = {**os.environ, **of_nobody(str(home)), **more}
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        environment.pop(name, None)
    try:
        ended = subprocess.run(
            command,
            cwd=ROOT if "-m" in command[1:2] else home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as hung:
        return -1, f"It did not end within {SECONDS} s. {(hung.stdout or b'')[-500:]!r}"
    return ended.returncode, ended.stdout.decode("utf-8", "replace")


def painted(what: str, command: list[str], home: Path) -> Tried:
    """Start a window unseen; return whether it was painted."""
    try:
        first_paint(Command(command, home))
    except NotPaintedError as problem:
        return Tried(what, str(problem))
    return Tried(what)


def is_picture(file: Path) -> bool:
    """Return whether a file is a PNG of some size: a window with nothing in it packs to less."""
    return file.is_file() and file.read_bytes()[:4] == b"\x89PNG" and file.stat().st_size > 5000


def checked_sums(dist: Path) -> Iterator[str]:
    """Yield the name of each file whose checksum is not that of ``checksums.txt``."""
    for line in (dist / "checksums.txt").read_text(encoding="ascii").splitlines():
        digest, name = line.split("  ", 1)
        if archives.sha256(dist / name) != digest:
            yield name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
