"""A file of the program's own that it reads at each start and writes anew: never at another's cost.

What a newer version wrote stays as it is, for that version to come back to: this one keeps a file
of its own beside it. What is damaged is put aside under another name before anything is written
in its place, since somebody may still get out of it what matters.
"""

import contextlib
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from app.core.formats.reading import InputProblem
from app.core.frozen import frozen
from app.files.reading import SMALL, FileProblem, read_text
from app.files.writing import write_text

if TYPE_CHECKING:
    from datetime import datetime

    from app.flow.clocks import Clock

T = TypeVar("T")

_KEPT: Final = 3
"""Damaged files of one name that are kept, the latest."""


class Fate(Enum):
    """What became of a file that could not be read."""

    ASIDE = auto()
    """It was damaged, and is kept under another name."""
    NEWER = auto()
    """A newer version of this program wrote it, and it stays as it is."""


@frozen
class UnreadFile:
    """A file that could not be read, and where it is now."""

    fate: Fate
    path: Path


class OwnFile(Generic[T]):
    """One file, read by ``read`` and written in ``version`` of its format."""

    def __init__(
        self,
        path: Path,
        version: int,
        read: Callable[[str, str], T | InputProblem],
        now: "Clock | None" = None,
    ) -> None:
        """``read`` is given a text and the name of its file; ``now`` names what is put aside."""
        self._path = path
        self._version = version
        self._read = read
        self._now = now or _utc_now
        self.unread: UnreadFile | None = None
        """What the last ``load`` could not read, where that has to be told: once for each."""

    @property
    def _beside(self) -> Path:
        """The file of this version, while the usual one is a newer version's."""
        return self._path.with_name(f"{self._path.stem}.v{self._version}.json")

    def load(self) -> T | None:
        """Return what is kept; None where there is nothing that can be read."""
        self.unread = None
        value = self._value(self._path)
        if isinstance(value, InputProblem) and value.is_newer:
            was_told = self._beside.exists()
            value = self._value(self._beside)
            if not was_told:
                self.unread = UnreadFile(Fate.NEWER, self._path)
        return None if isinstance(value, InputProblem) else value

    def save(self, text: str) -> str | None:
        """Keep ``text``; return the system's reason where the disk refuses."""
        try:
            write_text(self._place(), text)
        except OSError as error:
            return error.strerror or str(error)
        return None

    def forget(self) -> None:
        """Delete the file; a newer version's stays."""
        with contextlib.suppress(OSError):
            self._place().unlink(missing_ok=True)

    def _place(self) -> Path:
        """Return where this version writes; what is damaged there is put aside first."""
        value = self._value(self._path)
        is_newer = isinstance(value, InputProblem) and value.is_newer
        return self._beside if is_newer else self._path

    def _value(self, path: Path) -> T | InputProblem | None:
        """Return what a file holds; None where there is none, or none that can be read."""
        text = read_text(path, SMALL, own=True)
        if isinstance(text, FileProblem):
            if text.no_text:
                self._put_aside(path)
            return None
        value = self._read(text, path.name)
        if not isinstance(value, InputProblem) or value.is_newer:
            return value
        self._put_aside(path)
        return None

    def _put_aside(self, path: Path) -> None:
        stamp = f"{self._now():%Y%m%dT%H%M%S}"
        aside = path.with_name(f"{path.stem}.damaged-{stamp}.json")
        try:
            path.replace(aside)
            for old in sorted(path.parent.glob(f"{path.stem}.damaged-*.json"))[:-_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return
        self.unread = UnreadFile(Fate.ASIDE, aside)


def _utc_now() -> "datetime":
    from datetime import UTC, datetime

    return datetime.now(UTC)
