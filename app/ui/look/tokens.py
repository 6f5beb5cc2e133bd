"""The colours of the window, by what they are for.

Two themes, and a third that is made from the system's own palette where the person asked their
system for high contrast. Every text colour has at least 4.5 : 1 on every ground it stands on,
every line that shows where a control is 3 : 1 (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
"""

from typing import Final

from PySide6.QtGui import QColor, QPalette

from app.core.frozen import frozen


@frozen
class Tokens:
    """One theme: each colour as ``#rrggbb``."""

    dark: bool
    window: str
    card: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_strong: str
    """The accent under the pointer, and pressed."""
    on_accent: str
    good: str
    warning: str
    bad: str
    code: str
    line: str
    """The edge of a control."""
    divider: str
    """A line that only decorates."""
    hover: str
    pressed: str
    focus: str
    note_soft: str
    good_soft: str
    warning_soft: str
    bad_soft: str
    mark: str
    """The ground behind one of the customer's values in a document."""
    key: str
    string: str
    literal: str
    selection: str
    on_selection: str


LIGHT: Final = Tokens(
    dark=False,
    window="#F6F7F9",
    card="#FFFFFF",
    text="#1B1F24",
    muted="#57606A",
    disabled="#57606A",
    accent="#0B6BCB",
    accent_strong="#0A58A8",
    on_accent="#FFFFFF",
    good="#1A7F37",
    warning="#8A5A00",
    bad="#B42318",
    code="#F0F2F5",
    line="#818B96",
    divider="#DDE1E6",
    hover="#EEF1F4",
    pressed="#DDE1E6",
    focus="#0B6BCB",
    note_soft="#EAF3FC",
    good_soft="#E9F6EC",
    warning_soft="#FDF4E1",
    bad_soft="#FDEEEC",
    mark="#FFE9A8",
    key="#0A58A8",
    string="#1B6B3A",
    literal="#7A3E9D",
    selection="#0B6BCB",
    on_selection="#FFFFFF",
)

DARK: Final = Tokens(
    dark=True,
    window="#16181C",
    card="#1F2228",
    text="#E8EAED",
    muted="#A3ABB5",
    disabled="#A3ABB5",
    accent="#6CB2FF",
    accent_strong="#93C6FF",
    on_accent="#0B1B2B",
    good="#57C975",
    warning="#E0A93B",
    bad="#FF8A7A",
    code="#24282F",
    line="#7C8591",
    divider="#343A43",
    hover="#2A2F37",
    pressed="#343A43",
    focus="#6CB2FF",
    note_soft="#1B2A3B",
    good_soft="#1B2E22",
    warning_soft="#332A17",
    bad_soft="#3A2220",
    mark="#5A4708",
    key="#8CC4FF",
    string="#8FDDA5",
    literal="#D6B1F0",
    selection="#2F6DB3",
    on_selection="#FFFFFF",
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    """Return the relative luminance of ``colour`` (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def system_tokens(palette: QPalette) -> Tokens:
    """Return a theme of nothing but the system's colours, for high contrast.

    ``palette`` is the system's. A state keeps its icon and its word, so one text colour is
    enough for all of them.
    """
    role = QPalette.ColorRole
    window, card, text = (palette.color(r).name() for r in (role.Window, role.Base, role.Text))
    selection = palette.color(role.Highlight).name()
    on_selection = palette.color(role.HighlightedText).name()
    if contrast(text, window) < 4.5:
        window = card  # a theme may pair the text of fields with the ground of fields only
    readable = contrast(selection, card) >= 4.5 and contrast(on_selection, selection) >= 4.5
    accent, on_accent = (selection, on_selection) if readable else (text, card)
    return Tokens(
        dark=_luminance(QColor(card)) < _luminance(QColor(text)),
        window=window,
        card=card,
        text=text,
        muted=text,
        disabled=palette.color(QPalette.ColorGroup.Disabled, role.Text).name(),
        accent=accent,
        accent_strong=accent,
        on_accent=on_accent,
        good=text,
        warning=text,
        bad=text,
        code=card,
        line=text,
        divider=text,
        hover=card,
        pressed=card,
        focus=accent,
        note_soft=card,
        good_soft=card,
        warning_soft=card,
        bad_soft=card,
        mark=card,
        key=text,
        string=text,
        literal=text,
        selection=selection,
        on_selection=on_selection,
    )


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of ``tokens``, for what a style sheet does not reach."""
    result = QPalette()
    role = QPalette.ColorRole
    for place, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.code),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.text),
        (role.ToolTipBase, tokens.card),
        (role.ToolTipText, tokens.text),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.on_selection),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
    ):
        result.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, place, QColor(tokens.disabled))
    return result
