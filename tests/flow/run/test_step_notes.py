"""What is journalled of a step before its request goes out."""

from app.core.change import Change, ChangeKind
from app.core.formats.journal_json import dump_journal, read_journal
from app.core.journal import RunKind, Step, StepState, new_journal
from app.flow.ports import Present
from app.flow.run.step_notes import begun
from tests.helpers.drafts import ACCOUNT, MOMENT, POLICY_ARN

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
