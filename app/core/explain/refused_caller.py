"""Who was refused: the connector, somebody else, root, or nobody who is known."""

import re
from enum import StrEnum
from typing import Final

from app.core.explain.denial import ANONYMOUS
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT

_CONNECTOR: Final = re.compile(rf":(?:assumed-)?role/(?:.{{0,512}}/)?{ROLE_NAME}(?:/|$)")
"""The role itself, under whatever path, or one of its sessions."""

_ROOT: Final = re.compile(r":root$")


class Caller(StrEnum):
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
        return self in (Caller.SOMEBODY, Caller.ROOT)


def caller_named(principal: str) -> Caller:
    """Return who ``principal`` is: an ARN, ``ANONYMOUS``, or an empty text."""
    name = principal.lower()
    if not name:
        return Caller.UNNAMED
    if name == ANONYMOUS:
        return Caller.ANONYMOUS
    if is_ubiquity(principal) or _CONNECTOR.search(name):
        return Caller.CONNECTOR
    return Caller.ROOT if _ROOT.search(name) else Caller.SOMEBODY


def is_ubiquity(principal: str) -> bool:
    """Tell whether the ARN ``principal`` belongs to UbiQuity's own account."""
    parts = principal.split(":")
    return len(parts) > 4 and parts[4] == UBIQUITY_ACCOUNT
