"""What a rehearsal is: a code of the catalogue, the draft to use, and the way to sign in."""

from collections.abc import Callable, Mapping, MutableMapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.core.change import Change
from app.core.draft import Draft
from app.practice.account import Keys

if TYPE_CHECKING:
    from app.practice.scenarios.stage import RehearsalStage


class Seen(StrEnum):
    """When the finding of a rehearsal shows."""

    CHECK = "check"
    """As soon as the account is read."""
    CONNECTION_TEST = "connection-test"
    """Once UbiQuity's own identity has tried to connect."""
    CHANGE = "change"
    """Once a change is made, or tried."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One rehearsal. ``code`` is the finding it leads to; ``title`` says what is wrong."""

    code: str
    title: str
    arrange: "Callable[[RehearsalStage], None]" = field(repr=False)
    seen: Seen = Seen.CHECK


@dataclass(frozen=True, slots=True)
class WithKeys:
    """Sign in with these keys at one address, deaf to the AWS settings of this computer.

    ``patience`` is how many seconds to wait for an answer, where that has to be short.
    """

    endpoint_url: str
    keys: Keys
    patience: float | None = None


@dataclass(frozen=True, slots=True)
class WithSettings:
    """Sign in as the AWS tools of this computer would, with other settings than it has.

    ``profile`` is the profile to name, None for the default. ``environment`` are the variables
    to set, None for those that must not be set.
    """

    profile: str | None
    environment: Mapping[str, str | None]

    def put_into(self, environ: MutableMapping[str, str]) -> None:
        """Change ``environ`` so that the AWS tools find these settings and no others."""
        # First all that must go: on Windows a variable has one name in upper and lower case.
        for name in self.environment:
            environ.pop(name, None)
        environ.update({name: text for name, text in self.environment.items() if text is not None})


SignInWay = WithKeys | WithSettings
"""How to sign in for a rehearsal."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A scenario that has been set up: what to fill in and how to sign in.

    ``change`` is the change that AWS will not make, where the finding shows only then. To be
    closed at the end; a context manager too.
    """

    scenario: Scenario
    draft: Draft
    sign_in: SignInWay
    change: Change | None = None
    props: ExitStack = field(default_factory=ExitStack, repr=False)

    def close(self) -> None:
        """Take away what stands around the practice AWS: servers and files of this rehearsal."""
        self.props.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
