"""Choosing the language: gettext catalogues from the resources folder."""

import re
from typing import TYPE_CHECKING, Final

from app.core.i18n import install
from app.system.languages import wanted_languages

if TYPE_CHECKING:
    from pathlib import Path

    from app.system.catalogue import CompiledCatalogue

DOMAIN: Final = "ubiquity-s3-setup"

_OWN_WORDS: Final = re.compile(r"(?:en|C|POSIX)(?![A-Za-z])")
"""Languages for which the program's own words, British English, serve: no catalogue is needed."""
_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:_[A-Za-z0-9]{1,8})*")


def translations_folder() -> "Path":
    """Return the folder of the compiled catalogues."""
    from app.system.resources import resources_folder  # pathlib is slow to load

    return resources_folder() / "translations"


def install_language(chosen: str = "") -> None:
    """Install the catalogue of the ``chosen`` language, else of the first that the person reads.

    The program's own words are British English, so no catalogue is needed for it. They serve too
    where there is no catalogue for anything that is wanted.
    """
    for language in [chosen] if chosen else wanted_languages():
        if _OWN_WORDS.match(language):
            break
        catalogue = _catalogue(language)
        if catalogue is not None:
            install(catalogue)
            return
    install(None)


def _catalogue(language: str) -> "CompiledCatalogue | None":
    """Return the catalogue of ``language``; None where there is none that can be read."""
    from app.files.reading import INPUT_AT_MOST, read_bytes
    from app.system.catalogue import BrokenCatalogueError, CompiledCatalogue

    for name in _names(language):
        path = translations_folder() / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
        content = read_bytes(path, INPUT_AT_MOST)
        if isinstance(content, bytes):
            try:
                return CompiledCatalogue(content)
            except (BrokenCatalogueError, UnicodeDecodeError):
                return None
    return None


def _names(language: str) -> list[str]:
    """Return what the folder of a language may be called: ``de_CH.UTF-8`` is ``de_CH``, ``de``."""
    tag = _TAG.match(language.replace("-", "_"))
    parts = tag[0].split("_") if tag else []
    return ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]


def available_languages() -> tuple[str, ...]:
    """Return the languages that a catalogue is there for."""
    folder = translations_folder()
    return tuple(sorted(p.parent.parent.name for p in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))
