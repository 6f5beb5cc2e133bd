"""The text of a crash report: where it happened, and nothing of what was typed."""

import platform
import re
import traceback
from typing import Final

from app import __version__

_ROOTS: Final = re.compile(r"app|site-packages|dist-packages|Lib|python3\.\d+")
"""Folders below which a path says where in the code it is, and above which whose computer."""


def crash_report(error: BaseException) -> str:
    """Return a report that can be sent to support.

    It holds the kind of error and the places in the code. The error's own message is left out,
    since it may quote what was typed.
    """
    lines = [
        f"UbiQuity S3 Connection Setup {__version__}",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "",
    ]
    for link in _chain(error):
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
    return "\n".join(lines)


def _chain(error: BaseException) -> list[BaseException]:
    """Return the error and what it came from, the first cause first."""
    errors: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and not any(link is other for other in errors):
        errors.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return errors[::-1]


def _short(path: str) -> str:
    """Leave out the folders above the package: they may name a person."""
    parts = path.replace("\\", "/").split("/")
    roots = [place for place, part in enumerate(parts[:-1]) if _ROOTS.fullmatch(part)]
    return "/".join(parts[roots[-1] :] if roots else parts[-1:])
