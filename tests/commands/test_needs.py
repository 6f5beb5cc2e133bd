"""``needs``: the least policy, as JSON for tools and as text to send."""

import json
from pathlib import Path

import pytest

from app.core.documents.document_text import document_text
from app.core.documents.policy_size import MANAGED_POLICY
from app.core.draft import BucketEntry
from app.core.frozen import replace
from app.core.needs.document import in_parts
from app.core.needs.least_policy import Doing, least_policy
from tests.commands.called import DRAFT, assert_wrong_input, call
from tests.commands.practice_account import written
from tests.helpers.drafts import ENCRYPTED, PLAIN

Bytes = pytest.CaptureFixture[bytes]


@pytest.mark.parametrize("doing", Doing)
def test_the_policy_alone_or_in_a_text(doing: Doing, tmp_path: Path, capsysbinary: Bytes) -> None:
    path, policy = written(ENCRYPTED, tmp_path), least_policy(ENCRYPTED, doing)
    told = call(capsysbinary, "needs", "--draft", path, "--how", doing, "--json")
    assert (told.status, told.json, told.err) == (0, policy, "")
    text = call(capsysbinary, "needs", "--draft", path, "--how", doing)
    assert (text.status, text.err) == (0, "")
    assert document_text(policy) in text.text
    looks_back = "cloudtrail:LookupEvents, " if doing is Doing.CHECK else ""
    assert f"nothing narrower: {looks_back}iam:ListPolicies, iam:ListRoles." in text.text
    assert ("Undo" in text.text) is (doing is Doing.CREATE)


def test_without_a_way_it_is_for_creating(capsysbinary: Bytes) -> None:
    told = call(capsysbinary, "needs", "--draft", DRAFT, "--json")
    named = call(capsysbinary, "needs", "--draft", DRAFT, "--how", "create", "--json")
    assert (told.status, told.json) == (0, named.json)


def test_a_long_one_is_said_to_be_so(tmp_path: Path, capsysbinary: Bytes) -> None:
    entries = tuple(
        BucketEntry(("a-rather-long-name-of-a-bucket-" * 2)[:58] + f"-{n}", "us-east-1", "imports/")
        for n in range(33)
    )
    draft = replace(PLAIN, buckets=entries)
    path, policy = written(draft, tmp_path), least_policy(draft, Doing.CHECK)
    told = call(capsysbinary, "needs", "--draft", path, "--how", "check", "--json")
    sentence = (
        f"It has {MANAGED_POLICY.size(policy):,} characters, and AWS allows 6,144 in one policy"
    )
    assert (told.status, told.json) == (0, policy)
    assert sentence in told.err
    text = call(capsysbinary, "needs", "--draft", path, "--how", "check").text
    assert sentence in text
    for part in in_parts(policy):
        assert document_text(part) in text


def test_wrong_input(tmp_path: Path, capsysbinary: Bytes) -> None:
    assert_wrong_input(call(capsysbinary, "needs"), "--draft")
    assert_wrong_input(call(capsysbinary, "needs", "--draft", str(tmp_path / "no.json")), "no.json")
    assert_wrong_input(
        call(capsysbinary, "needs", "--draft", DRAFT, "--how", "delete"), "--how", "create"
    )
    broken = tmp_path / "draft.json"
    broken.write_text(json.dumps({"format": "else"}), encoding="utf-8")
    assert_wrong_input(call(capsysbinary, "needs", "--draft", str(broken), "--json"), "draft.json")
    assert call(capsysbinary, "needs", "--draft", DRAFT).status == 0
