"""What a request was, as CloudTrail names it: the event's name, its parameters, what came of it.

CloudTrail writes the names of parameters with a small first letter, and lists as lists. Source: AWS
CloudTrail User Guide, "CloudTrail record contents". Secret keys are never recorded.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET

from app.practice.exchange import HttpAnswer
from app.practice.refusal import speaks_json
from app.practice.s3_events import s3_event
from app.practice.visit import SignedCall

IAM_REGION: Final = "us-east-1"
"""Where the events of IAM are, whose endpoint is global."""

_READS: Final = re.compile(
    r"(Get|List|Describe|Lookup|Simulate|Head|Generate|AssumeRole|Decrypt|Encrypt|Verify)"
)
_NUMBERS: Final = frozenset(
    {"DurationSeconds", "MaxItems", "MaxSessionDuration", "PackedPolicySize"}
)
_TIMES: Final = frozenset({"CreateDate", "Expiration", "UpdateDate"})
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
"""In AWS's language, whatever that of this computer is."""
_NEVER_RECORDED: Final = "SecretAccessKey"


@dataclass(frozen=True, slots=True)
class Deed:
    """A management call: its name, parameters, result and region, as CloudTrail records them."""

    name: str
    parameters: Mapping[str, object]
    result: Mapping[str, object] | None
    region: str

    @property
    def read_only(self) -> bool:
        """Whether it changed nothing; CloudTrail counts giving credentials as reading."""
        return _READS.match(self.name) is not None


def deed_of(signed: SignedCall, answer: HttpAnswer) -> Deed | None:
    """Return the management call that ``signed`` was; None for what reads and writes objects."""
    service, region = signed.signature.service, signed.signature.region
    if service == "s3":
        event = s3_event(signed.call)
        return None if event is None else Deed(event.name, event.parameters, None, region)
    if speaks_json(service):
        name = signed.call.header("x-amz-target").rpartition(".")[2]
        return Deed(name, _lowered(signed.call.json), _json_result(name, answer), region)
    form = signed.call.form
    name = form.get("Action", "")
    parameters = {key: text for key, text in form.items() if key not in {"Action", "Version"}}
    return Deed(
        name,
        _nested(parameters),
        _xml_result(name, answer),
        IAM_REGION if service == "iam" else region,
    )


def _json_result(name: str, answer: HttpAnswer) -> Mapping[str, object] | None:
    if _READS.match(name) or not answer.ok or not answer.body:
        return None
    return _lowered(json.loads(answer.body) or {}) or None


def _xml_result(name: str, answer: HttpAnswer) -> Mapping[str, object] | None:
    """Return the result of a call that changed something, or gave credentials."""
    if not answer.ok or (_READS.match(name) and name != "AssumeRole"):
        return None
    root = ET.fromstring(answer.body)  # noqa: S314 - our own answer
    result = next((part for part in root if _tag(part) == f"{name}Result"), None)
    content = _content(result) if result is not None else None
    return content if isinstance(content, dict) else None


def _content(element: ET.Element) -> object:
    parts = [part for part in element if _tag(part) != _NEVER_RECORDED]
    if not parts:
        return _value(_tag(element), element.text)
    if all(_tag(part) == "member" for part in parts):
        return [_content(part) for part in parts]
    return {_lower(_tag(part)): _content(part) for part in parts}


def _value(name: str, text: str | None) -> object:
    """Return a value as CloudTrail writes it: a time as "Jul 18, 2014 4:07:39 PM"."""
    if text is not None and name in _NUMBERS and text.isdecimal():
        return int(text)
    if text is None or name not in _TIMES:
        return text
    at = datetime.fromisoformat(text)
    half = "AM" if at.hour < 12 else "PM"
    return f"{_MONTHS[at.month - 1]} {at.day}, {at.year} {at.hour % 12 or 12}:{at:%M:%S} {half}"


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _nested(form: Mapping[str, str]) -> dict[str, object]:
    """Return the parameters of a form as CloudTrail has them: lists as lists, names lowered."""
    whole: dict[str, object] = {}
    for name, text in form.items():
        *path, last = name.split(".")
        inner = whole
        for part in path:
            step = inner.setdefault(_lower(part), {})
            inner = step if isinstance(step, dict) else {}
        inner[_lower(last)] = _value(last, text)
    return {name: _listed(value) for name, value in whole.items()}


def _listed(value: object) -> object:
    if not isinstance(value, dict):
        return value
    members = value.get("member")
    if isinstance(members, dict):
        return [_listed(member) for member in members.values()]
    return {name: _listed(part) for name, part in value.items()}


def _lowered(content: Mapping[str, object]) -> dict[str, object]:
    return {
        _lower(name): _lowered(value) if isinstance(value, dict) else value
        for name, value in content.items()
        if value is not None
    }


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
