"""The parts of an installation that ``self-check`` looks at, but for those that need the window."""

from collections.abc import Mapping
from typing import Final

from app.core.conventions import row
from app.core.i18n import tr
from app.system.keyring_backend import keyring_backend, lacking_modules
from app.wiring.installation.aws import (
    look_at_aws_data,
    look_at_crt,
    look_at_lxml,
    look_at_tls,
)
from app.wiring.installation.counting import look_at_counting
from app.wiring.installation.documents import look_at_exports, look_at_policies
from app.wiring.installation.licences import look_at_licences
from app.wiring.installation.part import DamagedError, PartLook
from app.wiring.installation.round_trip import look_at_practice
from app.wiring.installation.translations import look_at_translations
from app.wiring.installation.updates import look_at_updates


def look_at_keyring() -> str:
    """Return which keyring this computer has; without one the program works too.

    What reaches the system's own has to be there all the same.
    """
    lacking = lacking_modules()
    if lacking:
        words = tr("What reaches the system’s keyring is missing: {names}.")
        raise DamagedError(words.format(names=row(lacking)))
    backend = keyring_backend()
    if backend.usable:
        return backend.name
    return tr("none on this computer: credentials are kept in memory only")


LOOKS: Final[Mapping[str, PartLook]] = {
    "translations": look_at_translations,
    "keyring": look_at_keyring,
    "aws-data": look_at_aws_data,
    "tls": look_at_tls,
    "crt": look_at_crt,
    "lxml": look_at_lxml,
    "policies": look_at_policies,
    "exports": look_at_exports,
    "practice": look_at_practice,
    "counting": look_at_counting,
    "licences": look_at_licences,
    "updates": look_at_updates,
}
"""What is looked at, by the name that it has in the output."""
