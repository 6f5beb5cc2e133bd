"""The check phrases of a draft, and what two people do with them."""

from typing import Final

from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.core.phrase import PhraseOf, phrase

WHAT_TO_DO: Final = mark(
    "One of you reads the three words out, and the other compares them. Where all three are the "
    "same, you both have the same value. Where one is not, one of the values is wrong: copy it "
    "anew from where it comes from."
)

_BETWEEN: Final = " – "
"""So that nobody takes the words for a sentence, and the ear has a pause."""


def phrase_words(value: str, of: PhraseOf) -> str:
    """Return the phrase of ``value`` as it is shown and read out; some 30 ms."""
    return _BETWEEN.join(phrase(value, of))


def phrases_text(draft: Draft) -> list[str]:
    """Return the lines that ``phrase`` prints for people."""
    names = {
        tr("AWS account"): phrase_words(draft.account_id, PhraseOf.ACCOUNT),
        tr("UbiQuity Account ID"): phrase_words(draft.database_id, PhraseOf.DATABASE),
    }
    wide = max(map(len, names))
    return [*(f"{name:<{wide}}  {words}" for name, words in names.items()), "", tr(WHAT_TO_DO)]
