"""Points in time, in words that mean the same on every computer."""

from datetime import UTC, datetime


def moment_words(moment: datetime) -> str:
    """Return day and time of ``moment`` in UTC, as AWS's own console and records have them.

    A time is nobody's value: it is not masked.
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
