"""A connection test as text for people: what was tried and by whom, the files, what follows."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.commands.connection_outcome import ConnectionOutcome
from app.commands.recorded_text import recorded_lines
from app.commands.report_text import report_lines
from app.core.conventions import labelled, whole
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.formats.test_json import FilesRow
from app.core.i18n import mark, ntr, tr
from app.core.report import Evidence, Finding, Verdict
from app.core.wording.connection_test import left_words, success_words
from app.core.wording.durations import seconds_words
from app.core.wording.failures import failure_words
from app.core.wording.findings import title
from app.core.wording.report_terms import VERDICT_SENTENCES, VERDICT_WORDS
from app.core.wording.troubleshooting import advice, trouble_of
from app.flow.connection.check_words import check_words
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.tester import Tester

_STATES: Final[Mapping[CheckState, str]] = {
    CheckState.PASSED: mark("passed"),
    CheckState.FAILED: mark("failed"),
    CheckState.SKIPPED: mark("skipped"),
}
_WHOSE: Final[Mapping[Tester, str]] = {
    Tester.CUSTOMER: mark("What was tried with your sign-in:"),
    Tester.UBIQUITY: mark("What was tried with UbiQuity’s own sign-in:"),
}
_STATE_WIDTH: Final = 8
_TIME_WIDTH: Final = 11


def result_lines(outcome: ConnectionOutcome) -> list[str]:
    """Return the result as lines of text.

    What the customer's own sign-in saw is said to be that, and no connection: only UbiQuity can
    use the role.
    """
    result = outcome.result
    return [
        tr(_WHOSE[result.tester]),
        *(line for check in result.checks for line in _check(check, result.tester, outcome.draft)),
        *_files(outcome),
        "",
        *(_as_customer(outcome) if result.tester is Tester.CUSTOMER else _as_ubiquity(outcome)),
    ]


def check_line(check: ConnectionCheck, tester: Tester) -> str:
    """Return one check that has ended in a line: how, in what time, and what it was."""
    state = tr("warning") if check.is_warning else tr(_STATES[check.state])
    took = "" if check.seconds is None else seconds_words(check.seconds)
    words = check_words(check, tester).text
    code = f"  ({check.code})" if check.code else ""
    return f"  {state:<{_STATE_WIDTH}} {took:>{_TIME_WIDTH}}  {words}{code}"


def place_of(entry: BucketEntry | FilesRow) -> str:
    """Return where a connector's files are: the bucket, and the prefix where there is one."""
    bucket = entry.name if isinstance(entry, BucketEntry) else entry.bucket
    return f"{bucket}, {entry.prefix}" if entry.prefix else bucket


def _check(check: ConnectionCheck, tester: Tester, draft: Draft) -> Iterator[str]:
    yield check_line(check, tester)
    if check.clock_ahead is not None and abs(check.clock_ahead) >= 1:
        yield f"    {_clock_words(check.clock_ahead)}"
    if check.failure is not None and check.kind is not CheckKind.VISIT:
        yield from (f"    {line}" for line in _failure_lines(check.failure, draft))
    yield from (f"    {left_words(left).text}" for left in check.left)


def _clock_words(ahead: float) -> str:
    words = tr("It is {time} ahead of AWS’s.") if ahead > 0 else tr("It is {time} behind AWS’s.")
    return words.format(time=seconds_words(abs(ahead)))


def _failure_lines(failure: AwsFailure, draft: Draft) -> tuple[str, ...]:
    """Return why a call failed; where AWS refused it, in AWS's own words."""
    if failure.finding is not None:
        return failure_words(failure, draft).lines
    answer = failure.message or failure.code
    told = [tr("AWS answered: “{answer}”").format(answer=answer)]
    if failure.request_id:
        told.append(tr("Request id: {request}").format(request=failure.request_id))
    return tuple(told)


def _files(outcome: ConnectionOutcome) -> Iterator[str]:
    rows = list(outcome.files())
    if rows:
        yield ""
        yield tr("Files:")
    for row in rows:
        yield "  " + labelled(place_of(row), _found(row))


def _found(row: FilesRow) -> str:
    if row.complete:
        return ntr("{count} file", "{count} files", row.count).format(count=whole(row.count))
    words = ntr(
        "more than {count} file; with --count they are counted to the end",
        "more than {count} files; with --count they are counted to the end",
        row.count,
    )
    return words.format(count=whole(row.count))


def _as_customer(outcome: ConnectionOutcome) -> Iterator[str]:
    visits = (check for check in outcome.result.checks if check.kind is CheckKind.VISIT)
    is_seen = any(check.state is CheckState.PASSED for check in visits)
    # What keeps UbiQuity out is mended first: to press the button would tell nothing more.
    if not is_seen and outcome.verdict is not Verdict.BLOCKED:
        yield tr(
            "UbiQuity itself was not seen with these details: only its own service can use the "
            "role. To see it happen, choose “Test Connection” in the connector in UbiQuity."
        )
        yield ""
    if outcome.checked is not None:
        report = outcome.checked.report
        yield from report_lines(report, outcome.checked.mended_here)
        snapshot = outcome.checked.snapshot.as_to_role(report.required_role)
        yield from recorded_lines(snapshot, outcome.checked.look_back)


def _as_ubiquity(outcome: ConnectionOutcome) -> Iterator[str]:
    word, sentence = VERDICT_WORDS[outcome.verdict], VERDICT_SENTENCES[outcome.verdict]
    if outcome.verdict is not Verdict.READY:
        yield labelled(tr(word), tr(sentence))
    else:
        rows = list(outcome.files())
        markers = sum(check.markers for _entry, check in outcome.listed)
        whole = all(row.complete for row in rows)
        yield success_words(sum(row.count for row in rows), markers, complete=whole)
    yield from _causes(outcome.result)
    yield from _advice(outcome.result.first_failure)


def _causes(result: ConnectionResult) -> Iterator[str]:
    """Yield what each check that failed leads to, once."""
    codes = dict.fromkeys(check.code for check in result.checks if check.code)
    for code in codes:
        yield f"  {title(Finding(code, Evidence.VERIFIED))}  ({code})"


def _advice(broken: ConnectionCheck | None) -> Iterator[str]:
    """Yield what the guide says to check where AWS refused what the connector needs."""
    if broken is None or broken.failure is None or broken.failure.finding is not None:
        return
    told = advice(trouble_of(broken.failure.action, broken.failure.code))
    yield ""
    yield tr("The guide, “{heading}”:").format(heading=told.title)
    yield f"  {told.detail}"
    yield from (f"  {number}. {check}" for number, check in enumerate(told.checks, start=1))
