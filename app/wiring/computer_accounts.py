"""The sign-ins of this computer: its AWS profiles, access portals and pasted credentials.

For the window (``ComputerAccounts``), and for the command line (``open_account`` and
``read_account``). What imports botocore is imported late: it belongs after the first paint.
"""

import asyncio
import importlib
from collections.abc import Callable, Mapping
from datetime import datetime

from app.aws.regions import region_names
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.core.frozen import replace
from app.core.sign_in import ByProfile, Profile, ProfileState, SignInWay
from app.core.snapshot import Snapshot
from app.flow.look_back import LookBack, read_and_look_back
from app.flow.ports.accounts import (
    AskForCode,
    PastedSignIns,
    PracticeExample,
    PracticeUbiquity,
    SignedIn,
)
from app.flow.ports.aws import CustomerAws, Reached
from app.flow.threads import in_thread
from app.system.credential_store import CredentialStore
from app.wiring.mfa_codes import AskCode, CodesInWindow
from app.wiring.signing_in import CodePrompts, opened, profile_access, sign_in_by


class ComputerAccounts:
    """The sign-ins of this computer. What became of each is remembered until the program ends."""

    practice = False
    practice_examples: tuple[PracticeExample, ...] = ()
    practice_ubiquity: PracticeUbiquity | None = None
    practice_spreads = False

    def __init__(self, pasted: PastedSignIns | None = None) -> None:
        self.pasted: PastedSignIns = pasted or CredentialStore()
        self._codes = CodesInWindow()
        self._outcomes: dict[str, tuple[ProfileState, str | None]] = {}
        self._stamp: object = None

    def ask_codes_with(self, ask: AskForCode) -> None:
        """Let ``ask`` be asked, in the event loop, for the codes of MFA devices."""
        self._codes.answer_with(ask)

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        """Return the AWS profiles found on this computer, with what signing in has told.

        What it told is forgotten once the files are others: then it may be another sign-in.
        """
        await self._look_whether_files_changed()
        profiles = await asyncio.to_thread(_profiles)
        if isinstance(profiles, AwsFailure):
            return profiles
        return tuple(map(self._with_outcome, profiles))

    async def sign_in(self, way: SignInWay) -> SignedIn | AwsFailure:
        """Sign in by ``way`` and say who it is; a second time renews the sign-in."""
        self._codes.listen()
        await self._look_whether_files_changed()
        try:
            answer = await sign_in_by(way, self.pasted, self._codes.ask)
        finally:
            self._codes.give_up()
        if isinstance(way, ByProfile) and way.name:
            self._remember(way.name, answer)
        return answer

    async def _look_whether_files_changed(self) -> None:
        stamp = await asyncio.to_thread(_files_stamp)
        if stamp != self._stamp:
            self._stamp = stamp
            self._outcomes.clear()

    def _remember(self, profile: str, answer: SignedIn | AwsFailure) -> None:
        if isinstance(answer, SignedIn):
            self._outcomes[profile] = (ProfileState.WORKED, answer.caller.account)
        elif answer.finding is None or answer.finding.startswith("signin."):
            # AWS refused it (a role that may not be taken on); the network says nothing of it.
            self._outcomes[profile] = (ProfileState.FAILED, None)

    def _with_outcome(self, profile: Profile) -> Profile:
        state, account_id = self._outcomes.get(profile.name, (profile.state, None))
        if profile.state is ProfileState.EXPIRED or (
            state is ProfileState.FAILED
            and profile.state in (ProfileState.SIGNED_IN, ProfileState.BROKEN)
        ):
            state = profile.state  # the files know better by now
        # With what works nothing is wrong, however it is written.
        mistakes = () if state is ProfileState.WORKED else profile.mistakes
        account_id = account_id or profile.account_id
        return replace(profile, state=state, account_id=account_id, mistakes=mistakes)

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name."""
        return await asyncio.to_thread(region_names)

    async def reach(self) -> Reached | AwsFailure:
        """Ask AWS without any sign-in whether it is there."""
        return await reach_aws()

    async def bucket_region(self, name: str, near: str | None) -> BucketSettings | AwsFailure:
        """Ask AWS without any sign-in where the bucket ``name`` is, or whether there is none."""
        return await in_thread(lambda: _bucket_region(name, near))

    async def reset(self) -> None:
        """Do nothing: a real account is not put back."""

    def close(self) -> None:
        """End the questions that are still open."""
        self._codes.give_up()


async def get_ready() -> None:
    """Load what asks AWS: that takes longer than a call does, and is no part of its time."""
    await asyncio.to_thread(importlib.import_module, "app.aws.account")


async def open_account(way: SignInWay, ask: AskCode) -> SignedIn | AwsFailure:
    """Sign in by ``way`` and say who it is, for the command line.

    ``ask`` is asked, in a thread, for the code of an MFA device.
    """
    return await sign_in_by(way, CredentialStore(), ask)


async def reach_aws() -> Reached | AwsFailure:
    """Say whether AWS answers without a sign-in, by this computer's own settings."""
    return await in_thread(_reach)


def _reach() -> Reached | AwsFailure:
    from app.aws.reach import reach_aws as reach

    return reach()


async def read_account(
    profile: str | None,
    draft: Draft,
    on_progress: Callable[[str], None],
    ask: AskCode,
    written_by_us: datetime | None = None,
) -> tuple[Snapshot, LookBack | None, CustomerAws]:
    """Read the snapshot for ``draft`` with ``profile`` (None: AWS's default), and say by whom.

    UbiQuity's visits are looked back for meanwhile. A sign-in or network that fails is told by the
    snapshot's own observations. ``ask`` is as for ``open_account``, ``written_by_us`` is when this
    program last wrote the trust policy, by its journal.
    """
    account, _ = opened(profile_access(profile), None, CodePrompts(ask, profile))
    read = await read_and_look_back(account, draft, on_progress, written_by_us=written_by_us)
    return *read, account


def _profiles() -> tuple[Profile, ...] | AwsFailure:
    from app.aws.profiles import list_profiles

    return list_profiles()


def _bucket_region(name: str, near: str | None) -> BucketSettings | AwsFailure:
    from app.aws.bucket_region import bucket_region

    return bucket_region(name, near)


def _files_stamp() -> object:
    from app.aws.profiles import files_stamp

    return files_stamp()
