"""The words of what went wrong while signing in as for the AWS console."""

from collections.abc import Mapping
from typing import Final

from app.core.failure import AwsFailure
from app.core.i18n import mark, tr
from app.core.wording.failures import failure_words
from app.core.wording.value_sentence import ValueSentence

_DENIED: Final = mark(
    "The sign-in was declined in the browser. Nothing was changed. Sign in again and allow the "
    "access, or choose another way to sign in."
)
_TOO_LATE: Final = mark(
    "Nobody signed in within the time that AWS allows. Nothing was changed. Sign in again."
)
_SPENT: Final = mark("AWS no longer accepts this answer from the browser. Sign in again.")
_ENDED: Final = mark("This sign-in has ended. Sign in again.")
_PASSWORD: Final = mark(
    "Your password was changed since you signed in, so AWS ended this sign-in. Sign in again."
)
_NOT_ALLOWED: Final = mark(
    "Your AWS account does not let you sign in to programs this way. Ask your AWS administrator "
    "to give you AWS’s policy “{policy}”, or choose another way to sign in."
)
_UNREADABLE: Final = mark(
    "This is not the code that AWS shows after the sign-in, or a part of it is missing. Copy the "
    "whole code and paste it here."
)
_OF_ANOTHER: Final = mark(
    "This code belongs to another sign-in. Open the link that is shown here, sign in there, and "
    "paste the code that you then see."
)

_WORDS: Final[Mapping[str, str]] = {
    "AccessDeniedException": _DENIED,
    "AuthorizationTimedOut": _TOO_LATE,
    "AUTHCODE_EXPIRED": _SPENT,
    "INVALID_REQUEST": _SPENT,
    "invalid_request": _SPENT,
    "invalid_grant": _SPENT,
    "ValidationException": _SPENT,
    "TOKEN_EXPIRED": _ENDED,
    "USER_CREDENTIALS_CHANGED": _PASSWORD,
    "INSUFFICIENT_PERMISSIONS": _NOT_ALLOWED,
    "CodeUnreadable": _UNREADABLE,
    "CodeOfAnotherSignIn": _OF_ANOTHER,
}
"""By AWS's reason (API reference of AWS Sign-In, CreateOAuth2Token), or our own."""

_POLICY: Final = "SignInLocalDevelopmentAccess"
"""AWS's own policy with what this needs (AWS Sign-In User Guide)."""


def console_failure_words(failure: AwsFailure) -> ValueSentence:
    """Return what happened and what to do, for a failure while signing in."""
    words = _WORDS.get(failure.code)
    if words is None or failure.finding is not None:
        return failure_words(failure)
    return ValueSentence(tr(words).replace("{policy}", _POLICY))
