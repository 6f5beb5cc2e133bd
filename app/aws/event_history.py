"""CloudTrail's event history: UbiQuity's visits, and how the role's trust policy was written.

The history is on in every account, for 90 days, in each region by itself. An AssumeRole is recorded
where the STS endpoint is that was called: UbiQuity's connector calls that of a bucket's region, or
the global one, whose calls are recorded in us-east-1, or since 2025 in the region of the caller,
which is not known; the region of the role's last use tells of it. Source: IAM User Guide, "Manage
AWS STS in an AWS Region", "Recording global endpoint requests". IAM's own events are in us-east-1
alone (IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail").

Records are other people's text: what is no JSON, lacks a key or belongs to another account, role or
service is passed over. External IDs are compared here and go nowhere.
"""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, TypeVar

from app.aws.calls import Calls
from app.aws.clients import Clients
from app.aws.transport.core_sessions import HOME_REGION
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.flow.clocks import Seconds, Sleep
from app.flow.ports import TrustWritten, Visit, Visits

LOOK_UP: Final = "cloudtrail:LookupEvents"

NOT_ASKED: Final = "NotAsked"
"""The code where CloudTrail is not that of the account which IAM tells of."""

MOST_PAGES: Final = 6
"""Pages of 50 events that are looked through, of a region and a kind of event: services of a busy
account assume roles thousands of times a day."""

_A_PAGE: Final = 50
_AT_ONCE: Final = 2
_WITHIN: Final = 1.0
"""Seconds: "The rate of lookup requests is limited to two per second, per account, per Region"
(CloudTrail API Reference, LookupEvents)."""

_WRITTEN_BY: Final = {
    "UpdateAssumeRolePolicy": "policyDocument",
    "CreateRole": "assumeRolePolicyDocument",
}
"""The events that a trust policy is written by, and where in the request it stands."""

_REQUEST_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_SESSION_NAME: Final = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
"""STS API Reference, AssumeRole, RoleSessionName."""

