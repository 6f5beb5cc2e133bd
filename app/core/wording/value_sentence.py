"""A sentence whose values stand apart, so that a shared screen can mask them."""

from collections.abc import Iterable, Mapping

from app.core.frozen import field, frozen
from app.core.wording.facts import listed


@frozen
class ValueSentence:
    """A translated sentence with {places}, and the customer's values that fill them."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)


def filled(template: str, **values: str | Iterable[str]) -> ValueSentence:
    """Return ``template`` (translated already) with those of ``values`` that it has places for.

    Several texts make a list as in a sentence: "one, two and three".
    """
    texts = {name: v if isinstance(v, str) else listed(v) for name, v in values.items()}
    used = {name: text for name, text in texts.items() if f"{{{name}}}" in template}
    return ValueSentence(template, used)


def only_in(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return each of ``some`` that is not among ``others``, once."""
    left = set(others)
    return [text for text in dict.fromkeys(some) if text not in left]
