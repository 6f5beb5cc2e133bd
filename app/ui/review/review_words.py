"""The words in which a review tells its plan: those of creating, or those of revoking."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.change import LeftAlone, Obstacle, Offer
from app.core.i18n import tr
from app.core.wording import plan_words, revoking
from app.core.wording.offer_words import OfferWords, offer_words
from app.core.wording.value_sentence import ValueSentence


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """The words for what stays, for what can't be mended and for what can be chosen."""

    left_alone: Callable[[LeftAlone], ValueSentence]
    obstacle: Callable[[Obstacle], ValueSentence]
    offer: Callable[[Offer], OfferWords]
    obstacles_title: Callable[[], str]


CREATING: Final = ReviewWords(
    plan_words.left_alone_sentence,
    plan_words.obstacle_sentence,
    offer_words,
    lambda: tr("What this program can’t mend"),
)
REVOKING: Final = ReviewWords(
    revoking.left_alone_sentence,
    revoking.revoke_obstacle_sentence,
    revoking.revoke_offer_words,
    lambda: tr("What this program can’t take away"),
)
