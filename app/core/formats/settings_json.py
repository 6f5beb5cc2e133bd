"""The file of what a person set for the window (``ubiquity-s3-setup/settings``, version 1).

It is the program's own: a file that can't be read costs the settings, and nothing else. A further
setting is a field with a usual value; what an older program does not know of, it keeps as it is.
``STEPS`` has a step for each version in which a setting came to mean something else.
"""

from collections.abc import Mapping
from typing import Final

from app.core.formats.reading import InputProblem, JsonObject, read_file
from app.core.formats.versions import Migrations, migrated
from app.core.formats.writing import file_text
from app.core.frozen import field, frozen, replace

FORMAT: Final = "ubiquity-s3-setup/settings"
VERSION: Final = 1
STEPS: Final[Migrations] = {}

USUAL_TEXT: Final = 100


@frozen
class WindowPlace:
    """Where the window was: in pixels as Qt counts them, over all screens together.

    ``x`` and ``y`` are its frame's, ``width`` and ``height`` those of what is in the frame, for a
    ``maximised`` window as it was before. ``screen`` is the system's name of the screen.
    """

    x: int
    y: int
    width: int
    height: int
    screen: str = ""
    maximised: bool = False


@frozen
class Settings:
    """What was set.

    ``text_size`` is in per cent of the system's; ``share`` hides the details; ``window`` is
    where the window was last; ``language`` is a tag, empty for the system's;
    ``look_for_updates`` allows to ask for a newer version. ``others`` are the settings of the
    file that this version does not know, by name.
    """

    text_size: int = USUAL_TEXT
    share: bool = False
    window: WindowPlace | None = None
    language: str = ""
    look_for_updates: bool = False
    others: Mapping[str, object] = field(default_factory=dict)


def dump_settings(settings: Settings) -> str:
    """Return the text of the settings' file."""
    return file_text({**settings.others, **_known(settings)})


def _known(settings: Settings) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "text_size": settings.text_size,
        "share": settings.share,
        "window": None if settings.window is None else _place_to_json(settings.window),
        "language": settings.language,
        "look_for_updates": settings.look_for_updates,
    }


def _place_to_json(place: WindowPlace) -> dict[str, object]:
    return {
        "x": place.x,
        "y": place.y,
        "width": place.width,
        "height": place.height,
        "screen": place.screen,
        "maximised": place.maximised,
    }


def read_settings(text: str, source: str) -> Settings | InputProblem:
    """Read the settings' file; ``source`` names it in the problem's sentence."""
    return read_file(text, source, _settings)


def _settings(top: JsonObject) -> Settings:
    top = migrated(top, FORMAT, VERSION, STEPS)
    place = top.optional_place("window")
    settings = Settings(
        text_size=top.count("text_size", USUAL_TEXT),
        share=top.truth("share", default=False),
        window=None if place is None else _place(place),
        language=top.optional_text("language") or "",
        look_for_updates=top.truth("look_for_updates", default=False),
    )
    known = _known(settings)
    others = {name: value for name, value in top.fields.items() if name not in known}
    return replace(settings, others=others)


def _place(place: JsonObject) -> WindowPlace:
    return WindowPlace(
        x=place.count("x"),
        y=place.count("y"),
        width=place.count("width"),
        height=place.count("height"),
        screen=place.optional_text("screen") or "",
        maximised=place.optional_truth("maximised"),
    )
