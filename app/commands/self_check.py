"""``self-check``: what this installation has, and whether all of it works."""

from app import __version__
from app.commands.output import print_json, say
from app.core.frozen import frozen
from app.core.i18n import tr
from app.wiring.self_checks import CheckedPart, check_parts

FORMAT = "ubiquity-s3-setup/self-check"
VERSION = 1


@frozen
class _Words:
    fine: str
    wrong: str


def print_self_check(*, as_json: bool) -> int:
    """Print each part with what was found; return 1 where one does not work."""
    parts = check_parts()
    if as_json:
        print_json(_json(parts))
    else:
        say(tr("UbiQuity S3 Connection Setup {version}").format(version=__version__))
        words = _Words(tr("fine"), tr("does not work"))
        for part in parts:
            state = words.fine if part.works else words.wrong
            say(f"{part.name:<14} {state}: {part.detail}")
    return 0 if all(part.works for part in parts) else 1


def _json(parts: tuple[CheckedPart, ...]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "parts": [
            {"name": part.name, "works": part.works, "detail": part.detail} for part in parts
        ],
    }
