"""What the page "Test the connection" says: each check, and what the whole comes to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from app.core.conventions import paragraph, whole
from app.core.diagnosis.chain import LinkStatus
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.draft import BucketEntry
from app.core.i18n import mark, ntr, tr
from app.core.report import Report, Verdict
from app.core.told.answer import ToldAnswer
from app.core.wording.connection_test import spreading_words
from app.core.wording.connection_test import success_words as of_success
from app.core.wording.failures import failure_words
from app.core.wording.report_terms import verdict_words
from app.core.wording.troubleshooting import GuideHeading, trouble_of
from app.flow.connection.check_words import check_words
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.tester import Tester
from app.flow.wizard.connection_state import Connection, Counting
from app.flow.wizard.state import Method
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from app.ui.parts.verdict_kinds import VERDICT_KINDS
from app.ui.widgets.callout import CalloutKind
from app.ui.widgets.progress_list import ProgressRow, RowState

CHECK_STATES: Final[Mapping[CheckState, RowState]] = {
    CheckState.WAITING: "waiting",
    CheckState.RUNNING: "running",
    CheckState.SPREADING: "running",
    CheckState.PASSED: "done",
    CheckState.FAILED: "failed",
    CheckState.SKIPPED: "skipped",
}
"""How each state of a check is drawn."""


def introduction(*, own: bool, practice: bool) -> str:
    """Return how the test is made: by this program as UbiQuity (``own``), or in UbiQuity."""
    if own and practice:
        return tr(
            "You practise as UbiQuity’s support: this does what UbiQuity’s connector does, with "
            "the practice AWS’s own UbiQuity sign-in."
        )
    if own:
        return tr(
            "You are signed in as UbiQuity, so this does what the connector does: it assumes the "
            "role with the External ID, lists the files and reads one byte of one of them."
        )
    return tr("Only UbiQuity’s own service can use the role, so the real test is in UbiQuity.")


def check_rows(result: ConnectionResult) -> list[ProgressRow]:
    """Return a row for each check of a test."""
    return [_row(number, check, result.tester) for number, check in enumerate(result.checks)]


def _row(number: int, check: ConnectionCheck, tester: Tester) -> ProgressRow:
    words = check_words(check, tester)
    state = "warning" if check.is_warning else CHECK_STATES[check.state]
    detail, hidden = _detail(check), {}
    if check.state is CheckState.FAILED and check.failure is not None:
        detail, hidden = _answered(check), {"answer": _answer(check)}
        if check.failure.request_id:
            hidden["request"] = check.failure.request_id
    return ProgressRow(
        f"check-{number}",
        words.template,
        words.values,
        state,
        detail,
        hidden,
        took=check.seconds,
    )


def _detail(check: ConnectionCheck) -> str:
    if check.state is CheckState.SPREADING:
        return spreading_words(check.spreading or 0)
    if check.state is CheckState.FAILED and check.kind in _LETS_IN:
        return tr(_LETS_IN[check.kind])
    if check.kind is not CheckKind.LIST or not (check.files or check.state is CheckState.PASSED):
        return ""
    if check.state is CheckState.PASSED:
        return _files_found(check)
    files = ntr("{count} file so far", "{count} files so far", check.files)
    return files.format(count=whole(check.files))


_LETS_IN: Final[Mapping[CheckKind, str]] = {
    CheckKind.ASSUME_WITHOUT: mark(
        "The role let UbiQuity in without an External ID. Put Step 2’s trust policy in place."
    ),
    CheckKind.ASSUME_WRONG: mark(
        "The role let UbiQuity in with a wrong External ID. Put Step 2’s trust policy in place."
    ),
    CheckKind.OUTSIDE: mark(
        "UbiQuity can list more than the folder. Put Step 3’s permissions policy in place."
    ),
}


def _files_found(check: ConnectionCheck) -> str:
    if not check.complete:
        more = ntr("More than {count} file found", "More than {count} files found", check.files)
        return more.format(count=whole(check.files))
    found = ntr("{count} file found", "{count} files found", check.files)
    return found.format(count=whole(check.files))


class Headline(NamedTuple):
    """What the whole comes to: a word, and a sentence with its values."""

    kind: CalloutKind
    word: str
    text: str
    values: Mapping[str, str] = MappingProxyType({})


def headline(connection: Connection, *, own: bool, asks: bool = True) -> Headline | None:
    """Return the result in a word and a sentence, or None where there is none yet.

    ``own`` tells that the test is this program's as UbiQuity; else UbiQuity's own answer counts.
    It ``asks`` for UbiQuity's turn, unless it tells of what is past.
    """
    if not own and (connection.in_ubiquity is not None or not connection.stopped):
        return _told(connection, asks=asks)
    if connection.stopped:
        return _stopped(connection)
    result = connection.result
    if result is None or not result.finished:
        return None
    if result.worked:
        return what_worked(result, connection.counts)
    failed = result.first_failure
    return None if failed is None else _failed(failed)


def what_worked(result: ConnectionResult, counts: Mapping[BucketEntry, Counting]) -> Headline:
    """Return that it works, and what can be warned of all the same."""
    success = success_words(result, counts)
    warning = next(iter(result.warnings), None)
    if warning is None:
        return Headline("good", tr("It works"), success)
    text, values = _not_so(warning)
    return Headline("warning", tr("It works, with a warning"), paragraph(success, text), values)


def _not_so(check: ConnectionCheck) -> tuple[str, dict[str, str]]:
    """Return that what ``check`` tried is not as it should be, and the values of that."""
    words = _LETS_IN.get(check.kind) or _CANT.get(check.kind, "")
    text, entry = tr(words) if words else "", check.entry
    return text, {"bucket": entry.name} if entry is not None and "{bucket}" in text else {}


def _stopped(connection: Connection) -> Headline:
    word, result = tr("Stopped"), connection.result
    if result is not None and result.finished:
        words = tr("The test had ended, but your account was not read to its end to see why.")
    elif result is not None:
        words = tr("The test was stopped before its end, so it says nothing yet.")
    else:
        words = tr("Your account was not read to its end, so nothing can be said of it yet.")
    return Headline("note", word, paragraph(words, _changed(result)))


def _changed(result: ConnectionResult | None) -> str:
    """Return what a test that was stopped has changed: a file of its own may have been written."""
    if result is not None and result.left:
        return tr("What it left in the bucket is named below.")
    deleted = CheckKind.PROBE_DELETE, CheckState.PASSED
    if result is not None and deleted in ((c.kind, c.state) for c in result.checks):
        return tr("The test file that it wrote was deleted again.")
    return tr("Nothing was changed in AWS.")


def _told(connection: Connection, *, asks: bool) -> Headline | None:
    """Return what is known before UbiQuity's test and after it."""
    answer, checked = connection.in_ubiquity, connection.checked
    if answer is not None and answer.worked:
        return Headline("good", tr("It works"), told_words(answer))
    if checked is None:
        return None
    word, sentence = verdict_words(checked.report)
    kind = VERDICT_KINDS[checked.report.verdict]
    if answer is not None and checked.report.verdict is not Verdict.BLOCKED:
        return Headline(
            "warning", tr("UbiQuity’s test failed"), _without_cause(checked.report, answer)
        )
    if answer is not None or not connection.awaits_ubiquity:
        return Headline(kind, word, sentence)
    if connection.is_seen:
        text = tr("It used the role. Whether it found the files, only its own answer tells.")
        return Headline("good", tr("UbiQuity gets in"), text)
    if not asks:
        return Headline(kind, word, sentence)
    press = tr("Now press “Test Connection” in your connector in UbiQuity.")
    is_ready = checked.report.verdict is Verdict.READY
    return Headline(kind, word, press if is_ready else paragraph(sentence, press))


