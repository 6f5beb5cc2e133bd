"""The text of a crash report: where it happened, and nothing of what was typed."""

import os
import platform
import re
import traceback
from datetime import datetime
from pathlib import Path
from typing import Final

from app import __version__
from app.core.program_names import PRODUCT
from app.core.wording.characters import escaped
from app.files.writing import write_text

_KEPT: Final = 10
"""Reports that are kept."""

_ENDS: Final = 30
"""Places in the code that are told from either end."""

_END: Final = re.compile(
    r"(Fatal Python error: [A-Za-z0-9 -]{1,60}"
    r"|Windows fatal exception: (?:code 0xc[0-9a-f]{7}|(?!code )[a-z][a-z ]{1,60})).*"
)
_FRAME: Final = re.compile(r'  File "(.+)", line (\d+) in (\S+)')
"""How ``faulthandler`` writes the reason, and a place in the code.

On Windows it writes of exceptions too that a program goes on after, as COM and C++ have them; those
that end it are errors by their first digit (Microsoft, "NTSTATUS values").
"""

_ROOTS: Final = re.compile(r"app|site-packages|dist-packages|Lib|python3\.\d+")
"""Folders below which a path says where in the code it is, and above which whose computer."""


def crash_report(error: BaseException) -> str:
    """Return a report that can be sent to support.

    It holds the kind of error and the places in the code. The error's own message is left out,
    since it may quote what was typed.
    """
    lines = _head()
    for link in _chain(error):
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += _places(link)
    return "\n".join(map(escaped, lines))


def place_of(error: BaseException) -> str:
    """Return where in this program's own code ``error`` came by last (``file:line``), or nothing.

    Together with the kind of error it is what the log tells.
    """
    places = [place.strip().partition(" in ")[0] for place in _places(error)]
    return next((place for place in reversed(places) if place.startswith("app/")), "")


def report_of_dump(dump: str) -> str | None:
    """Return the report of a process that the system ended, from what ``faulthandler`` wrote.

    None where it wrote nothing of a crash. Of the dump only what is known is taken.
    """
    end = next(filter(None, map(_END.fullmatch, dump.splitlines())), None)
    if end is None:
        return None
    threads: list[list[str]] = []
    for line in dump.splitlines():
        if line.startswith(("Thread ", "Current thread ")):
            threads.append(["Current thread" if line.startswith("C") else "Thread"])
        elif threads and (frame := _FRAME.fullmatch(line)) is not None:
            threads[-1].append(f"  {_short(frame[1])}:{frame[2]} in {frame[3]}")
    # It is written last, and may come after dozens that only wait.
    threads.sort(key=lambda thread: thread[0])
    lines = [line for thread in threads for line in thread]
    return "\n".join(map(escaped, [*_head(), end[1], *lines[: 2 * _ENDS]]))


def own_places(dump: str) -> list[str]:
    """Return where in this program's own code each thread stood that ``faulthandler`` wrote of.

    Each as ``file:line``, once, and without threads that are in none of it.
    """
    places: dict[str, None] = {}
    is_found = True
    for line in dump.splitlines():
        if line.startswith(("Thread ", "Current thread ")):
            is_found = False  # the first of it that follows is the innermost
        elif not is_found and (frame := _FRAME.fullmatch(line)) is not None:
            place = f"{_short(frame[1])}:{frame[2]}"
            is_found = place.startswith("app/")
            places.update({place: None} if is_found else {})
    return list(places)


def _head() -> list[str]:
    return [
        f"{PRODUCT} {__version__}",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "",
    ]


def keep_report(folder: Path, report: str, now: datetime) -> Path | None:
    """Save ``report`` as a new file in ``folder``, with the latest few; None where that fails.

    ``now`` and the process name the file.
    """
    path = folder / f"report-{now:%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    try:
        write_text(path, f"{report}\n")
        for old in sorted(folder.glob("report-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return path if path.is_file() else None
    return path


def _places(error: BaseException) -> list[str]:
    """Return where in the code ``error`` came by, without the middle of an endless recursion."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    if len(places) <= 2 * _ENDS:
        return places
    return [*places[:_ENDS], f"  … {len(places) - 2 * _ENDS} more", *places[-_ENDS:]]


def _chain(error: BaseException) -> list[BaseException]:
    """Return the error and what it came from, the first cause first; of a group its first part."""
    errors: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and not any(link is other for other in errors):
        errors.append(link)
        if isinstance(link, BaseExceptionGroup):
            link = link.exceptions[0]
            continue
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return errors[::-1]


def _short(path: str) -> str:
    """Leave out the folders above the package: they may name a person."""
    parts = path.replace("\\", "/").split("/")
    roots = [place for place, part in enumerate(parts[:-1]) if _ROOTS.fullmatch(part)]
    return "/".join(parts[roots[-1] :] if roots else parts[-1:])
