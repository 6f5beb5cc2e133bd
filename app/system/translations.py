"""Choosing the language: gettext catalogues from the resources folder."""

import re
from typing import TYPE_CHECKING, Final

from app.core.i18n import install, tell_of_others
from app.system.languages import wanted_languages

if TYPE_CHECKING:
    from pathlib import Path

    from app.core.languages import Language
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
    tell_of_others(_Elsewhere().said)
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


class _Elsewhere:
    """The catalogues of all languages, read once somebody asks for a message of theirs."""

    def __init__(self) -> None:
        self._catalogues: list[CompiledCatalogue] | None = None

    def said(self, message: str) -> list[str]:
        """Return how ``message`` is said in each language that there is a catalogue for."""
        if self._catalogues is None:
            read = (_catalogue(each.tag) for each in available_languages()[1:])
            self._catalogues = [catalogue for catalogue in read if catalogue is not None]
        return [catalogue.gettext(message) for catalogue in self._catalogues]


def _names(language: str) -> list[str]:
    """Return what the folder of a language may be called: ``de_CH.UTF-8`` is ``de_CH``, ``de``."""
    tag = _TAG.match(language.replace("-", "_"))
    parts = tag[0].split("_") if tag else []
    return ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]


def available_languages() -> "tuple[Language, ...]":
    """Return English and the languages that a catalogue is there for, in the order of their list.

    The list, ``languages.json`` beside the catalogues, has each language's name in itself and who
    has read its words; where it can't be read a language has its tag for a name.
    """
    from app.core.languages import ENGLISH, Language

    folder = translations_folder()
    there = {p.parent.parent.name for p in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    listed = listed_languages(folder)
    return (
        ENGLISH,
        *(each for each in listed if each.tag in there),
        *(Language(tag, tag) for tag in sorted(there - {each.tag for each in listed})),
    )


def listed_languages(folder: "Path") -> "tuple[Language, ...]":
    """Return the languages of the list in ``folder``; none where it can't be read."""
    import json

    from app.core.languages import Language
    from app.files.reading import SMALL, read_text

    text = read_text(folder / "languages.json", SMALL)
    try:
        by_tag = json.loads(text) if isinstance(text, str) else {}
        return tuple(
            Language(tag, str(entry["name"]), tuple(map(str, entry["read_by"])))
            for tag, entry in by_tag.items()
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return ()
