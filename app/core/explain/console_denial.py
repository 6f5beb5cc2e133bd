"""What the AWS console shows where its user lacks a permission, taken apart.

Source: IAM User Guide, "Troubleshoot access denied error messages"; AWS Cloudscape, "Access denied"
alerts; the Amazon S3 console.
"""

import re
from typing import Final

from app.core.explain.denial import SIGNED_IN, TYPE, DenialSentence, denials_in, policy_type

_BOX: Final = re.compile(
    r"user: ?\[?(?P<principal>arn:[^\s\[\]]{1,2000}?)\]? ?"
    r"(?:service: ?\[?(?P<service>[a-z][\w-]{0,60}?)\]? ?)?"
    r"action: ?\[?(?P<action>[\w:*-]{1,120}?)\]? ?"
    r"(?:on resource\(s\): ?\[?(?P<resource>.{1,2000}?)\]? ?)?"
    r"context: ?\[?(?P<context>.{1,200}?\baction\b)",
    re.IGNORECASE,
)
"""What the AWS console shows to be sent to an administrator, line by line."""

_NO_ALLOW: Final = re.compile(rf"\bno ({TYPE})(?: polic(?:y|ies))? allows?", re.IGNORECASE)
_DENIES: Final = re.compile(
    rf"({TYPE})(?: polic(?:y|ies))? explicitly den(?:y|ies)|explicit deny in (?:an? )?({TYPE})",
    re.IGNORECASE,
)
_CONSOLE: Final = re.compile(
    r"you (?:don't|do not) have permissions? to \[?([a-z][\w-]{1,40}:[a-z]\w{1,80})|"
    r"updated your permissions to allow the ([a-z][\w-]{1,40}:[a-z]\w{1,80}) action",
    re.IGNORECASE,
)
"""The console's own sentences about whoever is signed in."""


def denials_told(text: str) -> tuple[DenialSentence, ...]:
    """Return the denials of ``text``, which is cleaned: the console's, or else AWS's sentences."""
    return _of_console(text) or tuple(denials_in(text))


def _of_console(text: str) -> tuple[DenialSentence, ...]:
    boxes = tuple(_boxed(box) for box in _BOX.finditer(text))
    actions = (match[1] or match[2] for match in _CONSOLE.finditer(text))
    return boxes or tuple(DenialSentence(SIGNED_IN, action) for action in dict.fromkeys(actions))


def _boxed(box: re.Match[str]) -> DenialSentence:
    action, context = box["action"], box["context"]
    if ":" not in action and box["service"]:
        action = f"{box['service']}:{action}"
    return DenialSentence(
        principal=box["principal"],
        action=action,
        resource=box["resource"] or "",
        explicit=_kind(_DENIES, context),
        implicit=_kind(_NO_ALLOW, context),
    )


def _kind(pattern: re.Pattern[str], context: str) -> str:
    match = pattern.search(context)
    return policy_type(match[match.lastindex or 0]) if match else ""
