"""Where a person stands in the set-up: one frozen value that the window is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.change import Plan
from app.core.details import DetailsCheck, DetailsForm
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.problem import Problem
from app.core.snapshot import Snapshot
from app.flow.checking import CheckedAccount
from app.flow.connection_test import ConnectionResult
from app.flow.create import ChangeProgress
from app.flow.ports import SignedIn


class Flow(StrEnum):
    """What a person came for: each is a list of pages (``app.flow.pages.FLOWS``)."""

    SETUP = "setup"
    CHECK = "check"
    EXPLAIN = "explain"


class Method(StrEnum):
    """How the AWS side is done ("How to do it")."""

    CREATE = "create"
    CONSOLE = "console"
    HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class Creation:
    """What became of "Create it for me": the plan, and each change's progress."""

    snapshot: Snapshot
    plan: Plan
    progress: tuple[ChangeProgress, ...] = ()
    running: bool = False
    finished: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class SavedSession:
    """What can be gone on with."""

    page: str
    details: DetailsForm
    method: Method | None
    done: frozenset[str]

    @property
    def worth_resuming(self) -> bool:
        """Whether anything was typed or chosen at all."""
        return self.details != DetailsForm() or self.method is not None


@dataclass(frozen=True, slots=True)
class SetupState:
    """The whole of the set-up.

    ``touched`` are the fields whose messages are shown (left, or Next pressed), ``remarks``
    what was done to a pasted value. ``done`` holds the pages that the person ticked. Of these,
    ``page``, ``details``, ``method`` and ``done`` outlive the program; nothing else does.
    """

    check: DetailsCheck
    page: str = "welcome"
    flow: Flow = Flow.SETUP
    details: DetailsForm = field(default_factory=DetailsForm)
    touched: frozenset[str] = frozenset()
    remarks: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    method: Method | None = None
    done: frozenset[str] = frozenset()
    busy: str | None = None
    """What is being done right now, in words; Next and Back wait for it."""
    failure: AwsFailure | None = None
    """Why the last thing asked of AWS on this page did not work."""
    signed_in: SignedIn | None = None
    creation: Creation | None = None
    result: ConnectionResult | None = None
    told: "Told | None" = None
    checked: CheckedAccount | None = None
    """The account as it was last read, with its report."""
    error_text: str = ""
    """What was pasted as an error from UbiQuity."""
    practice: bool = False
    resumable: SavedSession | None = None
    """What an earlier start left behind, until the person says to go on or to start anew."""

    @property
    def draft(self) -> Draft | None:
        """The draft, where nothing in the details is wrong."""
        return self.check.draft


@dataclass(frozen=True, slots=True)
class Told:
    """What UbiQuity's own Test Connection answered, as the person tells it."""

    worked: bool
    answer: str
    """``success``, or one of the guide's troubleshooting headings."""
