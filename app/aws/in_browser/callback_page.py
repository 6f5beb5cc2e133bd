"""The page that the browser shows at the end of the sign-in. It holds nothing of the sign-in."""

from html import escape
from string import Template
from typing import Final

from app.aws.in_browser.callback import BrowserWords
from app.core.i18n import mark, tr

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


_WORDS: Final = {
    BrowserWords.FAILED: (
        mark("The sign-in did not work"),
        mark("Nothing was changed. Close this tab and go back to the program, which says why."),
    ),
    BrowserWords.IN_PROGRAM: (
        mark("Go back to the program"),
        mark("How the sign-in ended is shown there. You can close this tab."),
    ),
    BrowserWords.NOT_OURS: (
        mark("This is not the sign-in that the program waits for"),
        mark(
            "Nothing was changed, and the program is still waiting. Close this tab, and sign in "
            "in the tab that the program opened, or with the link that it shows."
        ),
    ),
}


def callback_page(outcome: BrowserWords, next_step: str) -> str:
    """Return the page in the installed language.

    ``next_step`` says, in that language, what follows once the sign-in worked.
    """
    if outcome is BrowserWords.WORKED:
        heading, text = tr("You are signed in"), next_step
    else:
        heading, text = map(tr, _WORDS[outcome])
    return _PAGE.substitute(heading=escape(heading), text=escape(text))
