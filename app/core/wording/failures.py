"""The words of a failure: what happened, why, and what to do next."""

from collections.abc import Mapping
from typing import Final

from app.core.change import Obstacle
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.journal import NOT_KEPT
from app.core.report import Evidence, Finding
from app.core.wording.plan_words import finding_sentence, obstacle_codes, obstacle_sentence
from app.core.wording.unmarked_values import parted
from app.core.wording.value_sentence import ValueSentence

_NOT_ALLOWED: Final = frozenset({"AccessDenied", "AccessDeniedException"})
"""IAM's word for it, and KMS's ("Common Error Types" in their API references)."""


def failure_words(failure: AwsFailure, draft: Draft | None = None) -> ValueSentence:
    """Return the sentences for a failure, with the values to be masked beside them.

    ``draft`` is what the failure is compared with, where it turns on the customer's details.
    Raises KeyError for a finding that the catalogue lacks.
    """
    finding = failure.finding
    if failure.code == NOT_KEPT:
        return parted(failure.message)
    if finding in obstacle_codes():
        return obstacle_sentence(Obstacle(finding or "", failure.message))
    if finding is not None:
        return finding_sentence(Finding(finding, Evidence.OBSERVED, params=_params(failure, draft)))
    return ValueSentence(_refused(failure), {"answer": failure.message or failure.code})


def _refused(failure: AwsFailure) -> str:
    if failure.code in _NOT_ALLOWED:
        return tr(
            "AWS does not allow this sign-in to do it: “{answer}” Use another sign-in, or show "
            "this to your AWS administrator, who can allow it."
        )
    return tr(
        "AWS did not do this: “{answer}” Try again. If it still fails, show this "
        "to your AWS administrator."
    )


def _params(failure: AwsFailure, draft: Draft | None) -> Mapping[str, object]:
    """Return what is known for the finding's words; sentences that need more are left out."""
    if failure.finding == "signin.wrong-account" and draft is not None:
        return {"expected": draft.account_id, **failure.params}
    return failure.params
