"""What the page "Test the connection" says: each check, and what the whole comes to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from app.core.i18n import ntr, tr
from app.core.wording.connection_test import success_words as of_success
from app.core.wording.failures import failure_words
from app.core.wording.report_terms import verdict_words
from app.core.wording.troubleshooting import GuideHeading, trouble_of
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.told_answers import ToldAnswer
from app.flow.wizard.state import Connection, Method
from app.ui.parts.verdict_kinds import VERDICT_KINDS
from app.ui.widgets.callout import Kind
from app.ui.widgets.progress_list import ProgressRow, State

_STATES: Final[Mapping[CheckState, State]] = {
    CheckState.WAITING: "waiting",
    CheckState.RUNNING: "running",
    CheckState.SPREADING: "running",
    CheckState.PASSED: "done",
    CheckState.FAILED: "failed",
    CheckState.SKIPPED: "skipped",
}


def introduction(*, own: bool, practice: bool) -> str:
    """Return how the test is made: by this program (``own``), or in UbiQuity."""
    if practice:
        return tr(
            "This does what UbiQuity’s connector does, with the practice AWS’s own UbiQuity "
            "sign-in: it assumes the role with your External ID and lists the files."
        )
    if own:
        return tr(
            "You are signed in as UbiQuity, so this does what the connector does: it assumes the "
            "role with the External ID and lists the files. It changes nothing."
        )
    return tr(
        "Only UbiQuity’s own service can use the role, so the real test is in UbiQuity: in the "
        "connector, choose “Test Connection”. What did it answer?"
    )


def check_rows(result: ConnectionResult) -> list[ProgressRow]:
    """Return a row for each check of a test."""
    return [_row(number, check) for number, check in enumerate(result.checks)]


def _row(number: int, check: ConnectionCheck) -> ProgressRow:
    words, values = _words(check)
    state = _STATES[check.state]
    if check.is_warning:
        state = "warning"
    detail, hidden = _detail(check), {}
    if check.state is CheckState.FAILED and check.failure is not None:
        detail, hidden = _answered(), {"answer": _answer(check)}
    return ProgressRow(f"check-{number}", words, values, state, detail, hidden, took=check.seconds)


def _words(check: ConnectionCheck) -> tuple[str, dict[str, str]]:
    if check.kind is CheckKind.ASSUME:
        return tr("UbiQuity assumes the role with your External ID"), {}
    if check.kind is CheckKind.ASSUME_WITHOUT:
        return tr("Without the External ID the role refuses"), {}
    if check.kind is CheckKind.ASSUME_WRONG:
        return tr("With a wrong External ID the role refuses"), {}
    entry = check.entry
    if entry is None:
        return "", {}
    values = {"bucket": entry.name, "prefix": entry.prefix}
    if check.kind is CheckKind.READ:
        return tr("UbiQuity reads one byte of a file in the bucket {bucket}"), {
            "bucket": entry.name
        }
    if check.kind is CheckKind.OUTSIDE:
        return tr("Outside of {prefix} in the bucket {bucket} UbiQuity is refused"), values
    if entry.prefix:
        words = tr("UbiQuity lists {prefix} in the bucket {bucket} ({region})")
    else:
        words = tr("UbiQuity lists the bucket {bucket} ({region})")
    return words.replace("{region}", entry.region), values


def _detail(check: ConnectionCheck) -> str:
    if check.state is CheckState.SPREADING:
        return tr("It is new, and AWS is still spreading it. Trying again.")
    if check.kind is CheckKind.ASSUME_WITHOUT and check.state is CheckState.FAILED:
        return tr("It let UbiQuity in without an External ID. Put Step 2’s trust policy in place.")
    if check.kind is not CheckKind.LIST or not (check.files or check.state is CheckState.PASSED):
        return ""
    if check.state is CheckState.PASSED:
        return _files_found(check)
    counted = ntr("{count} file so far", "{count} files so far", check.files)
    return counted.format(count=check.files)


def _files_found(check: ConnectionCheck) -> str:
    if not check.complete:
        return tr("More than {count} files found").format(count=check.files)
    return ntr("{count} file found", "{count} files found", check.files).format(count=check.files)


class Headline(NamedTuple):
    """What the whole comes to: a word, and a sentence with its values."""

    kind: Kind
    word: str
    text: str
    values: Mapping[str, str] = MappingProxyType({})


def headline(connection: Connection, *, own: bool) -> Headline | None:
    """Return the result in a word and a sentence, or None where there is none yet.

    ``own`` tells that the test is this program's; else UbiQuity's own answer counts.
    """
    if not own and (connection.in_ubiquity is not None or not connection.stopped):
        return _told(connection)
    if connection.stopped:
        return _stopped(connection)
    result = connection.result
    if result is None or not result.finished:
        return None
    if result.worked:
        return Headline("good", tr("It works"), success_words(result))
    failed = result.first_failure
    return None if failed is None else _failed(failed)


def _stopped(connection: Connection) -> Headline:
    word, result = tr("Stopped"), connection.result
    if result is not None and result.finished:
        words = tr("The test had ended, but your account was not read to its end to see why.")
    elif result is not None:
        words = tr("The test was stopped before its end, so it says nothing yet.")
    else:
        words = tr("Your account was not read to its end, so nothing can be said of it yet.")
    unchanged = tr("Nothing was changed in AWS.")
    return Headline("note", word, f"{words} {unchanged}")


def _told(connection: Connection) -> Headline | None:
    """Return what is known before UbiQuity's test and after it."""
    answer, checked = connection.in_ubiquity, connection.checked
    if answer is not None and answer.worked:
        return Headline("good", tr("It works"), tr("UbiQuity’s own test was successful."))
    if checked is None:
        return None
    word, sentence = verdict_words(checked.report)
    return Headline(VERDICT_KINDS[checked.report.verdict], word, sentence)


