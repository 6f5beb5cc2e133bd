"""``self-check``: what this installation has, and whether all of it works."""

from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.commands.output import print_json, say, tell
from app.commands.part_looks import PARTS, arguments_for
from app.core.conventions import labelled
from app.core.i18n import ntr, tr
from app.flow.own_command import console_command
from app.wiring.installation.in_a_child import checked_in_a_child
from app.wiring.installation.part import CheckedPart

FORMAT = "ubiquity-s3-setup/self-check"
VERSION = 1


def print_self_check(picture: str | None = None, *, as_json: bool) -> int:
    """Print each part with what was found; return 1 where one does not work.

    ``picture`` is the file that a picture of the first page is saved in, None for none.
    """
    saved = str(Path(picture).absolute()) if picture else None

    def command(names: Sequence[str]) -> Sequence[str]:
        return console_command(*arguments_for(names, saved))

    if not as_json:
        say(tr("UbiQuity S3 Connection Setup {version}").format(version=__version__))
    parts = []
    for part in checked_in_a_child(command, PARTS, still=_silent if as_json else _tell_still):
        parts.append(part)
        if not as_json:
            _say(part)
    if as_json:
        print_json(_json(parts))
    return 0 if all(part.works for part in parts) else 1


def _say(part: CheckedPart) -> None:
    state = tr("fine") if part.works else tr("does not work")
    say(f"{part.name:<14} {labelled(state, part.detail)}")


def _silent(_name: str, _seconds: float) -> None:
    """Say nothing to a tool, which reads one document."""


def _tell_still(name: str, seconds: float) -> None:
    words = ntr(
        "It has been {seconds} second so far.",
        "It has been {seconds} seconds so far.",
        round(seconds),
    )
    tell(f"{name:<14} {words.format(seconds=round(seconds))}")


def _json(parts: Sequence[CheckedPart]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "parts": [
            {"name": part.name, "works": part.works, "detail": part.detail} for part in parts
        ],
    }
