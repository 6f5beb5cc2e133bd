"""Whether a plan makes a set-up from nothing or mends one, as page, button and receipt say."""

from collections.abc import Callable

import pytest

from app.core.change import ChangeKind
from app.core.changes.mending import is_mending
from app.core.choices import Choice, Choices
from app.core.documents.policies import trust_policy
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.planning.plan import plan
from app.core.snapshot import CustomerPolicy, RoleFacts, Snapshot, State
from tests.helpers.drafts import ACCOUNT, ENCRYPTED, PLAIN, ROLE_ARN, untouched, whole
from tests.helpers.runs import change


def _other_trust() -> Snapshot:
    found = whole(PLAIN)
    other = trust_policy("Zq7JBlwfjUOUcQjd5gt7vw")
    return replace(found, role=replace(found.role, trust_policy=other))


def _without_role() -> Snapshot:
    return replace(whole(PLAIN), role=RoleFacts(State.MISSING))


def _without_policy() -> Snapshot:
    found = whole(PLAIN)
    role = replace(found.role, attached_policies=())
    return replace(found, role=role, customer_policy=CustomerPolicy(State.MISSING))


def _under_a_path() -> Snapshot:
    found = untouched(PLAIN)
    there = whole(PLAIN).role
    arn = role_arn(ACCOUNT).replace("role/", "role/data/")
    return replace(found, role=replace(there, arn=arn, path="/data/", attached_policies=()))


@pytest.mark.parametrize(
    ("snapshot", "mends"),
    [
        (lambda: untouched(PLAIN), False),
        (lambda: whole(PLAIN), False),  # nothing to do
        (_other_trust, True),
        (_without_role, True),
        (_without_policy, True),
        (_under_a_path, True),
    ],
)
def test_what_is_there_is_mended(snapshot: Callable[[], Snapshot], mends: bool) -> None:
    choices = Choices(chosen=frozenset({Choice.REMAKE_ROLE}))
    assert is_mending(plan(PLAIN, snapshot(), choices).changes) is mends


def test_a_key_beside_a_new_role_is_no_mending() -> None:
    assert not is_mending(plan(ENCRYPTED, untouched(ENCRYPTED)).changes)


def test_a_new_statement_in_a_key_policy_alone_mends() -> None:
    assert is_mending([change(ChangeKind.PUT_KEY_POLICY, ROLE_ARN, {}, {"a": "b"})])