T = TypeVar("T")
Record = Mapping[str, object]
_Page = tuple[list[T], str | None]


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
        ID is found.
        """
        regions = tuple(dict.fromkeys((*(b.region for b in draft.buckets), *also, HOME_REGION)))

        def read(region: str) -> Callable[[Record], Visit | None]:
            return lambda record: _visit(record, draft, region, since)

        looks = await asyncio.gather(
            *(
                self._look(region, "AssumeRole", since, read(region), _is_right)
                for region in regions
            )
        )
        visits = [visit for found, _, _ in looks for visit in found]
        visits.sort(key=lambda visit: visit.at, reverse=True)
        failures = (failure for _, failure, _ in looks if failure is not None)
        complete = all(is_whole for _, _, is_whole in looks)
        return Visits(tuple(visits), tuple(failures), complete, regions)

    async def trust_written(
        self, draft: Draft, since: datetime
    ) -> TrustWritten | AwsFailure | None:
        """Return how the role's trust policy was last written; as in ``app.flow.ports``.

        Whatever is written anew is written after the making of the role, so that is asked for only
        where nothing was: each request takes half a second of what AWS allows.
        """
        for name in _WRITTEN_BY:
            writing = _writing(draft, name, since)
            found, failure, is_whole = await self._look(HOME_REGION, name, since, writing, _is_any)
            if failure is not None:
                return failure
            if found:
                return max(found, key=lambda each: each.at)
            if not is_whole:
                return AwsFailure(LOOK_UP, "TooManyEvents", "There are more events than are read.")
        return None

    async def _look(
        self,
        region: str,
        event_name: str,
        since: datetime,
        read: Callable[[Record], T | None],
        is_enough: Callable[[T], bool],
    ) -> tuple[list[T], AwsFailure | None, bool]:
        """Return what ``read`` makes of the events of a name, why not, and whether that is all.

        It is where one of them ``is_enough``: what is older tells no more.
        """
        found: list[T] = []
        token: str | None = None
        asked: dict[str, object] = {
            "LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": event_name}],
            "StartTime": since,
            "MaxResults": _A_PAGE,
        }
        for _ in range(MOST_PAGES):
            page = await self._page(region, asked, read)
            if isinstance(page, AwsFailure):
                return found, replace(page, params={**page.params, "region": region}), True
            told, following = page
            found += told
            if any(map(is_enough, found)) or following is None or following == token:
                return found, None, True
            token = following
            asked = {**asked, "NextToken": token}
        return found, None, False

    async def _page(
        self, region: str, asked: Record, read: Callable[[Record], T | None]
    ) -> _Page[T] | AwsFailure:
        """Return a page as it was read, in the thread that asked: records can be many and long."""

        def work() -> _Page[T] | AwsFailure:
            return _read_page(self._calls.clients, region, asked, read)

        await self._wait_for_a_turn(region)
        page = await self._calls.run(LOOK_UP, work)
        if isinstance(page, AwsFailure) and page.finding == "env.throttled":
            # Others in the account look things up as well, and all share what AWS allows.
            await self._sleep(_WITHIN)
            await self._wait_for_a_turn(region)
            page = await self._calls.run(LOOK_UP, work)
        return page

    async def _wait_for_a_turn(self, region: str) -> None:
        """Wait until one more request in ``region`` is within what AWS allows."""
        asked, now = self._asked[region], self._seconds()
        turn = now if len(asked) < _AT_ONCE else max(now, asked[0] + _WITHIN)
        asked.append(turn)
        if turn > now:
            await self._sleep(turn - now)


def _read_page(
    clients: Clients, region: str, asked: Record, read: Callable[[Record], T | None]
) -> _Page[T] | AwsFailure:
    """Ask for a page and return what ``read`` makes of its records, and where the next starts."""
    if not clients.has_event_history(region):
        return AwsFailure(LOOK_UP, NOT_ASKED, "IAM is asked elsewhere than at AWS, CloudTrail not.")
    page = clients.cloudtrail(region).lookup_events(**asked)
    told = [each for each in map(read, _records(page)) if each is not None]
    token = page.get("NextToken")
    return told, token if isinstance(token, str) else None


def _records(page: Record) -> Iterator[Record]:
    """Yield the records of a page that can be read, each as CloudTrail wrote it."""
    events = page.get("Events")
    for event in events if isinstance(events, list) else ():
        text = event.get("CloudTrailEvent") if isinstance(event, Mapping) else None
        record = _json(text)
        if isinstance(record, Mapping):
            yield record


def _json(text: object) -> object:
    """Return what a JSON text holds; None for what is none."""
    if not isinstance(text, str):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _visit(record: Record, draft: Draft, region: str, since: datetime) -> Visit | None:
    """Return the visit of UbiQuity's that a record tells of; None where it tells of another."""
    who, asked = _mapping(record, "userIdentity"), _mapping(record, "requestParameters")
    is_ubiquity = who.get("type") == "AWSAccount" and who.get("accountId") == UBIQUITY_ACCOUNT
    is_ours = asked.get("roleArn") == role_arn(draft.account_id)
    at = _moment(record, since)
    if not (is_ubiquity and is_ours and _worked(record, "sts", "AssumeRole")) or at is None:
        return None
    return Visit(
        at,
        region,
        _external_id(asked, draft),
        _text(record, "requestID", _REQUEST_ID),
        _text(asked, "roleSessionName", _SESSION_NAME),
    )


def _external_id(asked: Record, draft: Draft) -> str:
    sent = asked.get("externalId")
    if sent is None:
        return "none"
    return "right" if sent == draft.database_id else "wrong"


def _writing(
    draft: Draft, event_name: str, since: datetime
) -> Callable[[Record], TrustWritten | None]:
    def read(record: Record) -> TrustWritten | None:
        asked, at = _mapping(record, "requestParameters"), _moment(record, since)
        is_ours = asked.get("roleName") in (ROLE_NAME, role_arn(draft.account_id))
        if not (is_ours and _worked(record, "iam", event_name)) or at is None:
            return None
        return TrustWritten(at, _json(asked.get(_WRITTEN_BY[event_name])))

    return read


def _worked(record: Record, service: str, event_name: str) -> bool:
    """Tell whether a record is of a call of that name that AWS did."""
    is_it = (record.get("eventSource"), record.get("eventName")) == (
        f"{service}.amazonaws.com",
        event_name,
    )
    return is_it and not record.get("errorCode") and not record.get("errorMessage")


def _moment(record: Record, since: datetime) -> datetime | None:
    """Return when it happened (UTC); None before ``since``, and where no time is told."""
    text = record.get("eventTime")
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        return None
    moment = moment.astimezone(UTC)
    return moment if moment >= since.replace(microsecond=0) else None


def _mapping(record: Record, key: str) -> Record:
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(record: Record, key: str, shape: re.Pattern[str]) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and shape.fullmatch(value) else None


def _is_right(visit: Visit) -> bool:
    return visit.external_id == "right"


def _is_any(_written: object) -> bool:
    return True
