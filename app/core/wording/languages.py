"""What the program says of its own translations."""

from collections.abc import Iterable

from app.core.conventions import listed
from app.core.i18n import tr
from app.core.languages import ENGLISH, Language


def translation_words(languages: Iterable[Language]) -> tuple[str, ...]:
    """Return a line on each of ``languages``, but for the one that the program is written in."""
    return tuple(_line(each) for each in languages if each != ENGLISH)


def _line(of: Language) -> str:
    if not of.read_by:
        return tr("{language}: machine-made, not yet read by a native speaker").format(
            language=of.name
        )
    return tr("{language}: read by {people}").format(language=of.name, people=listed(of.read_by))
