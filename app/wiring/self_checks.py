"""The parts of an installation that ``self-check`` looks at."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from app.aws.regions import region_names
from app.core.i18n import tr
from app.system.keyring_backend import keyring_backend
from app.system.resources import resources_folder
from app.system.translations import available_languages


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One part: its name, whether it works, and what was found."""

    name: str
    works: bool
    detail: str


def check_parts() -> tuple[CheckedPart, ...]:
    """Look at resources, translations, AWS data, keyring, window and practice AWS."""
    return tuple(
        _checked(name, look)
        for name, look in (
            ("resources", _resources),
            ("translations", _translations),
            ("aws-data", _aws_data),
            ("keyring", _keyring),
            ("window", _window),
            ("practice", _practice),
        )
    )


def _checked(name: str, look: Callable[[], tuple[bool, str]]) -> CheckedPart:
    """Make one look; whatever it raises is its finding, so that the others are still made."""
    try:
        works, detail = look()
    except Exception as error:  # noqa: BLE001 - a broken installation may raise anything
        return CheckedPart(name, works=False, detail=f"{type(error).__name__}: {error}")
    return CheckedPart(name, works, detail)


def _resources() -> tuple[bool, str]:
    folder = resources_folder()
    return any(folder.glob("icons/*.svg")), str(folder)


def _translations() -> tuple[bool, str]:
    languages = ", ".join(("en", *available_languages()))
    return True, languages


def _aws_data() -> tuple[bool, str]:
    count = len(region_names())
    return count > 0, tr("{count} regions").format(count=count)


def _keyring() -> tuple[bool, str]:
    backend = keyring_backend()
    if backend.usable:
        return True, backend.name
    # Without a keyring the program works; credentials are then kept in memory only.
    return True, tr("none on this computer: credentials are kept in memory only")


def _window() -> tuple[bool, str]:
    core = importlib.import_module("PySide6.QtCore")
    importlib.import_module("PySide6.QtSvg")  # draws the pictures
    return True, f"Qt {core.qVersion()}"


def _practice() -> tuple[bool, str]:
    try:
        moto = importlib.import_module("moto")
    except ImportError:
        return True, tr("not installed: the practice AWS is an extra")
    return True, f"moto {moto.__version__}"