def _without_cause(report: Report, answer: UbiquityAnswer) -> str:
    """Return what to do where UbiQuity was refused and ``report`` has nothing that refuses it."""
    if answer.told is ToldAnswer.EXTERNAL_ID:
        return tr(
            "UbiQuity sent another External ID than the trust policy asks for. Compare the "
            "UbiQuity Account ID in your details with the one in UbiQuity."
        )
    if any(finding.code == "connect.propagating" for finding in report.findings):
        return tr(
            "AWS is likely still spreading what was changed last. Press “Test Connection” again in "
            "a minute."
        )
    return tr(
        "What was read in your account shows no cause. Something may have changed since: test "
        "again."
    )


def _failed(check: ConnectionCheck) -> Headline:
    """Return what failed; AWS's own answer stands with what was tried."""
    if check.failure is not None and check.failure.finding is not None:
        words = failure_words(check.failure)
        return Headline("bad", tr("Not tested"), words.template, words.values)
    return Headline("bad", tr("It does not work yet"), *_not_so(check))


_CANT: Final[Mapping[CheckKind, str]] = {
    CheckKind.ASSUME: mark("UbiQuity can’t assume the role."),
    CheckKind.LIST: mark("UbiQuity can’t list the bucket {bucket}."),
    CheckKind.READ: mark("UbiQuity can’t read the files in the bucket {bucket}."),
    CheckKind.PROBE_WRITE: mark("UbiQuity can’t write files into the bucket {bucket}."),
    CheckKind.PROBE_READ: mark("UbiQuity can’t read what it wrote into the bucket {bucket}."),
    CheckKind.PROBE_COPY: mark("UbiQuity can’t copy files in the bucket {bucket}."),
    CheckKind.PROBE_DELETE: mark("UbiQuity can’t delete files in the bucket {bucket}."),
}
"""Of each check that the connector needs, that it failed."""


