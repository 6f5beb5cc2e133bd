"""Where a person stands in the set-up: one frozen value that the window is drawn from.

Its groups are frozen values too. What belongs together, and goes together when something else
is chosen or typed, is one group, and to begin a group anew is to construct it with no more than
what stays. All changes are made with ``replace``, through ``SetupStore.change``.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.core.choices import Choice, Choices
from app.core.fields.form import DetailsForm
from app.core.frozen import field, frozen, replace
from app.core.wording.handoff.page_form import PAGE_FORM
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.details_state import Inquiry, Offers
from app.flow.wizard.paste_state import Pasted
from app.flow.wizard.ticks import shows_the_same

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.failure import AwsFailure
    from app.core.fields.aws_settings import BucketSettings
    from app.core.journal import Journal
    from app.core.revoking.proof import Proof
    from app.flow.ports.accounts import SignedIn
    from app.flow.wizard.details_state import Details
    from app.flow.wizard.run_state import Run

UNDO_CREATION: Final = "undo"
UNDO_REVOCATION: Final = "undo-revoke"
"""What ``SetupState.confirming`` names before a run is taken back."""


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
    CLOUDSHELL = "cloudshell"


class Revoking(StrEnum):
    """The ways to revoke access ("Revoking access"), and to take back what was done last."""

    DELETE_ROLE = "delete-role"
    CHANGE_TRUST = "change-trust"
    DISABLE = "disable"
    """In UbiQuity, by the person: this program can only tell how."""
    UNDO = "undo"
    """Undo the last run of this program in the account."""


@frozen
class SavedSession:
    """What can be gone on with."""

    page: str
    details: DetailsForm
    method: Method | None
    done: frozenset[str]
    ticks: Mapping[str, "Draft"] = field(default_factory=dict)
    """What each page was ticked for; a file of an older version does not tell it."""

    @property
    def worth_resuming(self) -> bool:
        """Whether anything was typed or chosen at all; the first way is what the page proposes."""
        return self.details != DetailsForm() or self.method not in (None, Method.CREATE)


@frozen
class Creation:
    """Giving UbiQuity access: how it is done, and how far it is."""

    method: Method | None = None
    done: frozenset[str] = frozenset()
    """The pages that the person ticked, for what these pages show now."""
    run: "Run | None" = None
    """"Create it for me": the plan, and what became of it."""
    ticks: Mapping[str, "Draft"] = field(default_factory=dict)
    """The draft that each page was ticked, made or tested for, be it another than the present."""
    printed: str = ""
    """The block that the practice CloudShell printed for the present details."""

    def for_other_details(self, draft: "Draft | None") -> "Creation":
        """Return what stays when the details become ``draft``; None while they are no draft.

        A page stays done where it shows the same for both, and is done again once it does.
        """
        run = self.run if self.run is not None and self.run.stays_for(draft) else None
        if draft is None:
            return replace(self, run=run, printed="")
        done = {page for page, ticked in self.ticks.items() if shows_the_same(page, ticked, draft)}
        return replace(self, run=run, done=frozenset(done - _NOT_TICKED), printed="")

    def anew(self) -> "Creation":
        """Return what stays when nothing is done any more: how it is done."""
        return Creation(self.method)

    def by(self, method: Method) -> "Creation":
        """Return the creation by ``method``, with the ticks, and to be planned anew."""
        return replace(self, method=method, run=None, printed="")

    def ticked(self, page_id: str, draft: "Draft | None") -> "Creation":
        """Return the creation with a page ticked for ``draft``, or with its tick taken back."""
        ticks = {page: ticked for page, ticked in self.ticks.items() if page != page_id}
        if draft is None:
            return replace(self, done=self.done - {page_id}, ticks=ticks)
        return replace(self, done=self.done | {page_id}, ticks={**ticks, page_id: draft})

    def with_sent(self, draft: "Draft") -> "Creation":
        """Return the creation with what somebody is sent for ``draft`` remembered, as ticks are."""
        return replace(self, ticks={**self.ticks, "handoff": draft})

    def with_run(self, run: "Run | None") -> "Creation":
        """Return the creation with another run, or without one."""
        return replace(self, run=run)


@frozen
class Sending:
    """What is sent to an AWS administrator, and where it was saved."""

    form: str = PAGE_FORM
    """The export that is sent, by its name."""
    folder: str = ""
    """The folder that was last chosen; empty before one was."""


_NOT_TICKED: Final = frozenset({"create", "handoff", "test"})
"""Pages that are done by what was made, sent or seen, and not by a tick."""


@frozen
class Revocation:
    """Taking UbiQuity's access away: how it is done, and how far it is."""

    way: Revoking | None = None
    run: "Run | None" = None
    proof: "Proof | None" = None
    """What a fresh reading showed after revoking."""

    def anew(self) -> "Revocation":
        """Return what stays when it is begun anew: how it is done."""
        return Revocation(self.way)

    def with_run(self, run: "Run | None") -> "Revocation":
        """Return the revocation with the run as it is by now; without one it is begun anew."""
        return self.anew() if run is None else replace(self, run=run)


