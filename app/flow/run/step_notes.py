"""What is journalled of a step: before its request goes out, and however the attempt ended."""

from datetime import datetime

from app.core.change import Change
from app.core.changes.dating import dated
from app.core.changes.kinds import rules_of
from app.core.changes.requests import makes_something
from app.core.frozen import replace
from app.core.journal import Step, StepState
from app.flow.ports.aws import Present
from app.flow.run.live_run import LiveRun
from app.flow.run.one_change import ChangeOutcome, End
from app.flow.run.progress import ChangeState


def begun(step: Step, present: Present, at: datetime) -> Step:
    """Return the step as it is before its request goes out, with the policy's version till now.

    A change that names a time gets ``at``, AWS's own (UTC). The text of a policy version that is
    about to be deleted is kept with it: no snapshot has it, and nobody could read it afterwards;
    so is what a role or policy is made with, as it is by now.
    """
    facts = dict(step.made)
    if step.state is not StepState.STARTED:
        facts.pop("version_before", None)
    if present.version is not None:
        facts.setdefault("version_before", present.version)
    change = dated(step.change, at)
    if rules_of(change).keeps_what_it_deletes and present.value is not None:
        change = replace(change, before=present.value)
    if present.settings is not None:
        change = replace(change, settings={**change.settings, **present.settings})
    return replace(step, change=change, state=StepState.STARTED, made=facts)


async def note(run: LiveRun, index: int, outcome: ChangeOutcome) -> None:
    """Journal and tell how the attempt to make a step ended."""
    step = replace(run.step(index), aws_at=_aws_at(outcome))
    if outcome.end is End.MADE or (outcome.end is End.THERE and _is_ours(step, outcome)):
        facts = {**step.made, **_facts(step.change, outcome)}
        failure = await run.keep(index, replace(step, state=StepState.DONE, made=facts))
        run.show(index, ChangeState.DONE, failure)
    elif outcome.end is End.THERE:
        failure = await run.keep(index, replace(step, state=StepState.KEPT))
        run.show(index, ChangeState.DONE, failure)
    else:
        await _note_failure(run, index, outcome)


async def _note_failure(run: LiveRun, index: int, outcome: ChangeOutcome) -> None:
    step, failure = run.step(index), outcome.failure
    # Nothing is written of a step that was never begun: it is as it was.
    if outcome.end is End.NOT_MADE and step.state is StepState.STARTED:
        unkept = await run.keep(index, replace(step, state=StepState.NOT_DONE))
        failure = failure or unkept
    if failure is None:
        run.show(index, ChangeState.NOT_DONE)
    else:
        run.fail(index, failure)


def _is_ours(step: Step, outcome: ChangeOutcome) -> bool:
    """Tell whether what is there was made by this run: of a thing made, only its tag proves it."""
    tagged = outcome.present is not None and outcome.present.tagged
    return outcome.ours and (tagged or not makes_something(step.change))


def _aws_at(outcome: ChangeOutcome) -> datetime | None:
    answer = outcome.made or outcome.present
    return answer.at if answer else None


def _facts(change: Change, outcome: ChangeOutcome) -> dict[str, str]:
    """Return what undo will have to know: the version that was made, and whether it has our tag."""
    answer = outcome.made or outcome.present
    if answer is None:
        return {}
    version = answer.version if rules_of(change).makes_version else None
    tagged = answer.tagged and makes_something(change)
    return ({"version": version} if version else {}) | ({"tagged": "yes"} if tagged else {})
