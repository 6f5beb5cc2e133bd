"""A sentence with named places, kept untranslated until it is shown."""

from collections.abc import Mapping

from app.core.frozen import frozen
from app.core.i18n import ntr, tr


@frozen
class Plural:
    """A sentence with two forms, chosen by the parameter named ``by``."""

    singular: str
    plural: str
    by: str


Message = str | Plural
"""A marked sentence: plain, or in two forms."""


def texts_of_param(params: Mapping[str, object], name: str) -> list[str]:
    """Return the list of texts that ``params`` hold under ``name``; empty where they hold none."""
    value = params.get(name)
    return [str(text) for text in value] if isinstance(value, list | tuple) else []


def translated(message: Message, params: Mapping[str, object]) -> str:
    """Return ``message`` translated, its places still empty; ``params`` choose its form.

    Without a count among ``params`` it is the form for none.
    """
    if isinstance(message, Plural):
        count = params.get(message.by)
        return ntr(message.singular, message.plural, count if isinstance(count, int) else 0)
    return tr(message)


def render(message: Message, params: Mapping[str, object]) -> str:
    """Return ``message`` translated, with ``params`` in its named places."""
    return translated(message, params).format_map(params)
