"""CloudTrail's event history: UbiQuity's visits, and how the role's trust policy was written.

The history is on in every account, for 90 days, in each region by itself. An AssumeRole is recorded
where the STS endpoint is that was called: UbiQuity's connector calls that of a bucket's region, or
the global one, whose calls are recorded in us-east-1, or since 2025 in the region of the caller,
which is not known; the region of the role's last use tells of it. Source: IAM User Guide, "Manage
AWS STS in an AWS Region", "Recording global endpoint requests". IAM's own events are in us-east-1
alone (IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail").
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Generic, TypeVar

from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.event_records import WRITTEN_BY, Record, records_of, visit_in, writing_of
from app.aws.transport.core_sessions import HOME_REGION
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import role_arn
from app.flow.clocks import Seconds, Sleep
from app.flow.ports.aws import TrustWritten, Visit, Visits

LOOK_UP: Final = "cloudtrail:LookupEvents"

NOT_ASKED: Final = "NotAsked"
"""The code where CloudTrail is not that of the account which IAM tells of."""

MOST_PAGES: Final = 6
"""Pages of 50 events that are looked through, of a region and a kind of event: services of a busy
account assume roles thousands of times a day."""

_OF_THE_ROLE: Final = 2
"""Pages of the role's own events, which are few."""

