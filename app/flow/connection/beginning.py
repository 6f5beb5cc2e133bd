"""How a test begins: the first call of AWS, which tells of network, clock and sign-in alike."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from app.core.failure import AwsFailure, wrong_account
from app.flow.clocks import Seconds
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import Reached

ASK_CALLER: Final = "sts:GetCallerIdentity"
CLOCK_SKEW: Final = "env.clock-skew"

CLOCK_MAY_BE_OFF: Final = timedelta(minutes=5)
"""AWS refuses what was signed earlier or later than this by its own clock (IAM User Guide, "AWS
Signature Version 4 for API requests")."""

_OF_THE_NETWORK: Final = (
    "env.offline",
    "env.proxy",
    "env.tls-intercepted",
    "env.timeout",
    "env.aws-fault",
)

SignInCall = Callable[[], Awaitable[SignedIn | AwsFailure]]
"""Signs in, or asks anew who is signed in: it makes a call of AWS, the first of the test."""

ReachAws = Callable[[], Awaitable[Reached | AwsFailure]]
"""Asks AWS without any sign-in whether it is there."""


def asking_anew(signed_in: SignedIn) -> SignInCall:
    """Return what asks AWS anew who is signed in: the keys may have ended meanwhile."""

    async def ask() -> SignedIn | AwsFailure:
        caller = await signed_in.aws.caller()
        return caller if isinstance(caller, AwsFailure) else replace(signed_in, caller=caller)

    return ask


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the first call told, and how long it took, in seconds.

    ``reached`` is what AWS answered without a sign-in, where the sign-in failed before anything
    was sent; None where it was not asked.
    """

    answer: SignedIn | AwsFailure
    seconds: float
    reached: Reached | AwsFailure | None = None
    reached_in: float | None = None

    @property
    def failure(self) -> AwsFailure | None:
        """Why nobody is signed in; None where somebody is."""
        return self.answer if isinstance(self.answer, AwsFailure) else None

    @property
    def clock_ahead(self) -> timedelta | None:
        """By how much this computer's clock is ahead of AWS's; None where AWS told no time."""
        if isinstance(self.answer, SignedIn):
            return self.answer.aws.clock_ahead()
        return self.reached.clock_ahead if isinstance(self.reached, Reached) else None

    def stranger_to(self, account_id: str) -> AwsFailure | None:
        """Return why the sign-in is the wrong one for ``account_id``; None where it is not."""
        if isinstance(self.answer, AwsFailure):
            return None
        return wrong_account(ASK_CALLER, account_id, self.answer.caller.account)


async def begin(
    sign_in: SignInCall, reach: ReachAws | None = None, seconds: Seconds = time.monotonic
) -> Beginning:
    """Make the first call. Where that did not get as far as AWS for want of a sign-in, ``reach``.

    Then the network is known all the same, and the clock.
    """
    begun = seconds()
    answer = await sign_in()
    took = seconds() - begun
    if reach is None or not isinstance(answer, AwsFailure) or not _was_kept(answer):
        return Beginning(answer, took)
    begun = seconds()
    reached = await reach()
    return Beginning(answer, took, reached, seconds() - begun)


def _was_kept(failure: AwsFailure) -> bool:
    """Tell whether a sign-in failed before AWS was asked."""
    return failure.http_status is None and (failure.finding or "").startswith("signin.")


def beginning_checks(begun: Beginning, account_id: str | None) -> tuple[ConnectionCheck, ...]:
    """Return network, clock and caller as ``begun`` tells of them.

    ``account_id`` is that to which the sign-in has to belong; None for any.
    """
    return _network(begun), _clock(begun), _caller(begun, account_id)


def _network(begun: Beginning) -> ConnectionCheck:
    failure, took = begun.failure, begun.seconds
    if isinstance(begun.reached, AwsFailure):
        failure, took = begun.reached, begun.reached_in or 0.0
    if failure is not None and failure.finding in _OF_THE_NETWORK:
        return _failed(CheckKind.NETWORK, failure, took)
    if isinstance(begun.reached, Reached):
        return ConnectionCheck(CheckKind.NETWORK, CheckState.PASSED, seconds=begun.reached_in)
    if failure is not None and failure.http_status is None:
        return ConnectionCheck(CheckKind.NETWORK, CheckState.SKIPPED)
    return ConnectionCheck(CheckKind.NETWORK, CheckState.PASSED, seconds=took)


def _clock(begun: Beginning) -> ConnectionCheck:
    if begun.failure is not None and begun.failure.finding == CLOCK_SKEW:
        return _failed(CheckKind.CLOCK, begun.failure, None)
    ahead = begun.clock_ahead
    if ahead is None:
        return ConnectionCheck(CheckKind.CLOCK, CheckState.SKIPPED)
    is_off = abs(ahead) > CLOCK_MAY_BE_OFF
    return ConnectionCheck(
        CheckKind.CLOCK,
        CheckState.FAILED if is_off else CheckState.PASSED,
        code=CLOCK_SKEW if is_off else None,
        clock_ahead=ahead.total_seconds(),
    )


def _caller(begun: Beginning, account_id: str | None) -> ConnectionCheck:
    failure = begun.failure
    if failure is not None and failure.finding in (*_OF_THE_NETWORK, CLOCK_SKEW):
        return ConnectionCheck(CheckKind.CALLER, CheckState.SKIPPED)
    if failure is None and account_id is not None:
        failure = begun.stranger_to(account_id)
    if failure is not None:
        return _failed(CheckKind.CALLER, failure, begun.seconds)
    return ConnectionCheck(CheckKind.CALLER, CheckState.PASSED, seconds=begun.seconds)


def _failed(kind: CheckKind, failure: AwsFailure, took: float | None) -> ConnectionCheck:
    return ConnectionCheck(
        kind, CheckState.FAILED, failure=failure, seconds=took, code=failure.finding
    )
