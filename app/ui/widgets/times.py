"""Times of day, as this computer writes them, and how long things took."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QDateTime, QLocale

from app.core.i18n import language
from app.core.wording.durations import seconds_words

_NO_BREAK: Final = "\u00a0"
_AS_SEEN: Final = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u00a0\u202f", "01234567890123456789  ", "\u200e\u200f\u061c"
)
"""All other numbers of the window are in these digits, as ``app.core.conventions`` says; what can't
be seen in a time would be told by its name."""


def time_of_day(moment: datetime) -> str:
    """Return the time of ``moment`` on this computer's clock, with the day where it isn't today."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()
    short = QLocale.FormatType.ShortFormat
    locale = _locale()
    if local.date() == QDateTime.currentDateTime().date():
        return locale.toString(local.time(), short).translate(_AS_SEEN)
    return locale.toString(local, short).translate(_AS_SEEN)


def day_and_time(moment: datetime) -> str:
    """Return day and time of ``moment`` on this computer's clock, the month by its name."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()
    return _locale().toString(local, "d MMMM yyyy, HH:mm").translate(_AS_SEEN)


def time_taken(seconds: float) -> str:
    """Return how long something took; where a line ends, number and unit stay together."""
    return seconds_words(seconds).replace(" ", _NO_BREAK)


def _locale() -> QLocale:
    """Return who writes times: the system's locale, where it is in the installed language."""
    system, own = QLocale.system(), QLocale(language())
    return system if system.language() == own.language() else own