def _answered(check: ConnectionCheck) -> str:
    answered = tr("AWS answered: “{answer}”")
    if check.failure is None or not check.failure.request_id:
        return answered
    request = tr("(request {request})")
    return paragraph(answered, request)


def _answer(check: ConnectionCheck) -> str:
    failure = check.failure
    return (failure.message or failure.code) if failure else ""


def success_words(
    result: ConnectionResult, counts: Mapping[BucketEntry, Counting] = MappingProxyType({})
) -> str:
    """Return the guide's words of a successful test, with the number of files.

    ``counts`` are those that were counted to their end since.
    """
    files, markers, complete = 0, 0, True
    for check in result.checks:
        counting = counts.get(check.entry) if check.entry is not None else None
        if check.kind is not CheckKind.LIST:
            continue
        if counting is not None and counting.so_far.complete:
            files, markers = files + counting.so_far.files, markers + counting.so_far.markers
            continue
        files, markers = files + check.files, markers + check.markers
        complete = complete and check.complete
    return of_success(files, markers, complete=complete)


def told_words(answer: UbiquityAnswer) -> str:
    """Return what a success that UbiQuity told comes to: its own sentence, where that is known."""
    if answer.files is None:
        return tr("UbiQuity’s own test was successful.")
    return of_success(answer.files)


def trouble_with(check: ConnectionCheck) -> GuideHeading | None:
    """Return the guide's heading for the check that failed; None where AWS was not reached."""
    if check.failure is not None and check.failure.finding is not None:
        return None
    action = "sts:AssumeRole" if check.kind is CheckKind.ASSUME else "s3:ListBucket"
    return trouble_of(action, check.failure.code if check.failure else "")


def trouble_at(broken: LinkStatus) -> GuideHeading | None:
    """Return the guide's heading for a broken link; None for one that is no matter of the guide."""
    if broken.link in (ChainLink.UBIQUITY, ChainLink.ROLE, ChainLink.TRUST):
        return GuideHeading.ASSUME
    if broken.link is ChainLink.BUCKET:
        elsewhere = ("bucket.missing", "bucket.region-mismatch", "bucket.other-account")
        is_elsewhere = broken.findings[0].code in elsewhere
        return GuideHeading.REGION if is_elsewhere else GuideHeading.OPERATIONS
    is_of_files = broken.link in (ChainLink.PERMISSIONS, ChainLink.KEY, ChainLink.FILES)
    return GuideHeading.OPERATIONS if is_of_files else None


def trouble_of_answer(told: ToldAnswer) -> GuideHeading | None:
    """Return the guide's heading for what UbiQuity answered; None for what is none of them."""
    return next((heading for heading in GuideHeading if heading.value == told.value), None)


def mending_page(
    trouble: GuideHeading, method: Method | None, broken: ChainLink | None = None
) -> str:
    """Return the id of the page where ``trouble`` is mended, in the way that was chosen.

    ``broken`` is the link of the chain, where that is known.
    """
    if trouble is GuideHeading.REGION:
        return "details"
    if method is Method.CREATE:
        return "create"
    if method in (Method.HANDOFF, Method.CLOUDSHELL):
        return method.value
    if broken is ChainLink.TRUST or trouble is GuideHeading.EXTERNAL_ID:
        return "trust"
    return "permissions" if trouble is GuideHeading.OPERATIONS else "role"
