"""What AWS would refuse to store in a policy: it is reported, not guessed at.

Source: AWS "Grammar of the IAM JSON policy language", "IAM JSON policy elements reference" and
the error texts of IAM (MalformedPolicyDocument), S3 (MalformedPolicy) and KMS.
"""

from typing import Literal, NamedTuple

FaultCode = Literal[
    "not-an-object",
    "version-unknown",
    "element-unknown",
    "element-missing",
    "element-twice",
    "element-not-allowed",
    "value-malformed",
    "operator-unknown",
    "sid-repeated",
    "action-not-sts",
]
"""Why it would be refused. ``element-twice`` is an element beside its ``Not…`` form."""


class DocumentFault(NamedTuple):
    """One thing in a document that AWS would not have stored.

    ``statement`` is its index, None for the document itself; ``element`` names the element
    (``Effect``, ``Condition``), ``value`` the text at fault, if one is. Where ``unreadable``,
    the element's meaning can't be told, so it evaluates as unknown: the statement never grants
    for certain. Where not, the meaning is plain and is evaluated all the same: AWS has refused
    it only in some services or since some day.
    """

    code: FaultCode
    statement: int | None
    element: str
    value: str = ""
    unreadable: bool = True
