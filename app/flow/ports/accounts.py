"""Where sign-ins come from, and what comes with them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.core.guide import UBIQUITY_ACCOUNT

if TYPE_CHECKING:
    from app.core.draft import BucketEntry, Draft
    from app.core.failure import AwsFailure
    from app.core.fields.aws_settings import BucketSettings
    from app.core.fields.form import DetailsForm
    from app.core.pasted.credentials import PastedCredentials
    from app.core.sign_in import KeptCredentials, Profile, SignInWay
    from app.core.snapshot import Caller
    from app.core.told.answer import ToldAnswer
    from app.flow.ports.aws import CustomerAws, Reached, UbiquityAws


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that works: who it is, and what it can be used for.

    ``ubiquity`` is there where the program holds UbiQuity's own identity: on the practice AWS,
    and for UbiQuity's support.
    """

    caller: "Caller"
    aws: "CustomerAws"
    ubiquity: "UbiquityAws | None" = None
    way: "SignInWay | None" = None
    """How it was made: to sign in by it again renews what has expired."""

    @property
    def is_ubiquity(self) -> bool:
        """Whether it is a sign-in of UbiQuity's own account, as its support has."""
        return self.caller.account == UBIQUITY_ACCOUNT


@dataclass(frozen=True, slots=True)
class PressedTest:
    """What the practice UbiQuity's "Test Connection" answered for one connector.

    ``told`` is the answer as a person would pick it; ``files`` and ``markers`` are counted where
    it is a success, and ``message`` is what AWS said where it is none.
    """

    entry: "BucketEntry"
    told: "ToldAnswer"
    files: int = 0
    markers: int = 0
    message: str = ""


class PracticeUbiquity(Protocol):
    """UbiQuity itself, practised: its connectors, with its own sign-in, over real HTTP.

    It holds what the person would have typed into UbiQuity: the draft.
    """

    async def press_test_connection(self, draft: "Draft") -> tuple[PressedTest, ...]:
        """Press "Test Connection" of every connector of ``draft`` (the guide, Step 4), in order.

        Each assumes the role with the draft's Database ID in the bucket's region, and lists the
        prefix to the end. Takes part of a second; what it did shows in the practice account's
        event history a while later.
        """


@dataclass(frozen=True, slots=True)
class PracticeExample:
    """One way to fill the form in with the practice AWS's own values.

    ``code`` names it (short, for a control's name), ``words`` are the translated words for it.
    """

    code: str
    words: str
    form: "DetailsForm"


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """The code of an MFA device is needed.

    ``device`` is its serial number or ARN, ``profile`` the one that signs in. ``rejected`` tells
    that AWS did not accept the code before.
    """

    device: str
    profile: str | None = None
    rejected: bool = False


AskForCode = Callable[[CodeRequest], Awaitable[str | None]]
"""Asks the person for a code; None where they give none."""


class PastedSignIns(Protocol):
    """Pasted credentials, kept in the computer's keyring, or in memory where it has none.

    Each method may wait for a person, whom the keyring asks first: call them in a thread
    (``app.flow.threads``), so that a window can close meanwhile.
    """

    def keep(self, credentials: "PastedCredentials") -> "KeptCredentials":
        """Keep ``credentials`` until they end or are forgotten."""

    def kept(self) -> tuple["KeptCredentials", ...]:
        """Return what is kept, without the secrets."""

    def get(self, key: str) -> "PastedCredentials | None":
        """Return what is kept under ``key``, secrets and all; None where it was forgotten."""

    def forget(self, key: str) -> str | None:
        """Forget what is kept under ``key``; return why that was not possible, as a sentence."""

    def tell_account(self, key: str, account_id: str) -> None:
        """Remember which account the credentials under ``key`` belong to."""

    @property
    def why_in_memory(self) -> str | None:
        """Why the keyring keeps nothing, as a sentence; None where it does."""


class Accounts(Protocol):
    """Where sign-ins come from: this computer's profiles, or the practice AWS."""

    @property
    def pasted(self) -> PastedSignIns | None:
        """Where pasted credentials are kept; None where none are taken."""

    @property
    def practice(self) -> bool:
        """True on the practice AWS, where nothing real is touched."""

    @property
    def practice_examples(self) -> tuple[PracticeExample, ...]:
        """Ways to fill the form in with the practice account's values; none elsewhere."""

    @property
    def practice_ubiquity(self) -> PracticeUbiquity | None:
        """The practice UbiQuity, which presses its own "Test Connection"; None elsewhere."""

    @property
    def practice_spreads(self) -> bool:
        """True where the practice AWS takes its time to spread what was just made."""

    async def profiles(self) -> "tuple[Profile, ...] | AwsFailure":
        """Return the sign-ins found on this computer; the practice AWS has none."""

    async def sign_in(self, way: "SignInWay") -> "SignedIn | AwsFailure":
        """Sign in by ``way`` and say who it is; a second time renews the sign-in."""

    def ask_codes_with(self, ask: AskForCode) -> None:
        """Let ``ask`` be asked, in the event loop, for the codes of MFA devices."""

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name, from AWS's own data."""

    async def reach(self) -> "Reached | AwsFailure":
        """Ask AWS without any sign-in whether it is there, and what time it is there."""

    async def bucket_region(self, name: str, near: str | None) -> "BucketSettings | AwsFailure":
        """Ask AWS without any sign-in where the bucket ``name`` is, or whether there is none.

        ``near`` is the region that it is thought to be in, for what part of AWS is asked.
        """

    async def reset(self) -> None:
        """Put the practice AWS back to how it was at the start; elsewhere nothing happens."""

    def close(self) -> None:
        """Stop what was started for the sign-ins, when the program ends."""
