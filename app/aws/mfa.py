"""The code of an MFA device, for a role whose profile names one (``mfa_serial``)."""

from collections.abc import Callable

from botocore.credentials import CredentialResolver
from botocore.exceptions import BotoCoreError

CodePrompt = Callable[[str], str | None]
"""Asks for the code of the device with this serial number or ARN; blocks. None: nobody gave one."""


class MissingMfaCodeError(BotoCoreError):
    """Nobody gave the code of an MFA device."""

    fmt = "No code was given for the MFA device {mfa_device}"


def ask_codes_with(resolver: CredentialResolver, ask: CodePrompt | None) -> None:
    """Let ``ask`` be asked for a code. Without it, a profile that needs one fails.

    A window has no console, and botocore would ask on it.
    """

    def prompt(question: str) -> str:
        device = question.partition(" for ")[2].rstrip(": ")
        code = ask(device) if ask is not None else None
        if not code:
            raise MissingMfaCodeError(mfa_device=device)
        return code

    # botocore has no public way.
    vars(resolver.get_provider("assume-role"))["_prompter"] = prompt
