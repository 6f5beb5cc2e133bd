"""What is said about newer versions of this program."""

from collections.abc import Mapping
from typing import Final

from app.core.conventions import paragraph
from app.core.i18n import mark, tr
from app.core.newer_version import LookProblem, Standing
from app.core.wording.moments import moment_words

NO_ADDRESS: Final = mark("This build can’t look for newer versions: it has no address to ask.")

_BECAUSE: Final[Mapping[LookProblem, str]] = {
    LookProblem.UNREACHABLE: mark("the address can’t be reached"),
    LookProblem.CERTIFICATE: mark("its certificate is not trusted on this computer"),
    LookProblem.ANSWER: mark("the answer is not one of UbiQuity’s"),
    LookProblem.SIGNATURE: mark("the answer is not signed by UbiQuity"),
    LookProblem.STALE: mark("the answer is out of date"),
    LookProblem.CLOCK: mark("the answer is of a later day: look at this computer’s clock"),
}


def standing_words(standing: Standing) -> str:
    """Return what the last look told, and that there is a newer version; empty before any look."""
    last, newer = standing.last, standing.newer
    sentences = []
    if newer is not None:
        words = tr("Version {version} is there since {day}.")
        sentences.append(words.format(version=newer.version, day=f"{newer.published:%Y-%m-%d}"))
    if last is not None and last.problem is not None:
        words = tr("Could not be looked for on {time}, because {reason}.")
        because = tr(_BECAUSE[last.problem])
        sentences.append(words.format(time=moment_words(last.at), reason=because))
    elif last is not None and newer is None:
        words = tr("Looked on {time}: this version is the newest.")
        sentences.append(words.format(time=moment_words(last.at)))
    return paragraph(*sentences)
