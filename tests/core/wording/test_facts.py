"""Plain words for paths, actions and condition keys."""

import pytest

from app.core.diagnosis.snapshot_facts import FACTS
from app.core.iam import request_keys as keys
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
        (
            {"StringEquals": {"aws:PrincipalTag/Team": "x", "kms:EncryptionContext:a": "b"}},
            (
                "a tag of the caller (aws:PrincipalTag/Team)",
                "what the key is used for (kms:EncryptionContext:a)",
            ),
        ),
        (
            {"StringEquals": {"s3:if": "x", "aws:PrincipalTags": "y"}},
            ("s3:if", "aws:PrincipalTags"),
        ),
        ({"StringEquals": "broken"}, ()),
        ({}, ()),
    ],
)
def test_what_a_condition_turns_on(condition: dict[str, object], words: tuple[str, ...]) -> None:
    assert condition_words(condition) == words


def test_each_key_that_nobody_knows_has_words() -> None:
    """A decision that hangs on it names it, and a key's name says little."""
    tables = (keys.GLOBAL, keys.FORWARDED, keys.ASSUMING, keys.S3_ANY, *keys.S3_BY_ACTION.values())
    tables += (keys.KMS_KEY, keys.KMS_MULTI_REGION, keys.KMS_CRYPTOGRAPHY)
    unknown = {
        name
        for table in tables
        for name, value in table.items()
        if value.text is None and not value.is_absent
    }
    assert len(unknown) > 60
    assert [name for name in sorted(unknown) if condition_words({"": {name: ""}}) == (name,)] == []


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
