"""The practice AWS as the place where sign-ins come from. It is imported late, as moto is."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.aws.access import Access, GivenKeys
from app.aws.regions import region_names
from app.core.failure import AwsFailure
from app.core.sign_in import Profile, SignInWay
from app.flow.ports import AskForCode, PastedSignIns, PracticeExample, SignedIn
from app.wiring.signing_in import signed_in

if TYPE_CHECKING:
    from app.practice.account import Keys
    from app.practice.server import PracticeAws


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


def keyed(aws: "PracticeAws", keys: "Keys") -> Access:
    """Return the access with ``keys`` to the practice AWS, deaf to this computer's settings."""
    return GivenKeys(
        aws.endpoint_url, keys.access_key_id, keys.secret_access_key, keys.session_token
    )
