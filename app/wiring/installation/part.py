"""One part of an installation, and what a look at it found."""

from collections.abc import Callable
from dataclasses import dataclass

PartLook = Callable[[], str]
"""Looks at one part and returns what it found; raises DamagedError, or whatever is broken."""


class DamagedError(Exception):
    """A part is missing or does not work; its text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One part: its name, whether it works, and what was found."""

    name: str
    works: bool
    detail: str


def looked_at(name: str, look: PartLook) -> CheckedPart:
    """Make one look; whatever it raises is its finding, so that the others are still made."""
    try:
        detail = look()
    except DamagedError as damage:
        return CheckedPart(name, works=False, detail=str(damage))
    except Exception as error:  # noqa: BLE001 - a broken installation may raise anything
        text = f"{type(error).__name__}: {error}".rstrip(": ")
        return CheckedPart(name, works=False, detail=" ".join(text.split()))
    return CheckedPart(name, works=True, detail=detail)
