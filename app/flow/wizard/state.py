"""Where a person stands in the set-up: one frozen value that the window is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.change import Plan
from app.core.choices import Choices
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.details import DetailsCheck, DetailsForm
from app.core.journal import Journal
from app.core.problem import Problem
from app.core.revoking.proof import Proof
from app.core.snapshot import Snapshot
from app.flow.checking import CheckedAccount
from app.flow.connection import ConnectionResult
from app.flow.ports import SignedIn
from app.flow.run.progress import ChangeProgress


class Flow(StrEnum):
    """What a person came for: each is a list of pages (``app.flow.wizard.pages.FLOWS``)."""

    SETUP = "setup"
    CHECK = "check"
    EXPLAIN = "explain"
    REVOKE = "revoke"


class Method(StrEnum):
    """How the AWS side is done ("How to do it")."""

    CREATE = "create"
    CONSOLE = "console"
    HANDOFF = "handoff"


class Revoking(StrEnum):
    """The ways to revoke access ("Revoking access"), and to take back what was done last."""

    DELETE_ROLE = "delete-role"
    CHANGE_TRUST = "change-trust"
    DISABLE = "disable"
    """In UbiQuity, by the person: this program can only tell how."""
    UNDO = "undo"
    """Undo the last run of this program in the account."""


@dataclass(frozen=True, slots=True)
class Run:
    """A plan and what became of it.

    ``snapshot`` is what the plan was made from; None where the run was taken up from a journal.
    ``journal`` is there from the moment the first change is to be made. ``lacking`` are the
    actions that AWS says the sign-in may not do; None where that is not known.
    """

    plan: Plan
    snapshot: Snapshot | None = None
    choices: Choices = field(default_factory=Choices)
    """What the plan was made with; the state's own may be newer for as long as is planned anew."""
    progress: tuple[ChangeProgress, ...] = ()
    running: bool = False
    finished: bool = False
    stopped: bool = False
    journal: Journal | None = None
    undoing: bool = False
    undone: bool = False
    lacking: tuple[str, ...] | None = ()
    receipt_at: str | None = None
    """Where the receipt is kept on this computer."""
    sought: Draft | None = None
    """Revoking: the details that the account was read for, and will be for the proof."""

    @property
    def is_untouched(self) -> bool:
        """Whether nothing of the plan was begun."""
        return self.journal is None and not self.progress

    @property
    def is_complete(self) -> bool:
        """Whether all that the plan can do is in AWS, or nothing had to be done."""
        return self.finished and not self.undone


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
    choices: Choices = field(default_factory=Choices)
    """What was chosen in the review, beside the details."""
    creation: Run | None = None
    """"Create it for me": the plan, and what became of it."""
    revoking: Revoking | None = None
    revocation: Run | None = None
    proof: Proof | None = None
    """What a fresh reading showed after revoking."""
    interrupted: Journal | None = None
    """A run that an earlier start did not end, until the person decides about it."""
    undoable: Journal | None = None
    """The last run in this account that can be taken back."""
    damaged_journals: tuple[str, ...] = ()
    """Why the record of an earlier run can't be read, and what that means: sentences."""
    confirming: str | None = None
    """What was asked to be done and waits for a yes: the name of the button."""
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
