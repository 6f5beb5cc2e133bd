"""Why a text leads to no cause, where that is sure: an empty list that says why.

It is asked only of texts that ``explain`` gives nothing for, and goes by the same readings.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from app.core.explain.bare_refusals import is_of_aws_or_the_guide, is_refusal, says_why
from app.core.explain.console_denial import denials_told
from app.core.explain.denial import DenialSentence
from app.core.explain.needed_calls import permission_for
from app.core.explain.origin import is_of_another, is_of_aws, names_aws, shows_an_sdk, speaks_for_s3
from app.core.explain.pasted import ErrorText, errors_in
from app.core.explain.refused import OUTSIDE, is_about_the_setup
from app.core.explain.refused_call import answered_elsewhere, refused_call
from app.core.explain.refused_caller import RefusedCaller, caller_named
from app.core.explain.services import OURS
from app.core.frozen import frozen


class Why(StrEnum):
    """What a text without a cause is about."""

    ANOTHER_PRODUCT = "another-product"
    """The error of another maker; ``Unexplained.name`` is the product's."""
    OTHER_STORAGE = "other-storage"
    """Storage with S3's interface that is not AWS's."""
    NOT_OF_AWS = "not-of-aws"
    """A refusal in which nothing shows that AWS sent it."""
    OTHER_CALL = "other-call"
    """AWS's answer to a call that is none of ours; ``Unexplained.name`` is the call."""
    WEB_IDENTITY = "web-identity"
    ROOT = "root"
    NOT_NEEDED_BY_ROLE = "not-needed-by-role"
    """The role was refused what the connector doesn't need: ``Unexplained.name``."""
    NOT_NEEDED = "not-needed"
    """The same of somebody who isn't named, or of a sign-in."""
    LOCKED = "locked"
    MFA_DELETE = "mfa-delete"
    LINK_EXPIRED = "link-expired"
    SESSION_POLICY = "session-policy"
    ENDPOINT_POLICY = "endpoint-policy"
    SAYS_WHY = "says-why"
    """AWS gives a reason of its own that is none of the catalogue's."""
    UNKNOWN = "unknown"


@frozen
class Unexplained:
    """Why nothing is known of a text; ``name`` is what it is about, where ``why`` has one."""

    why: Why
    name: str = ""


_GOOGLE: Final = (
    r"storage\.(?:objects|buckets)\.|googleapis|\bgcloud\b|\bgoogle\b|\bgcs\b|bigquery|gserviceaccount|"
    r"\bgs://|access denied: (?:table|dataset|project) "
)
_AZURE: Final = (
    r"\bazure\b|windows\.net|AuthorizationPermissionMismatch|AuthorizationFailure|\bx-ms-"
)
_PRODUCTS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("MySQL", r"access denied for user '|\bmysql\b|\bmariadb\b"),
        ("PostgreSQL", r"\bpsql\b|\bpostgres(?:ql)?\b|password authentication failed for user"),
        ("Google Cloud", _GOOGLE),
        ("Microsoft Azure", _AZURE),
        ("Tencent Cloud", r"tencent ?cloud|myqcloud"),
        ("Alibaba Cloud", r"alibaba ?cloud|aliyun|\bacs:ram::"),
        ("Kubernetes", r"system:serviceaccount|\bis forbidden: user \"|\bkubectl\b|kubernetes"),
        ("Microsoft SharePoint", r"sharepoint"),
        ("GitHub", r"github\.com"),
        ("SSH", r"permission denied \(\w*(?:publickey|password)|\bssh:"),
        ("Docker", r"\bdocker\b|requested access to the resource is denied"),
        ("Snowflake", r"sql access control error"),
    )
)
"""Makers whose errors are known by what only they write; product names are not translated."""

_BY_REASON: Final = {
    "objectlock": Why.LOCKED,
    "mfaauthenticationmustbeused": Why.MFA_DELETE,
    "requesthasexpired": Why.LINK_EXPIRED,
    "policyexpired": Why.LINK_EXPIRED,
}
_BY_KIND: Final = {"session": Why.SESSION_POLICY, "VPC endpoint": Why.ENDPOINT_POLICY}
_ROOT_MAY_NOT: Final = "rolesmaynotbeassumedbyrootaccounts"
_OF_EC2: Final = "youarenotauthorizedtoperformthisoperation"
_WITH_A_TOKEN: Final = ("assumerolewithwebidentity", "assumerolewithsaml")


def unexplained(text: str) -> Unexplained:
    """Return why ``text``, which ``explain`` knows no cause of, has none."""
    reasons = (reason for error in errors_in(text) for reason in _reasons(error))
    return next(reasons, Unexplained(Why.UNKNOWN))


def _reasons(error: ErrorText) -> Iterator[Unexplained]:
    another = is_of_another(error)
    has_sdk = shows_an_sdk(error)
    if another or not has_sdk:
        yield from (
            Unexplained(Why.ANOTHER_PRODUCT, name)
            for name, pattern in _PRODUCTS
            if pattern.search(error.text)
        )
    if another:
        is_storage = has_sdk or speaks_for_s3(error)
        yield Unexplained(Why.OTHER_STORAGE if is_storage else Why.NOT_OF_AWS)
    for denial in denials_told(error.text):
        yield from _of_denial(denial)
    yield from _of_call(error)


def _of_denial(denial: DenialSentence) -> Iterator[Unexplained]:
    caller = caller_named(denial.principal)
    if denial.action.lower().removeprefix("sts:") in _WITH_A_TOKEN:
        yield Unexplained(Why.WEB_IDENTITY)
    elif denial.action and denial.service not in OURS:
        yield Unexplained(Why.OTHER_CALL, denial.action)
    elif denial.service == "sts" and caller is RefusedCaller.ROOT:
        yield Unexplained(Why.ROOT)
    elif not is_about_the_setup(denial):
        yield Unexplained(_not_needed(caller), denial.action)
    elif denial.explicit in OUTSIDE or denial.implicit in OUTSIDE:
        yield Unexplained(_BY_KIND[denial.explicit or denial.implicit])
    elif denial.says_why_in_words:
        yield Unexplained(Why.SAYS_WHY)


def _of_call(error: ErrorText) -> Iterator[Unexplained]:
    call = refused_call(error)
    is_of_ec2 = error.says(_OF_EC2) and (names_aws(error) or is_of_aws(error, call))
    if is_of_ec2 or answered_elsewhere(error):
        yield Unexplained(Why.OTHER_CALL, call.operation)
    if not is_refusal(error):
        if shows_an_sdk(error) and says_why(error):
            yield Unexplained(Why.SAYS_WHY)
        return
    if error.says(_ROOT_MAY_NOT):
        yield Unexplained(Why.ROOT)
    if call.operation.lower() in _WITH_A_TOKEN:
        yield Unexplained(Why.WEB_IDENTITY)
    yield from (Unexplained(why) for said, why in _BY_REASON.items() if error.says(said))
    if call.service and call.service not in OURS:
        yield Unexplained(Why.OTHER_CALL, call.operation)
    if not is_of_aws_or_the_guide(error, call) and not names_aws(error):
        yield Unexplained(Why.NOT_OF_AWS)
    if says_why(error):
        yield Unexplained(Why.SAYS_WHY)
    if call.operation:
        why = _not_needed(caller_named(error.principal))
        yield Unexplained(why, permission_for(call.action))


def _not_needed(caller: RefusedCaller) -> Why:
    return Why.NOT_NEEDED_BY_ROLE if caller is RefusedCaller.CONNECTOR else Why.NOT_NEEDED
