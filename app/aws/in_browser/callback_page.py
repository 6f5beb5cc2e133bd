"""The page that the browser shows at the end of the sign-in. It holds nothing of the sign-in."""

from typing import Final

from app.aws.in_browser.callback import BrowserWords
from app.core.i18n import mark, tr
from app.core.program_names import PRODUCT
from app.core.wording.browser_page import browser_page, paragraph

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
        mark("This is not the sign-in that the program is waiting for"),
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
    program = paragraph(PRODUCT)
    return browser_page(heading, paragraph(text) + program)
