"""Policies against AWS's limits, to the character."""

import json

import pytest

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.documents.policy_size import (
    MANAGED_POLICY_LIMIT,
    TRUST_POLICY_LIMIT,
    entries_that_fit,
    size_in_characters,
    size_problems,
)
from app.core.draft import BucketEntry, Draft
from app.core.wording.problems import problem_text
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, PLAIN, REGION


def draft_of(names: list[str], database_id: str = DATABASE_ID) -> Draft:
    return Draft(ACCOUNT, database_id, tuple(BucketEntry(name, REGION) for name in names))


def names(count: int, length: int = 20) -> list[str]:
    return [f"bucket-{number:0{length - 7}}" for number in range(count)]


def test_white_space_does_not_count() -> None:
    assert size_in_characters({"a": ["b c"]}) == len('{"a":["bc"]}')
    assert size_in_characters({"Ë": "\t\n\xa0"}) == len('{"Ë":"\\t\\n"}')


def test_what_fits_is_said_to_fit() -> None:
    assert size_problems(PLAIN) == ()
    assert entries_that_fit(PLAIN) == 1


@pytest.mark.parametrize("length", [10, 20, 37, 63])
def test_how_many_buckets_fit(length: int) -> None:
    draft = draft_of(names(400, length))
    fit = entries_that_fit(draft)
    sizes = [
        len(json.dumps(permissions_policy(draft.buckets[:count]), separators=(",", ":")))
        for count in (fit, fit + 1)
    ]
    assert sizes[0] <= MANAGED_POLICY_LIMIT < sizes[1]
    (problem,) = size_problems(draft)
    assert problem.field == "buckets"
    assert dict(problem.params) == {"count": 400, "fit": fit, "limit": MANAGED_POLICY_LIMIT}
    assert str(fit) in problem_text(problem)
    assert size_problems(draft_of(names(fit, length))) == ()
    assert len(size_problems(draft_of(names(fit + 1, length)))) == 1


def test_the_boundary_is_exact() -> None:
    draft = draft_of(names(100))
    fit = entries_that_fit(draft)
    room = MANAGED_POLICY_LIMIT - size_in_characters(permissions_policy(draft.buckets[:fit]))
    # Each character of a name stands in the policy twice.
    stretched = BucketEntry(f"{'x' * (room // 2)}{draft.buckets[0].name}", REGION)
    full = Draft(ACCOUNT, DATABASE_ID, (stretched, *draft.buckets[1:fit]))
    assert size_in_characters(permissions_policy(full.buckets)) == MANAGED_POLICY_LIMIT - room % 2
    assert size_problems(full) == ()
    longer = BucketEntry(f"xx{stretched.name}", REGION)
    over = Draft(ACCOUNT, DATABASE_ID, (longer, *full.buckets[1:]))
    assert entries_that_fit(over) == fit - 1
    assert len(size_problems(over)) == 1
    assert size_problems(Draft(ACCOUNT, DATABASE_ID, over.buckets[1:])) == ()


def test_not_even_one_fits() -> None:
    deep = BucketEntry("acme", REGION, f"{'*' * 1023}/", restrict_to_prefix=True)
    draft = Draft(ACCOUNT, DATABASE_ID, (deep,))
    assert entries_that_fit(draft) == 0
    (problem,) = size_problems(draft)
    assert "0" in problem_text(problem)
    mended = Draft(ACCOUNT, DATABASE_ID, (BucketEntry("acme", REGION, f"{'*' * 1023}/"),))
    assert size_problems(mended) == ()


def test_a_line_that_makes_the_policy_shorter() -> None:
    folders = [
        BucketEntry("acme", REGION, f"folder-{number}/", restrict_to_prefix=True)
        for number in range(150)
    ]
    whole = Draft(ACCOUNT, DATABASE_ID, (*folders, BucketEntry("acme", REGION)))
    assert size_problems(whole) == ()
    assert entries_that_fit(whole) == 151
    limited = Draft(ACCOUNT, DATABASE_ID, tuple(folders))
    assert 0 < entries_that_fit(limited) < 150
    assert len(size_problems(limited)) == 1


def test_a_file_with_thousands_of_buckets() -> None:
    draft = draft_of(names(5000))
    assert entries_that_fit(draft) == entries_that_fit(draft_of(names(400)))


def test_the_trust_policy_at_its_limit() -> None:
    room = TRUST_POLICY_LIMIT - size_in_characters(trust_policy(""))
    assert size_problems(draft_of(["acme"], "x" * room)) == ()
    (problem,) = size_problems(draft_of(["acme"], "x" * (room + 1)))
    assert (problem.field, problem.code) == ("database_id", "database.too-long")
    assert str(TRUST_POLICY_LIMIT) in problem_text(problem)
