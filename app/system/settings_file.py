"""The file that keeps what a person set for the window: one for the real and the practice AWS."""

from pathlib import Path

from app.core.formats.reading import InputProblem
from app.core.formats.settings_json import Settings, dump_settings, read_settings
from app.core.frozen import replace
from app.files.reading import SMALL, read_text
from app.files.writing import write_text


class SettingsFile:
    """The settings in the program's own folder. What can't be read or written is as never set."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "settings.json"

    def load(self) -> Settings:
        """Return what was set; the usual where there is no file that can be read."""
        text = read_text(self._path, SMALL, own=True)
        settings = read_settings(text, self._path.name) if isinstance(text, str) else None
        return Settings() if settings is None or isinstance(settings, InputProblem) else settings

    def keep_text_size(self, percent: int) -> bool:
        """Keep the size of the text, and leave what else was set; as ``save``."""
        return self.save(replace(self.load(), text_size=percent))

    def keep_share(self, *, on: bool) -> bool:
        """Keep whether details are hidden, and leave what else was set; as ``save``."""
        return self.save(replace(self.load(), share=on))

    def save(self, settings: Settings) -> bool:
        """Keep ``settings``; False where the disk refuses, which costs only the remembering."""
        try:
            write_text(self._path, dump_settings(settings))
        except OSError:
            return False
        return True
