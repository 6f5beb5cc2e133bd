"""Where the program keeps its own files, by the rules of each system.

What has to outlast the computer's next start lies in ``data_folder`` and ``log_folder``; neither
follows a roaming profile to another computer, since a journal is of what this one did. What is
between the processes of one computer lies in ``runtime_folder``: a home can be shared by several.
"""

import os
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from platformdirs import user_data_path, user_log_path

from app.core.program_names import PRODUCT

_VENDOR: Final = "UbiQuity"
_SHORT: Final = "ubiquity-s3-setup"


def data_folder() -> Path:
    """Return the folder for this program's own data."""
    return _place(user_data_path)


def log_folder() -> Path:
    """Return the folder for this program's logs."""
    return _place(user_log_path)


def reports_folder() -> Path:
    """Return the folder for reports of the program's own mistakes."""
    return data_folder() / "reports"


def home_folder() -> Path | None:
    """Return the person's own folder; None where the system knows of none."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def runtime_folder() -> Path:
    """Return a folder of this person's on this very computer, which nobody else may write in.

    Raises ``OSError`` where there is none.
    """
    given = os.environ.get("XDG_RUNTIME_DIR")  # Linux: in memory, and gone with the log-in
    if given and os.path.isabs(given) and _is_ours(given):  # noqa: PTH117 - as the system writes it
        return Path(given)
    return _temporary()


def _place(usual: Callable[..., Path]) -> Path:
    """Return the system's place; without a home one that lasts until the computer starts anew."""
    try:
        place = usual(PRODUCT, appauthor=_VENDOR)
    except RuntimeError:
        return _temporary()
    # A home that is no whole path would be somewhere else for each folder that one begins in.
    return place if place.is_absolute() else _temporary()


def _temporary() -> Path:
    import tempfile

    folder = Path(tempfile.gettempdir()) / f"{_SHORT}-{_person()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return folder  # whoever writes there is told why that can't be
    return folder if _is_ours(folder) else _nobody_elses()


@cache
def _nobody_elses() -> Path:
    """Return a new folder, where somebody else has made one by the usual name."""
    import tempfile

    return Path(tempfile.mkdtemp(prefix=f"{_SHORT}-"))


def _person() -> str:
    # On Windows each person has a temporary folder of their own.
    return str(os.getuid()) if hasattr(os, "getuid") else "own"


def _is_ours(folder: str | Path) -> bool:
    try:
        about = os.stat(folder, follow_symlinks=False)  # noqa: PTH116 - the same for both
    except OSError:
        return False
    if not stat.S_ISDIR(about.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    return about.st_uid == os.getuid() and not about.st_mode & 0o022
