"""The first file of a support bundle: what the guide's "Need help?" asks for, on one page."""

from collections.abc import Iterator
from datetime import UTC, datetime

from app.core.conventions import row
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.i18n import mark, tr
from app.core.report import Report
from app.core.wording.characters import escaped
from app.core.wording.findings import words
from app.core.wording.report_terms import WEIGHT_WORDS, verdict_words


@frozen
class Circumstance:
    """What the page tells. ``errors`` and ``problems`` are lines; ``page`` is a title.

    ``masked`` tells that the ID in ``draft`` and ``report`` is a pseudonym; ``phrase`` is the check
    phrase of the real one, empty where that could be guessed by it.
    """

    saved_at: datetime
    program: str
    system: str
    page: str
    practice: bool
    masked: bool
    draft: Draft | None
    report: Report | None
    problems: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()


def readme_text(of: Circumstance) -> str:
    """Return the page; what can't be seen of others' text is shown escaped."""
    parts = [_head(of), _details(of), _found(of), _errors(of), _program(of), _for_support()]
    blocks = (list(part) for part in parts)
    return "\n\n".join("\n".join(map(escaped, lines)) for lines in blocks if lines) + "\n"


def _head(of: Circumstance) -> Iterator[str]:
    yield tr("Support bundle: setting up the UbiQuity S3 connection")
    time = f"{of.saved_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    yield tr("Saved {time}, on the page “{page}”").format(time=time, page=of.page)
    if of.practice:
        yield tr("PRACTICE: this was the practice AWS, and nothing of it is real.")


def _details(of: Circumstance) -> Iterator[str]:
    draft = of.draft
    if draft is None:
        yield tr("The details are not complete yet.")
        yield from (f"- {problem}" for problem in of.problems)
        return
    yield tr("AWS account ID: {account}").format(account=draft.account_id)
    yield from map(_bucket, draft.buckets)
    yield tr("UbiQuity Account ID: {id}").format(id=draft.database_id)
    if of.masked:
        yield tr(
            "This is not the real ID: other letters and digits stand in its place in every file, "
            "the same ones everywhere. What is wrong with it is wrong with these too."
        )
    if of.phrase:
        words_ = tr(
            "Check phrase of the real ID: {words} (support compares it with that of the ID they "
            "have: ubiquity-s3-setup phrase)"
        )
        yield words_.format(words=" ".join(of.phrase))


def _bucket(entry: BucketEntry) -> str:
    words_ = tr("Bucket: {bucket} ({region})").format(bucket=entry.name, region=entry.region)
    prefix = tr("prefix {prefix}").format(prefix=entry.prefix) if entry.prefix else ""
    return row(filter(None, (words_, prefix)))


def _found(of: Circumstance) -> Iterator[str]:
    if of.report is None:
        yield tr("The account was not checked.")
        return
    word, sentence = verdict_words(of.report)
    yield tr("What the program found: {word}. {sentence}").format(word=word, sentence=sentence)
    for finding in of.report.findings:
        weight = tr(WEIGHT_WORDS[CATALOGUE[finding.code].weight])
        yield f"- [{weight}] {words(finding).title.text}  ({finding.code})"


def _errors(of: Circumstance) -> Iterator[str]:
    if of.errors:
        yield tr("Errors")
        yield from (f"- {line}" for line in of.errors)


def _program(of: Circumstance) -> Iterator[str]:
    yield of.program
    yield of.system


_OPENING = mark(
    "For UbiQuity’s support: drop this bundle on the window of the same program, or run "
    "“ubiquity-s3-setup check --snapshot FILE” with it. Both show what the customer saw, and "
    "change nothing."
)


def _for_support() -> Iterator[str]:
    yield tr(_OPENING)
