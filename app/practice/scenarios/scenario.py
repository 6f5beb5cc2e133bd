"""What a rehearsal is: a code of the catalogue, the draft to use, and the way to sign in."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from app.core.change import Change
from app.core.draft import Draft
from app.practice.scenarios.sign_ins import TraineeSignIn
from app.practice.scenarios.stage import RehearsalStage

if TYPE_CHECKING:
    from app.practice.server import PracticeAws


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
    """One rehearsal. ``title`` says what is wrong, or what there is to see.

    ``code`` is the finding it leads to; where it leads to none, a name of its own.
    """

    code: str
    title: str
    arrange: Callable[[RehearsalStage], None] = field(repr=False)
    seen: Seen = Seen.CHECK


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A scenario that has been set up: what to fill in and how to sign in.

    ``change`` is the change that AWS will not make, where the finding shows only then. To be
    closed at the end; a context manager too.
    """

    scenario: Scenario
    draft: Draft
    sign_in: TraineeSignIn
    change: Change | None = None
    props: ExitStack = field(default_factory=ExitStack, repr=False)

    def close(self) -> None:
        """Take away what stands around the practice AWS: servers and files of this rehearsal."""
        self.props.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def set_up(scenario: Scenario, aws: "PracticeAws") -> Rehearsal:
    """Start the practice AWS afresh and set ``scenario`` up in it by real calls.

    Blocks for a second or so. ``aws`` has been started; the rehearsal is to be closed, and
    ``aws`` to be reset, when it is over.
    """
    aws.reset()
    stage = RehearsalStage(aws)
    try:
        scenario.arrange(stage)
    except BaseException:
        stage.props.close()
        raise
    return Rehearsal(scenario, stage.draft, stage.sign_in, stage.change, stage.props)
