"""Which finding of the catalogue a failed call leads to."""

from typing import Final

from app.core.failure import AwsFailure

_UNTOLD: Final = "check.unreadable"
"""Nothing in the answer tells a cause, so what was tried is not known."""


def leading_code(failure: AwsFailure) -> str:
    """Return the code of the finding that fits ``failure`` best.

    It is read as a pasted error is (``app.core.explain``): of several causes that AWS's words
    leave open it is the likeliest, and the account's own diagnosis knows better.
    """
    if failure.finding is not None:
        return failure.finding
    # Late: a test whose calls all work has nothing to explain.
    from app.core.explain.explain import explain

    causes = explain(f"{failure.code}: {failure.message}", failure.action)
    return causes[0].code if causes else _UNTOLD
