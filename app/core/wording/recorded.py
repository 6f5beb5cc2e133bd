"""What AWS's own records tell of the role's use and of UbiQuity's visits, in words.

Times, regions and permissions are nobody's values: they stand in the sentences and are not masked.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from app.core.i18n import mark, tr
from app.core.observation import Observation
from app.core.snapshot import LastUse
from app.core.wording.facts import listed
from app.core.wording.moments import moment_words

LOOK_UP: Final = "cloudtrail:LookupEvents"

_WITHOUT: Final = "none"
_SEEN: Final = {
    "right": mark("On {time} UbiQuity assumed the role, with your External ID."),
    "wrong": mark(
        "On {time} UbiQuity assumed the role with another External ID than the one in your "
        "details. Compare it with the UbiQuity Account ID in UbiQuity: it may be that of another "
        "database."
    ),
    _WITHOUT: mark("On {time} UbiQuity assumed the role without an External ID."),
}


def last_use_words(use: LastUse | None) -> str:
    """Return when and where the role was last used, whoever used it; None is not read."""
    if use is None:
        return tr("When the role was last used was not read.")
    if use.at is None:
        return tr("The role was not used in the last 400 days, as far as AWS has recorded by now.")
    template = (
        tr("The role was last used on {time}, in {region}.")
        if use.region
        else tr("The role was last used on {time}.")
    )
    return template.format(time=moment_words(use.at), region=use.region)


def seen_words(visit: Observation) -> str:
    """Return that UbiQuity was let in, as CloudTrail has it."""
    return tr(_SEEN[visit.external_id or _WITHOUT]).format(time=moment_words(visit.at))


def earlier_words(at: datetime, moment: Callable[[datetime], str] = moment_words) -> str:
    """Return that UbiQuity was let in at a time that says nothing of today.

    ``moment`` is how times are written there; the window has this computer's own way.
    """
    template = tr(
        "UbiQuity assumed the role ({time}). The role or its trust policy may have been changed "
        "since, so that proves nothing of them today."
    )
    return template.format(time=moment(at))


def none_seen_words(since: datetime) -> str:
    """Return that nothing of UbiQuity's is recorded from ``since`` on, and what that proves."""
    template = tr(
        "CloudTrail has no record of UbiQuity since {time}. That proves nothing: it records "
        "successes only, at times 15 minutes late."
    )
    return template.format(time=moment_words(since))


def not_all_looked_through() -> str:
    """Return that there may be visits that were not found."""
    return tr(
        "There are more events in CloudTrail than this program looks through. Visits from "
        "earlier on may be among them."
    )


def may_not_look_words(regions: Sequence[str]) -> str:
    """Return that the sign-in may not look into the event history of ``regions``."""
    template = tr(
        "Your sign-in may not look up in {regions} whether UbiQuity was there. Nothing else "
        "depends on it. Who may allow it adds the permission {permission}."
    )
    return template.format(regions=listed(regions), permission=LOOK_UP)


def organization_hides_words(regions: Sequence[str]) -> str:
    """Return that a rule of the organisation hides the event history of ``regions``."""
    template = tr(
        "Your organisation’s rules in AWS do not let your sign-in look up in {regions} whether "
        "UbiQuity was there. Nothing else depends on it. Only the person who looks after your "
        "AWS organisation can allow it, by leaving {permission} out of the rule."
    )
    return template.format(regions=listed(regions), permission=LOOK_UP)


def not_told_words(regions: Sequence[str]) -> str:
    """Return that ``regions`` did not tell whether UbiQuity was there."""
    template = tr(
        "CloudTrail did not tell in {regions} whether UbiQuity was there. Nothing else depends on "
        "it. Check again later if you want to know."
    )
    return template.format(regions=listed(regions))


def nothing_told_words() -> str:
    """Return that the event history told nothing, wherever it was asked."""
    return tr(
        "CloudTrail did not tell whether UbiQuity was there. Nothing else depends on it. Check "
        "again later if you want to know."
    )
