"""Tries what Qt's licence asks for: that somebody's own build of a Qt library takes its place.

``.venv/bin/python packaging/replaced_library.py FOLDER`` is given a built program (the folder that
runs by itself); ``try_package.py`` does the same. In a copy of it QtCore is replaced by another
build of the same version, whose file is other: with a section that says so. The program's
self-check has to find no more with it. That it is this very file that the program loads is seen by
a third one, a broken library: it is found.

Another version of Qt needs its own PySide6 and shiboken6 beside it (they use Qt's private parts):
6.11.2 of all three was put in the place of 6.11.3 by hand, and passed.

Linux alone: on the others the file stands in the same place, and is not tried here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT))

from bundle import names  # noqa: E402

LIBRARY = "libQt6Core.so.6"
SECONDS = 300


def main(arguments: list[str]) -> int:
    """Try it with the folder that is given; return 0 where Qt can be replaced."""
    if not sys.platform.startswith("linux"):
        print("Replacing a library is tried on Linux alone.")
        return 0
    problem = why_not_replaceable(Path(arguments[0]))
    print(problem or f"{LIBRARY} was replaced by another build, and the program runs with it.")
    return 1 if problem else 0


def why_not_replaceable(folder: Path) -> str | None:
    """Return why the Qt library of the program in ``folder`` can't be replaced; None where it can.

    ``folder`` itself stays as it is.
    """
    if shutil.which("objcopy") is None:
        return "objcopy is missing: install the system's binutils."
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "program")
        shutil.copytree(folder, copy, symlinks=True)
        library = library_in(copy)
        if library is None:
            return f"{LIBRARY} is no file of its own in {folder}."
        before = library.read_bytes()
        broken_before = set(broken_parts(copy))
        rebuild(library)
        if library.read_bytes() == before:
            return f"{LIBRARY} is the same as before."
        broken = broken_parts(copy)
        if set(broken) - broken_before:
            return f"With another build of {LIBRARY} self-check finds more: {broken}"
        library.write_bytes(before[: len(before) // 2])
        if not set(broken_parts(copy)) - broken_before:
            return f"The program does not use its file {LIBRARY}: a broken one changes nothing."
    return None


def library_in(folder: Path) -> Path | None:
    """Return the file of Qt's library below ``folder``; None where there is none."""
    return next((path for path in folder.rglob(LIBRARY) if not path.is_symlink()), None)


def rebuild(library: Path) -> None:
    """Put in the place of ``library`` what a build of one's own comes to: the same, and no copy."""
    note = library.with_name("note.txt")
    note.write_text("Built by somebody else, as the LGPL allows.\n", encoding="ascii")
    command = ["objcopy", f"--add-section=.note.own-build={note}", str(library)]
    subprocess.run(command, check=True)
    note.unlink()


def broken_parts(folder: Path) -> dict[str, str]:
    """Return what self-check of the program in ``folder`` finds broken, by the part's name."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("LD_LIBRARY_PATH", None)
    command = [str(folder / names.CONSOLE_PROGRAM), "self-check", "--json"]
    ended = subprocess.run(
        command, env=environment, capture_output=True, timeout=SECONDS, check=False
    )
    try:
        parts = json.loads(ended.stdout)["parts"]
    except (ValueError, KeyError):
        return {"self-check": ended.stderr.decode(errors="replace").strip() or "no answer"}
    return {part["name"]: part["detail"] for part in parts if not part["works"]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
