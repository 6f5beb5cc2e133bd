"""What takes each step back, and what no undo brings back."""

from datetime import UTC, datetime
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.changes.expectation import is_after, is_before
from app.core.changes.sides import RESTORED
from app.core.changes.undo import (
    can_undo,
    deleted_before,
    in_effect,
    inverse,
    latest_apply,
    latest_to_undo,
    latest_unfinished,
    left_by_undo,
    standing_since,
)
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.frozen import replace
from app.core.journal import Journal, RunKind, RunState, Step, StepState, new_journal
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.runs import STARTS, change, made

POLICY, ROLE, ATTACH = made(PLAIN)
KIND = ChangeKind
DOCUMENT: Final[dict[str, object]] = {"Version": "2012-10-17", "Statement": []}
KEY: Final = "arn:aws:kms:eu-west-1:120456789013:key/1"
ORPHAN: Final = "AROAJQABLZS4A3QDU576Q"

SWAPPED = (
    (ROLE, KIND.DELETE_ROLE),
    (POLICY, KIND.DELETE_POLICY),
    (ATTACH, KIND.DETACH_POLICY),
    (change(KIND.DETACH_POLICY, ROLE.target, {"policy_arn": "x"}, None), KIND.ATTACH_POLICY),
    (change(KIND.UPDATE_TRUST_POLICY, ROLE.target, {"a": 1}, {"b": 2}), KIND.UPDATE_TRUST_POLICY),
    (change(KIND.TAG_ROLE, ROLE.target, {"a": "1"}, {"b": "2"}), KIND.TAG_ROLE),
    (
        change(KIND.SET_PERMISSIONS_BOUNDARY, ROLE.target, None, {"policy_arn": "x"}),
        KIND.SET_PERMISSIONS_BOUNDARY,
    ),
    (
        change(KIND.PUT_ROLE_POLICY, ROLE.target, {"name": "x", "document": {}}, None),
        KIND.PUT_ROLE_POLICY,
    ),
    (change(KIND.PUT_KEY_POLICY, KEY, DOCUMENT, {"b": 2}), KIND.PUT_KEY_POLICY),
    (change(KIND.PUT_BUCKET_POLICY, "arn:aws:s3:::b", DOCUMENT, None), KIND.PUT_BUCKET_POLICY),
    (change(KIND.DELETE_ROLE, ROLE.target, DOCUMENT, None), KIND.CREATE_ROLE),
    (change(KIND.DELETE_POLICY, POLICY.target, DOCUMENT, None), KIND.CREATE_POLICY),
)


@pytest.mark.parametrize(("forth", "kind"), SWAPPED, ids=lambda entry: str(entry)[:20])
def test_a_change_is_taken_back_by_one_with_its_sides_swapped(
    forth: Change, kind: ChangeKind
) -> None:
    (back,) = inverse(Step(forth))
    assert (back.kind, back.target) == (kind, forth.target)
    assert (back.before, back.after) == (forth.after, forth.before)


def test_a_policy_version_is_taken_back_in_two() -> None:
    forth = change(KIND.CREATE_POLICY_VERSION, POLICY.target, {"old": 1}, {"new": 1})
    step = Step(forth, made={"version": "v6", "version_before": "v5"})
    newer = {"version": "v6", "document": {"new": 1}}
    older = {"version": "v5", "document": {"old": 1}}
    default, gone = inverse(step)
    assert (default.kind, default.before, default.after) == (
        KIND.SET_DEFAULT_POLICY_VERSION,
        newer,
        older,
    )
    assert (gone.kind, gone.before, gone.after) == (KIND.DELETE_POLICY_VERSION, newer, None)


def test_a_deleted_policy_version_does_not_come_back() -> None:
    before = {"version": "v1", "document": DOCUMENT}
    step = Step(change(KIND.DELETE_POLICY_VERSION, POLICY.target, before, None))
    assert inverse(step) == ()


def test_a_revoked_grant_does_not_come_back() -> None:
    grant = {"id": "x", "grantee": "y", "operations": ["Decrypt"]}
    step = Step(change(KIND.REVOKE_GRANT, KEY, grant, None), StepState.DONE)
    assert inverse(step) == ()
    assert left_by_undo(_journal(step)) == (step.change,)


def test_what_is_made_anew_gets_back_what_it_had() -> None:
    gone = change(KIND.DELETE_ROLE, ROLE.target, DOCUMENT, None, tags={"a": "b"})
    (back,) = inverse(Step(gone))
    assert back.settings == {"tags": {"a": "b"}, RESTORED: True}


def _trusting(*principals: str) -> dict[str, object]:
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": list(principals)}}],
    }


def test_nobody_who_is_gone_is_put_back() -> None:
    root, role = f"arn:aws:iam::{ACCOUNT}:root", ROLE.target
    forth = change(KIND.PUT_KEY_POLICY, KEY, _trusting(root, ORPHAN, role), _trusting(root))
    (back,) = inverse(Step(forth), gone={role})
    expected = _trusting(root)
    assert is_after(back, expected)
    (with_role,) = inverse(Step(forth))
    assert is_after(with_role, _trusting(root, role))
    # Nothing but the gone: AWS takes none of it, and UbiQuity stays out as it was.
    alone = change(KIND.UPDATE_TRUST_POLICY, role, _trusting(ORPHAN), _trusting(root))
    assert inverse(Step(alone))[0].after == {**_trusting(), "Statement": [revoked_statement()]}
    assert left_by_undo(_journal(Step(alone, StepState.UNDONE))) == (alone,)


