"""The pages of the practice AWS's sign-in: like AWS's own, and never to be taken for them."""

from collections.abc import Mapping
from html import escape

from app.core.i18n import tr
from app.core.wording.browser_page import browser_page, paragraph
from app.core.wording.console_labels import ALLOW_ACCESS
from app.core.wording.who_signed_in import in_fours
from app.practice.account import ACCOUNT_ID, ADMIN_USER


def question_page(query: Mapping[str, str]) -> str:
    """Return the page that asks whether the program is let in; ``query`` is what it asked with."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in query.items()
    )
    buttons = "".join(
        f'<button name="decision" value="{decision}">{escape(words)}</button>'
        for decision, words in (
            ("allow", ALLOW_ACCESS),
            ("deny", tr("Don’t allow")),
        )
    )
    sentence = tr(
        "A program on this computer asks to do what the user {user} may do in the practice "
        "account {account}. In AWS you would sign in here first; the practice AWS asks for no "
        "password."
    ).format(user=ADMIN_USER, account=in_fours(ACCOUNT_ID))
    form = f'<form method="get" action="/v1/authorize">{hidden}{buttons}</form>'
    return _page(tr("Let UbiQuity S3 Connection Setup in?"), paragraph(sentence) + form)


def code_page(code: str) -> str:
    """Return the page that shows the code to somebody on another device."""
    sentence = tr("Copy this code and paste it into the program:")
    content = f"{paragraph(sentence)}<pre>{escape(code)}</pre>"
    return _page(tr("You are signed in"), content)


def _page(heading: str, content: str) -> str:
    badge = tr("PRACTICE: this page belongs to the practice AWS on this computer, not to Amazon.")
    return browser_page(heading, content, above=badge)
