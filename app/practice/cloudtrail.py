"""CloudTrail of the practice AWS: its event history, looked up as on AWS.

Source: AWS CloudTrail API Reference, "LookupEvents" and "Common Errors": one lookup attribute, at
most 50 events a page, two lookups a second in an account and region.
"""

import base64
import hashlib
import itertools
import json
from collections.abc import Mapping
from typing import Any, Final

from app.practice import authority
from app.practice.event_history import ATTRIBUTES, EventPlace, EventQuery, RecordedEvent
from app.practice.exchange import HttpAnswer
from app.practice.faults import THROTTLING
from app.practice.needs import Needed
from app.practice.refusal import RefusedError, refuse
from app.practice.visit import SignedCall

_MOST: Final = 50


def serve(signed: SignedCall) -> HttpAnswer:
    """Answer one request to CloudTrail.

    Raises ``RefusedError`` where AWS would refuse it.
    """
    action = signed.call.header("x-amz-target").rpartition(".")[2]
    if action != "LookupEvents":
        raise signed.not_offered(f"cloudtrail:{action}")
    where = (signed.sign_in.account, signed.signature.region)
    ledger = signed.ledger
    most = ledger.pace.lookups_a_second
    if most is not None and ledger.events.too_many(where, signed.now, most):
        raise RefusedError(THROTTLING["cloudtrail"])
    authority.require(signed, Needed("cloudtrail:LookupEvents", "*"))
    asked = signed.call.json
    if asked.get("EventCategory") is not None:
        return _insights(asked["EventCategory"])
    query, most_events = _query(asked), _most_events(asked)
    wanted = ledger.events.wanted(
        where, query, _before(asked, query), signed.now - ledger.pace.events_after
    )
    page = list(itertools.islice(wanted, most_events + 1))
    told: dict[str, object] = {"Events": [_told(event) for _, event in page[:most_events]]}
    if len(page) > most_events:
        told["NextToken"] = _token(page[most_events - 1][0], query)
    return _json(told)


def _insights(category: object) -> HttpAnswer:
    """Tell of insights, which nothing here has led to."""
    if category != "insight":
        raise refuse("InvalidEventCategoryException", f"Invalid event category: {category}")
    return _json({"Events": []})


def _query(asked: Mapping[str, Any]) -> EventQuery:
    attributes = asked.get("LookupAttributes") or []
    if len(attributes) > 1:
        raise _wrong_attributes("Only one lookup attribute can be given.")
    attribute = None
    if attributes:
        attribute = (str(attributes[0].get("AttributeKey")), attributes[0].get("AttributeValue"))
        if attribute[0] not in ATTRIBUTES or not attribute[1]:
            raise _wrong_attributes(f"{attribute[0]} with this value is no lookup attribute.")
    start, end = (_second(asked.get(name)) for name in ("StartTime", "EndTime"))
    if start is not None and end is not None and start > end:
        raise _wrong_times("The start time is after the end time.")
    return EventQuery(attribute, start, end)


def _second(time: object) -> int | None:
    if time is None:
        return None
    if isinstance(time, bool) or not isinstance(time, int | float):
        raise _wrong_times("A time is not a number of seconds since 1970.")
    return int(time)


def _most_events(asked: Mapping[str, Any]) -> int:
    most = asked.get("MaxResults", _MOST)
    if not isinstance(most, int) or not 1 <= most <= _MOST:
        raise refuse("InvalidMaxResultsException", f"MaxResults must be from 1 to {_MOST}.")
    return most


def _wrong_attributes(sentence: str) -> RefusedError:
    return refuse("InvalidLookupAttributesException", sentence)


def _wrong_times(sentence: str) -> RefusedError:
    return refuse("InvalidTimeRangeException", sentence)


def _token(last: EventPlace, query: EventQuery) -> str:
    """Return the way to the page that follows; it is good for the same query alone."""
    text = json.dumps([_digest(query), last.second, last.number])
    return base64.b64encode(text.encode()).decode()


def _before(asked: Mapping[str, Any], query: EventQuery) -> EventPlace | None:
    token = asked.get("NextToken")
    if token is None:
        return None
    try:
        digest, second, number = json.loads(base64.b64decode(str(token), validate=True))
        place = EventPlace(int(second), int(number))
    except (TypeError, ValueError):
        digest, place = None, EventPlace(0, 0)
    if digest != _digest(query):
        raise refuse("InvalidNextTokenException", "Invalid NextToken.")
    return place


def _digest(query: EventQuery) -> str:
    return hashlib.sha256(repr(query).encode()).hexdigest()


def _told(event: RecordedEvent) -> dict[str, object]:
    told: dict[str, object | None] = {
        "EventId": event.id,
        "EventName": event.name,
        "ReadOnly": "true" if event.read_only else "false",
        "AccessKeyId": event.access_key_id,
        "EventTime": int(event.at.timestamp()),
        "EventSource": event.source,
        "Username": event.username,
        "Resources": [
            {"ResourceType": kind, "ResourceName": name} for kind, name in event.resources
        ],
        "CloudTrailEvent": event.record,
    }
    return {name: value for name, value in told.items() if value is not None}


def _json(content: Mapping[str, object]) -> HttpAnswer:
    body = json.dumps(content).encode()
    return HttpAnswer(200, (("Content-Type", "application/x-amz-json-1.1"),)).with_body(body)
