"""Findings that only follow from another one, and are left out beside it."""

from collections.abc import Iterable, Iterator, Sequence

from app.core.diagnosis.view.role_view import TRUST
from app.core.frozen import replace
from app.core.report import Finding

_TOO_BROAD = "policy.too-broad"
_OTHER_NAMES = ("policy.wrong-bucket", "policy.placeholder")
_GARBLED = ("trust.principal-wrong", "trust.action-wrong")
"""What is said of a statement that AWS would not have stored."""


def without_symptoms(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield ``findings`` without those that follow from another of them.

    A policy made for the wrong bucket reaches another bucket, which is no second thing; and a
    trust policy that AWS would not have stored is not called unreadable where another finding
    says what is wrong with it.
    """
    wrong_names = set(_names(findings))
    is_garbled = any(finding.code in _GARBLED for finding in findings)
    for finding in findings:
        if finding.code == _TOO_BROAD and wrong_names:
            yield from _without_buckets(finding, wrong_names)
        elif not (is_garbled and finding.params.get("what") == TRUST):
            yield finding


def _names(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.code in _OTHER_NAMES:
            names = finding.params.get("found")
            yield from (names if isinstance(names, list) else [str(names)])


def _without_buckets(finding: Finding, wrong_names: set[str]) -> Iterator[Finding]:
    buckets = finding.params.get("buckets")
    other_buckets = (
        [b for b in buckets if b not in wrong_names] if isinstance(buckets, list) else []
    )
    if other_buckets or finding.params.get("actions") or finding.params.get("whole"):
        yield replace(finding, params={**finding.params, "buckets": other_buckets or None})
