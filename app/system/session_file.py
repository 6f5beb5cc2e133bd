"""The file that lets a person go on where the window was closed."""

import contextlib
from pathlib import Path

from platformdirs import user_data_path

from app.core.formats.reading import InputProblem
from app.files.reading import SMALL, read_text
from app.files.writing import sweep, write_text
from app.flow.wizard.session import dump_session, read_session
from app.flow.wizard.state import SavedSession

APP_NAME = "UbiQuity S3 Connection Setup"


def data_folder() -> Path:
    """Return the folder for this program's own data, by the system's rules."""
    return user_data_path(APP_NAME, appauthor="UbiQuity", roaming=False)


class SessionFile:
    """One saved session; the practice AWS has a file of its own."""

    def __init__(self, folder: Path, *, practice: bool) -> None:
        self._path = folder / ("practice-session.json" if practice else "session.json")

    def load(self) -> SavedSession | None:
        """Return the saved session; None where there is none that can be read."""
        sweep(self._path.parent)
        text = read_text(self._path, SMALL, own=True)
        session = read_session(text, self._path.name) if isinstance(text, str) else None
        return None if session is None or isinstance(session, InputProblem) else session

    def save(self, session: SavedSession) -> bool:
        """Save ``session``; False where the disk refuses, which costs only the resuming."""
        try:
            write_text(self._path, dump_session(session))
        except OSError:
            return False
        return True

    def forget(self) -> None:
        """Delete the saved session."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
