"""How long it took to know of a link of the chain what is known."""

from collections.abc import Mapping, Sequence
from typing import Final

from app.core.diagnosis.chain import UNKNOWN_STATES, LinkStatus
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.report import Evidence
from app.flow.checking import CheckedAccount
from app.flow.connection.checks import PROBE_KINDS, CheckKind, ConnectionResult
from app.flow.connection.tester import Tester

_TRIED: Final[Mapping[ChainLink, tuple[CheckKind, ...]]] = {
    ChainLink.UBIQUITY: (CheckKind.ASSUME,),
    ChainLink.ROLE: (CheckKind.ASSUME,),
    ChainLink.TRUST: (CheckKind.ASSUME,),
    ChainLink.PERMISSIONS: PROBE_KINDS,
    ChainLink.BUCKET: (CheckKind.LIST,),
    ChainLink.KEY: (CheckKind.PROBE_WRITE, CheckKind.PROBE_READ),
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
        if result is None or result.tester is Tester.CUSTOMER:
            return None  # it was seen in another way than by the test
        return _seconds_of(_TRIED.get(status.link, ()), result)
    return checked.seconds.get(status.link)


def _seconds_of(kinds: Sequence[CheckKind], result: ConnectionResult) -> float | None:
    times = [result.seconds_of(kind) for kind in kinds]
    measured = [seconds for seconds in times if seconds is not None]
    return sum(measured) if measured and len(measured) == len(times) else None
