"""What this installation is made of: each part with its version and its licence."""

import platform
from importlib import metadata
from typing import Final

from app import __version__
from app.core.frozen import frozen
from app.system.own_folders import APP_NAME

LICENCES: Final = {
    "PySide6-Essentials": "LGPL-3.0-only",
    "boto3": "Apache-2.0",
    "botocore": "Apache-2.0",
    "awscrt": "Apache-2.0",
    "qasync": "BSD-2-Clause",
    "keyring": "MIT",
    "platformdirs": "MIT",
    "truststore": "MIT",
}
"""The SPDX name of the licence under which each distribution is part of the program.

Written down, since a bundle may come without the distributions' own data. Qt and PySide6 give a
choice of three; a program that only links to them takes the LGPL.
"""


@frozen
class Component:
    """One part. ``version`` is empty where the installation doesn't tell it."""

    name: str
    version: str
    licence: str = ""


def components() -> tuple[Component, ...]:
    """Return the program itself, the Python that runs it, and the distributions it uses."""
    return (
        Component(APP_NAME, __version__),
        Component("Python", platform.python_version(), "PSF-2.0"),
        *(Component(name, _version(name), licence) for name, licence in LICENCES.items()),
    )


def system_name() -> str:
    """Return the name and release of the operating system."""
    return f"{platform.system()} {platform.release()} ({platform.machine()})"


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""
