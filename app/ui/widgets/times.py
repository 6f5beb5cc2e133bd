"""Times of day, as this computer writes them, and how long things took."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QDateTime, QLocale

from app.core.wording.durations import seconds_words

_NO_BREAK: Final = "\u00a0"


def time_of_day(moment: datetime) -> str:
    """Return the time of ``moment`` on this computer's clock, with the day where it isn't today."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()
    short = QLocale.FormatType.ShortFormat
    locale = QLocale()
    if local.date() == QDateTime.currentDateTime().date():
        return locale.toString(local.time(), short)
    return locale.toString(local, short)


def time_taken(seconds: float) -> str:
    """Return how long something took; where a line ends, number and unit stay together."""
    return seconds_words(seconds).replace(" ", _NO_BREAK)
