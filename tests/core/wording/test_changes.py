"""The words of a plan."""

import re
from string import Formatter

import pytest

from app.core.change import Change, ChangeKind, Obstacle
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.wording.changes import (
    ValueSentence,
    change_sentence,
    obstacle_codes,
    obstacle_sentence,
)
from tests.helpers.drafts import BUCKET, KEY_ARN, OTHER_KEY_ARN, POLICY_ARN, ROLE_ARN


def places(sentence: ValueSentence) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence.template) if field}


@pytest.mark.parametrize("kind", ChangeKind)
def test_every_kind_of_change_has_words(kind: ChangeKind) -> None:
    said = change_sentence(Change(kind, KEY_ARN, None, {}, reversible=True))
    assert places(said) == set(said.values)
    text = said.template.format_map(said.values)
    assert any(name in text for name in (ROLE_NAME, POLICY_NAME, KEY_ARN))
    assert not text.endswith(".")


@pytest.mark.parametrize(
    ("kind", "target", "text"),
    [
        (ChangeKind.CREATE_POLICY, POLICY_ARN, f"Create the policy {POLICY_NAME}"),
        (
            ChangeKind.CREATE_ROLE,
            ROLE_ARN,
            f"Create the role {ROLE_NAME} with its trust policy",
        ),
        (
            ChangeKind.ATTACH_POLICY,
            ROLE_ARN,
            f"Attach the policy {POLICY_NAME} to the role {ROLE_NAME}",
        ),
        (
            ChangeKind.PUT_KEY_POLICY,
            KEY_ARN,
            f"Add one statement to the policy of the KMS key {KEY_ARN}",
        ),
    ],
)
def test_what_the_set_up_does(kind: ChangeKind, target: str, text: str) -> None:
    said = change_sentence(Change(kind, target, None, {}, reversible=True))
    assert said.template.format_map(said.values) == text


@pytest.mark.parametrize("code", sorted(obstacle_codes()))
def test_every_obstacle_says_what_to_do(code: str) -> None:
    said = obstacle_sentence(Obstacle(code, ROLE_ARN))
    assert said.values == {"target": ROLE_ARN}
    assert places(said) == {"target"}
    text = said.template.format_map(said.values)
    assert code not in text
    assert len(re.findall(r"\.(?: |$)", text)) >= 2


def test_a_bucket_with_another_key_and_one_without_any() -> None:
    other = obstacle_sentence(Obstacle("kms.key-differs", OTHER_KEY_ARN))
    none = obstacle_sentence(Obstacle("kms.key-differs", f"arn:aws:s3:::{BUCKET}"))
    assert other.template != none.template
    assert "does not use the KMS key" in none.template
