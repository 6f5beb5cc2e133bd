"""The file of what a person set for the window (``ubiquity-s3-setup/settings``, version 1).

It is the program's own: a file that can't be read costs the settings, and nothing else.
"""

from typing import Final

from app.core.formats.reading import InputProblem, JsonObject, read_file
from app.core.formats.writing import file_text
from app.core.frozen import frozen

FORMAT: Final = "ubiquity-s3-setup/settings"
VERSION: Final = 1

USUAL_TEXT: Final = 100


@frozen
class Settings:
    """What was set. ``text_size`` is in per cent of the system's; ``share`` hides the details."""

    text_size: int = USUAL_TEXT
    share: bool = False


def dump_settings(settings: Settings) -> str:
    """Return the text of the settings' file."""
    return file_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "text_size": settings.text_size,
            "share": settings.share,
        }
    )


def read_settings(text: str, source: str) -> Settings | InputProblem:
    """Read the settings' file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _settings)


def _settings(top: JsonObject) -> Settings:
    top.expect_format(FORMAT, VERSION)
    return Settings(
        text_size=top.count("text_size", USUAL_TEXT), share=top.truth("share", default=False)
    )
