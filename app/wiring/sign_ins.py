"""Where sign-ins come from: this computer's AWS profiles, or the practice AWS.

Part of the wiring, like ``app.bootstrap``: it joins ``app.aws`` with ``app.practice``. Both are
imported late, since boto3 and moto belong after the first paint.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.sign_in import ByProfile, Profile, ProfileState, SignInWay
from app.core.snapshot import Snapshot
from app.flow.ports import AskForCode, PastedSignIns, PracticeExample, SignedIn
from app.system.credential_store import CredentialStore
from app.wiring.mfa_codes import CodesInWindow, ask_on_terminal
from app.wiring.opened_accounts import CodePrompts, opened, profile_access, sign_in_by, signed_in

if TYPE_CHECKING:
    from app.aws.access import Access
    from app.practice.account import Keys
    from app.practice.server import PracticeAws


class ComputerAccounts:
    """The sign-ins of this computer. What became of each is remembered until the program ends."""

    practice = False
    practice_examples: tuple[PracticeExample, ...] = ()

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
        found = await asyncio.to_thread(_profiles)
        return found if isinstance(found, AwsFailure) else tuple(map(self._with_outcome, found))

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
            state is ProfileState.FAILED and profile.state is ProfileState.SIGNED_IN
        ):
            state = profile.state  # the files know better by now
        return replace(profile, state=state, account_id=account_id or profile.account_id)

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name."""
        return await asyncio.to_thread(_region_names)

    async def reset(self) -> None:
        """Do nothing: a real account is not put back."""

    def close(self) -> None:
        """End the questions that are still open."""
        self._codes.give_up()


class PracticeAccounts:
    """The practice AWS; it is started when it is first needed."""

    practice = True
    pasted: PastedSignIns | None = None

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._aws: PracticeAws | None = None

    @property
    def practice_examples(self) -> tuple[PracticeExample, ...]:
        """The form filled in with the practice account's own values, in a few ways."""
        from app.practice.examples import practice_examples

        return practice_examples()

    def ask_codes_with(self, ask: AskForCode) -> None:
        """Do nothing: the practice AWS asks for no code."""

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        """Return none: the practice AWS has its own sign-in."""
        return ()

    async def sign_in(self, way: SignInWay) -> SignedIn | AwsFailure:
        """Sign in as the practice account's administrator, and as UbiQuity."""
        del way
        aws = await self.started()
        return await signed_in(keyed(aws, aws.admin), keyed(aws, aws.ubiquity))

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name."""
        return await asyncio.to_thread(_region_names)

    async def reset(self) -> None:
        """Put the practice AWS back to how it was at the start."""
        aws = await self.started()
        await asyncio.to_thread(aws.reset)

    async def started(self) -> "PracticeAws":
        """Return the practice AWS, started."""
        from app.practice.server import PracticeAws

        async with self._lock:
            if self._aws is None:
                aws = PracticeAws()
                await asyncio.to_thread(aws.start)
                self._aws = aws
            return self._aws

    def close(self) -> None:
        """Stop the practice AWS."""
        if self._aws is not None:
            self._aws.stop()


async def open_account(way: SignInWay) -> SignedIn | AwsFailure:
    """Sign in by ``way`` and say who it is, for the command line.

    The code of an MFA device is asked for on the terminal, where there is one.
    """
    return await sign_in_by(way, CredentialStore(), ask_on_terminal)


def keyed(aws: "PracticeAws", keys: "Keys") -> "Access":
    """Return the access with ``keys`` to the practice AWS, deaf to this computer's settings."""
    from app.aws.access import GivenKeys

    return GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )


def _profiles() -> tuple[Profile, ...] | AwsFailure:
    from app.aws.profiles import list_profiles

    return list_profiles()


def _files_stamp() -> object:
    from app.aws.profiles import files_stamp

    return files_stamp()


def _region_names() -> Mapping[str, str]:
    from app.aws.regions import region_names

    return region_names()


async def read_account(
    profile: str | None, draft: Draft, on_progress: Callable[[str], None]
) -> Snapshot:
    """Read the snapshot for ``draft`` with ``profile`` (None: AWS's default).

    A sign-in or network that fails is told by the snapshot's own observations.
    """
    account, _ = opened(profile_access(profile), None, CodePrompts(ask_on_terminal, profile))
    return await account.read_snapshot(draft, on_progress)
