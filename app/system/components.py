"""What this installation is made of: each part with its version and the texts of its licence.

A build brings a list of its own, with the texts beside it (``components_json``). From source the
distributions tell it themselves; what they leave out lies in ``resources/licences``.
"""

import platform
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from app.core.component import Component
from app.core.formats.components_json import read_components
from app.core.formats.reading import InputProblem
from app.files.reading import INPUT_AT_MOST, SMALL, FileProblem, read_text
from app.system.resources import resources_folder

LIST: Final = "components.json"
QT_PARTS: Final = "qt/parts.json"
"""What others wrote in Qt; ``packaging/qt_parts.py`` makes it."""

PROGRAM: Final = "ubiquity-s3-setup"

_REQUIREMENT: Final = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA: Final = re.compile(r"extra\s*==\s*[\"']([^\"']+)")
_TEXT: Final = re.compile(r"(licen[cs]e|copying|notice)[^/]*$", re.IGNORECASE)

_QT: Final = frozenset({"pyside6-essentials", "shiboken6"})
_OF_QT: Final = ("texts/Qt.txt", "texts/LGPL-3.0-only.txt", "texts/GPL-3.0-only.txt")
_LGPL: Final = "LGPL-3.0-only"
"""Qt and PySide6 give a choice of three; a program that only links to them takes the LGPL."""

_SPDX: Final = {
    "Apache License 2.0": "Apache-2.0",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
}
"""SPDX names of licences that distributions name in other words."""


def licences_folder() -> Path:
    """Return the folder of the licences' texts."""
    return resources_folder() / "licences"


def components() -> tuple[Component, ...]:
    """Return everything that the program is made of.

    From source this looks at some forty distributions: a fifth of a second.
    """
    shipped = listed_components(LIST)
    return installed_components() if isinstance(shipped, InputProblem) else shipped


def listed_components(name: str) -> tuple[Component, ...] | InputProblem:
    """Return the parts of a list in the folder of licences; a problem where it can't be read."""
    text = read_text(licences_folder() / name, INPUT_AT_MOST, own=True)
    if isinstance(text, FileProblem):
        return InputProblem(name, f"{name}: {text.reason}")
    return read_components(text, name)


def installed_components() -> tuple[Component, ...]:
    """Return Python, Qt with what others wrote in it, and the distributions that are used."""
    distributions = [_component(name, each) for name, each in sorted(_used().items())]
    qt = next((part for part in distributions if part.name == "PySide6_Essentials"), None)
    qt_parts = listed_components(QT_PARTS)
    return (
        Component("Python", platform.python_version(), "PSF-2.0", ("texts/Python.txt",)),
        *([] if qt is None else [Component("Qt", qt.version, _LGPL, _OF_QT)]),
        *distributions,
        *(() if qt is None or isinstance(qt_parts, InputProblem) else qt_parts),
    )


def licence_text(component: Component) -> str:
    """Return the texts of a part's licence, one after the other; empty where there are none."""
    texts = (read_text(licences_folder() / name, SMALL, own=True) for name in component.files)
    return "\n\n".join(text.strip("\n") for text in texts if isinstance(text, str) and text.strip())


def system_name() -> str:
    """Return the name and release of the operating system."""
    return f"{platform.system()} {platform.release()} ({platform.machine()})"


def _used() -> dict[str, metadata.Distribution]:
    """Return the distributions that the program asks for, and those ask for, by their names.

    What is asked for on other systems, or for an extra that nobody asks for, is not installed.
    """
    used: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, str]] = set()
    left = [(PROGRAM, "practice")]
    while left:
        asked = left.pop()
        distribution = None if asked in seen else _distribution(asked[0])
        seen.add(asked)
        if distribution is not None:
            used[_canonical(asked[0])] = distribution
            left += _needs(distribution, asked[1])
    used.pop(PROGRAM, None)
    return used


def _needs(distribution: metadata.Distribution, extra: str) -> Iterator[tuple[str, str]]:
    for line in distribution.requires or ():
        requirement, _, marker = line.partition(";")
        only_for, named = _EXTRA.search(marker), _REQUIREMENT.match(requirement.strip())
        if named and (only_for is None or only_for[1] == extra):
            for each in ("", *(named[2] or "").split(",")):
                yield named[1], each.strip()


def _distribution(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _component(name: str, distribution: metadata.Distribution) -> Component:
    is_qt = name in _QT
    texts = _OF_QT if is_qt else _texts(name, distribution)
    licence = _LGPL if is_qt else _licence(distribution)
    return Component(distribution.name, distribution.version, licence, texts)


def _licence(distribution: metadata.Distribution) -> str:
    # moto's importlib_metadata, once imported, raises for a key that is not there.
    about = distribution.metadata
    for key in ("License-Expression", "License"):
        if key in about and about[key] and "\n" not in about[key]:
            return _SPDX.get(about[key], about[key])
    classifiers = about.get_all("Classifier") or []
    return next((_SPDX[each] for each in classifiers if each in _SPDX), "")


def _texts(name: str, distribution: metadata.Distribution) -> tuple[str, ...]:
    own = [
        file
        for file in distribution.files or ()
        if ".dist-info/" in file.as_posix() and _TEXT.search(file.name)
    ]
    if own:
        return tuple(str(distribution.locate_file(file)) for file in sorted(own))
    return (f"texts/{name}.txt",)


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
