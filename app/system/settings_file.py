"""The file that keeps what a person set for the window: one for the real and the practice AWS."""

from collections.abc import Callable
from pathlib import Path

from app.core.formats.settings_json import (
    VERSION,
    Settings,
    WindowPlace,
    dump_settings,
    read_settings,
)
from app.core.frozen import replace
from app.system.own_file import OwnFile, Unread


class SettingsFile:
    """The settings in the program's own folder. What can't be read or written is as never set.

    What keeps something returns the system's reason where the disk refuses; that costs only the
    remembering.
    """

    def __init__(self, folder: Path) -> None:
        self._file = OwnFile(folder / "settings.json", VERSION, read_settings)
        self.refused: Callable[[str], object] = lambda _reason: None
        """Is told the reason each time that the disk refuses."""

    @property
    def unread(self) -> Unread | None:
        """What the last ``load`` could not read, and has to be told."""
        return self._file.unread

    def load(self) -> Settings:
        """Return what was set; the usual where there is no file that can be read."""
        return self._file.load() or Settings()

    def keep_text_size(self, percent: int) -> str | None:
        """Keep the size of the text, and leave what else was set."""
        return self.save(replace(self.load(), text_size=percent))

    def keep_share(self, *, on: bool) -> str | None:
        """Keep whether details are hidden, and leave what else was set."""
        return self.save(replace(self.load(), share=on))

    def keep_language(self, tag: str) -> str | None:
        """Keep the language that was chosen, empty for the system's; leave what else was set."""
        return self.save(replace(self.load(), language=tag))

    def keep_window(self, place: WindowPlace) -> str | None:
        """Keep where the window is, and leave what else was set."""
        return self.save(replace(self.load(), window=place))

    def keep_looking(self, *, on: bool) -> str | None:
        """Keep whether newer versions are looked for, and leave what else was set."""
        return self.save(replace(self.load(), look_for_updates=on))

    def save(self, settings: Settings) -> str | None:
        """Keep ``settings``."""
        reason = self._file.save(dump_settings(settings))
        if reason is not None:
            self.refused(reason)
        return reason
