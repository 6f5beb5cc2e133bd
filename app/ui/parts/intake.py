"""The one place where the window takes in what somebody sent: files and texts, by their kind.

Files are dropped on the window or chosen, texts are pasted: all come here, are told for what they
are (``app.core.formats.what_is``), and go to the opener of their kind. A further kind is a further
``plug``; what can't be used is refused in one sentence.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.conventions import row
from app.core.formats.what_is import Kind, what_file_is, what_is
from app.core.i18n import tr
from app.core.pasted.decoding import decoded
from app.files.reading import INPUT_AT_MOST, MEGABYTE, FileProblem, read_bytes


@dataclass(frozen=True, slots=True)
class Handed:
    """One thing that was handed over: a file, or a text that was pasted.

    ``name`` is what a sentence calls it; ``content`` is the file's bytes, empty for a text.
    ``beside`` is the draft's file that came along with a snapshot.
    """

    name: str
    kind: Kind
    text: str = ""
    content: bytes = b""
    beside: "Handed | None" = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something can't be taken in: the whole sentence, with what to do instead."""

    words: str


Opener = Callable[[Handed], Awaitable[None]]
"""What the window does with one kind; it says itself what is wrong with what it is given."""

_READ_WITH_A_DRAFT: Final = (Kind.SNAPSHOT, Kind.BLOCK)


class Intake:
    """A table from kind to opener, filled by whoever knows how to open something."""

    def __init__(self) -> None:
        self._openers: dict[Kind, Opener] = {}
        self._refuse: Callable[[Refused], None] = lambda _refused: None

    def plug(self, kind: Kind, opener: Opener) -> None:
        """Let ``opener`` open what is of ``kind``, in the place of an earlier one."""
        self._openers[kind] = opener

    def refuse_with(self, refuse: Callable[[Refused], None]) -> None:
        """Let ``refuse`` tell why something can't be taken in."""
        self._refuse = refuse

    async def take_text(self, text: str) -> None:
        """Open what was pasted."""
        name = tr("What was pasted")
        if len(text) > INPUT_AT_MOST:
            sentence = tr("{file} is larger than {size} MB, so it is not opened.")
            size = f"{INPUT_AT_MOST // MEGABYTE}"
            self._refuse(Refused(sentence.format(file=name, size=size)))
            return
        await self._open(Handed(name, await asyncio.to_thread(what_is, text), text))

    async def take_files(self, paths: Sequence[str]) -> None:
        """Open the files at ``paths``: one, several policies, or a snapshot with its draft."""
        if len(paths) > len(Kind):
            self._refuse(_too_many([Path(path).name for path in paths]))
            return
        files = [await asyncio.to_thread(_file_at, path) for path in paths]
        refused = [file for file in files if isinstance(file, Refused)]
        if refused:
            self._refuse(refused[0])
            return
        handed = [file for file in files if isinstance(file, Handed)]
        together = _together(handed)
        if isinstance(together, Refused):
            self._refuse(together)
        else:
            await self._open(together)

    async def _open(self, handed: Handed) -> None:
        opener = self._openers.get(handed.kind)
        if opener is None:
            self._refuse(unknown(handed))
        else:
            await opener(handed)


def _file_at(path: str) -> Handed | Refused:
    name = Path(path).name
    content = read_bytes(path, INPUT_AT_MOST)
    if isinstance(content, FileProblem):
        sentence = tr("{file}: the file can’t be read: {reason}.")
        return Refused(sentence.format(file=name, reason=content.reason))
    text = decoded(content)
    flat = text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else ""
    return Handed(name, what_file_is(content), flat, content)


def _together(handed: Sequence[Handed]) -> Handed | Refused:
    """Return what was handed over as one thing to open, where it is one."""
    if len(handed) == 1:
        return handed[0]
    if all(each.kind is Kind.POLICIES for each in handed):
        names = row(each.name for each in handed)
        return Handed(names, Kind.POLICIES, "\n\n".join(each.text for each in handed))
    drafts = [each for each in handed if each.kind is Kind.DRAFT]
    others = [each for each in handed if each.kind in _READ_WITH_A_DRAFT]
    if len(handed) == len(drafts) + len(others) and len(drafts) == len(others) == 1:
        other = others[0]
        return Handed(other.name, other.kind, other.text, other.content, drafts[0])
    return _too_many([each.name for each in handed])


def _too_many(names: Sequence[str]) -> Refused:
    shown = row(names[:3]) + (" …" if len(names) > 3 else "")
    sentence = tr(
        "These are several files: {files}. Give one at a time, or a snapshot together with the "
        "details (draft) that it belongs to."
    )
    return Refused(sentence.format(files=shown))


def unknown(handed: Handed) -> Refused:
    """Return that ``handed`` is nothing to open, and what is."""
    sentence = tr(
        "{file}: this is nothing that this program can open. It opens details (a draft), a "
        "snapshot, a support bundle, a receipt, a block from AWS CloudShell, policies, and the "
        "role’s ARN."
    )
    return Refused(sentence.format(file=handed.name))
