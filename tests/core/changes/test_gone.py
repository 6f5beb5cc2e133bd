"""A policy that is rewritten leaves out whoever no longer exists, and says whom."""

from typing import Any, Final

from app.core.change import Change, ChangeKind, Obstacle
from app.core.changes.gone import left_out, rewriting
from app.core.changes.role import UPDATE_TRUST_POLICY
from tests.helpers.snapshots import DELETED, ROLE_ARN, ROOT, document, trusting

LIVING: Final = trusting({"AWS": ROOT})
TRUST: Final = ChangeKind.UPDATE_TRUST_POLICY


def denying(*names: str) -> dict[str, Any]:
    return {"Effect": "Deny", "NotPrincipal": {"AWS": list(names)}, "Action": "sts:AssumeRole"}


def test_a_rewritten_policy_says_whom_it_leaves_out() -> None:
    before = document(trusting({"AWS": [DELETED, ROLE_ARN]}))
    after = document(*before["Statement"], LIVING)
    change = rewriting(UPDATE_TRUST_POLICY, ROLE_ARN, before, after, {ROLE_ARN})
    assert change == Change(TRUST, ROLE_ARN, before, document(LIVING), reversible=False)
    assert left_out(change, {ROLE_ARN}) == (DELETED, ROLE_ARN)
    assert left_out(change) == (DELETED,)


def test_nobody_gone_nothing_left_out() -> None:
    change = rewriting(UPDATE_TRUST_POLICY, ROLE_ARN, document(), document(LIVING))
    assert change == Change(TRUST, ROLE_ARN, document(), document(LIVING), reversible=True)
    assert left_out(change) == ()
    made = Change(ChangeKind.CREATE_ROLE, ROLE_ARN, None, document(LIVING), reversible=True)
    assert left_out(made) == ()


def test_what_aws_would_refuse_all_the_same_is_in_the_way() -> None:
    after = document(LIVING, denying(DELETED))
    assert rewriting(UPDATE_TRUST_POLICY, ROLE_ARN, document(), after) == Obstacle(
        "change.refused", ROLE_ARN
    )
