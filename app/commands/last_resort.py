"""The last resort of the command line: what is said where the program itself has failed.

Expected failures are values, and never come here. What does is a mistake of ours: one message says
what that means for the person's AWS account, and where the report for support is.
"""

from datetime import UTC, datetime
from typing import Final, NamedTuple

from app.commands.exit_status import OWN_FAULT
from app.commands.terminal import terminal
from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import tr


class _Run(NamedTuple):
    account_id: str
    command: str


_RUNS: Final[list[_Run]] = []
"""The runs that this process has worked on, the latest last."""


def run_begun(account_id: str, command: str) -> None:
    """Remember that changes are made: from now on it may be untrue that nothing was changed.

    ``command`` goes on with the run.
    """
    _RUNS.append(_Run(account_id, command))


def report_fault(error: BaseException) -> int:
    """Say that the program failed, keep the report of ``error``; return the exit status."""
    from app.system.crash_report import crash_report, keep_report
    from app.system.own_folders import data_folder

    report = crash_report(error)
    path = keep_report(data_folder() / "reports", report, datetime.now(UTC))
    terminal().tell(tr("This program made a mistake of its own, and stopped."), _consequence())
    if path is not None:
        sentence = tr(
            "A report without anything you typed is saved in {file}. If it happens again, send it "
            "to {address}."
        )
        terminal().tell(sentence.format(file=path, address=SUPPORT_EMAIL))
    else:
        sentence = tr(
            "The report could not be saved. If it happens again, send these lines to {address}:"
        )
        terminal().tell(sentence.format(address=SUPPORT_EMAIL), *report.split("\n"))
    return OWN_FAULT


def _consequence() -> str:
    """Return what became of the AWS account."""
    if not _RUNS:
        return tr("Nothing was changed in AWS.")
    run = _RUNS[-1]
    sentence = tr(
        "Nothing more is changed in AWS account {account}. This program’s "
        "journal has what was done so far. To see it and to go on, call "
        "“{command}” again, or open the wizard."
    )
    return sentence.format(account=run.account_id, command=run.command)
