"""Waiting for the browser to come back with a code."""

import asyncio
from typing import Final

from app.aws.in_browser.callback import Callback, CameBack
from app.core.failure import AwsFailure

PATIENCE: Final = 600.0
"""Seconds for which the browser is waited for, as in the AWS CLI."""

_ERRORS: Final = {"access_denied": "AccessDeniedException"}
"""Names of RFC 6749 for what AWS itself calls by another."""


async def code_of(callback: Callback, action: str, patience: float) -> CameBack | AwsFailure:
    """Wait at most ``patience`` seconds for the browser, and return the code that it brought.

    A failure of ``action`` where nobody came, or where an error came in the code's place.
    """
    try:
        brought = await asyncio.wait_for(callback.came_back(), patience)
    except TimeoutError:
        return AwsFailure(action, "AuthorizationTimedOut", "")
    if brought.error:
        return AwsFailure(action, _ERRORS.get(brought.error, brought.error), "")
    return brought
