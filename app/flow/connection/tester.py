"""With whose sign-in a connection test is made."""

from enum import StrEnum


class Tester(StrEnum):
    """With whose sign-in a test is made."""

    CUSTOMER = "customer"
    """What the customer can try; only UbiQuity can use the role."""
    UBIQUITY = "ubiquity"
    """UbiQuity's own account: the real thing."""
