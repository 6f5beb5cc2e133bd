"""Where a person stands in signing in as for the AWS console: one frozen value, for the window."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.core.failure import AwsFailure
    from app.core.sign_in import ConsoleSession

PASTE_AGAIN: Final = frozenset({"CodeUnreadable", "CodeOfAnotherSignIn"})
"""Codes of failures after which another code may be pasted (``app.flow.console_sign_in``)."""


class ConsoleStage(StrEnum):
    """How far the sign-in is."""

    READY = "ready"
    """Nothing is begun. (Also after a failure or Cancel.)"""
    STARTING = "starting"
    """AWS's sign-in page is being looked up, or the browser's answer exchanged."""
    BROWSER = "browser"
    CODE = "code"
    """Signing in on another device; its code is waited for."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ConsoleState:
    """The whole of the sign-in, for the window to draw."""

    stage: ConsoleStage = ConsoleStage.READY
    sessions: tuple["ConsoleSession", ...] = ()
    """The sign-ins that this computer keeps."""
    link: str = ""
    """Where the person signs in, while that is waited for."""
    quiet: bool = False
    """Whether the browser has been silent for so long that something may be wrong there."""
    session: "ConsoleSession | None" = None
    """Whose sign-in it is, once it is done."""
    failure: "AwsFailure | None" = None

    @property
    def may_paste_again(self) -> bool:
        """Whether the failure is only of the code that was pasted."""
        return self.failure is not None and self.failure.code in PASTE_AGAIN
