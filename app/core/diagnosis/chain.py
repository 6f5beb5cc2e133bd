"""The chain from UbiQuity to the files, link by link, as the window draws it."""

from enum import IntEnum


class Link(IntEnum):
    """The links of the chain in its order, and the two rooms that lie outside of it."""

    ASKING = 0
    """Who is asking: this computer, the sign-in, and UbiQuity."""
    ROLE = 1
    TRUST = 2
    PERMISSIONS = 3
    BUCKET = 4
    KEY = 5
    FILES = 6
    BEYOND = 7
    """The organisation, and what can't be seen."""
    CHANGES = 8
