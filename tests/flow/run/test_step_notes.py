"""What is journalled of a step before its request goes out."""

from app.core.change import Change, ChangeKind
from app.core.changes.requests import calls_of
from app.core.changes.role import deletion
from app.core.changes.undo import inverse
from app.core.formats.journal_json import dump_journal, read_journal
from app.core.journal import RunKind, Step, StepState, new_journal
from app.flow.ports.aws import Present
from app.flow.run.step_notes import begun
from tests.helpers.drafts import ACCOUNT, MOMENT, POLICY_ARN, ROLE_ARN, role_facts

OLD = {"Version": "2012-10-17", "Statement": []}
GIVEN_UP = Change(
    ChangeKind.DELETE_POLICY_VERSION,
    POLICY_ARN,
    {"version": "v1", "document": None},
    None,
    reversible=False,
)


def test_the_text_of_a_version_that_is_given_up_is_kept() -> None:
    step = begun(Step(GIVEN_UP), Present({"version": "v1", "document": OLD}), MOMENT)
    assert (step.state, step.change.before) == (
        StepState.STARTED,
        {"version": "v1", "document": OLD},
    )
    journal = new_journal(
        kind=RunKind.APPLY,
        account_id=ACCOUNT,
        changes=(step.change,),
        now=MOMENT,
    )
    assert read_journal(dump_journal(journal), "x.json") == journal


def test_another_change_stays_as_it_was_planned() -> None:
    change = Change(ChangeKind.CREATE_POLICY, POLICY_ARN, None, OLD, reversible=True)
    assert begun(Step(change), Present(None), MOMENT).change == change


def test_what_is_deleted_comes_back_with_what_it_had_by_then() -> None:
    """Somebody tagged and described it after it was read for the plan; AWS's own tags stay out."""
    planned = deletion(ROLE_ARN, role_facts(OLD))
    now = {
        "description": "of the data team",
        "tags": {"team": "data", "aws:cloudformation:stack-name": "a-stack"},
        "max_session_duration": 7200,
    }
    step = begun(Step(planned), Present(OLD, settings=now), MOMENT)
    (back,) = inverse(step)
    (call,) = calls_of(back)
    assert call.parameters["Description"] == "of the data team"
    assert call.parameters["Tags"] == [{"Key": "team", "Value": "data"}]
    assert call.parameters["MaxSessionDuration"] == 7200
