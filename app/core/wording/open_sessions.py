"""What becomes of the role's sessions that are open when access is taken away, in words."""

from datetime import UTC, datetime, timedelta
from typing import Final

from app.core.change import Plan
from app.core.i18n import mark, ntr, tr
from app.core.revoking.open_sessions import LONGEST_OF_ALL
from app.core.revoking.plan import sessions_end

AT_ONCE: Final = mark("Open sessions end at once.")

BY_THEMSELVES: Final = mark(
    "Open sessions end by themselves: the connector asks for one hour, and a "
    "role may allow up to 12."
)
"""Where nothing is done in AWS."""

AS_LONG_AS_ALLOWED: Final = mark(
    "Open sessions go on for as long as the role allows, which is 1 to 12 "
    "hours, unless you choose to end them as well."
)
"""Where the role was not read."""

_ENDED_TOO: Final = mark(
    "Open sessions are ended as well, including those of others. Others can "
    "sign in again after a minute."
)
_GO_ON: Final = mark(
    "Open sessions may go on for {longest}, as long as the role allows, "
    "unless you choose to end them as well."
)
_GO_ON_AT_MOST: Final = mark(
    "Open sessions may go on for up to {longest}, since it is not known how "
    "long the role allows, unless you choose to end them as well."
)


def lasting(seconds: int) -> str:
    """Return a length of time in hours, or in minutes where it is no whole number of hours."""
    minutes = -(-seconds // 60)
    hours, rest = divmod(minutes, 60)
    if rest:
        return ntr("{count} minute", "{count} minutes", minutes).format(count=minutes)
    return ntr("{count} hour", "{count} hours", hours).format(count=hours)


def sessions_words(plan: Plan, longest: int | None) -> str:
    """Return what becomes of open sessions where ``plan`` leaves the role.

    ``longest`` is the role's own maximum in seconds, None where it was not read.
    """
    if sessions_end(plan):
        return tr(_ENDED_TOO)
    if longest is None:
        whole = lasting(int(LONGEST_OF_ALL.total_seconds()))
        return tr(_GO_ON_AT_MOST).replace("{longest}", whole)
    return tr(_GO_ON).replace("{longest}", lasting(longest))


def until_sentence(until: datetime) -> str:
    """Return until when a session that was opened before may go on."""
    sentence = tr("A session that was opened before may go on until {time} UTC.")
    whole_minute = until.astimezone(UTC) + timedelta(seconds=59)
    return sentence.replace("{time}", f"{whole_minute:%Y-%m-%d %H:%M}")
