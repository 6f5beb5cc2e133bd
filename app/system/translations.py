"""Choosing the language: gettext catalogues from the resources folder."""

import gettext
import locale
import os
import re
import struct
from io import BytesIO
from pathlib import Path
from typing import Final

from app.core.i18n import install
from app.files.reading import INPUT_AT_MOST, read_bytes
from app.system.resources import resources_folder

DOMAIN = "ubiquity-s3-setup"

_OWN_WORDS: Final = re.compile(r"(?:en|C|POSIX)(?![A-Za-z])")
"""Languages for which the program's own words, British English, serve: no catalogue is needed."""


def translations_folder() -> Path:
    """Return the folder of the compiled catalogues."""
    return resources_folder() / "translations"


def wanted_languages() -> list[str]:
    """Return the person's languages, most wanted first, as the system tells them."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value.split(":")
    system, _ = locale.getlocale()
    return [system] if system else []


def install_language(languages: list[str] | None = None) -> None:
    """Install the catalogue of the first language that there is one for, else none.

    The program's own words are British English, so no catalogue is needed for it.
    """
    for language in wanted_languages() if languages is None else languages:
        if _OWN_WORDS.match(language):
            break
        catalogue = _catalogue(language)
        if catalogue is not None:
            install(catalogue)
            return
    install(gettext.NullTranslations())


def _catalogue(language: str) -> gettext.NullTranslations | None:
    """Return the catalogue of ``language``; None where there is none that can be read."""
    try:
        path = gettext.find(DOMAIN, str(translations_folder()), [language])
        content = read_bytes(path, INPUT_AT_MOST) if path else None
        return gettext.GNUTranslations(BytesIO(content)) if isinstance(content, bytes) else None
    except (OSError, ValueError, struct.error):  # a broken file
        return None


def available_languages() -> tuple[str, ...]:
    """Return the languages that a catalogue is there for."""
    folder = translations_folder()
    return tuple(sorted(p.parent.parent.name for p in folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))
