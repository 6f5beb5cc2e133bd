"""What the menus reach beyond the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QProcess

from app.core.component import Component
from app.core.languages import ENGLISH, Language
from app.flow.ports.files import SupportBundles
from app.ui.look.theme import Theme
from app.ui.menus.newer_version_box import Looks


@dataclass(frozen=True, slots=True)
class RehearsalChoice:
    """A rehearsal of one failure: its code, and a sentence that says what is wrong there."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Outside:
    """The computer, as far as a menu has to do with it.

    ``program`` is its name with its version. ``parts`` is all that it is made of, and
    ``licence_text`` the text of a part's licence; both wait for the disk. ``newer_version``
    looks for one. ``files`` makes the folder of the program's files, where it is not there yet,
    and returns it; it waits for the disk. ``practice_command`` opens the practice AWS, where
    ``why_no_practice`` tells no reason against it; ``rehearsals`` are what it can begin with.
    ``start`` runs a command on its own and returns whether it did. ``keep_text_size`` remembers a
    size in per cent.
    ``support`` makes the files of a support bundle. ``log`` is the end of the program's log, and
    ``logs`` makes the folder that it lies in; both wait for the disk. ``languages`` are those that
    there are words in, ``chosen_language`` tells the tag of the one that was chosen, empty for the
    system's, and ``speak`` installs another and remembers it.
    """

    theme: Theme
    program: str
    parts: Callable[[], Sequence[Component]]
    licence_text: Callable[[Component], str]
    newer_version: Looks
    system: str
    files: Callable[[], Path]
    practice_command: Sequence[str]
    why_no_practice: Callable[[], str | None]
    keep_text_size: Callable[[int], object]
    start: Callable[[Sequence[str]], bool]
    rehearsals: Callable[[], Sequence[RehearsalChoice]]
    support: SupportBundles
    log: Callable[[], str] = str
    logs: Callable[[], Path] = Path
    languages: Sequence[Language] = (ENGLISH,)
    chosen_language: Callable[[], str] = str
    speak: Callable[[str], object] = str


def start_on_its_own(command: Sequence[str]) -> bool:
    """Run ``command`` as a process that outlives this one; return whether it began."""
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    began: object = process.startDetached()  # the stubs speak of a pair
    return began is True or (isinstance(began, tuple) and bool(began[0]))
