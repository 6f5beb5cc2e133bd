"""The exact requests that a change consists of: shown in the review, and sent as they are shown."""

from app.core.change import Change
from app.core.changes.aws_call import AwsCall, without_our_tag
from app.core.changes.kinds import rules_of, typed


def calls_of(change: Change, *, tagged: bool = True) -> tuple[AwsCall, ...]:
    """Return the requests of ``change`` in their order: one, but for tags both put and removed.

    ``tagged`` False leaves out this program's own tag, for a sign-in that may create but not tag.
    """
    calls = rules_of(change).requests(typed(change))
    if tagged or not makes_something(change):
        return calls
    return tuple(without_our_tag(call) for call in calls)


def makes_something(change: Change) -> bool:
    """Tell whether ``change`` makes a new thing that carries this program's tag."""
    return rules_of(change).creates and not typed(change).settings.restored


def account_of(change: Change) -> str:
    """Return the account whose thing ``change`` acts on: a bucket's ARN does not tell it."""
    return change.target.split(":")[4] or typed(change).settings.owner or ""
