"""The policy that ends the open sessions of a role: it denies everything to tokens of before.

Sources: IAM User Guide, "Revoke IAM role temporary security credentials", and "AWS global
condition context keys", ``aws:TokenIssueTime``.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from app.core.documents.policies import POLICY_VERSION, Document
from app.core.documents.statements import statements_of

SESSIONS_POLICY: Final = "UbiQuityRevokeOlderSessions"
"""The inline policy that ends open sessions, as AWS's own ``AWSRevokeOlderSessions`` does."""

STILL_LET_IN: Final = timedelta(minutes=1)
"""How long after a trust policy was changed somebody may still be let in by the old one.

AWS spreads a change for some seconds, seldom for a minute ("Changes that I make are not always
immediately visible", IAM User Guide, troubleshooting). The same minute takes care of what AWS's
``Date`` header, in whole seconds, leaves out.
"""

_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"


def sessions_policy(before: datetime) -> Document:
    """Return the policy that denies everything to sessions that began before ``before`` (UTC)."""
    statement = {
        "Effect": "Deny",
        "Action": "*",
        "Resource": "*",
        "Condition": {"DateLessThan": {"aws:TokenIssueTime": before.strftime(_FORMAT)}},
    }
    return {"Version": POLICY_VERSION, "Statement": [statement]}


def closing_policy(at: datetime) -> Document:
    """Return the policy for sessions of whoever was kept out of the role before ``at`` (UTC).

    ``at`` is AWS's own time, or later. Who got in until the change was known everywhere is
    refused too.
    """
    return sessions_policy(at + STILL_LET_IN)


def ended_before(document: object) -> datetime | None:
    """Return the time (UTC) before which sessions began that ``document`` denies everything to.

    None where it is not of the form of ``sessions_policy``.
    """
    for statement in statements_of(document):
        condition = statement.get("Condition")
        dated = condition.get("DateLessThan") if isinstance(condition, Mapping) else None
        text = dated.get("aws:TokenIssueTime") if isinstance(dated, Mapping) else None
        moment = _moment(text)
        if moment is not None and document == sessions_policy(moment):
            return moment
    return None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.strptime(str(text), _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
