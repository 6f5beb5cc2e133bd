"""The file that lets a person go on where the window was closed."""

from pathlib import Path

from app.files.writing import sweep
from app.flow.wizard.session import VERSION, dump_session, read_session
from app.flow.wizard.state import SavedSession
from app.system.own_file import OwnFile, UnreadFile


class SessionFile:
    """One saved session; the practice AWS has a file of its own."""

    def __init__(self, folder: Path, *, practice: bool) -> None:
        self._folder = folder
        name = "practice-session.json" if practice else "session.json"
        self._file = OwnFile(folder / name, VERSION, read_session)

    @property
    def unread(self) -> UnreadFile | None:
        """What the last ``load`` could not read, and has to be told."""
        return self._file.unread

    def load(self) -> SavedSession | None:
        """Return the saved session; None where there is none that can be read."""
        sweep(self._folder)
        return self._file.load()

    def save(self, session: SavedSession) -> str | None:
        """Save ``session``; return the system's reason where the disk refuses."""
        return self._file.save(dump_session(session))

    def forget(self) -> None:
        """Delete the saved session."""
        self._file.forget()
