"""Who was refused: the connector, somebody else, root, or nobody who is known."""

import re
from enum import StrEnum
from typing import Final

from app.core.explain.denial import ANONYMOUS
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT

_CONNECTOR: Final = re.compile(rf":(?:assumed-)?role/(?:.{{0,512}}/)?{ROLE_NAME}(?:/|$)")
"""The role itself, under whatever path, or one of its sessions."""

_ROOT: Final = re.compile(r":root$")


class RefusedCaller(StrEnum):
    """Whom AWS refused, as far as it says."""

    CONNECTOR = "connector"
    """The guide's role, a session of it, or UbiQuity's own account."""
    SOMEBODY = "somebody"
    """Another role, or a user."""
    ROOT = "root"
    ANONYMOUS = "anonymous"
    """A request that nobody had signed."""
    UNNAMED = "unnamed"

    @property
    def is_a_sign_in(self) -> bool:
        """Whether it is somebody's sign-in to AWS, and not the connector's."""
        return self in (RefusedCaller.SOMEBODY, RefusedCaller.ROOT)


def caller_named(principal: str) -> RefusedCaller:
    """Return who ``principal`` is: an ARN, ``ANONYMOUS``, or an empty text."""
    name = principal.lower()
    if not name:
        return RefusedCaller.UNNAMED
    if name == ANONYMOUS:
        return RefusedCaller.ANONYMOUS
    if is_ubiquity(principal) or _CONNECTOR.search(name):
        return RefusedCaller.CONNECTOR
    return RefusedCaller.ROOT if _ROOT.search(name) else RefusedCaller.SOMEBODY


def is_ubiquity(principal: str) -> bool:
    """Tell whether the ARN ``principal`` belongs to UbiQuity's own account."""
    parts = principal.split(":")
    return len(parts) > 4 and parts[4] == UBIQUITY_ACCOUNT
