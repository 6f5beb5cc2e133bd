"""Choosing folders of a bucket: where the person is, what was read so far, and what is ticked.

One frozen state, and the one object that changes it. It outlives the dialog that shows it, so
that it goes on where it was left in each bucket.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.core.failure import AwsFailure
from app.flow.wizard.observed import Observed

if TYPE_CHECKING:
    from app.flow.ports.accounts import SignedIn
    from app.flow.wizard.store import SetupStore

_PAGES_AT_ONCE: Final = 5
"""Pages that are gone through for a first folder, where files alone fill them (1,000 each)."""


@dataclass(frozen=True, slots=True)
class Level:
    """What was read so far of what lies right under one prefix."""

    folders: tuple[str, ...] = ()
    """Whole prefixes, each ending in ``/``, in AWS's order."""
    files: int = 0
    next_token: str | None = None
    is_begun: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing more is to come."""
        return self.is_begun and self.next_token is None


@dataclass(frozen=True, slots=True)
class Browsing:
    """Looking around in one bucket."""

    bucket: str = ""
    region: str | None = None
    at: str = ""
    """The prefix whose folders are shown; ``""`` for the bucket itself."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    filter: str = ""
    ticked: tuple[str, ...] = ()
    """Whole prefixes, in the order in which they were ticked; of any level."""
    is_reading: bool = False
    failure: AwsFailure | None = None

    @property
    def level(self) -> Level:
        """What was read of the present level."""
        return self.levels.get(self.at, Level())

    @property
    def shown(self) -> tuple[str, ...]:
        """The folders of the present level that the filter lets through."""
        wanted = self.filter.casefold()
        return tuple(f for f in self.level.folders if wanted in f[len(self.at) :].casefold())


class FolderBrowser(Observed[Browsing]):
    """Goes through the folders of one bucket at a time, with the sign-in of the store."""

    def __init__(self, store: "SetupStore") -> None:
        super().__init__(Browsing())
        self._store = store
        self._signed_in: SignedIn | None = None
        self._left_at: dict[str, str] = {}

    def begin(self, bucket: str) -> None:
        """Begin in ``bucket`` where it was left, with nothing ticked and everything read anew.

        Another sign-in begins at the top: it may be let in elsewhere.
        """
        state = self._store.state
        if state.signed_in is not self._signed_in:
            self._signed_in = state.signed_in
            self._left_at.clear()
        settings = state.offers.settings_of(bucket)
        region = settings.region if settings else None
        self._put(Browsing(bucket, region, self._left_at.get(bucket, "")))

    def go_to(self, prefix: str) -> None:
        """Show the folders right under ``prefix``; what was read of them before is still there."""
        self._left_at[self._state.bucket] = prefix
        self._put(replace(self._state, at=prefix, filter="", failure=None))

    def go_up(self) -> None:
        """Show the level above; at the top nothing happens."""
        above = self._state.at[:-1].rpartition("/")
        if self._state.at:
            self.go_to(above[0] + above[1])

    def filter_by(self, text: str) -> None:
        """Show only those folders of the level that have ``text`` in their names."""
        self._put(replace(self._state, filter=text))

    def tick(self, folder: str, *, on: bool) -> None:
        """Tick a folder, or take the tick back."""
        others = tuple(each for each in self._state.ticked if each != folder)
        self._put(replace(self._state, ticked=(*others, folder) if on else others))

    async def read(self) -> None:
        """Read the next page of the level; further ones where the page has no folder.

        Whoever cancels it keeps what was read.
        """
        state = self._state
        if self._signed_in is None or state.level.is_whole:
            return
        at, before = state.at, len(state.level.folders)
        self._put(replace(state, is_reading=True, failure=None))
        try:
            for _ in range(_PAGES_AT_ONCE):
                await self._read_page(self._signed_in, at)
                level = self._state.levels.get(at, Level())
                if self._state.failure or level.is_whole or len(level.folders) > before:
                    return
        finally:
            if self._state.bucket == state.bucket:
                self._put(replace(self._state, is_reading=False))

    async def _read_page(self, signed_in: "SignedIn", at: str) -> None:
        state = self._state
        token = state.levels.get(at, Level()).next_token
        page = await signed_in.aws.list_folders(state.bucket, state.region, at, token)
        if self._state.bucket != state.bucket:
            return
        if isinstance(page, AwsFailure):
            if self._state.at == at:
                self._put(replace(self._state, failure=page))
            return
        level = self._state.levels.get(at, Level())
        folders = tuple(dict.fromkeys((*level.folders, *page.folders)))
        grown = Level(folders, level.files + page.files, page.next_token, is_begun=True)
        self._put(replace(self._state, levels={**self._state.levels, at: grown}))