@frozen
class Past:
    """What earlier runs and earlier starts of the program left."""

    interrupted: "Journal | None" = None
    """A run that an earlier start did not end, until the person decides about it."""
    undoable: "Journal | None" = None
    """The last run in this account that can be taken back."""
    damaged_journals: tuple[str, ...] = ()
    """Why the record of an earlier run can't be read, and what that means: sentences."""
    resumable: SavedSession | None = None
    """What an earlier start left behind, until the person says to go on or to start anew."""


@frozen
class SetupState:
    """The whole of the set-up.

    Of these, the page, the details' form, the method and the ticks outlive the program; nothing
    else does (``app.flow.wizard.session``).
    """

    details: "Details"
    practice: bool = False
    practise_sign_in: bool = False
    """Whether the practice AWS has a sign-in to practise with too."""
    flow: Flow = Flow.SETUP
    page: str = "welcome"
    mending: bool = False
    """Whether what a check or a test has found is being mended: the way leads back to it."""
    busy: str | None = None
    """What is being done right now, in words; Next and Back wait for it."""
    failure: "AwsFailure | None" = None
    """Why the last thing asked of AWS on this page did not work."""
    reading_stopped: bool = False
    """Whether somebody stopped the last reading of the account, on this page."""
    stopped: str = ""
    """What was and what was not done of the last thing that somebody stopped, on this page; empty
    where the page itself says it, or nothing was stopped."""
    confirming: str | None = None
    """What was asked to be done and waits for a yes: the name of the button.

    It is the button's own name, since any button can ask (``app.ui.review.confirmation``).
    """
    signed_in: "SignedIn | None" = None
    offers: Offers = field(default_factory=Offers)
    inquiry: Inquiry = field(default_factory=Inquiry)
    choices: Choices = field(default_factory=Choices)
    """What was chosen in the review, beside the details."""
    creation: Creation = field(default_factory=Creation)
    sending: Sending = field(default_factory=Sending)
    revocation: Revocation = field(default_factory=Revocation)
    connection: Connection = field(default_factory=Connection)
    past: Past = field(default_factory=Past)
    details_source: str = ""
    """The file that the details came in; empty where they were typed, or have changed since."""
    error_text: str = ""
    """What was pasted as an error from UbiQuity."""
    pasted: Pasted = field(default_factory=Pasted)
    """What was pasted for a check without a sign-in."""

    @property
    def asks_for_sign_in(self) -> bool:
        """Whether there is a sign-in to be made: the practice AWS needs none, but may have one."""
        return self.practise_sign_in or not self.practice

    def told_of(self, bucket: str) -> "BucketSettings | None":
        """Return what AWS told of ``bucket``: to who is signed in, else to anybody."""
        if self.signed_in is not None:
            return self.offers.settings_of(bucket)
        return self.inquiry.settings.get(bucket)

    @property
    def draft(self) -> "Draft | None":
        """The draft, where nothing in the details is wrong."""
        return self.details.check.draft

    def at(self, page: str, flow: Flow | None = None) -> "SetupState":
        """Return the state on another page, of the same flow where none is given.

        What failed on the page before is not said there, what was asked there is not asked, and
        what was being mended there is not.
        """
        return replace(
            self,
            page=page,
            flow=flow or self.flow,
            failure=None,
            confirming=None,
            reading_stopped=False,
            stopped="",
            mending=False,
        )

    def with_details(self, details: "Details") -> "SetupState":
        """Return the state with other details, and without what was for another draft."""
        changed = replace(self, details=details)
        if changed.draft == self.draft:
            return changed
        creation = self._with_what_was_done().for_other_details(changed.draft)
        chosen = self.choices.chosen if creation.run else frozenset[Choice]()
        return replace(
            changed,
            details_source="",
            failure=None,
            confirming=None,
            reading_stopped=False,
            stopped="",
            choices=replace(self.choices, chosen=chosen),
            creation=creation,
            revocation=self.revocation.anew(),
            connection=Connection(),
        )

    def _with_what_was_done(self) -> Creation:
        """Return the creation with what was made and tested remembered, as ticks are."""
        creation, ticks = self.creation, dict(self.creation.ticks)
        made_for = creation.run.made_for if creation.run and creation.run.is_complete else None
        if made_for is not None:
            ticks["create"] = made_for
        if self.connection.worked and self.draft is not None:
            ticks["test"] = self.draft
        return replace(creation, ticks=ticks)


@frozen
class RunPlace:
    """Where the state has a run: how it is read there, and how it is put there."""

    run_in: Callable[[SetupState], "Run | None"]
    put: Callable[[SetupState, "Run | None"], SetupState]
    outdate: Callable[[SetupState], SetupState]
    """What a run there makes of what was known before it: of the connection, and of its end."""


CREATING: Final = RunPlace(
    lambda state: state.creation.run,
    lambda state, run: replace(state, creation=state.creation.with_run(run)),
    lambda state: replace(
        state,
        connection=state.connection.outdated(),
        revocation=replace(state.revocation, proof=None),
    ),
)
REVOKING: Final = RunPlace(
    lambda state: state.revocation.run,
    lambda state, run: replace(state, revocation=state.revocation.with_run(run)),
    lambda state: replace(
        state,
        connection=Connection(),
        creation=state.creation.with_run(None),
        revocation=replace(state.revocation, proof=None),
    ),
)
