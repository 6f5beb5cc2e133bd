"""What is said about newer versions of this program."""

from collections.abc import Mapping
from typing import Final

from app.core.conventions import paragraph
from app.core.i18n import mark, tr
from app.core.newer_version import LookProblem, Standing
from app.core.wording.moments import moment_words

NO_ADDRESS: Final = mark("This build can’t look for newer versions: it has no address to ask.")

_BECAUSE: Final[Mapping[LookProblem, str]] = {
    LookProblem.UNREACHABLE: mark("The address can’t be reached."),
    LookProblem.CERTIFICATE: mark(
        "The certificate of the address is not trusted on this computer."
    ),
    LookProblem.ANSWER: mark("The answer is not one of UbiQuity’s."),
    LookProblem.SIGNATURE: mark("The answer is not signed by UbiQuity."),
    LookProblem.STALE: mark("The answer is out of date."),
    LookProblem.CLOCK: mark(
        "The answer is of a later day than this computer has. Look whether its clock is right."
    ),
}


def standing_words(standing: Standing) -> str:
    """Return what the last look told, and that there is a newer version; empty before any look."""
    last, newer = standing.last, standing.newer
    sentences = []
    if newer is not None:
        words = tr("Version {version} is there since {day}.")
        sentences.append(words.format(version=newer.version, day=f"{newer.published:%Y-%m-%d}"))
    if last is not None and last.problem is not None:
        words = tr("On {time} a newer version could not be looked for.")
        sentences += [words.format(time=moment_words(last.at)), tr(_BECAUSE[last.problem])]
    elif last is not None and newer is None:
        words = tr("Looked on {time}: this version is the newest.")
        sentences.append(words.format(time=moment_words(last.at)))
    return paragraph(*sentences)
