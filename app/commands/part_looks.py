"""Every look at this installation, and the process that makes them for ``self-check``.

The looks at the window stand here with the others: ``app.bootstrap.self_check`` makes the real one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from app.core.i18n import language
from app.system.translations import install_language
from app.wiring.installation.in_a_child import CHECK, tell_parent
from app.wiring.installation.part import PartLook

PARTS: Final = (
    "resources",
    "translations",
    "keyring",
    "aws-data",
    "tls",
    "crt",
    "lxml",
    "policies",
    "exports",
    "practice",
    "counting",
    "licences",
    "updates",
    "window",
)
"""The names of all parts, in the order in which they are looked at."""


def arguments_for(names: Sequence[str], picture: str | None) -> list[str]:
    """Return the arguments with which the program makes the looks with these ``names``.

    ``picture`` is where the picture of the first page is saved, None for nowhere.
    """
    return [CHECK, language(), picture or "", *names]


def work(arguments: Sequence[str]) -> int:
    """Make the looks for the program that started this one; ``arguments`` without the first."""
    tag, picture, *names = arguments
    install_language(tag)
    tell_parent(all_looks(Path(picture) if picture else None), names)
    return 0


def all_looks(picture: Path | None) -> Mapping[str, PartLook]:
    """Return the look at each part; ``picture`` is where the first page's picture is saved."""
    from app.wiring.installation.looks import LOOKS

    return {**LOOKS, "resources": _resources, "window": lambda: _window(picture)}


def _resources() -> str:
    from app.bootstrap.self_check import look_at_resources

    return look_at_resources()


def _window(picture: Path | None) -> str:
    from app.bootstrap.self_check import look_at_window

    return look_at_window(picture)
