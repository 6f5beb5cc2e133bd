"""What the connection test may leave in a bucket, though it cleans up after itself."""

from enum import StrEnum

from app.core.frozen import frozen


class LeftKind(StrEnum):
    """What it is that stays."""

    OBJECT = "object"
    """The test file itself: AWS did not let it be deleted."""
    UNSURE = "unsure"
    """The test file, perhaps: AWS's answer was lost, or there was no time to wait for it."""
    VERSION = "version"
    """An old version of the test file, in a bucket that keeps versions; Object Lock may hold it."""
    MARKER = "marker"
    """The delete marker that such a bucket puts in the place of what is deleted."""


@frozen
class LeftOver:
    """One thing that stays in a bucket; ``version`` is its id, of a version or a marker."""

    kind: LeftKind
    bucket: str
    key: str
    version: str | None = None
