"""Which of the installed distributions are the program's own: what it asks for, and no tool.

A build in an environment with tests and tools in it ships the same as one without.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bundle.contents import MOTO_PARTS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "ubiquity-s3-setup"
PRACTICE = "practice"
"""The extra with the practice AWS."""


class Asked(NamedTuple):
    """A distribution that something asks for, with its extras."""

    name: str
    extras: frozenset[str] = frozenset()


def shipped_names(*, practice: bool) -> frozenset[str]:
    """Return the canonical names of the distributions that the program needs on this system.

    ``practice`` asks for those of the practice AWS too. The program itself is not among them.
    Raises PackageNotFoundError where one is not installed.
    """
    seen: set[Asked] = set()
    left = [Asked(PROGRAM, frozenset({PRACTICE}) if practice else frozenset())]
    while left:
        asked = left.pop()
        if asked not in seen:
            seen.add(asked)
            left += _needs(asked)
    return frozenset(asked.name for asked in seen if asked.name != PROGRAM)


def _needs(asked: Asked) -> list[Asked]:
    """Return what a distribution asks for on this system, with these extras of its own."""
    lines = _own_lines(asked) if asked.name == PROGRAM else metadata.requires(asked.name) or ()
    requirements = map(Requirement, lines)
    return [
        Asked(canonicalize_name(each.name), frozenset(each.extras))
        for each in requirements
        if each.marker is None
        or any(each.marker.evaluate({"extra": extra}) for extra in ("", *asked.extras))
    ]


def _own_lines(asked: Asked) -> list[str]:
    """Return what the program asks for, from its source: what is installed may be of yesterday."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    lines: list[str] = project["dependencies"]
    return lines + [line for extra in sorted(asked.extras) for line in extras[extra]]


def modules_of_others(shipped: frozenset[str]) -> list[str]:
    """Return the top-level modules of all installed distributions that are not ``shipped``.

    They are what PyInstaller is told to leave out: packages of ours import some of them where
    they are there, and do without where they aren't.
    """
    owners = {
        module: {canonicalize_name(name) for name in names}
        for module, names in metadata.packages_distributions().items()
    }
    ours = shipped | {PROGRAM}
    return sorted(module for module, names in owners.items() if names.isdisjoint(ours))


UNUSED_MODULES = (
    # Of Python's own: for terminals, for tests and for whoever develops.
    *("tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "test"),
    *("readline", "curses", "_curses", "pydoc_data", "sqlite3", "_sqlite3", "xmlrpc.server"),
    *("dbm.gnu", "_gdbm", "_dbm"),
    # From 3.12 on it is another's (setuptools'), and PyInstaller won't have it both ways.
    *(("distutils",) if sys.version_info < (3, 12) else ()),
    # What packages of ours import where it is there, or leave to whoever wants it.
    *("lxml.isoschematron", "lxml.objectify", "lxml.html", "lxml.sax", "yaml._yaml"),
    # What compiles for cffi; its library is needed alone. Where it is half there, Windows' keyring
    # (win32ctypes) takes it and fails; without it, ctypes serves.
    *("cffi", "pycparser"),
)
"""Modules that are left out whoever imports them: each import is in a ``try``, or never made."""

_QT_MODULE = re.compile(r"PySide6\.(Qt\w+)")


def unused_qt_modules() -> list[str]:
    """Return the modules of PySide6 that no source of the program names.

    PySide6 itself asks for one more than it needs (QtNetwork, for its OpenSSL).
    """
    sources = "".join(
        file.read_text(encoding="utf-8") for file in sorted((ROOT / "app").rglob("*.py"))
    )
    used = set(_QT_MODULE.findall(sources))
    spec = importlib.util.find_spec("PySide6")
    folders = (spec.submodule_search_locations if spec else None) or ()
    there = {file.name.partition(".")[0] for path in folders for file in Path(path).glob("Qt*.*")}
    return sorted(f"PySide6.{name}" for name in there - used)


def imported_by_name(*, practice: bool) -> list[str]:
    """Return the modules that are imported by a name made at run time."""
    names = ["PySide6.QtSvg", "keyring.backends", *_KEYRINGS]
    if practice:
        for part in sorted(MOTO_PARTS):
            names += modules_below(f"moto.{part}")
    return names


def modules_below(package: str) -> list[str]:
    """Return the names of a package and of all modules below it, by their files.

    PyInstaller's own (``collect_submodules``) imports each, in a process for each folder.
    """
    top, *inner = package.split(".")
    spec = importlib.util.find_spec(top)
    modules: set[str] = set()
    for place in (spec.submodule_search_locations if spec else None) or ():
        for file in Path(place, *inner).rglob("*.py"):
            parts = [top, *file.relative_to(place).with_suffix("").parts]
            modules.add(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return sorted(modules)


_KEYRINGS = tuple(
    f"keyring.backends.{name}"
    for name in ("SecretService", "Windows", "macOS", "kwallet", "libsecret", "chainer", "fail")
)
