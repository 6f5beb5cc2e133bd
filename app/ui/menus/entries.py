"""What a menu is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from app.flow.wizard.state import SetupState

Shortcut = str | QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu.

    ``name`` is its action's object name; in ``text`` stands ``&`` before the letter that chooses
    it. It can be chosen while ``enabled``; ``checked`` makes it an entry with a tick. ``role`` is
    where macOS puts it: any but "None" moves it out of its menu. ``shown`` is asked whenever the
    menu opens, and leaves the entry out until then.
    """

    name: str
    text: str
    act: Callable[[], object]
    keys: tuple[Shortcut, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    enabled: Callable[[SetupState], bool] = lambda _state: True
    checked: Callable[[], bool] | None = None
    shown: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu that opens from a line of another one.

    ``english`` stands behind the title in other languages, for whoever reads none of them;
    ``picture`` beside it.
    """

    name: str
    title: str
    groups: tuple[tuple[Entry, ...], ...]
    english: str
    picture: str


@dataclass(frozen=True, slots=True)
class Menu:
    """What is in one menu: its groups of entries have lines between them."""

    name: str
    groups: tuple[tuple[Entry | Submenu, ...], ...]
