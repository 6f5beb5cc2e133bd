"""Calls to AWS from asyncio code: in threads, with failures as values."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from app.aws.clients import Clients
from app.aws.settings_mistakes import explained
from app.aws.transport.failures import attempt
from app.aws.transport.turn import TURN
from app.core.failure import AwsFailure
from app.flow.threads import in_thread

T = TypeVar("T")
_OF_A_PROFILE: Final = ("signin.none", "signin.expired", "signin.invalid")


class Calls:
    """Runs blocking calls for one sign-in."""

    def __init__(self, clients: Clients) -> None:
        self.clients = clients

    async def run(self, action: str, work: Callable[[], T]) -> T | AwsFailure:
        """Return what ``work`` returns, or why AWS, the network or the sign-in stopped it.

        ``action`` is the permission that the call needs.
        """
        return await in_thread(lambda: self._run(action, work))

    def _run(self, action: str, work: Callable[[], T]) -> T | AwsFailure:
        with TURN.taken():
            answer = attempt(action, work)
        if not isinstance(answer, AwsFailure):
            return answer
        return self._with_profile(explained(answer, self.clients.access))

    def _with_profile(self, failure: AwsFailure) -> AwsFailure:
        profile = self.clients.profile
        if profile is None or failure.finding not in _OF_A_PROFILE:
            return failure
        return replace(failure, params={**failure.params, "profile": profile})
