"""What support needs to know, gathered from where a person stands."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.diagnosis.diagnose import diagnose
from app.core.frozen import replace
from app.core.support_case import SupportCase
from app.core.wording.problems import problem_text

if TYPE_CHECKING:
    from app.core.failure import AwsFailure
    from app.core.iam.work import Work
    from app.core.journal import Journal
    from app.core.snapshot import Snapshot
    from app.flow.wizard.run_state import Run
    from app.flow.wizard.state import SetupState


def support_case(
    state: "SetupState",
    *,
    moment: datetime,
    page: str,
    program: str,
    system: str,
    parts: tuple[tuple[str, str], ...],
    home: str,
    log: str = "",
    elsewhere: tuple["AwsFailure", ...] = (),
) -> SupportCase:
    """Return what there is to tell of ``state`` at ``moment`` (UTC), on the page of that title.

    ``elsewhere`` are failures that the state doesn't hold; other arguments are as in
    ``SupportCase``. A snapshot that was read for a plan comes without its report: ``diagnosed``
    adds that.
    """
    checked, draft = state.connection.checked, state.draft
    problems = tuple(f"{p.field}: {problem_text(p)}" for p in state.details.check.errors)
    return SupportCase(
        moment=moment,
        program=program,
        system=system,
        page=page,
        parts=parts,
        practice=state.practice,
        draft=checked.draft if checked else draft,
        snapshot=checked.snapshot if checked else _read_for_a_plan(state),
        report=checked.report if checked else None,
        journal=_last_run(state),
        failures=_failures(state, elsewhere),
        calls=state.connection.calls,
        pasted_error=state.error_text,
        problems=() if draft else problems,
        typed_id=state.details.form.database_id,
        home=home,
        log=log,
    )


def diagnosed(case: SupportCase, work: "Work") -> SupportCase:
    """Return ``case`` with the report on what was read, where nobody was shown one yet."""
    if case.report is not None or case.draft is None or case.snapshot is None:
        return case
    return replace(case, report=diagnose(case.draft, case.snapshot, work))


def _runs(state: "SetupState") -> Iterator["Run"]:
    for run in (state.revocation.run, state.creation.run):
        if run is not None:
            yield run


def _read_for_a_plan(state: "SetupState") -> "Snapshot | None":
    read = (run.review.snapshot for run in _runs(state) if run.review is not None)
    snapshot, result = next(read, None), state.connection.result
    if snapshot is None or result is None:
        return snapshot
    return snapshot.with_observations(*result.observations)


def _last_run(state: "SetupState") -> "Journal | None":
    journals = [run.journal for run in _runs(state)]
    journals += [state.past.interrupted, state.past.undoable]
    return next((journal for journal in journals if journal is not None), None)


def _failures(state: "SetupState", elsewhere: tuple["AwsFailure", ...]) -> tuple["AwsFailure", ...]:
    """Return what AWS answered, that of the page last, each once."""
    result = state.connection.result
    told = [change.failure for run in _runs(state) for change in run.progress]
    told += [check.failure for check in result.checks] if result else []
    once: list[AwsFailure] = []
    for failure in (*told, *elsewhere, state.failure):
        if failure is not None and failure not in once:
            once.append(failure)
    return tuple(once)
