"""AWS's sentence that says who may not do what, taken apart.

Source: IAM User Guide, "Troubleshoot access denied error messages"; Amazon S3 User Guide,
"Troubleshoot access denied (403 Forbidden) errors". Since 2026 the denying policy's ARN may
follow (AWS Security Blog, enhanced access denied error messages with policy ARNs).
"""

import re
from collections.abc import Iterator
from typing import Final

from app.core.frozen import frozen

POLICY_TYPES: Final = (
    "identity-based",
    "resource-based",
    "permissions boundary",
    "service control",
    "resource control",
    "role trust",
    "session",
    "VPC endpoint",
)
"""The kinds of policy that AWS names as what denies."""

ORGANISATION: Final = ("service control", "resource control")
"""Those of them that are the organisation's."""

TYPE: Final = "|".join(re.sub("[- ]", "[- ]*", kind) for kind in POLICY_TYPES)
"""A pattern of them as AWS and line breaks write them."""
_HEAD: Final = re.compile(
    r"not authori[sz]ed to perform:? ?[\"']?(?P<action>[a-z][\w-]*: ?[\w*]+)", re.IGNORECASE
)
_RESOURCE: Final = re.compile(r"^\W*on (?:the )?resource: ?[\"']?([^\s\"'<>;,]+)", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"^\W*on (th(?:e|is) resource\b(?!:).*?)(?= because | with an? | with the |$)", re.IGNORECASE
)
_EXPLICIT: Final = re.compile(rf"explicit deny in (?:an? |the )?({TYPE})", re.IGNORECASE)
_IMPLICIT: Final = re.compile(rf"because no ({TYPE})(?: polic(?:y|ies))? allows?", re.IGNORECASE)
_THROUGH: Final = re.compile(rf"transitively through (?:an? |the )?({TYPE})", re.IGNORECASE)
_POLICY_ARN: Final = re.compile(r"(?:policy|boundary): ?[\"']?(arn:[^\s\"'<>;,]+)", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"because (the resource does not exist.{1,200}?denies access)|"
    rf"because (?!no (?:{TYPE}))(.{{3,300}}?)(?= ?[.;]? ?$|[.;]\W|[\"<(]| - | \d{{4}}-\d\d)",
    re.IGNORECASE,
)
_API_GATEWAY: Final = "not authorized to access this resource"
"""How Amazon API Gateway refuses, for the reasons of the other services."""

_MAY_BE_THE_KEY_POLICY: Final = "the resource does not exist"
"""How KMS begins where it will not tell a missing key from one that refuses."""

ANONYMOUS: Final = "anonymous"
"""Whom AWS names where a request was not signed at all."""
_ALLOWED: Final = re.compile(r"allows? the ([a-z][\w-]*:[\w*]+) action", re.IGNORECASE)
SIGNED_IN: Final = "console"
"""The principal where the console speaks to its user without naming them."""

_USER: Final = re.compile(r".*\buser: ?[\"']?(.{1,2000}?)[\"']? (?:is )?$", re.IGNORECASE)
"""An ARN whose account was blotted out may have spaces in it."""
_LAST_WORD: Final = re.compile(r"[\"']?([^\s\"']{1,2000})[\"']? (?:is )?$", re.IGNORECASE)

_LONGEST_ARN: Final = 2_100
_FURTHEST: Final = 1_000
"""A sentence of AWS is not longer than this behind its action."""


@frozen
class DenialSentence:
    """Who was refused what on what, and by which kind of policy where AWS says so.

    ``principal`` is an ARN, ``ANONYMOUS``, ``SIGNED_IN``, or an empty text. ``explicit`` is the
    kind of policy with a Deny, ``implicit`` the one that lacks an Allow, ``through`` the one by
    which the first came to count, ``obj`` what stands in place of an ARN ("this resource"), and
    ``other`` a reason in words.
    """

    principal: str
    action: str
    resource: str = ""
    obj: str = ""
    explicit: str = ""
    implicit: str = ""
    through: str = ""
    policy_arn: str = ""
    other: str = ""

    @property
    def service(self) -> str:
        """The service in the action's name, in lower case."""
        return self.action.partition(":")[0].lower()

    @property
    def says_why_in_words(self) -> bool:
        """Whether AWS gives a reason that is no policy of either side, such as a lock."""
        told = self.explicit or self.implicit
        return bool(self.other) and not told and _MAY_BE_THE_KEY_POLICY not in self.other.lower()


def is_by_organization(text: str) -> bool:
    """Tell whether AWS says in ``text`` that a policy of the organisation refuses.

    No permission that somebody adds in the account helps then.
    """
    told = (kind for each in denials_in(text) for kind in (each.explicit, each.implicit))
    return any(kind in ORGANISATION for kind in told)


def denials_in(text: str) -> Iterator[DenialSentence]:
    """Yield each denial of ``text``, which is cleaned, in its order."""
    heads = list(_HEAD.finditer(text))
    if not heads and _API_GATEWAY not in text.lower():
        yield from _reasons_alone(text)
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        before = text[max(0, head.start() - _LONGEST_ARN) : head.start()]
        after = text[head.end() : min(end, head.end() + _FURTHEST)]
        yield _denial(head["action"], before, after)


def _reasons_alone(text: str) -> Iterator[DenialSentence]:
    """Yield a denial of which only the end was pasted: "because no … allows …"."""
    reason = _EXPLICIT.search(text) or _IMPLICIT.search(text)
    if reason:
        rest = text[reason.start() : reason.start() + _FURTHEST]
        yield _denial(_first_group(_ALLOWED, rest), "", rest)


def _denial(action: str, before: str, rest: str) -> DenialSentence:
    return DenialSentence(
        principal=_principal(before),
        action=action.replace(" ", ""),
        resource=_first_group(_RESOURCE, rest).rstrip(".:"),
        obj=_first_group(_OBJECT, rest).rstrip(" ."),
        explicit=policy_type(_first_group(_EXPLICIT, rest)),
        implicit=policy_type(_first_group(_IMPLICIT, rest)),
        through=policy_type(_first_group(_THROUGH, rest)),
        policy_arn=_first_group(_POLICY_ARN, rest).rstrip("."),
        other=_first_group(_OTHER, rest),
    )


def _principal(before: str) -> str:
    """Return who stands last before "is not authorized": an ARN or ``ANONYMOUS``; or nothing."""
    named = _first_group(_USER, before) or _first_group(_LAST_WORD, before)
    if named.lower() == ANONYMOUS:
        return ANONYMOUS
    start = named.lower().find("arn:")
    return named[start:] if start >= 0 else ""


def _first_group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), "") if match else ""


def policy_type(written: str) -> str:
    """Return which of ``POLICY_TYPES`` is ``written``, in whatever case and with what hyphens."""
    letters = "".join(char for char in written.lower() if char.isalpha())
    by_letters = {kind.lower().replace("-", "").replace(" ", ""): kind for kind in POLICY_TYPES}
    return by_letters.get(letters, "")
