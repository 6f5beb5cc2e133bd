"""What the program and the process that counts for it say to each other: one line of JSON each.

Credentials go this way alone: whoever may look at processes sees their arguments and their
environment.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """Credentials, as they are at one moment."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ListingEndpoint:
    """Where a listing is asked for, and how: as botocore has worked it out for the first page.

    ``address`` is the bucket's, without a query; ``region`` and ``service`` are those to sign for;
    ``connection`` is what botocore's HTTP session was made with (timeouts, proxies, certificates).
    """

    address: str
    region: str
    service: str
    user_agent: str
    connection: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has loaded what it needs, and waits for its task."""


@dataclass(frozen=True, slots=True)
class CountTask:
    """What is to be counted: all under ``prefix`` after the key ``after``.

    ``first`` is the first key of the page that ended with ``after``.
    """

    place: ListingEndpoint
    prefix: str
    after: str
    first: str
    keys: SigningKeys


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; ``keys`` are files and markers together. ``done`` is said once, at the end.

    ``request_id`` and ``host_id`` are S3's names for its last answer.
    """

    keys: int
    markers: int
    requests: int
    slowed: bool = False
    done: bool = False
    request_id: str | None = None
    host_id: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page that the process could not get: the program asks for it, and sends what came."""

    after: str
    token: str | None
    max_keys: int


@dataclass(frozen=True, slots=True)
class Given:
    """The page that the program got (a page as ``key_ranges`` has it), and the keys from now on.

    ``marking`` are those of its ``names`` that mark folders.
    """

    names: tuple[str, ...]
    marking: tuple[str, ...]
    truncated: bool
    token: str | None
    keys: SigningKeys

    @property
    def count(self) -> int:
        """Keys of all kinds."""
        return len(self.names)

    @property
    def markers(self) -> int:
        """Those of them that mark folders."""
        return len(self.marking)

    @property
    def first(self) -> str:
        """Its first key; empty where it has none."""
        return self.names[0] if self.names else ""

    @property
    def last(self) -> str:
        """Its last key; empty where it has none."""
        return self.names[-1] if self.names else ""

    def up_to(self, key: str) -> tuple[int, int]:
        """Return how many keys and markers there are up to ``key``, itself included."""
        return sum(name <= key for name in self.names), sum(name <= key for name in self.marking)


@dataclass(frozen=True, slots=True)
class GaveUp:
    """The process can't go on: ``order`` (there is none to split by), ``nowhere`` or ``fault``.

    ``nowhere`` is where a page leads that says that there is more. ``told`` is where in this
    program a fault lies; nothing of what it was working on is in it.
    """

    why: str
    told: str = ""


CountMessage = Ready | CountTask | Progress | PageRequest | Given | GaveUp
M = TypeVar("M", bound=CountMessage)


def line_of(message: CountMessage) -> bytes:
    """Return ``message`` as a line."""
    return json.dumps({type(message).__name__: asdict(message)}).encode() + b"\n"


def read_line(line: bytes) -> CountMessage:
    """Return the message in ``line``. Raises ValueError for what is none."""
    ((name, values),) = json.loads(line).items()
    if name == "CountTask":
        keys = SigningKeys(**values.pop("keys"))
        return CountTask(place=ListingEndpoint(**values.pop("place")), keys=keys, **values)
    if name == "Given":
        names, marking = (tuple(values.pop(part)) for part in ("names", "marking"))
        keys = SigningKeys(**values.pop("keys"))
        return Given(names=names, marking=marking, keys=keys, **values)
    kinds: dict[str, type[Ready | Progress | PageRequest | GaveUp]] = {
        "Ready": Ready,
        "Progress": Progress,
        "PageRequest": PageRequest,
        "GaveUp": GaveUp,
    }
    return kinds[name](**values)
