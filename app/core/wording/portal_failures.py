"""The words of what went wrong while signing in with IAM Identity Center."""

from collections.abc import Mapping
from typing import Final

from app.core.failure import AwsFailure
from app.core.i18n import mark, tr
from app.core.wording.failures import failure_words
from app.core.wording.value_sentence import ValueSentence

_DENIED: Final = mark(
    "The sign-in was declined in the browser, or your company doesn’t let this program in. Try "
    "again and choose “Allow access”, or ask your AWS administrator."
)
_TOO_LATE: Final = mark("Nobody signed in within the time that AWS allows. Start again.")
_SPENT: Final = mark("AWS no longer accepts this answer from the browser. Start again.")
_NOT_HERE: Final = mark(
    "AWS has no portal with this start URL in the region {region}. Ask your "
    "AWS administrator for both."
)
_SCOPE: Final = mark(
    "Your company’s portal doesn’t let programs list your accounts. Ask your AWS administrator."
)
_ROLE_GONE: Final = mark(
    "The access portal no longer offers you this account or role. Choose another one."
)

_WORDS: Final[Mapping[str, str]] = {
    "AccessDeniedException": _DENIED,
    "AuthorizationTimedOut": _TOO_LATE,
    "ExpiredTokenException": _TOO_LATE,
    "InvalidGrantException": _SPENT,
    "InvalidClientException": _SPENT,
    "UnauthorizedClientException": _SPENT,
    "InvalidRequestException": _NOT_HERE,
    "InvalidClientMetadataException": _NOT_HERE,
    "InvalidScopeException": _SCOPE,
    "invalid_scope": _SCOPE,
    "ForbiddenException": _ROLE_GONE,
    "ResourceNotFoundException": _ROLE_GONE,
}
"""By AWS's code, or the name that OAuth (RFC 6749) has for what the browser brought."""


def portal_failure_words(failure: AwsFailure, region: str) -> ValueSentence:
    """Return what happened and what to do, for a failure while signing in or choosing.

    ``region`` is where Identity Center was looked for.
    """
    if failure.finding is None and failure.code in _WORDS:
        return ValueSentence(tr(_WORDS[failure.code]).replace("{region}", region))
    return failure_words(failure)
