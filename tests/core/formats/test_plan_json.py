"""The plan as JSON: formats.md, "The command line"."""

import json

from app.core.change import Change, ChangeKind, Obstacle, Plan
from app.core.documents.policies import trust_policy
from app.core.formats.plan_json import plan_to_json
from app.core.planning.plan import plan
from tests.helpers.drafts import DATABASE_ID, PLAIN, POLICY_ARN, ROLE_ARN, untouched, whole


def test_nothing_to_do() -> None:
    assert plan_to_json(plan(PLAIN, whole(PLAIN))) == {
        "format": "ubiquity-s3-setup/plan",
        "version": 1,
        "changes": [],
        "cannot_mend": [],
    }


def test_a_change_has_the_documented_fields_alone() -> None:
    _, role, attach = json.loads(json.dumps(plan_to_json(plan(PLAIN, untouched(PLAIN)))))["changes"]
    assert role == {
        "kind": "create-role",
        "target": ROLE_ARN,
        "before": None,
        "after": trust_policy(DATABASE_ID),
        "reversible": True,
    }
    assert attach["after"] == {"policy_arn": POLICY_ARN}


def test_what_is_set_beside_it_and_an_addition() -> None:
    settings = {"tags": {"a": "b"}}
    change = Change(ChangeKind.CREATE_POLICY, POLICY_ARN, None, {}, True, settings, addition=True)
    (entry,) = json.loads(json.dumps(plan_to_json(Plan((change,)))))["changes"]
    assert (entry["settings"], entry["addition"]) == (settings, True)


def test_each_code_once() -> None:
    obstacles = [Obstacle("b", "x"), Obstacle("a", "x"), Obstacle("b", "y")]
    assert plan_to_json(Plan((), tuple(obstacles)))["cannot_mend"] == ["b", "a"]
