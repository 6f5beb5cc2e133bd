"""The page that the browser shows at the end of the sign-in. It holds nothing of the sign-in."""

from html import escape
from string import Template
from typing import Final

from app.core.i18n import tr

_PAGE: Final = Template("""<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$heading</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText;
  max-width: 34rem; margin: 15vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
p { margin: 0 0 1rem; }
p.program { opacity: .75; }
</style>
</head>
<body>
<main>
<h1>$heading</h1>
<p>$text</p>
<p class="program">UbiQuity S3 Connection Setup</p>
</main>
</body>
</html>
""")


def callback_page(worked: bool | None) -> str:
    """Return the page in the installed language: it worked, it did not, or look in the program."""
    heading, text = _words(worked)
    return _PAGE.substitute(heading=escape(heading), text=escape(text))


def _words(worked: bool | None) -> tuple[str, str]:
    if worked is None:
        return tr("Go back to the program"), tr(
            "How the sign-in ended is shown there. You can close this tab."
        )
    if worked:
        return tr("You are signed in"), tr(
            "Close this tab and go back to the program to choose an account."
        )
    return tr("The sign-in did not work"), tr(
        "Nothing was changed. Close this tab and go back to the program, which says why."
    )
