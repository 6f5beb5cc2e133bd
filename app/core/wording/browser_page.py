"""A page of ours that a browser shows: plain, readable in light and dark, and read aloud well."""

from html import escape
from string import Template
from typing import Final

from app.core.conventions import direction
from app.core.i18n import language

_PAGE: Final = Template("""<!doctype html>
<html lang="$language" dir="$direction">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$heading</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText;
  max-width: 34rem; margin: 12vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
p { margin: 0 0 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid; padding: .75rem; }
button { font: inherit; padding: .5rem 1rem; margin-block: 0 .5rem; margin-inline: 0 .5rem; }
pre, code { direction: ltr; text-align: left; }
</style>
</head>
<body>
<main>
$above
<h1>$heading</h1>
$content
</main>
</body>
</html>
""")


def browser_page(heading: str, content: str, *, above: str = "") -> str:
    """Return a whole HTML page.

    ``heading`` and ``above``, which stands before it, are plain text; ``content`` is HTML
    already, in which every text of others is escaped.
    """
    return _PAGE.substitute(
        language=escape(language()),
        direction=direction(),
        heading=escape(heading),
        above=paragraph(above) if above else "",
        content=content,
    )


def paragraph(text: str) -> str:
    """Return plain text as a paragraph of HTML."""
    return f"<p>{escape(text)}</p>"
