"""Times of day, as this computer writes them."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale


def time_of_day(moment: datetime) -> str:
    """Return the time of ``moment`` on this computer's clock, with the day where it isn't today."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp())).toLocalTime()
    short = QLocale.FormatType.ShortFormat
    locale = QLocale()
    if local.date() == QDateTime.currentDateTime().date():
        return locale.toString(local.time(), short)
    return locale.toString(local, short)
