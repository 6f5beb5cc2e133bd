"""What is said over a replay: what it shows, and what in it is not as the customer saw it."""

from collections.abc import Iterator
from datetime import UTC

from app.core.bundle import Bundle
from app.core.conventions import row
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.i18n import tr
from app.core.wording.report_terms import VERDICT_WORDS
from app.core.wording.value_sentence import ValueSentence, filled


def replay_notes(bundle: Bundle) -> tuple[ValueSentence, ...]:
    """Return the sentences over a replay of ``bundle``."""
    return tuple(_notes(bundle))


def _notes(bundle: Bundle) -> Iterator[ValueSentence]:
    time = f"{bundle.saved_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    words = tr(
        "Replay of the support bundle {file}, saved on {time}. Nothing is read from AWS, and "
        "nothing can be changed."
    )
    # A moment is no value of the customer's: nothing of it has to be masked.
    yield filled(words.replace("{time}", time), file=bundle.source)
    if bundle.practice:
        yield ValueSentence(tr("It was saved on the practice AWS: nothing of it is real."))
    if bundle.masked:
        yield ValueSentence(
            tr(
                "The UbiQuity Account ID is masked: other letters and digits stand in its place, "
                "the same ones everywhere. Send no text from here to the customer as it is: their "
                "own ID has to stand in it."
            )
        )
    if bundle.left_out:
        template = tr("Whoever saved it left out: {files}.")
        yield ValueSentence(template.replace("{files}", row(bundle.left_out)))


def told_otherwise(bundle: Bundle) -> ValueSentence:
    """Return what the customer was told, where that is not what is said now."""
    told = bundle.report
    verdicts = {str(verdict): tr(words) for verdict, words in VERDICT_WORDS.items()}
    verdict = verdicts.get(told.verdict, "") if told else ""
    codes = [code for code in (told.codes if told else ()) if code in CATALOGUE]
    template = tr(
        "The customer was told something else: {verdict} ({codes}). Their program may be of "
        "another version, or say it of other details."
    )
    words = template.replace("{verdict}", verdict).replace("{codes}", row(codes) or "-")
    return ValueSentence(words)


def left_out_sentence(bundle: Bundle) -> str:
    """Return why a bundle can't be replayed, and what to do about it."""
    if bundle.snapshot is None:
        return tr(
            "it holds no snapshot of the account: nothing was read yet, or it was left out. Read "
            "README.txt in it, or ask for a bundle with the snapshot."
        )
    return tr(
        "the details (draft) were left out of it. Give them in a file of their own (--draft "
        "FILE), or ask for a bundle with them."
    )