def test_a_deleted_role_is_known_by_its_id() -> None:
    root, role = f"arn:aws:iam::{ACCOUNT}:root", ROLE.target
    forth = change(KIND.PUT_KEY_POLICY, KEY, _trusting(root, role), _trusting(root))
    assert not is_before(forth, _trusting(root, ORPHAN))
    assert is_before(forth, _trusting(root, ORPHAN), gone={role})
    assert not is_before(forth, _trusting(root), gone={role})


def _journal(*steps: Step, state: RunState = RunState.FINISHED, second: int = 0) -> Journal:
    moment = datetime(2026, 1, 1, 0, 0, second, tzinfo=UTC)
    journal = new_journal(kind=RunKind.APPLY, account_id=ACCOUNT, changes=(), now=moment)
    return replace(journal, steps=steps, state=state)


@pytest.mark.parametrize(
    ("state", "is_in_effect"),
    [
        (StepState.WAITING, False),
        (StepState.STARTED, True),
        (StepState.DONE, True),
        (StepState.NOT_DONE, False),
        (StepState.UNDOING, True),
        (StepState.UNDONE, False),
        (StepState.KEPT, False),
    ],
)
def test_what_is_in_effect_can_be_undone(state: StepState, is_in_effect: bool) -> None:
    journal = _journal(Step(ROLE, state))
    assert in_effect(journal) is can_undo(journal) is is_in_effect
    assert not can_undo(replace(journal, state=RunState.UNDONE))


def test_the_latest_run_counts() -> None:
    done = Step(ROLE, StepState.DONE)
    first = _journal(done, state=RunState.OPEN, second=1)
    second = _journal(done, second=2)
    undone = _journal(Step(ROLE, StepState.UNDONE), state=RunState.UNDONE, second=3)
    elsewhere = Step(replace(ROLE, target=f"{ROLE.target}-other"), StepState.DONE)
    closed = _journal(elsewhere, state=RunState.CLOSED, second=4)
    nothing = _journal(Step(ROLE, StepState.NOT_DONE), state=RunState.OPEN, second=5)
    runs = [second, nothing, first, closed, undone]
    assert latest_to_undo(runs, ACCOUNT) == second
    assert latest_unfinished(runs) == latest_unfinished(runs, ACCOUNT) == first
    assert latest_to_undo(runs, "999999999999") is None
    assert latest_unfinished(runs, "999999999999") is None
    # What was left as it is stands on what was made before: that is not undone.
    on_top = _journal(done, state=RunState.CLOSED, second=6)
    assert latest_to_undo([*runs, on_top], ACCOUNT) is None


def test_the_order_of_runs_is_their_numbers_and_not_the_clock() -> None:
    done = Step(ROLE, StepState.DONE)
    unnumbered = _journal(done, second=59)
    first = replace(_journal(done, second=40), number=1)
    second = replace(_journal(done, state=RunState.OPEN, second=20), number=2)
    runs = [first, unnumbered, second]
    assert latest_to_undo(runs, ACCOUNT) == latest_apply(runs, ACCOUNT) == second
    assert latest_unfinished(runs) == second
    assert standing_since(runs, first) == standing_since(runs, unnumbered) == second
    assert standing_since(runs, second) is None
    assert latest_to_undo([first, unnumbered], ACCOUNT) == first


def test_the_last_set_up_is_no_revocation() -> None:
    done = Step(ROLE, StepState.DONE)
    first = replace(_journal(done, second=1), draft=PLAIN)
    other = replace(first, id=_journal(second=2).id, draft=replace(PLAIN, database_id="b" * 22))
    revoked = replace(_journal(done, second=3), kind=RunKind.REVOKE)
    runs = [revoked, first, other]
    assert latest_to_undo(runs, ACCOUNT) == revoked
    assert latest_apply(runs, ACCOUNT) == other
    assert latest_apply(runs, ACCOUNT, PLAIN) == first
    assert latest_apply([revoked], ACCOUNT) is None
    assert latest_apply(runs, "999999999999") is None


@pytest.mark.parametrize(
    ("later", "stands"),
    [
        (Step(change(KIND.UPDATE_TRUST_POLICY, ROLE.target, {}, {}), StepState.DONE), True),
        (Step(change(KIND.UPDATE_TRUST_POLICY, ROLE.target, {}, {}), StepState.STARTED), True),
        (Step(change(KIND.UPDATE_TRUST_POLICY, ROLE.target, {}, {}), StepState.UNDONE), False),
        (Step(change(KIND.PUT_KEY_POLICY, KEY, {}, {}), StepState.DONE), False),
    ],
)
def test_a_later_run_stands_where_it_changed_the_same(later: Step, stands: bool) -> None:
    journal = _journal(Step(ROLE, StepState.DONE), Step(POLICY, StepState.UNDONE), second=1)
    for state in (RunState.FINISHED, RunState.CLOSED):
        run = _journal(later, state=state, second=2)
        assert (standing_since([journal, run], journal) == run) is stands
        assert standing_since([journal, run], run) is None
        assert standing_since([replace(run, account_id="9" * 12)], journal) is None


def test_what_undo_leaves() -> None:
    _start, changes = STARTS["shared and full"]()
    steps = [Step(c, StepState.UNDONE) for c in changes]
    steps[0] = Step(changes[0], StepState.KEPT)
    assert left_by_undo(_journal(*steps)) == (changes[0],)
    _start, changes = STARTS["revoked"]()
    left = left_by_undo(_journal(*(Step(c, StepState.UNDONE) for c in changes)))
    assert [c.kind for c in left] == [KIND.DELETE_ROLE, KIND.DELETE_POLICY]
    waiting = _journal(*(Step(c) for c in changes))
    assert left_by_undo(waiting) == ()
    assert deleted_before(waiting, 0) == frozenset()
    assert deleted_before(waiting, 3) == {ROLE.target}