def _failed(check: ConnectionCheck) -> Headline:
    """Return what failed; AWS's own answer stands with what was tried."""
    if check.failure is not None and check.failure.finding is not None:
        words = failure_words(check.failure)
        return Headline("bad", tr("Not tested"), words.template, words.values)
    word, values = tr("It does not work yet"), {}
    text = tr("UbiQuity can’t assume the role.")
    if check.kind is CheckKind.LIST and check.entry is not None:
        text, values = tr("UbiQuity can’t list the bucket {bucket}."), {"bucket": check.entry.name}
    return Headline("bad", word, text, values)


def _answered() -> str:
    return tr("AWS answered: “{answer}”")


def _answer(check: ConnectionCheck) -> str:
    failure = check.failure
    return (failure.message or failure.code) if failure else ""


def success_words(result: ConnectionResult) -> str:
    """Return the guide's words of a successful test, with the number of files."""
    return of_success(
        sum(check.files for check in result.checks),
        sum(check.markers for check in result.checks),
        complete=all(check.complete for check in result.checks),
    )


def trouble_with(check: ConnectionCheck) -> GuideHeading | None:
    """Return the guide's heading for the check that failed; None where AWS was not reached."""
    if check.failure is not None and check.failure.finding is not None:
        return None
    action = "s3:ListBucket" if check.kind is CheckKind.LIST else "sts:AssumeRole"
    return trouble_of(action, check.failure.code if check.failure else "")


def trouble_of_answer(told: ToldAnswer) -> GuideHeading | None:
    """Return the guide's heading for what UbiQuity answered; None for what is none of them."""
    return next((heading for heading in GuideHeading if heading.value == told.value), None)


def mending_page(trouble: GuideHeading, method: Method | None) -> str:
    """Return the id of the page where ``trouble`` is mended, in the way that was chosen."""
    if trouble is GuideHeading.REGION:
        return "details"
    if method is Method.CREATE:
        return "create"
    if method in (Method.HANDOFF, Method.CLOUDSHELL):
        return method.value
    return "permissions" if trouble is GuideHeading.OPERATIONS else "role"
