import dataclasses

import pytest
from PySide6.QtGui import QColor, QPalette

from app.ui.look.tokens import DARK, LIGHT, Tokens, contrast, palette, system_tokens

_TEXTS = [
    ("text", ("window", "card", "code", "hover", "pressed")),
    ("muted", ("window", "card", "code", "hover", "note_soft")),
    ("accent", ("window", "card", "hover")),
    ("good", ("window", "card")),
    ("warning", ("window", "card", "warning_soft")),
    ("bad", ("window", "card", "bad_soft")),
    ("text", ("note_soft", "good_soft", "warning_soft", "bad_soft", "mark")),
    ("on_accent", ("accent", "accent_strong")),
    ("on_selection", ("selection",)),
    ("key", ("code",)),
    ("string", ("code",)),
    ("literal", ("code",)),
]
_LINES = [
    ("line", ("window", "card", "code")),
    ("focus", ("window", "card", "note_soft")),
    ("accent", ("window", "card", "note_soft")),
    ("good", ("good_soft",)),
    ("warning", ("warning_soft",)),
    ("bad", ("bad_soft", "card")),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground"), [(front, ground) for front, all_ in _TEXTS for ground in all_]
)
def test_text_can_be_read(theme: Tokens, front: str, ground: str) -> None:
    assert contrast(getattr(theme, front), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground"), [(front, ground) for front, all_ in _LINES for ground in all_]
)
def test_lines_of_controls_can_be_seen(theme: Tokens, front: str, ground: str) -> None:
    assert contrast(getattr(theme, front), getattr(theme, ground)) >= 3


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#FFFFFF", 1.0), ("#777777", "#FFFFFF", 4.48)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


_CONTRAST_BLACK = {"window": "#000000", "text": "#FFFFFF", "selection": "#1AEBFF", "on": "#000000"}
_CONTRAST_WHITE = {"window": "#FFFFFF", "text": "#000000", "selection": "#37006E", "on": "#FFFFFF"}
_PALE_SELECTION = {"window": "#FFFFFF", "text": "#000000", "selection": "#B3D7FF", "on": "#000000"}


def _system(colours: dict[str, str]) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for place in (role.Window, role.Base):
        made.setColor(place, QColor(colours["window"]))
    for place in (role.WindowText, role.Text):
        made.setColor(place, QColor(colours["text"]))
    made.setColor(role.Highlight, QColor(colours["selection"]))
    made.setColor(role.HighlightedText, QColor(colours["on"]))
    return made


@pytest.mark.parametrize("colours", [_CONTRAST_BLACK, _CONTRAST_WHITE, _PALE_SELECTION])
def test_high_contrast_uses_the_systems_colours_only(colours: dict[str, str]) -> None:
    system = _system(colours)
    made = system_tokens(system)
    shown = {value for value in dataclasses.astuple(made) if isinstance(value, str)}
    assert shown - {made.disabled} <= {value.lower() for value in colours.values()}
    grey = system.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert made.disabled == grey.name()
    for front, grounds in _TEXTS:
        for ground in grounds:
            assert contrast(getattr(made, front), getattr(made, ground)) >= 4.5, (front, ground)


def test_a_selection_too_pale_for_lines_gives_way_to_the_text_colour() -> None:
    made = system_tokens(_system(_PALE_SELECTION))
    assert made.focus == made.text
    assert made.selection == "#b3d7ff"


def test_dark_is_told_by_the_colours() -> None:
    assert system_tokens(_system(_CONTRAST_BLACK)).dark
    assert not system_tokens(_system(_CONTRAST_WHITE)).dark


def test_the_palette_carries_the_tokens() -> None:
    made = palette(DARK)
    assert made.color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert made.color(QPalette.ColorRole.PlaceholderText) == QColor(DARK.muted)
