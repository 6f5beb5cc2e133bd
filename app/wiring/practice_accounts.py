"""The practice AWS as the place where sign-ins come from. It is imported late, as moto is."""

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from app.aws.access import Access, ConsoleKeys, GivenKeys
from app.aws.console_sign_in.place import ConsolePlace
from app.aws.regions import region_names
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.sign_in import ByConsole, Profile, SignInWay
from app.flow.ports import AskForCode, PastedSignIns, PracticeExample, SignedIn
from app.wiring.signing_in import signed_in

if TYPE_CHECKING:
    from app.aws.console_sign_in.console import ConsoleSignIn
    from app.practice.account import Keys
    from app.practice.server import PracticeAws


class PracticeAccounts:
    """The practice AWS; it is started when it is first needed."""

    practice = True
    pasted: PastedSignIns | None = None

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._aws: PracticeAws | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

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
        """Sign in as the practice account's administrator, and as UbiQuity.

        By the sign-in in the browser that was made, where one was.
        """
        aws = await self.started()
        access = keyed(aws, aws.admin)
        if isinstance(way, ByConsole):
            access = ConsoleKeys(way, self._place(aws))
        answer = await signed_in(access, keyed(aws, aws.ubiquity))
        return answer if isinstance(answer, AwsFailure) else replace(answer, way=way)

    async def console(self) -> "ConsoleSignIn":
        """Return the practice AWS's own sign-in in the browser."""
        place = self._place(await self.started())
        return await asyncio.to_thread(_console, place)

    def _place(self, aws: "PracticeAws") -> ConsolePlace:
        """Return where the practice AWS signs in; what is kept of it ends with the program."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="ubiquity-s3-setup-practice-")
        return ConsolePlace(aws.endpoint_url, Path(self._folder.name))

    async def region_names(self) -> Mapping[str, str]:
        """Return AWS's regions, code to human name."""
        return await asyncio.to_thread(region_names)

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
        if self._folder is not None:
            self._folder.cleanup()


def _console(place: ConsolePlace) -> "ConsoleSignIn":
    from app.aws.console_sign_in.console import ConsoleSignIn

    return ConsoleSignIn(place=place)


def keyed(aws: "PracticeAws", keys: "Keys") -> Access:
    """Return the access with ``keys`` to the practice AWS, deaf to this computer's settings."""
    return GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )
