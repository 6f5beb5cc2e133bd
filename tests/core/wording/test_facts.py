"""Plain words for paths, actions and condition keys."""

import pytest

from app.core.diagnosis.snapshot_facts import FACTS
from app.core.wording.facts import (
    FACT_WORDS,
    condition_words,
    deeds,
    either,
    fact_words,
    listed,
)


def test_every_fact_has_words() -> None:
    assert FACT_WORDS.keys() == FACTS.keys()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("buckets[3].policy", "the bucket policy"),
        ("role.attached_policies[0].document", "a policy attached to the role"),
        ("something.new", "something.new"),
    ],
)
def test_a_path_in_words(path: str, words: str) -> None:
    assert fact_words(path) == words


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        (["s3:GetObject"], ("read files",)),
        (["S3:getobject", "s3:GetObject"], ("read files",)),
        (["s3:ListBucket", "s3:DoesNotExist"], ("list the files",)),
        (["s3:DoesNotExist"], ("s3:DoesNotExist",)),
        ([], ()),
    ],
)
def test_actions_in_words(actions: list[str], words: tuple[str, ...]) -> None:
    assert deeds(actions) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            {"Bool": {"AWS:MultiFactorAuthPresent": "true"}},
            ("a second sign-in factor (MFA) (AWS:MultiFactorAuthPresent)",),
        ),
        (
            {"StringEquals": {"aws:SourceVpce": "v", "foo:bar": "x"}, "Null": {"foo:bar": "true"}},
            ("the VPC endpoint that is used (aws:SourceVpce)", "foo:bar"),
        ),
        ({"StringEquals": "broken"}, ()),
        ({}, ()),
    ],
)
def test_what_a_condition_turns_on(condition: dict[str, object], words: tuple[str, ...]) -> None:
    assert condition_words(condition) == words


@pytest.mark.parametrize(
    ("words", "both", "one"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a or b"),
        (["a", "b", "{last}"], "a, b and {last}", "a, b or {last}"),
    ],
)
def test_lists_in_a_sentence(words: list[str], both: str, one: str) -> None:
    assert (listed(words), either(words)) == (both, one)
