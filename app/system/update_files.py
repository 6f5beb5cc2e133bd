"""Where newer versions are asked for, by the build; and what this computer keeps of it."""

from pathlib import Path
from typing import Final

from app.core.formats.reading import InputProblem
from app.core.formats.update_json import VERSION, dump_look, read_look, read_source
from app.core.newer_version import Look, UpdateSource
from app.files.reading import SMALL, read_text
from app.system.own_file import OwnFile
from app.system.resources import resources_folder
from app.system.settings_file import SettingsFile

SOURCE: Final = "update-source.json"
"""Written into the resources of a build whose maker has an address (docs, "Release")."""


def update_source() -> UpdateSource | InputProblem | None:
    """Return where this build asks: None for nowhere, a problem for what can't be read."""
    text = read_text(resources_folder() / SOURCE, SMALL, own=True)
    return read_source(text, SOURCE) if isinstance(text, str) else None


class LookFile:
    """Implements ``app.flow.newer_version.KeptLook`` in the program's own folder."""

    def __init__(self, folder: Path) -> None:
        self._file = OwnFile(folder / "newer-version.json", VERSION, read_look)

    def load(self) -> Look | None:
        """Return the last look; None where there was none that can be read."""
        return self._file.load()

    def save(self, look: Look) -> str | None:
        """Keep ``look``; return the system's reason where the disk refuses."""
        return self._file.save(dump_look(look))


class PermissionInSettings:
    """Implements ``app.flow.newer_version.Permission`` among the settings."""

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings

    def load(self) -> bool:
        """Return whether the person allows it."""
        return self._settings.now.look_for_updates

    def save(self, allowed: bool, /) -> None:
        """Keep what the person chose, and leave what else was set."""
        self._settings.keep_looking(on=allowed)
