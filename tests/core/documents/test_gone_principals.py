"""Whoever no longer exists is left out of what is rewritten, and nobody else."""

from typing import Any, Final

import pytest

from app.core.change import Change, ChangeKind, Obstacle
from app.core.documents.gone_principals import gone_in, left_out, rewriting, without_gone
from tests.helpers.snapshots import DELETED, ROLE_ARN, ROOT, document, trusting

USER: Final = "AIDAEXAMPLEDELETED001"
LIVING: Final = trusting({"AWS": ROOT})
TRUST: Final = ChangeKind.UPDATE_TRUST_POLICY


def denying(*names: str) -> dict[str, Any]:
    return {"Effect": "Deny", "NotPrincipal": {"AWS": list(names)}, "Action": "sts:AssumeRole"}


@pytest.mark.parametrize(
    ("statement", "left"),
    [
        (trusting({"AWS": DELETED}), []),
        (trusting({"AWS": [DELETED, USER]}), []),
        (trusting({"AWS": [DELETED, ROOT]}), [LIVING]),
        (
            trusting({"AWS": USER, "Service": "ec2.amazonaws.com"}),
            [trusting({"Service": "ec2.amazonaws.com"})],
        ),
        (denying(USER, ROOT), [{**denying(), "NotPrincipal": {"AWS": ROOT}}]),
        (denying(USER), [denying(USER)]),
        (trusting("*"), [trusting("*")]),
        ("odd", ["odd"]),
    ],
)
def test_who_is_gone_is_left_out(statement: Any, left: list[Any]) -> None:  # noqa: ANN401
    assert without_gone(document(LIVING, statement)) == document(LIVING, *left)


def test_a_document_that_would_be_empty_stays_and_so_does_what_is_none() -> None:
    alone = document(trusting({"AWS": DELETED}))
    assert without_gone(alone) == alone
    assert (without_gone(None), gone_in(None)) == (None, ())


def test_one_statement_without_a_list_stays_without() -> None:
    both = {"Version": "2012-10-17", "Statement": trusting({"AWS": [ROOT, DELETED]})}
    assert without_gone(both) == {**both, "Statement": LIVING}


def test_a_rewritten_policy_says_whom_it_leaves_out() -> None:
    before = document(trusting({"AWS": [DELETED, ROLE_ARN]}))
    after = document(*before["Statement"], LIVING)
    change = rewriting(TRUST, ROLE_ARN, before, after, {ROLE_ARN})
    assert change == Change(TRUST, ROLE_ARN, before, document(LIVING), reversible=False)
    assert left_out(change, {ROLE_ARN}) == (DELETED, ROLE_ARN)
    assert left_out(change) == (DELETED,)


def test_nobody_gone_nothing_left_out() -> None:
    change = rewriting(TRUST, ROLE_ARN, document(), document(LIVING))
    assert change == Change(TRUST, ROLE_ARN, document(), document(LIVING), reversible=True)
    assert left_out(change) == ()
    made = Change(ChangeKind.CREATE_ROLE, ROLE_ARN, None, document(LIVING), reversible=True)
    assert left_out(made) == ()


def test_what_aws_would_refuse_all_the_same_is_in_the_way() -> None:
    after = document(LIVING, denying(DELETED))
    assert rewriting(TRUST, ROLE_ARN, document(), after) == Obstacle("change.refused", ROLE_ARN)
