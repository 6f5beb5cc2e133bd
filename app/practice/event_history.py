"""CloudTrail's event history: what was done in each account and region, for whoever looks it up.

Source: AWS CloudTrail API Reference, "LookupEvents". An event shows some time after it happened
(``app.practice.pace``); those of one region are told newest first.
"""

import bisect
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

Place = tuple[str, str]
"""An account and a region."""


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event: what LookupEvents tells of it, and when it happened (``at``, UTC).

    ``resources`` are types and names; ``record`` is the whole record, as JSON text.
    """

    id: str
    name: str
    at: datetime
    source: str
    read_only: bool
    record: str = field(repr=False)
    username: str | None = None
    access_key_id: str | None = None
    resources: tuple[tuple[str, str], ...] = ()

    def values_of(self, attribute: str) -> tuple[str | None, ...]:
        """Return what a lookup attribute is compared with."""
        values: Mapping[str, tuple[str | None, ...]] = {
            "AccessKeyId": (self.access_key_id,),
            "EventId": (self.id,),
            "EventName": (self.name,),
            "EventSource": (self.source,),
            "ReadOnly": ("true" if self.read_only else "false",),
            "ResourceName": tuple(name for _, name in self.resources),
            "ResourceType": tuple(kind for kind, _ in self.resources),
            "Username": (self.username,),
        }
        return values[attribute]


ATTRIBUTES: Final = frozenset(
    {
        "AccessKeyId",
        "EventId",
        "EventName",
        "EventSource",
        "ReadOnly",
        "ResourceName",
        "ResourceType",
        "Username",
    }
)
"""What events can be looked up by."""


@dataclass(frozen=True, slots=True, order=True)
class EventPlace:
    """Where an event stands in the history: by its second, and then in the order of recording."""

    second: int
    number: int


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are wanted: ``attribute`` a name and value, the times in whole seconds."""

    attribute: tuple[str, str] | None = None
    start: int | None = None
    end: int | None = None

    def takes(self, place: EventPlace, event: RecordedEvent) -> bool:
        """Return whether ``event`` is wanted."""
        if self.start is not None and place.second < self.start:
            return False
        if self.end is not None and place.second > self.end:
            return False
        return self.attribute is None or self.attribute[1] in event.values_of(self.attribute[0])


@dataclass(slots=True)
class RecordedEvents:
    """The events of every account and region, and how many lookups there may be now."""

    _events: dict[Place, list[tuple[EventPlace, RecordedEvent]]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _lookups: dict[Place, tuple[float, datetime]] = field(default_factory=dict)

    def add(self, where: Place, event: RecordedEvent) -> None:
        """Record ``event``, which may have happened long ago."""
        place = EventPlace(int(event.at.timestamp()), next(self._numbers))
        bisect.insort(
            self._events.setdefault(where, []), (place, event), key=lambda entry: entry[0]
        )

    def wanted(
        self, where: Place, query: EventQuery, before: EventPlace | None, shown_until: datetime
    ) -> Iterator[tuple[EventPlace, RecordedEvent]]:
        """Yield the wanted events that happened by ``shown_until``, newest first.

        Those that stand ``before`` a place of the history, where one is given.
        """
        for place, event in reversed(self._events.get(where, [])):
            if event.at > shown_until or (before is not None and place >= before):
                continue
            if query.takes(place, event):
                yield place, event

    def too_many(self, where: Place, now: datetime, a_second: int) -> bool:
        """Return whether there were more lookups than ``a_second`` just now; else count this.

        As AWS throttles: so many at once, after which each has to wait for its turn (Amazon EC2
        Developer Guide, "Request throttling": a token bucket).
        """
        left, at = self._lookups.get(where, (float(a_second), now))
        left = min(a_second, left + a_second * max(0.0, (now - at).total_seconds()))
        is_allowed = left >= 1
        self._lookups[where] = (left - 1 if is_allowed else left, now)
        return not is_allowed

    def let_pass(self, time: timedelta) -> None:
        """Let everything recorded so far have happened ``time`` earlier."""
        for where, events in self._events.items():
            self._events[where] = [_earlier(place, event, time) for place, event in events]

    def clear(self) -> None:
        """Forget everything."""
        self._events.clear()
        self._lookups.clear()


def _earlier(
    place: EventPlace, event: RecordedEvent, time: timedelta
) -> tuple[EventPlace, RecordedEvent]:
    at = event.at - time
    record = json.dumps({**json.loads(event.record), "eventTime": event_time(at)})
    earlier = EventPlace(int(at.timestamp()), place.number)
    return earlier, replace(event, at=at, record=record)


def event_time(at: datetime) -> str:
    """Return a time as CloudTrail's records write it: whole seconds, in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
