"""How long it took to know of a link of the chain what is known."""

from collections.abc import Mapping
from typing import Final

from app.core.diagnosis.chain import UNKNOWN_STATES, LinkStatus
from app.core.diagnosis.codes.catalogue import Link
from app.core.report import Evidence
from app.flow.checking import CheckedAccount
from app.flow.connection.checks import CheckKind, ConnectionResult

_TRIED: Final[Mapping[Link, CheckKind]] = {
    Link.UBIQUITY: CheckKind.ASSUME,
    Link.ROLE: CheckKind.ASSUME,
    Link.TRUST: CheckKind.ASSUME,
    Link.BUCKET: CheckKind.LIST,
}
"""What UbiQuity does for a link to be seen to work."""


def link_seconds(
    status: LinkStatus, checked: CheckedAccount, result: ConnectionResult | None
) -> float | None:
    """Return the seconds of the test where it saw the link, else those of reading its facts.

    None where neither was measured: what a file says, or UbiQuity's own test told, has no time.
    """
    if status.state in UNKNOWN_STATES:
        return None
    if status.evidence is Evidence.VERIFIED:
        kind = _TRIED.get(status.link)
        return result.seconds_of(kind) if result is not None and kind is not None else None
    return checked.seconds.get(status.link)
