"""The texts of the licences of everything shipped, and the list of them that the program shows.

Both lie in the bundle, in ``app/resources/licences``; the list has the form that
``app/core/formats/components_json.py`` reads.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.component import Component
from app.core.formats.components_json import dump_components
from app.system.components import LIST, licences_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bundle.parts import Part

OF_PARTS = "shipped"
"""The folder of those texts that the parts themselves brought."""


class NoTextError(Exception):
    """A part has no text of its licence; its text names the part."""


def write_licences(parts: Iterable[Part], folder: Path) -> list[tuple[str, Path]]:
    """Write the list and the texts under ``folder``, made anew; return each with its place.

    The places are below the bundle's folder of licences. Texts that lie in the clone's own folder
    of licences are there already. Raises NoTextError.
    """
    shutil.rmtree(folder, ignore_errors=True)
    written: list[tuple[str, Path]] = []
    components: list[Component] = []
    for part in parts:
        texts = [text for text in part.texts if text.is_file() and text.stat().st_size]
        if not (texts and part.licence):
            raise NoTextError(f"The text of the licence of {part.name} was not found.")
        places = [_place(part, text) for text in texts]
        for place, text in zip(places, texts, strict=True):
            if place.startswith(f"{OF_PARTS}/") and (place, folder / place) not in written:
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                (folder / place).write_bytes(text.read_bytes())
                written.append((place, folder / place))
        components.append(Component(part.name, part.version, part.licence, tuple(places)))
    (folder / LIST).write_text(dump_components(components), encoding="utf-8")
    return [(LIST, folder / LIST), *written]


def _place(part: Part, text: Path) -> str:
    if text.is_relative_to(licences_folder()):
        return text.relative_to(licences_folder()).as_posix()
    name = re.sub(r"[^a-z0-9]+", "-", part.name.lower()).strip("-")
    return f"{OF_PARTS}/{name}/{text.name if text.suffix else text.name + '.txt'}"
