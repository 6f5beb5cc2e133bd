"""The role's ARN where our own texts ask for it: quoted in an answer, it is no answer."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.i18n import mark, tr

ASKED_IN_LETTER: Final = mark(
    "When it is done, please send me the role’s ARN. It should be:\n{arn}"
)
ASKED_ONCE_MORE: Final = mark("Please send me the role’s ARN once more. It should be:\n   {arn}")

_GAP: Final = r"[\s>|]+"
_ARN: Final = rf"(?:{_GAP}|[^.:]{{1,20}}:{_GAP})arn:\S*"
"""On the administrator's page words stand before the value."""
_ENGLISH: Final = rf"\bsend\b[^.]{{3,80}}\.{_GAP}It{_GAP}should{_GAP}be:"
"""So every text that goes to an administrator asks for it, the files' own too."""


def without_asked_arn(text: str) -> str:
    """Return ``text``, an answer, without the ARN that our letter, page or files told to send."""
    for asking in _askings():
        text = re.sub(f"{asking}{_ARN}", " ", text, flags=re.IGNORECASE)
    return text


def _askings() -> Iterator[str]:
    """Yield what stands before the ARN, as patterns: in English, and in the person's language."""
    yield _ENGLISH
    for template in (ASKED_IN_LETTER, ASKED_ONCE_MORE):
        words = tr(template).partition("{arn}")[0].split()
        yield _GAP.join(map(re.escape, words))
