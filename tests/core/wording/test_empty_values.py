"""A value that is empty is said to be: in findings, plans and receipts."""

import re
from typing import Any

import pytest

from app.core.change import LeftAlone, Offer
from app.core.changes.role import TAG_ROLE
from app.core.changes.sides import Tags
from app.core.choices import Choice
from app.core.report import Evidence, Finding
from app.core.wording.change_words import change_sentence, done_words
from app.core.wording.facts import either, listed
from app.core.wording.findings import words
from app.core.wording.offer_words import offer_words
from app.core.wording.plan_words import left_alone_sentence
from app.core.wording.value_sentence import filled
from tests.core.wording.finding_samples import SAMPLES
from tests.helpers.snapshots import ROLE_ARN, asks_for, good

EMPTY = "(empty)"


def _whole(finding: Finding) -> str:
    said = words(finding)
    return "\n".join((said.title.text, said.detail.text, *(step.text for step in said.fix)))


def test_an_external_id_that_is_empty() -> None:
    world = good()
    world.trust["Condition"] = asks_for("")
    (finding,) = world.report().findings
    assert f"the trust policy asks for {EMPTY}." in _whole(finding)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_lists_with_something_empty_have_no_gap(sample: Finding) -> None:
    lists = {k: v for k, v in sample.params.items() if isinstance(v, list)}
    emptied = {name: ["", *values] for name, values in lists.items()}
    text = _whole(
        Finding(sample.code, Evidence.PREDICTED, sample.bucket, {**sample.params, **emptied})
    )
    assert re.search(r"“”|  | [.,](?:\s|$)| : ", text) is None


def test_tags_of_a_plan_and_of_its_receipt() -> None:
    change = TAG_ROLE.change(ROLE_ARN, Tags(), Tags({"team": "", "owner": "data"}))
    assert f"team = {EMPTY}" in change_sentence(change).text
    assert done_words(change)


def test_what_is_left_alone_and_what_is_offered() -> None:
    left = LeftAlone("other-external-ids", ROLE_ARN, {"names": ["", "abc"]})
    assert f"{EMPTY} and abc" in left_alone_sentence(left).text
    params: dict[str, Any] = {"names": [""], "external_ids": ["", "abc"]}
    text = offer_words(Offer(Choice.REPLACE_TRUST, ROLE_ARN, params)).detail.text
    assert f"{EMPTY} and abc" in text
    assert f"use the role: {EMPTY}." in text


def test_lists_and_sentences() -> None:
    assert listed([]) == ""
    assert listed([""]) == EMPTY
    assert either(["", "a", "b"]) == f"{EMPTY}, a or b"
    assert filled("for {what}", what="").text == f"for {EMPTY}"
    assert filled("for {what}", what=["a", ""]).text == f"for a and {EMPTY}"
