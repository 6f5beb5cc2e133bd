"""What the program notes of itself in its log: typed events, and nothing that anybody wrote.

Each field has a shape that its values must have; no account, bucket, file, External ID or secret
has any of them. What has another shape is noted as ``?``, so that a mistake of ours, or a strange
server's answer, tells nothing either.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeAlias

from app.core.call_record import CallRecord
from app.core.frozen import frozen


class Face(StrEnum):
    """How the program was started: which window it opened, or a command."""

    REAL = "real"
    PRACTICE = "practice"
    REHEARSAL = "rehearsal"
    COMMAND = "command"


class Kept(StrEnum):
    """What the program keeps on this computer."""

    SETTINGS = "settings"
    SESSION = "session"
    RECEIPT = "receipt"
    REPORT = "report"


@frozen
class Began:
    """The program started: its version, and what it runs on."""

    face: Face
    version: str
    python: str
    system: str
    packaged: bool


@frozen
class Shown:
    """A page came up, of a use case (``flow``)."""

    flow: str
    page: str


@frozen
class Commanded:
    """A command that has to do with an AWS account began, by its name."""

    command: str


@frozen
class Crashed:
    """The program made a mistake: the kind of exception, and where in the code (``file:line``)."""

    kind: str
    place: str


@frozen
class CrashedBefore:
    """An earlier start ended in a crash of the process; where in the code, if that is known."""

    place: str


@frozen
class Woke:
    """The computer slept, or the process was stopped, for so many seconds."""

    seconds: int


@frozen
class NotKept:
    """The disk refused; ``reason`` is the name of the system's error (``ENOSPC``)."""

    what: Kept
    reason: str


@frozen
class HandedOver:
    """Another start handed over so many files, and ended."""

    files: int


@frozen
class Lost:
    """So many events before this one could not be written."""

    events: int


@frozen
class Ended:
    """The program ended, with the process's exit status."""

    status: int


Event: TypeAlias = (
    Began
    | Shown
    | Commanded
    | CallRecord
    | Crashed
    | CrashedBefore
    | Woke
    | NotKept
    | HandedOver
    | Lost
    | Ended
)

_WORD: Final = "[a-z][a-z-]{0,30}"
_VERSION: Final = r"\d{1,4}(\.\d{1,5}){1,3}([a-z]{1,3}\d{0,3})?"

SHAPES: Final[Mapping[str, str]] = {
    "face": _WORD,
    "command": _WORD,
    "version": _VERSION,
    "python": _VERSION,
    # "Linux 6.1.0-18-amd64 (x86_64)": the system, the beginning of its release, the processor.
    "system": r"(Linux|Darwin|Windows) \d{1,4}(\.\d{1,4}){0,2} \((x86_64|AMD64|arm64|aarch64)\)",
    "packaged": "True|False",
    "flow": _WORD,
    "page": _WORD,
    "what": _WORD,
    "kind": r"([a-z_]{1,40}\.){0,5}_?[A-Z][A-Za-z]{1,40}",
    "place": r"app/[a-z_/]{1,100}\.py:\d{1,5}",
    "reason": "E[A-Z0-9]{2,12}|other",
    "seconds": r"\d{1,8}(\.\d{1,3})?",
    "files": r"\d{1,4}",
    "events": r"\d{1,8}",
    "status": r"-?\d{1,3}",
    # The permission and the operation, as AWS writes them: the name of a service and a verb.
    "action": r"[a-z0-9-]{2,25}:[A-Z][A-Za-z0-9]{2,60}",
    "operation": r"[a-z0-9-]{2,25}\.[A-Z][A-Za-z0-9]{2,60}",
    "region": r"[a-z]{2}(-[a-z]{2,10}){1,3}-\d",
    "outcome": "refused|failed",
    # A code of AWS begins with a capital, as no bucket does, and has no digits; else HTTP's number.
    "code": r"[A-Z][A-Za-z]{2,60}(\.[A-Z][A-Za-z]{2,60})?|\d{3}",
    "http_status": r"\d{3}",
    # AWS's own forms: a UUID, or sixteen letters and digits of S3's.
    "request_id": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Z]{16}",
    "requests": r"\d{1,5}",
}
"""What a value may look like, whole, by the field's name. What is not here is not noted."""

_OF_A_CALL: Final = (
    "action",
    "operation",
    "region",
    "outcome",
    "code",
    "http_status",
    "request_id",
    "seconds",
    "requests",
)
"""Of a call to AWS. Its bucket, and the second id that S3 gives, are left out."""


def name_of(event: Event) -> str:
    """Return what a line of the log calls an event (``crashed-before``)."""
    if isinstance(event, CallRecord):
        return "call"
    return re.sub("(?<!^)([A-Z])", r"-\1", type(event).__name__).lower()


def fields_of(event: Event) -> dict[str, str]:
    """Return what is noted of an event: each field with a value, in its shape or as ``?``."""
    names = _OF_A_CALL if isinstance(event, CallRecord) else event.__match_args__
    fields = {name: _text(getattr(event, name)) for name in names}
    return {name: _shaped(name, text) for name, text in fields.items() if text}


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _shaped(name: str, text: str) -> str:
    return text if re.fullmatch(SHAPES[name], text, re.ASCII) else "?"
