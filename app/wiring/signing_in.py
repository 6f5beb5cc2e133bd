"""From a way to sign in to an account that can be used.

What imports botocore is imported late: it belongs after the first paint. The ways to reach AWS
(``app.aws.access``) are plain values and need none of it.
"""

import asyncio
from typing import TYPE_CHECKING

from app.aws.access import (
    Access,
    ConsoleKeys,
    DefaultChain,
    NamedProfile,
    PortalRole,
    TemporaryKeys,
)
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.i18n import tr
from app.core.sign_in import ByConsole, ByPasted, ByPortal, ByProfile, SignInWay
from app.flow.ports.accounts import CodeRequest, PastedSignIns, SignedIn
from app.flow.threads import in_thread
from app.wiring.mfa_codes import TRIES, AskCode

if TYPE_CHECKING:
    from app.aws.account import CustomerAccount
    from app.aws.mfa import CodePrompt
    from app.aws.ubiquity import UbiquityAccount


async def sign_in_by(way: SignInWay, pasted: PastedSignIns, ask: AskCode) -> SignedIn | AwsFailure:
    """Sign in by ``way``. A code that AWS did not accept is asked for again, a few times."""
    access = await _access_by(way, pasted)
    if isinstance(access, AwsFailure):
        return access
    prompt = CodePrompts(ask, way.name if isinstance(way, ByProfile) else None)
    answer = await signed_in(access, None, prompt)
    while prompt.refused(answer) and prompt.asked < TRIES:
        prompt.ask_again()
        answer = await signed_in(access, None, prompt)
    if isinstance(answer, AwsFailure):
        return prompt.with_device(answer)
    if isinstance(way, ByPasted):
        account_id = answer.caller.account
        await in_thread(lambda: pasted.tell_account(way.id, account_id))
    return replace(answer, way=way)


class CodePrompts:
    """Asks for codes during one sign-in."""

    def __init__(self, ask: AskCode, profile: str | None) -> None:
        self._ask = ask
        self._profile = profile
        self._device = ""
        self._rejected = False
        self.asked = 0

    def __call__(self, device: str) -> str | None:
        """Ask for the code of ``device``; again where AWS did not accept the first."""
        self._device = device
        self.asked += 1
        rejected, self._rejected = self._rejected, False
        return self._ask(CodeRequest(device, self._profile, rejected=rejected))

    def ask_again(self) -> None:
        """Say with the next question that AWS did not accept the code."""
        self._rejected = True

    def refused(self, answer: SignedIn | AwsFailure) -> bool:
        """Tell whether AWS did not accept the code that was given.

        STS says so with the code of any refusal. Keys that have expired (of the profile that
        takes the role, say) are an expired sign-in as well, and no code would help.
        """
        if not isinstance(answer, AwsFailure) or not self.asked:
            return False
        return answer.finding == "signin.expired" and answer.code == "AccessDenied"

    def with_device(self, failure: AwsFailure) -> AwsFailure:
        """Return ``failure`` with the device whose code was not accepted."""
        if not self.refused(failure):
            return failure
        return replace(failure, params={**failure.params, "mfa_device": self._device})


async def signed_in(
    access: Access, ubiquity: Access | None, ask_code: "CodePrompt | None" = None
) -> SignedIn | AwsFailure:
    """Say who ``access`` is. UbiQuity's own sign-in can be used as the connector as well.

    ``ask_code`` is asked, in a thread, for the code of an MFA device.
    """
    account, as_ubiquity = await asyncio.to_thread(opened, access, ubiquity, ask_code)
    caller = await account.caller()
    if isinstance(caller, AwsFailure):
        return caller
    if as_ubiquity is None and caller.account == UBIQUITY_ACCOUNT:
        as_ubiquity = _as_ubiquity(account)
    return SignedIn(caller, account, as_ubiquity)


def opened(
    access: Access, ubiquity: Access | None, ask_code: "CodePrompt | None"
) -> "tuple[CustomerAccount, UbiquityAccount | None]":
    """Make the account and UbiQuity's identity; in a thread, since it imports botocore."""
    from app.aws.account import CustomerAccount
    from app.aws.ubiquity import UbiquityAccount

    account = CustomerAccount(access, ask_code=ask_code)
    return account, UbiquityAccount(ubiquity) if ubiquity else None


def _as_ubiquity(account: "CustomerAccount") -> "UbiquityAccount":
    """Return the same sign-in as UbiQuity: a code of an MFA device is good for one session."""
    from app.aws.ubiquity import UbiquityAccount

    return UbiquityAccount(account.clients)


async def _access_by(way: SignInWay, pasted: PastedSignIns) -> Access | AwsFailure:
    match way:
        case ByProfile():
            return profile_access(way.name)
        case ByConsole():
            return ConsoleKeys(way)
        case ByPortal():
            return PortalRole(way)
        case ByPasted():
            return await _pasted_access(way, pasted)


async def _pasted_access(way: ByPasted, pasted: PastedSignIns) -> Access | AwsFailure:
    keys = await in_thread(lambda: pasted.get(way.id))
    if keys is None:
        # They have ended, or were forgotten in another window.
        code, text = "ExpiredToken", tr("The pasted credentials are no longer kept.")
        return AwsFailure("sts:GetCallerIdentity", code, text, finding="signin.expired")
    return TemporaryKeys(keys.access_key_id, keys.secret_access_key, keys.session_token)


def profile_access(profile: str | None) -> Access:
    """Return the access by ``profile``; None is AWS's default chain."""
    return NamedProfile(profile) if profile else DefaultChain()
