"""The chain while a test is made: which checks fill which link in, and what a link waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.core.diagnosis.chain import CHAIN
from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.flow.connection.checks import (
    PROBE_KINDS,
    CheckKind,
    CheckState,
    ConnectionCheck,
    ConnectionResult,
)
from app.flow.connection.tester import Tester

_WAY: Final = (CheckKind.NETWORK, CheckKind.CLOCK, CheckKind.CALLER)

_FILLED_BY: Final[Mapping[Tester, Mapping[ChainLink, tuple[CheckKind, ...]]]] = {
    Tester.CUSTOMER: {
        ChainLink.CALLER: _WAY,
        ChainLink.UBIQUITY: (CheckKind.VISIT,),
        ChainLink.ROLE: (CheckKind.ACCOUNT,),
        ChainLink.TRUST: (CheckKind.ACCOUNT,),
        ChainLink.PERMISSIONS: (CheckKind.ACCOUNT,),
        ChainLink.BUCKET: (CheckKind.REGION, CheckKind.LIST),
        ChainLink.KEY: (CheckKind.ACCOUNT,),
        ChainLink.FILES: (CheckKind.LIST,),
    },
    Tester.UBIQUITY: {
        ChainLink.CALLER: _WAY,
        ChainLink.UBIQUITY: (CheckKind.ASSUME,),
        ChainLink.ROLE: (CheckKind.ASSUME,),
        ChainLink.TRUST: (CheckKind.ASSUME, CheckKind.ASSUME_WITHOUT, CheckKind.ASSUME_WRONG),
        ChainLink.PERMISSIONS: (CheckKind.LIST, CheckKind.READ, CheckKind.OUTSIDE, *PROBE_KINDS),
        ChainLink.BUCKET: (CheckKind.LIST,),
        ChainLink.KEY: (CheckKind.READ, *PROBE_KINDS),
        ChainLink.FILES: (CheckKind.LIST, CheckKind.READ),
    },
}
"""Which checks a link stands on while a test is made, by who makes it."""

_UNDER_WAY: Final = (CheckState.RUNNING, CheckState.SPREADING)
_ENDED: Final = (CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED)


@dataclass(frozen=True, slots=True)
class LinkUnderWay:
    """One link of the chain while a test is made.

    ``kind`` is the check that tells of it now: the first that failed, else the one that runs, else
    the one that it waits for, which of those that were not begun is what keeps it (None once all
    have ended). ``seconds`` is how long its checks took, None before all have ended; ``spreading``
    for how long AWS has been waited for. ``warns`` tells of a failure that breaks nothing,
    ``partly`` that not all was tried that the link needs: nothing was written. ``unneeded`` tells
    that the details name nothing that it could be about.
    """

    link: ChainLink
    state: CheckState
    kind: CheckKind | None = None
    seconds: float | None = None
    spreading: float | None = None
    warns: bool = False
    partly: bool = False
    unneeded: bool = False


def links_under_way(result: ConnectionResult) -> tuple[LinkUnderWay, ...]:
    """Return the links that the checks of ``result`` fill in, in the chain's order.

    Before them stands the way to AWS. A link without a check of its own is none of these.
    UbiQuity itself, where the customer tests and has not seen it, is waited for.
    """
    return tuple(_links(result))


def _links(result: ConnectionResult) -> Iterator[LinkUnderWay]:
    running = [check.kind for check in result.checks if check.state in _UNDER_WAY]
    for link in (ChainLink.CALLER, *CHAIN):
        kinds = _FILLED_BY[result.tester][link]
        checks = [_as_told_of(link, check) for check in result.checks if check.kind in kinds]
        if link is ChainLink.KEY and result.tester is Tester.UBIQUITY:
            checks = [check for check in checks if _tells_of_key(check)]
            if not checks:
                yield LinkUnderWay(link, CheckState.SKIPPED, unneeded=True)
        if CheckKind.VISIT in kinds and all(c.state is CheckState.SKIPPED for c in checks):
            yield LinkUnderWay(link, CheckState.WAITING, CheckKind.VISIT)
        elif checks:
            status = _link(link, checks, running)
            is_partly = status.state is CheckState.PASSED and not _all_tried(link, result)
            yield replace(status, partly=is_partly)


def _tells_of_key(check: ConnectionCheck) -> bool:
    """Tell whether a check of a file tells of a key: where there is one, or where it is in the way.

    UbiQuity can't read how a bucket is encrypted: the details say whether there is a key.
    """
    is_keyed = check.entry is None or check.entry.kms_key_arn is not None
    row = CATALOGUE.get(check.code or "")
    return is_keyed or (row is not None and row.link is ChainLink.KEY)


def _as_told_of(link: ChainLink, check: ConnectionCheck) -> ConnectionCheck:
    """Return what ``check`` tells of ``link``: the account as a whole fails by one of its links."""
    row = CATALOGUE.get(check.code or "")
    fails = check.kind is CheckKind.ACCOUNT and check.state is CheckState.FAILED
    if not fails or row is None or row.link not in CHAIN or row.link is link:
        return check
    return replace(check, state=CheckState.PASSED, code=None)


def _all_tried(link: ChainLink, result: ConnectionResult) -> bool:
    """Tell whether what a link needs was tried in full: to list and to read proves no writing."""
    if result.tester is Tester.CUSTOMER or link not in (ChainLink.PERMISSIONS, ChainLink.KEY):
        return True
    written = [check for check in result.checks if check.kind in PROBE_KINDS]
    return bool(written) and all(check.state is CheckState.PASSED for check in written)


def _link(link: ChainLink, checks: list[ConnectionCheck], running: list[CheckKind]) -> LinkUnderWay:
    telling = (CheckState.FAILED, CheckState.SPREADING, CheckState.RUNNING)
    worst = min((check for check in checks if check.state in telling), key=_weight, default=None)
    if worst is not None:
        return LinkUnderWay(
            link, worst.state, worst.kind, worst.seconds, worst.spreading, worst.is_warning
        )
    if any(check.state is CheckState.WAITING for check in checks):
        return LinkUnderWay(link, CheckState.WAITING, running[0] if running else None)
    passed = any(check.state is CheckState.PASSED for check in checks)
    state = CheckState.PASSED if passed else CheckState.SKIPPED
    times = [check.seconds for check in checks if check.seconds is not None]
    return LinkUnderWay(link, state, None, sum(times) if times else None)


def _weight(check: ConnectionCheck) -> int:
    """Return by what the check that tells of a link is chosen: the worst comes first."""
    order = (CheckState.FAILED, CheckState.SPREADING, CheckState.RUNNING)
    return order.index(check.state) + len(order) * check.is_warning
