"""A report as text for people."""

from collections.abc import Container, Iterator, Mapping

from app.core.conventions import labelled
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.documents.document_text import document_text
from app.core.i18n import tr
from app.core.report import AccessDecision, Finding, Report
from app.core.wording.characters import escaped_json
from app.core.wording.findings import words
from app.core.wording.grounds import grounds_words
from app.core.wording.report_terms import (
    WEIGHT_WORDS,
    evidence_word,
    verdict_words,
    who_words,
)


def report_lines(report: Report, mended: Container[Finding] = ()) -> list[str]:
    """Return ``report`` as lines of text: verdict, findings, then the access decisions.

    ``mended`` are the findings that ``apply`` would mend with the present sign-in.
    """
    word, sentence = verdict_words(report)
    return [
        labelled(word, sentence),
        *(
            line
            for finding in report.findings
            for line in _finding(finding, mends=finding in mended)
        ),
        "",
        tr("What UbiQuity may do:"),
        *(_access(access) for access in report.access),
    ]


def _finding(finding: Finding, *, mends: bool) -> Iterator[str]:
    wording = words(finding)
    row = CATALOGUE[finding.code]
    yield ""
    yield f"[{tr(WEIGHT_WORDS[row.weight])}] {wording.title.text}  ({finding.code})"
    yield f"  {wording.detail.text}"
    yield from _statement(finding.params.get("statement"))
    for number, step in enumerate(wording.fix, start=1):
        yield f"  {number}. {step.text}"
    yield from _paste(finding.params.get("paste"))
    who = who_words(finding, mends=mends)
    evidence = evidence_word(finding.evidence, row.weight, row.link)
    yield "  " + tr("Who can act: {who}. How it is known: {known}.").format(who=who, known=evidence)


def _statement(statement: object) -> Iterator[str]:
    """Yield the statement that the steps speak of, line by line; nothing where there is none."""
    if isinstance(statement, Mapping) and statement:
        # JSON's own line breaks alone: what else breaks a line stands in somebody's text.
        yield from (f"  | {line}" for line in _lines_of(statement))


def _paste(document: object) -> Iterator[str]:
    """Yield what the steps say to put into a policy, under its name; nothing without it."""
    if isinstance(document, Mapping) and document:
        yield "  " + tr("To put in:")
        yield from _statement(document)


def _access(access: AccessDecision) -> str:
    decision = {
        "allowed": tr("allowed"),
        "denied": tr("denied"),
        "unknown": tr("not certain"),
    }[access.decision]
    without = tr(" (without the External ID)") if access.without_external_id else ""
    because = grounds_words(access.because)
    what = f"{access.action}{without} {access.resource}"
    return f"  {decision:<11} {labelled(what, because)}"


def _lines_of(document: object) -> list[str]:
    # Copied from here it is the same document: what can't be seen is escaped as JSON does it.
    return escaped_json(document_text(document)).split("\n")
