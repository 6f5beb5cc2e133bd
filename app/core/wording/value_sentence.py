"""A sentence whose values stand apart, so that a shared screen can mask them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from app.core.frozen import field, frozen

PLACE: Final = re.compile(r"\{(\w+)\}")
"""A place of a template, by the name of its value."""


@frozen
class ValueSentence:
    """A translated sentence with {places}, and the customer's values that fill them."""

    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence with every value in its place."""
        return self._with_values(self.template)

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentence as the lines that its words have: a value begins none."""
        return tuple(map(self._with_values, self.template.split("\n")))

    def _with_values(self, template: str) -> str:
        return PLACE.sub(lambda place: self.values.get(place[1], place[0]), template)


def filled(template: str, **values: str | Iterable[str]) -> ValueSentence:
    """Return ``template`` (translated already) with those of ``values`` that it has places for.

    Several texts make a list as in a sentence: "one, two and three".
    """
    from app.core.wording.facts import listed, or_empty

    texts = {
        name: or_empty(value) if isinstance(value, str) else listed(value)
        for name, value in values.items()
    }
    used = {name: text for name, text in texts.items() if f"{{{name}}}" in template}
    return ValueSentence(template, used)


def only_in(some: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return each of ``some`` that is not among ``others``, once."""
    excluded = set(others)
    return [text for text in dict.fromkeys(some) if text not in excluded]
