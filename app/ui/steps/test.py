"""Test the connection: with UbiQuity's own identity where it is there, else as UbiQuity told."""

from PySide6.QtWidgets import QWidget

from app.core.i18n import ntr, tr
from app.core.wording.troubleshooting import advice, trouble_of
from app.flow.connection_test import Check, CheckKind, CheckState, ConnectionResult
from app.flow.pages import Page
from app.flow.setup_state import SetupState
from app.ui.context import PageContext
from app.ui.step_page import PrimaryAction, StepPage, left_aligned
from app.ui.steps.advice_card import AdviceCard
from app.ui.steps.failure_callout import FailureCallout
from app.ui.steps.told_box import ToldBox
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.headings import body
from app.ui.widgets.progress_list import ProgressList, ProgressRow, State

_STATES: dict[CheckState, State] = {
    CheckState.WAITING: "waiting",
    CheckState.RUNNING: "running",
    CheckState.SPREADING: "running",
    CheckState.PASSED: "done",
    CheckState.FAILED: "failed",
    CheckState.SKIPPED: "skipped",
}


class TestPage(StepPage):
    """The proof, check by check, in the connector's order."""

    __test__ = False  # not a test case, whatever pytest thinks of its name

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._how = body("")
        self.add(self._how)
        self._told = ToldBox(context)
        self.add(self._told)
        self._rows = ProgressList(context.masking, "checks")
        self.add(self._rows)
        self._result = Callout("good", "testResult", context.masking)
        self.add(self._result)
        self._failure = FailureCallout(context, "failure-test")
        self.add(self._failure)
        self._advice = AdviceCard("testAdvice")
        self.add(self._advice)
        self._again = plain_button(tr("Test again"), "testAgain")
        self._again.clicked.connect(self._test)
        self._skip = link_button(tr("Finish without a successful test"), "skipTest")
        self._skip.clicked.connect(context.store.skip_test)
        self.add(left_aligned(self._again, self._skip))

    def _own_test(self) -> bool:
        state = self.context.store.state
        has_identity = state.signed_in is not None and state.signed_in.ubiquity is not None
        return state.practice or has_identity

    def _test(self) -> None:
        self.context.start("test", self.context.actions.test())

    def show_state(self, state: SetupState) -> None:
        """Redraw checks, result and advice."""
        own = self._own_test()
        self._how.setText(_how(own=own, practice=state.practice))
        self._told.setVisible(not own)
        self._told.show_state(state)
        result = state.result
        self._rows.setVisible(own and result is not None)
        if result is not None:
            self._rows.set_rows(check_rows(result))
        self._failure.show_state(state)
        self._show_result(state)
        failed = bool(result and result.finished and not result.worked)
        told_failed = state.told is not None and not state.told.worked
        self._again.setVisible(own and result is not None and result.worked)
        self._skip.setVisible(failed or told_failed or (not own and state.told is None))

    def _show_result(self, state: SetupState) -> None:
        result = state.result
        finished = result is not None and result.finished
        self._result.setVisible(finished)
        self._advice.setVisible(False)
        if result is None or not finished:
            return
        failure = result.first_failure
        if result.worked:
            self._result.set_kind("good")
            self._result.show_text(success_words(result))
        elif failure is not None and failure.failure is not None:
            self._result.set_kind("bad")
            template, values = failed_words(failure)
            self._result.show_text(template, values)
            trouble = trouble_of(_action(failure), failure.failure.code)
            self._advice.show_advice(advice(trouble))
            self._advice.setVisible(True)

    def primary(self, state: SetupState) -> PrimaryAction | None:
        """Return "Test the connection" until a test has worked."""
        if not self._own_test() or (state.result and state.result.worked):
            return None
        again = state.result is not None and state.result.finished
        return PrimaryAction(tr("Test again") if again else tr("Test the connection"), self._test)

    def focus_control(self, name: str) -> QWidget | None:
        """Return the first answer."""
        return self._told.first_control() if name == "test" else None


def _how(*, own: bool, practice: bool) -> str:
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


def _row(number: int, check: Check) -> ProgressRow:
    words, values = _words(check)
    detail = ""
    if check.state is CheckState.SPREADING:
        detail = tr("The role is new, and AWS is still spreading it. Trying again.")
    elif check.kind is CheckKind.ASSUME_WITHOUT and check.state is CheckState.FAILED:
        detail = tr(
            "It let UbiQuity in without an External ID. Put Step 2’s trust policy in place."
        )
    elif check.kind is CheckKind.LIST and check.files:
        counted = ntr("{count} file so far", "{count} files so far", check.files)
        done = ntr("{count} file found", "{count} files found", check.files)
        detail = (done if check.state is CheckState.PASSED else counted).format(count=check.files)
    state = _STATES[check.state]
    if check.kind is CheckKind.ASSUME_WITHOUT and check.state is CheckState.FAILED:
        state = "warning"
    return ProgressRow(f"check-{number}", words, values, state, detail)


def _words(check: Check) -> tuple[str, dict[str, str]]:
    if check.kind is CheckKind.ASSUME:
        return tr("UbiQuity assumes the role with your External ID"), {}
    if check.kind is CheckKind.ASSUME_WITHOUT:
        return tr("Without the External ID the role refuses"), {}
    entry = check.entry
    if entry is None:
        return "", {}
    values = {"bucket": entry.name, "region": entry.region, "prefix": entry.prefix}
    if entry.prefix:
        return tr("UbiQuity lists {prefix} in the bucket {bucket} ({region})"), values
    return tr("UbiQuity lists the bucket {bucket} ({region})"), values


def _action(check: Check) -> str:
    return "s3:ListBucket" if check.kind is CheckKind.LIST else "sts:AssumeRole"


def success_words(result: ConnectionResult) -> str:
    """Return the guide's words of a successful test, with the number of files."""
    files = sum(check.files for check in result.checks)
    words = ntr(
        "Connection successful. Found {count} file in bucket.",
        "Connection successful. Found {count} files in bucket.",
        files,
    ).format(count=files)
    return words if files else f"{words} " + tr("An empty bucket or folder is fine.")


def failed_words(check: Check) -> tuple[str, dict[str, str]]:
    """Return what failed, with AWS's own answer."""
    answer = check.failure.message if check.failure else ""
    if check.kind is CheckKind.LIST and check.entry is not None:
        values = {"bucket": check.entry.name, "answer": answer}
        return tr("UbiQuity can’t list the bucket {bucket}. AWS answered: “{answer}”"), values
    return tr("UbiQuity can’t assume the role. AWS answered: “{answer}”"), {"answer": answer}
