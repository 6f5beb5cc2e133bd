"""Whoever no longer exists is left out of what is rewritten, and nobody else."""

from typing import Any, Final

import pytest

from app.core.documents.gone_principals import gone_in, without_gone
from tests.helpers.snapshots import DELETED, ROOT, document, trusting

USER: Final = "AIDAEXAMPLEDELETED001"
LIVING: Final = trusting({"AWS": ROOT})


def denying(*names: str) -> dict[str, Any]:
    return {"Effect": "Deny", "NotPrincipal": {"AWS": list(names)}, "Action": "sts:AssumeRole"}


@pytest.mark.parametrize(
    ("statement", "remaining"),
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
def test_who_is_gone_is_left_out(statement: Any, remaining: list[Any]) -> None:  # noqa: ANN401
    assert without_gone(document(LIVING, statement)) == document(LIVING, *remaining)


def test_a_document_that_would_be_empty_stays_and_so_does_what_is_none() -> None:
    alone = document(trusting({"AWS": DELETED}))
    assert without_gone(alone) == alone
    assert (without_gone(None), gone_in(None)) == (None, ())


def test_one_statement_without_a_list_stays_without() -> None:
    both = {"Version": "2012-10-17", "Statement": trusting({"AWS": [ROOT, DELETED]})}
    assert without_gone(both) == {**both, "Statement": LIVING}
