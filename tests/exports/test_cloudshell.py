"""The CloudShell way: one command, or a program to upload, made of a draft."""

import ast
import hashlib
import json
from typing import Any

import pytest

from app.core.draft import BucketEntry, Draft
from app.exports.cloudshell import cloudshell_files, cloudshell_way
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, PLAIN


def wish(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the value that the program is given."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WISH":
            assert isinstance(node.value, ast.Call)
            return json.loads(ast.literal_eval(node.value.args[0]))
    raise AssertionError("no wish")


@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED])
def test_the_program_is_python_3_9_with_the_drafts_wish(draft: Draft) -> None:
    way = cloudshell_way(draft)
    ast.parse(way.program.text, feature_version=(3, 9))
    given = wish(way.program.text)
    assert given["account"] == ACCOUNT
    assert [bucket["name"] for bucket in given["buckets"]] == list(draft.bucket_names)
    assert way.sha256 == hashlib.sha256(way.program.text.encode()).hexdigest()
    assert way == cloudshell_way(draft)


def test_a_prefix_ends_no_quote() -> None:
    prefix = "a''' + \"\"\" \\ $(x) `y`/"
    draft = Draft(ACCOUNT, DATABASE_ID, (BucketEntry("acme-imports", "us-east-1", prefix, True),))
    given = wish(cloudshell_way(draft).program.text)
    assert given["calls"][0][-1]["Statement"][1]["Resource"].startswith(
        "arn:aws:s3:::acme-imports/a'''"
    )


def test_the_first_file_is_the_program() -> None:
    files = cloudshell_files(PLAIN)
    assert files[0] == cloudshell_way(PLAIN).program


def test_a_draft_too_large_to_paste_is_uploaded() -> None:
    entries = tuple(BucketEntry(f"acme-{n}-{n * n * 7919}", "us-east-1") for n in range(60))
    way = cloudshell_way(Draft(ACCOUNT, DATABASE_ID, entries))
    assert way.command is None
    assert "acme-59" in way.program.text
