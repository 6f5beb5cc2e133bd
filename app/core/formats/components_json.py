"""The list of what a build is made of (``ubiquity-s3-setup/components``, version 1).

It is written when the program is built, and lies beside the licences' texts. A part without a
licence, or without a text of it, makes the whole list one that can't be used: whoever ships the
part has to ship both.
"""

from collections.abc import Iterable
from typing import Final

from app.core.component import Component
from app.core.formats.reading import FormatError, InputProblem, JsonObject, read_file
from app.core.formats.writing import file_text
from app.core.i18n import tr

FORMAT: Final = "ubiquity-s3-setup/components"
VERSION: Final = 1


def dump_components(components: Iterable[Component]) -> str:
    """Return the text of the list."""
    return file_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "components": [
                {
                    "name": part.name,
                    "version": part.version,
                    "licence": part.licence,
                    "files": list(part.files),
                }
                for part in components
            ],
        }
    )


def read_components(text: str, source: str) -> tuple[Component, ...] | InputProblem:
    """Read the list; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _components)


def _components(top: JsonObject) -> tuple[Component, ...]:
    top.expect_format(FORMAT, VERSION)
    return tuple(map(_component, top.items("components", required=True)))


def _component(place: JsonObject) -> Component:
    part = Component(
        name=place.text("name"),
        version=place.text("version"),
        licence=place.text("licence"),
        files=place.texts("files"),
    )
    for key, value in (("name", part.name), ("licence", part.licence), ("files", part.files)):
        if not value:
            raise FormatError(tr("“{place}” is empty.").format(place=place.at(key)))
    return part
