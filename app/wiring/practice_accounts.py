"""The practice AWS as the place where sign-ins come from. It is imported late, as moto is."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.aws.access import Access, ConsoleKeys, GivenKeys
from app.aws.console_sign_in.place import ConsolePlace
from app.aws.regions import region_names
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.core.frozen import replace
from app.core.sign_in import PRACTISED_SUPPORT, ByConsole, Profile, SignInWay
from app.files.passing_folder import PassingFolder
from app.flow.ports.accounts import (
    AskForCode,
    PastedSignIns,
    PracticeExample,
    PracticeUbiquity,
    PressedTest,
    SignedIn,
)
from app.flow.ports.aws import Reached
from app.flow.threads import in_thread
from app.practice.pace import AT_ONCE, Pace
from app.wiring.signing_in import signed_in

if TYPE_CHECKING:
    from app.aws.console_sign_in.console import ConsoleSignIn
    from app.practice.account import Keys
    from app.practice.server import PracticeAws


class PracticeAccounts:
    """The practice AWS; it is started when it is first needed.

    Two roles can be practised: the customer's administrator (``PRACTISED_CUSTOMER``, and whatever
    else is given) and UbiQuity's support (``PRACTISED_SUPPORT``), whose sign-in runs the real
    connection test. Whoever is the customer lets ``practice_ubiquity`` press "Test Connection".
    """

    practice = True
    pasted: PastedSignIns | None = None

    def __init__(self, pace: Pace = AT_ONCE) -> None:
        """``pace`` is how long what happens in the practice account takes to show."""
        self._pace = pace
        self._lock = asyncio.Lock()
        self._aws: PracticeAws | None = None
        self._folder: PassingFolder | None = None

    @property
    def practice_examples(self) -> tuple[PracticeExample, ...]:
        """The form filled in with the practice account's own values, in a few ways."""
        from app.practice.examples import practice_examples

        return practice_examples()

    @property
    def practice_ubiquity(self) -> PracticeUbiquity:
        """The practice UbiQuity, which presses its own "Test Connection"."""
        return _PracticeUbiquity(self)

    @property
    def practice_spreads(self) -> bool:
        """Whether it takes time to spread what was just made: only a rehearsal does."""
        return False

    def ask_codes_with(self, ask: AskForCode) -> None:
        """Do nothing: the practice AWS asks for no code."""

    async def profiles(self) -> tuple[Profile, ...] | AwsFailure:
        """Return none: the practice AWS has its own sign-in."""
        return ()

    async def sign_in(self, way: SignInWay) -> SignedIn | AwsFailure:
        """Sign in as the practice account's administrator, or as UbiQuity's support.

        As the administrator by the sign-in in the browser that was made, where one was; the
        connectors' own sign-in comes with it, which proves that access has ended once it was
        revoked. The real connection test runs with support's alone.
        """
        aws = await self.started()
        if way == PRACTISED_SUPPORT:
            support = await signed_in(keyed(aws, aws.support), None)
            return support if isinstance(support, AwsFailure) else replace(support, way=way)
        access = keyed(aws, aws.admin)
        if isinstance(way, ByConsole):
            access = ConsoleKeys(way, await self._place(aws))
        answer = await signed_in(access, keyed(aws, aws.ubiquity))
        return answer if isinstance(answer, AwsFailure) else replace(answer, way=way)

    async def console(self) -> "ConsoleSignIn":
        """Return the practice AWS's own sign-in in the browser."""
        place = await self._place(await self.started())
        return await asyncio.to_thread(_console, place)

    async def _place(self, aws: "PracticeAws") -> ConsolePlace:
        """Return where the practice AWS signs in; what is kept of it ends with the program."""
        async with self._lock:
            if self._folder is None:
                self._folder = await in_thread(PassingFolder)
        return ConsolePlace(aws.endpoint_url, self._folder.path)

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name."""
        return await asyncio.to_thread(region_names)

    async def reach(self) -> Reached | AwsFailure:
        """Ask the practice AWS without any sign-in whether it is there."""
        aws = await self.started()
        return await in_thread(lambda: _reach(aws.endpoint_url))

    async def bucket_region(self, name: str, near: str | None) -> BucketSettings | AwsFailure:
        """Ask the practice AWS without any sign-in where the bucket ``name`` is."""
        aws = await self.started()
        return await in_thread(lambda: _bucket_region(name, near, aws.endpoint_url))

    async def reset(self) -> None:
        """Put the practice AWS back to how it was at the start."""
        aws = await self.started()
        await asyncio.to_thread(aws.reset)

    async def started(self) -> "PracticeAws":
        """Return the practice AWS, started."""
        from app.practice.server import PracticeAws

        async with self._lock:
            if self._aws is None:
                aws = PracticeAws(self._pace)
                await asyncio.to_thread(aws.start)
                self._aws = aws
            return self._aws

    def close(self) -> None:
        """Stop the practice AWS."""
        if self._aws is not None:
            self._aws.stop()
        if self._folder is not None:
            self._folder.close()


class _PracticeUbiquity:
    """Implements ``app.flow.ports.accounts.PracticeUbiquity``."""

    def __init__(self, accounts: PracticeAccounts) -> None:
        self._accounts = accounts

    async def press_test_connection(self, draft: Draft) -> tuple[PressedTest, ...]:
        """Press "Test Connection" of every connector of ``draft``, in its order."""
        from app.practice.connector import press_test_connection

        aws = await self._accounts.started()
        return await in_thread(lambda: press_test_connection(aws.endpoint_url, aws.ubiquity, draft))


def _reach(address: str) -> Reached | AwsFailure:
    from app.aws.reach import reach_aws

    return reach_aws(address)


def _bucket_region(name: str, near: str | None, address: str) -> BucketSettings | AwsFailure:
    from app.aws.bucket_region import bucket_region

    return bucket_region(name, near, address)


def _console(place: ConsolePlace) -> "ConsoleSignIn":
    from app.aws.console_sign_in.console import ConsoleSignIn

    return ConsoleSignIn(place=place)


def keyed(aws: "PracticeAws", keys: "Keys") -> Access:
    """Return the access with ``keys`` to the practice AWS, deaf to this computer's settings."""
    return GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )
