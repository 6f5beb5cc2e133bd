"""A look at the list of what the program is made of, and at each part's licence."""

from app.core.conventions import row
from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.flow.own_command import is_packaged
from app.system.components import LIST, components, licence_text, listed_components
from app.wiring.installation.part import DamagedError


def look_at_licences() -> str:
    """See that every part has a licence with its text; a build has to bring a list of them."""
    if is_packaged():
        shipped = listed_components(LIST)
        if isinstance(shipped, InputProblem):
            raise DamagedError(shipped.text)
    parts = components()
    lacking = [part.name for part in parts if not (part.licence and licence_text(part).strip())]
    if lacking or not parts:
        words = tr("The licences of these parts are missing: {names}.")
        raise DamagedError(words.format(names=row(lacking)))
    return tr("parts, each with its licence: {count}").format(count=len(parts))
