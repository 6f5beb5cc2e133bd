"""What is said while AWS is waited for; ``{seconds}`` is for how long by now."""

from app.core.failure import AwsFailure
from app.core.i18n import tr


def waiting_words(failure: AwsFailure | None, *, slowed: bool) -> str:
    """Return the sentence, in the installed language, its place still empty.

    ``failure`` is what AWS answered last, ``slowed`` whether it asked to slow down.
    """
    if slowed:
        return tr("AWS asks to go more slowly. Trying again, {seconds} s")
    if failure is not None and failure.took_effect_unknown:
        return tr("AWS’s answer was lost. Looking whether this was made, {seconds} s")
    return tr("AWS is still spreading this, {seconds} s")
