"""What the flows need of AWS. ``app.aws`` provides it; tests provide fakes.

Each method returns an expected failure as a value (``AwsFailure``) and never raises one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.core.change import Change
from app.core.details import DetailsForm
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.profile import Profile
from app.core.snapshot import Caller, Snapshot


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of a listing: how many objects, some names, and where the next page starts."""

    count: int
    keys: tuple[str, ...] = ()
    next_token: str | None = None


class CustomerAws(Protocol):
    """The customer's account, seen and changed with the customer's own sign-in."""

    async def caller(self) -> Caller | AwsFailure:
        """Return who is signed in."""

    async def read_snapshot(
        self, draft: Draft, on_progress: Callable[[str], None] | None = None
    ) -> Snapshot:
        """Read all facts that the draft turns on; what can't be read is named in the snapshot.

        ``on_progress`` is told in a few words what is being read, in the caller's thread.
        """

    async def apply(self, change: Change) -> AwsFailure | None:
        """Make one change; None when AWS confirmed it."""


class RoleSession(Protocol):
    """The customer's role, once UbiQuity has assumed it."""

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on."""


class UbiquityAws(Protocol):
    """UbiQuity's own identity (account 049579744830), where the program has it."""

    async def assume_role(self, role_arn: str, external_id: str | None) -> RoleSession | AwsFailure:
        """Assume ``role_arn`` with ``external_id``, or without one."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that works: who it is, and what it can be used for.

    ``ubiquity`` is there where the program holds UbiQuity's own identity: on the practice AWS,
    and for UbiQuity's support.
    """

    caller: Caller
    aws: CustomerAws
    ubiquity: UbiquityAws | None = None


@dataclass(frozen=True, slots=True)
class PracticeExample:
    """One way to fill the form in with the practice AWS's own values.

    ``code`` names it (short, for a control's name), ``words`` are the translated words for it.
    """

    code: str
    words: str
    form: DetailsForm


class Accounts(Protocol):
    """Where sign-ins come from: this computer's profiles, or the practice AWS."""

    @property
    def practice(self) -> bool:
        """True on the practice AWS, where nothing real is touched."""

    @property
    def practice_examples(self) -> tuple[PracticeExample, ...]:
        """Ways to fill the form in with the practice account's values; none elsewhere."""

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        """Return the sign-ins found on this computer; the practice AWS has one."""

    async def sign_in(self, profile: str | None) -> SignedIn | AwsFailure:
        """Use ``profile`` (None: AWS's default) and say who it is."""

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name, from AWS's own data."""

    async def reset(self) -> None:
        """Put the practice AWS back to how it was at the start; elsewhere nothing happens."""

    def close(self) -> None:
        """Stop what was started for the sign-ins, when the program ends."""


class Documents(Protocol):
    """The documents of a draft for other people (``app.exports``)."""

    def policy_files(self, draft: Draft) -> tuple[tuple[str, str], ...]:
        """Return name and text of each policy document."""

    def handoff_files(self, draft: Draft) -> tuple[tuple[str, str], ...]:
        """Return name and text of everything to send to an AWS administrator."""

    def handoff_letter(self, draft: Draft) -> str:
        """Return the text to send to an AWS administrator."""
