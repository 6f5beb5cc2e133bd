"""The words of a failure: what happened, why, and what to do next."""

from app.core.change import Obstacle
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.wording.changes import ValueSentence, obstacle_codes, obstacle_sentence


def failure_words(failure: AwsFailure) -> ValueSentence:
    """Return the sentence for a failure, with the values to be masked beside it."""
    if failure.finding in obstacle_codes():
        return obstacle_sentence(Obstacle(failure.finding or "", failure.message))
    return ValueSentence(
        tr(
            "AWS did not do this: “{answer}” Try again; if it stays, show this to your AWS "
            "administrator."
        ),
        {"answer": failure.message or failure.code},
    )
