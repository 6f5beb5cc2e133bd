"""The words in which a review tells its plan: those of creating, or those of revoking."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.change import Kept, Obstacle, Offer
from app.core.choices import Choice
from app.core.i18n import mark, tr
from app.core.wording import changes, revoking
from app.core.wording.changes import ValueSentence


@dataclass(frozen=True, slots=True)
class OfferText:
    """What can be chosen: a title without values, and what it does."""

    title: str
    detail: ValueSentence


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """The words for what stays, for what can't be mended and for what can be chosen."""

    kept: Callable[[Kept], ValueSentence]
    obstacle: Callable[[Obstacle], ValueSentence]
    offer: Callable[[Offer], OfferText]


_TITLES: Final = {
    Choice.END_SESSIONS: mark("End open sessions as well"),
    Choice.EVERYONE: mark("End the access of every UbiQuity database"),
}


def _to_create(offer: Offer) -> OfferText:
    said = changes.offer_words(offer)
    return OfferText(said.title, said.detail)


def _to_revoke(offer: Offer) -> OfferText:
    return OfferText(tr(_TITLES[offer.choice]), revoking.offer_sentence(offer))


CREATING: Final = ReviewWords(changes.kept_sentence, changes.obstacle_sentence, _to_create)
REVOKING: Final = ReviewWords(revoking.kept_sentence, revoking.revoke_obstacle_sentence, _to_revoke)
