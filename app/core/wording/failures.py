"""The words of a failure: what happened, why, and what to do next."""

from app.core.change import Obstacle
from app.core.diagnosis.catalogue import CATALOGUE
from app.core.explain import Explanation, explain
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.wording.changes import ValueSentence, obstacle_codes, obstacle_sentence


def failure_words(failure: AwsFailure) -> ValueSentence:
    """Return the sentences for a failure, with the values to be masked beside them.

    A cause that is known is said in its own words; else AWS's answer is quoted.
    """
    if failure.finding in obstacle_codes():
        return obstacle_sentence(Obstacle(failure.finding or "", failure.message))
    known = _cause(failure)
    if known is None:
        return _quoted(failure)
    said = known.words
    parts = (said.title, said.detail, *said.fix[:1])
    values = {place: value for part in parts for place, value in part.values.items()}
    title, *rest = (part.template for part in parts)
    return ValueSentence(" ".join((f"{title}.", *rest)), values)


def _cause(failure: AwsFailure) -> Explanation | None:
    if failure.finding in CATALOGUE:
        return Explanation(failure.finding or "", failure.params)
    return next(iter(explain(f"({failure.code}) {failure.action}: {failure.message}")), None)


def _quoted(failure: AwsFailure) -> ValueSentence:
    template = tr(
        "AWS did not do this: “{answer}” Try again; if it stays, show this to your AWS "
        "administrator."
    )
    return ValueSentence(template, {"answer": failure.message or failure.code})
