"""What the trust policy lets in beside UbiQuity with the draft's External ID.

The guide's Step 2, "Why the External ID matters": all UbiQuity customers share its account.
"""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.deny_findings import denials_of
from app.core.diagnosis.quote import Json, quoted
from app.core.diagnosis.view.question import Question, decide, grants
from app.core.diagnosis.view.setup import Setup
from app.core.frozen import replace
from app.core.iam.context import UNKNOWN, Anything, PartText, known
from app.core.iam.decision import Decision, Outcome
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from app.core.report import Evidence, Finding

_KEY: Final = "sts:ExternalId"
_STRANGER: Final = "000000000000"
"""An account that no policy names."""


def openness_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what is more open than it should be. The connection works all the same."""
    if not setup.role.is_found or not setup.role.trust.is_read:
        return
    assume = setup.assume
    if not assume.is_allowed and grants(assume.question).decision is not Decision.ALLOWED:
        # Somebody else gets in by the very fault that keeps UbiQuity out.
        return
    way = _way_in_without_ours(setup)
    if way is not None:
        expected: Json = {"expected": setup.draft.database_id, **way}
        yield Finding("trust.external-id-not-required", Evidence.PREDICTED, params=expected)
    stranger = _outcome_of(setup, _as_stranger(setup.assume.question.request))
    if stranger.decision is Decision.ALLOWED:
        without = _outcome_of(setup, _as_stranger(setup.assume_without.question.request))
        required = without.decision is not Decision.ALLOWED
        params: Json = {"external_id_required": required}
        for reading in stranger.because.statements[:1]:
            params |= quoted(reading.statement)
        yield Finding("trust.too-open", Evidence.PREDICTED, params=params)


def _outcome_of(setup: Setup, request: Request) -> Outcome:
    return decide(replace(setup.assume.question, request=request))


def _way_in_without_ours(setup: Setup) -> Json | None:
    """Return the values ``any`` and ``certain`` where ours is not needed, else None.

    UbiQuity may get in without an External ID, or with any other (``any``). A Deny that stops the
    right one as well makes no difference: it is another finding, and nobody is said to get in
    (``certain``), as the decision without one says.
    """
    stopping = _denials(setup.assume.question)
    ways: list[Json] = []
    requests = requests_without(setup.draft.database_id, setup.assume_without.question)
    for is_any, request in zip((False, True), requests, strict=True):
        question = replace(setup.assume.question, request=request)
        is_granted = grants(question).decision is Decision.ALLOWED
        if is_granted and _denials(question) <= stopping:
            certain = setup.role.is_required_one and decide(question).decision is Decision.ALLOWED
            ways.append({"any": is_any, "certain": certain})
    return next((way for way in ways if way["certain"]), ways[0] if ways else None)


def requests_without(external_id: str, asked_without: Question) -> tuple[Request, Request]:
    """Return UbiQuity's AssumeRole without an External ID, and with any but ``external_id``."""
    without = asked_without.request
    other = PartText((Anything(2),), frozenset({external_id}))
    return without, replace(without, context=without.context.with_more({_KEY: known(other)}))


def _denials(question: Question) -> set[int]:
    return {denial.reading.statement.index for denial in denials_of(question)}


def _as_stranger(request: Request) -> Request:
    """Return the same request, made by somebody in an account that has nothing to do with it."""
    about = {"aws:PrincipalAccount": known(_STRANGER), "aws:PrincipalArn": UNKNOWN}
    context = request.context.with_more(about)
    return replace(request, principal=Requester.someone_in(_STRANGER), context=context)
