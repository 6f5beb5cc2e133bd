"""Compiles the Windows installer of a built folder, on Windows or on Linux (Debian's ``nsis``).

``python packaging/windows/installer.py`` makes ``dist/ubiquity-s3-setup-VERSION-windows-x64.exe``
from ``dist/ubiquity-s3-setup``. With ``--sign`` what it makes is signed, as ``sign.py`` says; the
two programs in the folder have to be signed before.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

from bundle import names  # noqa: E402

INSTALLED_ON_WINDOWS = Path("C:/Program Files (x86)/NSIS/makensis.exe")
TARGET = "x86-unicode"
"""It runs on every Windows, if only to say why the program doesn't."""
CONTENTS = frozenset({"_internal", f"{names.WINDOW_PROGRAM}.exe", f"{names.CONSOLE_PROGRAM}.exe"})
"""All that lies at the top of a built folder; ``installer.nsi`` removes just these."""


class CannotBuildError(Exception):
    """Why there is no installer, as a sentence for whoever builds."""


def main(arguments: list[str]) -> int:
    """Make the installer; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=ROOT / "dist" / names.FOLDER)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--icon", type=Path, help="an .ico file; without it, the build's own")
    parser.add_argument("--version", default=names.VERSION, help="another, to try upgrades")
    parser.add_argument("--target", default=TARGET, help="of NSIS; a Wine may lack the usual one")
    parser.add_argument("--quick", action="store_true", help="packed less, for a trial")
    parser.add_argument("--sign", action="store_true")
    asked = parser.parse_args(arguments)
    try:
        made = make(
            asked.folder,
            asked.out,
            asked.icon,
            asked.version,
            sign=asked.sign,
            target=asked.target,
            quick=asked.quick,
        )
    except CannotBuildError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


def make(
    folder: Path,
    out: Path,
    icon: Path | None,
    version: str,
    *,
    sign: bool,
    target: str = TARGET,
    quick: bool = False,
) -> Path:
    """Compile the installer of ``folder`` into the folder ``out`` and return it.

    Raises CannotBuildError.
    """
    problem = why_not_installable(folder)
    if problem:
        raise CannotBuildError(problem)
    out.mkdir(parents=True, exist_ok=True)
    output = (out / f"{names.CONSOLE_PROGRAM}-{version}-windows-x64.exe").resolve()
    given = definitions(folder.resolve(), output, version)
    given["ICON"] = str((icon or default_icon()).resolve())
    given["TARGET"] = target
    if quick:
        given["QUICK"] = ""
    if sign:
        given["SIGN"] = subprocess.list2cmdline([sys.executable, str(HERE / "sign.py")])
    # Every warning is a mistake here: a string that a language lacks is one.
    options = ["-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    defined = [f"-D{name}={value}" for name, value in given.items()]
    command = [makensis(), *options, *defined, str(HERE / "installer.nsi")]
    if subprocess.run(command, check=False).returncode:
        raise CannotBuildError("NSIS did not make the installer, for the reason above.")
    return output


def why_not_installable(folder: Path) -> str | None:
    """Return why the installer can't be made of this folder, as a sentence, or None."""
    there = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    missing, more = CONTENTS - there, there - CONTENTS
    if missing:
        return (
            f"{folder} is no built program for Windows: it lacks {', '.join(sorted(missing))}."
            " Run packaging/build.py on Windows first."
        )
    if more:
        return (
            f"{folder} also has {', '.join(sorted(more))}, which the installer would never remove."
            " Name it in packaging/windows/installer.nsi and installer.py, or leave it out."
        )
    return None


def definitions(folder: Path, output: Path, version: str) -> dict[str, str]:
    """Return what ``installer.nsi`` is told of the built ``folder`` and of the ``output``."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {
        "VERSION": version,
        "VERSION_OF_FOUR": of_four(version),
        "SOURCE": str(folder),
        "OUTPUT": str(output),
        "SIZE_KB": str(sum(file.stat().st_size for file in files) // 1024),
        "LONGEST": str(longest_path(folder)),
        "WINDOW_PROGRAM": names.WINDOW_PROGRAM,
        "CONSOLE_PROGRAM": names.CONSOLE_PROGRAM,
        "DRAFT_EXTENSION": names.DRAFT_SUFFIX,
    }


def longest_path(folder: Path) -> int:
    r"""Return the characters of the longest path below ``folder``, from the ``\`` before it.

    While an upgrade runs, ``_internal`` has ``.old`` behind its name.
    """
    paths = [str(file.relative_to(folder)) for file in folder.rglob("*")]
    return max(map(len, paths)) + len("\\") + len(".old")


def of_four(version: str) -> str:
    """Return a version as Windows has them: ``1.2rc3`` is ``1.2.0.0``."""
    numbers = re.match(r"[\d.]*\d", version)
    parts = (numbers[0] if numbers else "0").split(".")
    return ".".join([*parts, "0", "0", "0"][:4])


def default_icon() -> Path:
    """Return the icon that the build made. Raises CannotBuildError."""
    icons = sorted((ROOT / "build").rglob("*.ico"))
    if not icons:
        raise CannotBuildError(
            "The icon is missing: packaging/build.py makes it under build/. Name one with --icon."
        )
    return icons[0]


def makensis() -> str:
    """Return the command of NSIS's compiler. Raises CannotBuildError."""
    found = shutil.which("makensis")
    if found:
        return found
    if os.name == "nt" and INSTALLED_ON_WINDOWS.exists():
        return str(INSTALLED_ON_WINDOWS)
    raise CannotBuildError(
        "NSIS is missing: install the package nsis (on Windows: choco install nsis),"
        " then run the same command again."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
