"""A kind of change is a row in three tables: core, ``aws`` and the words; there is no fourth."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import app
from app.aws.present import _READERS
from app.core.change import Change, ChangeKind
from app.core.changes.expectation import is_half_way
from app.core.changes.kinds import KINDS, kinds_of
from app.core.changes.rules import GuideStep
from app.core.wording.change_words import WORDS
from tests.helpers.drafts import KEY_ARN, POLICY_ARN, ROLE_ARN

APP: Final = Path(app.__file__).parent
TABLES: Final = {"aws/present.py", "core/wording/change_words.py"}
"""Where a dictionary may have kinds of change as its keys; core's table is made of rows."""

COLLECTIONS: Final = (ast.Tuple, ast.List, ast.Set)


def test_every_kind_has_a_row_in_each_of_the_three_tables() -> None:
    kinds = set(ChangeKind)
    assert set(KINDS) == kinds
    assert set(_READERS) == kinds
    assert set(WORDS) == kinds
    assert all(kind is rules.kind for kind, rules in KINDS.items())


def _is_kind(node: ast.expr | None) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "ChangeKind"
    )


def _groups_of_kinds(tree: ast.Module) -> Iterator[list[ast.expr]]:
    """Yield the kinds that stand together: as keys, in a collection, or as a match's cases."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield [key for key in node.keys if key is not None and _is_kind(key)]
        elif isinstance(node, COLLECTIONS):
            yield [entry for entry in node.elts if _is_kind(entry)]
        elif isinstance(node, ast.Match):
            patterns = (case.pattern for case in node.cases)
            yield [p.value for p in patterns if isinstance(p, ast.MatchValue) and _is_kind(p.value)]


def _comparisons(tree: ast.Module) -> list[ast.Compare]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and any(map(_is_kind, (node.left, *node.comparators)))
    ]


MODULES: Final = sorted(
    path.relative_to(APP).as_posix()
    for path in APP.rglob("*.py")
    if "ChangeKind." in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", sorted(set(MODULES) - TABLES))
def test_there_is_no_fourth_table(module: str) -> None:
    tree = ast.parse((APP / module).read_text(encoding="utf-8"))
    assert not any(_groups_of_kinds(tree)), "make it a property of ChangeRules"
    assert len(_comparisons(tree)) <= 1, "make it a property of ChangeRules"


@pytest.mark.parametrize("module", sorted(TABLES))
def test_the_check_sees_the_tables_that_there_are(module: str) -> None:
    tree = ast.parse((APP / module).read_text(encoding="utf-8"))
    assert [len(group) for group in _groups_of_kinds(tree) if group] == [len(ChangeKind)]


def test_each_step_of_the_guide_is_carried_out_by_some_kinds() -> None:
    assert kinds_of(GuideStep.ROLE) == (ChangeKind.CREATE_ROLE,)
    assert kinds_of(GuideStep.TRUST) == (ChangeKind.UPDATE_TRUST_POLICY,)
    assert set(kinds_of(GuideStep.PERMISSIONS)) == {
        ChangeKind.CREATE_POLICY,
        ChangeKind.DELETE_POLICY_VERSION,
        ChangeKind.CREATE_POLICY_VERSION,
        ChangeKind.ATTACH_POLICY,
        ChangeKind.PUT_KEY_POLICY,
    }


DOCUMENT: Final[dict[str, object]] = {"Version": "2012-10-17", "Statement": [{"Sid": "a"}]}
POLICY: Final = {"policy_arn": POLICY_ARN}
VERSION: Final = {"version": "v2", "document": DOCUMENT}
SIDES: Final[dict[ChangeKind, object]] = {
    **dict.fromkeys(ChangeKind, DOCUMENT),
    ChangeKind.DELETE_POLICY_VERSION: VERSION,
    ChangeKind.SET_DEFAULT_POLICY_VERSION: VERSION,
    ChangeKind.ATTACH_POLICY: POLICY,
    ChangeKind.DETACH_POLICY: POLICY,
    ChangeKind.SET_PERMISSIONS_BOUNDARY: POLICY,
    ChangeKind.TAG_ROLE: {"team": "data"},
    ChangeKind.PUT_ROLE_POLICY: {"name": "x", "document": DOCUMENT},
    ChangeKind.REVOKE_GRANT: {"id": "x", "grantee": "y", "operations": ["Decrypt"]},
}


@pytest.mark.parametrize("kind", ChangeKind)
def test_a_side_is_written_as_it_was_read(kind: ChangeKind) -> None:
    rules, side = KINDS[kind], SIDES[kind]
    change = Change(kind, KEY_ARN, None, side, reversible=True)
    typed = rules.typed(change)
    assert typed.subject == typed.after
    assert rules.change(KEY_ARN, None, typed.after) == change
    assert rules.side.read(typed.after.to_json()) == typed.after


@pytest.mark.parametrize("kind", ChangeKind)
@pytest.mark.parametrize("value", [None, {}, [], "x", 5, {"policy_arn": 5, "name": None}])
def test_a_damaged_journal_is_read_all_the_same(kind: ChangeKind, value: object) -> None:
    typed = KINDS[kind].typed(Change(kind, ROLE_ARN, value, None, reversible=True))
    assert isinstance(typed.subject, KINDS[kind].side)


def test_the_tags_of_another_role_are_never_half_way() -> None:
    change = Change(ChangeKind.TAG_ROLE, ROLE_ARN, {"a": "1"}, {"b": "2"}, reversible=True)
    assert is_half_way(change, {"a": "1", "b": "2"})
    # What the reading tells where another role has the name (``app.aws.present``).
    assert not is_half_way(change, {"arn": ROLE_ARN.replace("role/", "role/x/")})
    added = Change(ChangeKind.TAG_ROLE, ROLE_ARN, {}, {"b": "2"}, reversible=True)
    assert not is_half_way(added, {"arn": ROLE_ARN.replace("role/", "role/x/")})
