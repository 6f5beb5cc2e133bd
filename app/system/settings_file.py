"""The file that keeps what a person set for the window: one for the real and the practice AWS."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.core.formats.settings_json import (
    VERSION,
    Settings,
    WindowPlace,
    dump_settings,
    read_settings,
)
from app.core.frozen import replace
from app.system.own_file import OwnFile, UnreadFile

if TYPE_CHECKING:
    from app.flow.latest_kept import LatestKept


_Change: TypeAlias = Callable[[Settings], Settings]


class SettingsFile:
    """The settings in the program's own folder. What can't be read or written is as never set.

    What was set is known at once, and written beside the work: a disk may take seconds. What the
    disk refuses is tried again with whatever is set next, and when the program ends.
    """

    def __init__(self, folder: Path) -> None:
        self._file = OwnFile(folder / "settings.json", VERSION, read_settings)
        self._now: Settings | None = None
        self._set: Mapping[str, _Change] = {}
        self._kept: Mapping[str, _Change] = self._set
        self._writing: LatestKept[Mapping[str, _Change]] | None = None
        self.refused: Callable[[str], object] = lambda _reason: None
        """Is told the reason each time that the disk refuses, in a thread of its own."""

    @property
    def unread(self) -> UnreadFile | None:
        """What the last ``load`` could not read, and has to be told."""
        return self._file.unread

    def load(self) -> Settings:
        """Read and return what was set; the usual where there is no file that can be read."""
        self._now = _with(self._unkept, self._file.load() or Settings())
        return self._now

    @property
    def now(self) -> Settings:
        """What is set in this program; the disk is asked where it never was."""
        return self._now or self.load()

    def keep_text_size(self, percent: int) -> None:
        """Keep the size of the text, and leave what else was set."""
        self._keep("size", lambda kept: replace(kept, text_size=percent))

    def keep_share(self, *, on: bool) -> None:
        """Keep whether details are hidden, and leave what else was set."""
        self._keep("share", lambda kept: replace(kept, share=on))

    def keep_language(self, tag: str) -> None:
        """Keep the language that was chosen, empty for the system's; leave what else was set."""
        self._keep("language", lambda kept: replace(kept, language=tag))

    def keep_window(self, place: WindowPlace) -> None:
        """Keep where the window is, and leave what else was set."""
        self._keep("window", lambda kept: replace(kept, window=place))

    def keep_looking(self, *, on: bool) -> None:
        """Keep whether newer versions are looked for, and leave what else was set."""
        self._keep("looking", lambda kept: replace(kept, look_for_updates=on))

    def save(self, settings: Settings) -> str | None:
        """Write all of ``settings``; return the system's reason where the disk refuses.

        Waits for the disk.
        """
        return self._file.save(dump_settings(settings))

    def settle(self) -> None:
        """Wait until what was set is kept, as long as whoever ends the program waits for a disk."""
        if self._writing is not None and self._writing.settle() and self._unkept:
            self._writing.put(self._set)
            self._writing.settle()

    @property
    def _unkept(self) -> Mapping[str, _Change]:
        """What was set and is not in the file, or is not known to be."""
        return {} if self._kept is self._set else self._set

    def _keep(self, what: str, change: _Change) -> None:
        from app.flow.latest_kept import LatestKept  # seldom before the first paint

        self._now = change(self.now)
        self._set = {**self._unkept, what: change}
        if self._writing is None:
            self._writing = LatestKept(self._write, self._tell)
        self._writing.put(self._set)

    # In the thread

    def _write(self, changes: Mapping[str, _Change]) -> str | None:
        """Write ``changes`` into the file, over what the other program's window has set in it."""
        reason = self.save(_with(changes, self._file.load() or Settings()))
        if reason is None:
            self._kept = changes
        return reason

    def _tell(self, reason: str | None) -> None:
        if reason is not None:
            self.refused(reason)


def _with(changes: Mapping[str, _Change], settings: Settings) -> Settings:
    for change in changes.values():
        settings = change(settings)
    return settings
