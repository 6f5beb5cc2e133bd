"""How this program starts itself once more, as a process of its own.

From source that is this very Python with the package. A bundle has two programs in one folder, and
whichever of them this is, each is told by what it is for.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

import app
from app.core.program_names import CONSOLE_PROGRAM, WINDOW_PROGRAM

NO_CONSOLE: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""A flag of any process. Windows alone has it, and would otherwise open a console."""


def is_packaged() -> bool:
    """Return whether this is the program of a bundle (PyInstaller), which needs no Python."""
    return bool(getattr(sys, "frozen", False))


def console_command(*arguments: str) -> tuple[str, ...]:
    """Return the command of the program that can be talked to by pipes, on Windows too."""
    return _command(CONSOLE_PROGRAM, arguments)


def window_command(*arguments: str) -> tuple[str, ...]:
    """Return the command of the program for the window, which opens no console on Windows."""
    return _command(WINDOW_PROGRAM, arguments)


def start_folder() -> Path | None:
    """Return the folder to start it in: ``-m`` finds this very source there, and no other.

    None for any, where it is packaged.
    """
    return None if is_packaged() else Path(app.__file__).parents[1]


def _command(program: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
    if not is_packaged():
        return (sys.executable, "-m", "app", *arguments)
    own = Path(sys.executable)  # it takes no ``-m``
    return (str(own.with_name(f"{program}{own.suffix}")), *arguments)
