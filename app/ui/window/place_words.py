"""Where somebody is in the window, in the words that are read out on a call.

A "step" is always the guide's, so that no page has two numbers for one word; a page that is none of
its steps has its number among the pages.
"""

from typing import TYPE_CHECKING

from app.core.i18n import tr
from app.flow.wizard.pages import GUIDE_STEPS, page_of, shown_pages

if TYPE_CHECKING:
    from app.flow.wizard.state import SetupState


def place_words(state: "SetupState") -> str:
    """Return the page's number and name, the same in a large window and in a small one.

    Two people on a call may have both before them.
    """
    page = page_of(state)
    if page.step:
        return page_name(state)
    pages = [each.id for each in shown_pages(state)]
    number, count = pages.index(page.id) + 1, len(pages)
    words = tr("Page {number} of {count}: {title}")
    return words.format(number=number, count=count, title=page_name(state))


def page_name(state: "SetupState") -> str:
    """Return the page's name, after its number where it is a step of the guide."""
    page = page_of(state)
    title = tr(page.called(state).short_title)
    if not page.step:
        return title
    words = tr("Step {step} of {steps}: {title}")
    return words.format(step=page.step, steps=GUIDE_STEPS, title=title)