_A_PAGE: Final = 50
_AT_ONCE: Final = 2
_WITHIN: Final = 1.0
"""Seconds: "The rate of lookup requests is limited to two per second, per account, per Region"
(CloudTrail API Reference, LookupEvents)."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Search(Generic[T]):
    """What is looked for: ``read`` makes something of the records that are of any use.

    One that ``is_enough`` ends it: what is older tells no more.
    """

    region: str
    attribute: tuple[str, str]
    since: datetime
    read: Callable[[Record], T | None]
    is_enough: Callable[[T], bool]


@dataclass(slots=True)
class _Found(Generic[T]):
    """What came of a search; ``token`` is where the next page starts, None where that was all."""

    found: list[T] = field(default_factory=list)
    failure: AwsFailure | None = None
    token: str | None = None


class EventHistory:
    """Asks the event history of one sign-in's account, never faster than AWS allows."""

    def __init__(
        self, calls: Calls, sleep: Sleep = asyncio.sleep, seconds: Seconds = time.monotonic
    ) -> None:
        self._calls = calls
        self._sleep = sleep
        self._seconds = seconds
        self._asked: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_AT_ONCE))

    async def visits(self, draft: Draft, since: datetime, also: Sequence[str] = ()) -> Visits:
        """Return UbiQuity's visits from ``since`` on; arguments as in ``app.flow.ports``.

        A region is looked through, the latest events first, until a visit with the right External
        ID is found. us-east-1 is looked through last where no bucket is there, and only where no
        such visit was found elsewhere.
        """
        regions = tuple(dict.fromkeys((*(each.region for each in draft.buckets), *also)))
        found = await self._visits_in_all(regions, draft, since)
        if HOME_REGION in regions or any(map(_is_right, found.visits)):
            return found
        # Only the global endpoint is left. IAM's own events are asked for there too, so that its
        # two requests a second are soon used up.
        at_home = await self._visits_in_all((HOME_REGION,), draft, since)
        return Visits(
            _latest_first((*found.visits, *at_home.visits)),
            (*found.failures, *at_home.failures),
            found.complete and at_home.complete,
            (*regions, HOME_REGION),
        )

    async def _visits_in_all(self, regions: Sequence[str], draft: Draft, since: datetime) -> Visits:
        looks = await asyncio.gather(*(self._visits_in(each, draft, since) for each in regions))
        return Visits(
            _latest_first(visit for look in looks for visit in look.found),
            tuple(look.failure for look in looks if look.failure is not None),
            all(look.token is None for look in looks),
            tuple(regions),
        )

    async def _visits_in(self, region: str, draft: Draft, since: datetime) -> _Found[Visit]:
        """Look for visits in a region: among all that assumed a role, then among the role's events.

        Events can be looked up by one attribute alone. Those that name the role are few where those
        of the name are many; but which events name it AWS does not promise, so that none proves
        nothing, and the others are gone through as well.
        """

        def read(record: Record) -> Visit | None:
            return visit_in(record, draft, region, since)

        search = _Search(region, ("EventName", "AssumeRole"), since, read, _is_right)
        look = await self._look(search, most=1)
        if look.token is None:
            return look
        of_role = _Search(
            region, ("ResourceName", role_arn(draft.account_id)), since, read, _is_right
        )
        named = await self._look(of_role, most=_OF_THE_ROLE)
        if named.found and named.token is None and named.failure is None:
            return named
        return await self._look(search, most=MOST_PAGES - 1, begun=look)

    async def trust_written(
        self, draft: Draft, since: datetime
    ) -> TrustWritten | AwsFailure | None:
        """Return how the role's trust policy was last written; as in ``app.flow.ports``.

        Whatever is written anew is written after the making of the role, so that is asked for only
        where nothing was: each request takes half a second of what AWS allows.
        """
        for name in WRITTEN_BY:
            writing = writing_of(draft, name, since)
            search = _Search(HOME_REGION, ("EventName", name), since, writing, _is_any)
            look = await self._look(search, most=MOST_PAGES)
            if look.failure is not None:
                return look.failure
            if look.found:
                return max(look.found, key=lambda each: each.at)
            if look.token is not None:
                return AwsFailure(LOOK_UP, "TooManyEvents", "There are more events than are read.")
        return None

    async def _look(
        self, search: _Search[T], *, most: int, begun: _Found[T] | None = None
    ) -> _Found[T]:
        """Look through up to ``most`` pages, from where ``begun`` ended."""
        found = _Found(list(begun.found), token=begun.token) if begun else _Found[T]()
        for _ in range(most):
            page = await self._page(search, found.token)
            if isinstance(page, AwsFailure):
                found.failure = replace(page, params={**page.params, "region": search.region})
                found.token = None
                return found
            found.found += page.found
            is_over = page.token == found.token or any(map(search.is_enough, page.found))
            found.token = None if is_over else page.token
            if found.token is None:
                return found
        return found

    async def _page(self, search: _Search[T], token: str | None) -> _Found[T] | AwsFailure:
        """Return a page as it was read, in the thread that asked: records can be many and long."""

        def work() -> _Found[T] | AwsFailure:
            return _read_page(self._calls.clients, search, token)

        await self._wait_for_a_turn(search.region)
        page = await self._calls.run(LOOK_UP, work)
        if isinstance(page, AwsFailure) and page.finding == "env.throttled":
            # Others in the account look things up as well, and all share what AWS allows.
            await self._sleep(_WITHIN)
            await self._wait_for_a_turn(search.region)
            page = await self._calls.run(LOOK_UP, work)
        return page

    async def _wait_for_a_turn(self, region: str) -> None:
        """Wait until one more request in ``region`` is within what AWS allows."""
        asked, now = self._asked[region], self._seconds()
        turn = now if len(asked) < _AT_ONCE else max(now, asked[0] + _WITHIN)
        asked.append(turn)
        if turn > now:
            await self._sleep(turn - now)


def _read_page(clients: Clients, search: _Search[T], token: str | None) -> _Found[T] | AwsFailure:
    """Ask for a page and return what the search makes of its records."""
    if not clients.has_event_history(search.region):
        return AwsFailure(LOOK_UP, NOT_ASKED, "IAM is asked elsewhere than at AWS, CloudTrail not.")
    key, value = search.attribute
    asked: dict[str, object] = {
        "LookupAttributes": [{"AttributeKey": key, "AttributeValue": value}],
        "StartTime": search.since,
        "MaxResults": _A_PAGE,
    }
    if token is not None:
        asked["NextToken"] = token
    page = clients.cloudtrail(search.region).lookup_events(**asked)
    told = [each for each in map(search.read, records_of(page)) if each is not None]
    following = page.get("NextToken")
    return _Found(told, token=following if isinstance(following, str) else None)


def _latest_first(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(dict.fromkeys(visits), key=lambda visit: visit.at, reverse=True))


def _is_right(visit: Visit) -> bool:
    return visit.external_id == "right"


def _is_any(_written: object) -> bool:
    return True
