"""Where sign-ins come from: this computer's AWS profiles, or the practice AWS.

Part of the wiring, like ``app.bootstrap``: it joins ``app.aws`` with ``app.practice``. Both are
imported late, since boto3 and moto belong after the first paint.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.profile import Profile
from app.core.snapshot import Snapshot
from app.flow.ports import PracticeExample, SignedIn

if TYPE_CHECKING:
    from app.aws.access import Access
    from app.aws.account import CustomerAccount
    from app.aws.ubiquity import UbiquityAccount
    from app.practice.account import Keys
    from app.practice.server import PracticeAws


class ComputerAccounts:
    """The sign-ins of this computer."""

    practice = False
    practice_examples: tuple[PracticeExample, ...] = ()

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        """Return the AWS profiles found on this computer."""
        return await asyncio.to_thread(_profiles)

    async def sign_in(self, profile: str | None) -> SignedIn | AwsFailure:
        """Use ``profile`` (None: AWS's default) and say who it is."""
        access = await asyncio.to_thread(_access, profile)
        return await signed_in(access, None)

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name."""
        return await asyncio.to_thread(_region_names)

    async def reset(self) -> None:
        """Do nothing: a real account is not put back."""

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""


class PracticeAccounts:
    """The practice AWS; it is started when it is first needed."""

    practice = True

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._aws: PracticeAws | None = None

    @property
    def practice_examples(self) -> tuple[PracticeExample, ...]:
        """The form filled in with the practice account's own values, in a few ways."""
        from app.practice.examples import practice_examples

        return practice_examples()

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        """Return none: the practice AWS has its own sign-in."""
        return ()

    async def sign_in(self, profile: str | None) -> SignedIn | AwsFailure:
        """Sign in as the practice account's administrator, and as UbiQuity."""
        del profile
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


async def signed_in(access: "Access", ubiquity: "Access | None") -> SignedIn | AwsFailure:
    """Say who ``access`` is. UbiQuity's own sign-in can be used as the connector as well."""
    account, as_ubiquity = await asyncio.to_thread(_open, access, ubiquity)
    caller = await account.caller()
    if isinstance(caller, AwsFailure):
        return caller
    if as_ubiquity is None and caller.account == UBIQUITY_ACCOUNT:
        as_ubiquity = (await asyncio.to_thread(_open, access, access))[1]
    return SignedIn(caller, account, as_ubiquity)


def _open(
    access: "Access", ubiquity: "Access | None"
) -> "tuple[CustomerAccount, UbiquityAccount | None]":
    """Make the account and UbiQuity's identity; in a thread, since it imports boto3."""
    from app.aws.account import CustomerAccount
    from app.aws.ubiquity import UbiquityAccount

    return CustomerAccount(access), UbiquityAccount(ubiquity) if ubiquity else None


def _access(profile: str | None) -> "Access":
    from app.aws.access import DefaultChain, NamedProfile

    return NamedProfile(profile) if profile else DefaultChain()


def keyed(aws: "PracticeAws", keys: "Keys") -> "Access":
    """Return the access with ``keys`` to the practice AWS, deaf to this computer's settings."""
    from app.aws.access import GivenKeys

    return GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )


def _profiles() -> tuple[Profile, ...] | AwsFailure:
    from app.aws.profiles import list_profiles

    return list_profiles()


def _region_names() -> Mapping[str, str]:
    from app.aws.regions import region_names

    return region_names()


async def read_account(
    profile: str | None, draft: Draft, on_progress: Callable[[str], None]
) -> Snapshot:
    """Read the snapshot for ``draft`` with ``profile`` (None: AWS's default).

    A sign-in or network that fails is told by the snapshot's own observations.
    """
    account, _ = _open(_access(profile), None)
    return await account.read_snapshot(draft, on_progress)
