"""A look at the catalogues of the other languages."""

import gettext
import re
import struct
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from app.core.conventions import row
from app.core.i18n import tr
from app.files.reading import INPUT_AT_MOST, read_bytes
from app.system.catalogue import CompiledCatalogue
from app.system.translations import DOMAIN, listed_languages, translations_folder
from app.wiring.installation.part import DamagedError

_MESSAGE: Final = re.compile(r"^msgid ", re.MULTILINE)
_FORMS: Final = "plural-forms"


def look_at_translations() -> str:
    """See that each language has a catalogue that can be read, with every message in it."""
    counts = {name: _messages(name) for name in _languages()}
    expected = max((*counts.values(), _in_template()))
    short = [f"{name} ({count})" for name, count in counts.items() if count < expected]
    if short:
        words = tr("Messages are missing: {languages}. Each language should have {count}.")
        raise DamagedError(words.format(count=expected, languages=row(short)))
    words = tr("{languages}; messages in each: {count}")
    return words.format(languages=row(("en", *counts)), count=expected)


def _languages() -> tuple[str, ...]:
    """Return the languages that the program offers, and those that lie there besides."""
    folder = translations_folder()
    listed = {language.tag for language in listed_languages(folder)}
    if not listed:
        raise DamagedError(tr("The list of languages is missing."))
    return tuple(sorted(listed.union(path.name for path in folder.iterdir() if path.is_dir())))


def _messages(language: str) -> int:
    """Return how many messages the catalogue of ``language`` has. Raises DamagedError."""
    path = translations_folder() / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    content = read_bytes(path, INPUT_AT_MOST)
    if not isinstance(content, bytes):
        raise DamagedError(tr("The catalogue of “{name}” is missing.").format(name=language))
    damaged = tr("The catalogue of “{name}” is damaged.").format(name=language)
    try:
        CompiledCatalogue(content)  # how the program reads it: no more than a word needs
        catalogue = gettext.GNUTranslations(BytesIO(content))
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise DamagedError(damaged) from error
    if not _has_forms(catalogue.info()):
        raise DamagedError(damaged)
    return _count_in(content)


def _has_forms(head: Mapping[str, str]) -> bool:
    return "plural=" in head.get(_FORMS, "")


def _count_in(content: bytes) -> int:
    """Return the number of messages that a catalogue says it has, its head left out.

    Source: GNU gettext manual, "The Format of GNU MO Files".
    """
    order = "<" if content[:4] == b"\xde\x12\x04\x95" else ">"
    (count,) = struct.unpack_from(f"{order}I", content, 8)
    return int(count) - 1


def _in_template() -> int:
    """Return how many messages the template has, without its head; 0 where there is none."""
    content = read_bytes(translations_folder() / f"{DOMAIN}.pot", INPUT_AT_MOST)
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return max(0, len(_MESSAGE.findall(text)) - 1)
