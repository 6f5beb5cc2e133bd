"""``phrase``: the words for people and for tools, and never a value."""

import json
from pathlib import Path

import pytest

from app.core.formats.draft_json import read_draft
from app.core.phrase import PhraseOf, phrase
from tests.commands.called import DRAFT, assert_wrong_input, call

Bytes = pytest.CaptureFixture[bytes]


def test_the_words_of_a_draft(capsysbinary: Bytes) -> None:
    file = read_draft(Path(DRAFT).read_text(encoding="utf-8"), "draft.json")
    draft = getattr(file, "draft", None)
    assert draft is not None
    account = phrase(draft.account_id, PhraseOf.ACCOUNT)
    database = phrase(draft.database_id, PhraseOf.DATABASE)
    told = call(capsysbinary, "phrase", "--draft", DRAFT, "--json")
    assert (told.status, told.err) == (0, "")
    assert told.json == {
        "format": "ubiquity-s3-setup/phrase",
        "version": 1,
        "account": list(account),
        "database": list(database),
    }
    text = call(capsysbinary, "phrase", "--draft", DRAFT)
    assert (text.status, text.err) == (0, "")
    first, second, blank, what_to_do = text.text.splitlines()
    assert first == f"{'AWS account':<19}  {' – '.join(account)}"
    assert second == f"UbiQuity Account ID  {' – '.join(database)}"
    assert blank == ""
    assert "reads the three words out" in what_to_do
    for value in (draft.account_id, draft.database_id):
        assert value not in text.text
        assert value not in json.dumps(told.json)


def test_wrong_input(tmp_path: Path, capsysbinary: Bytes) -> None:
    assert_wrong_input(call(capsysbinary, "phrase"), "--draft")
    assert_wrong_input(call(capsysbinary, "phrase", "--draft", str(tmp_path / "no")), "no")
    broken = tmp_path / "draft.json"
    broken.write_text(json.dumps({"format": "else"}), encoding="utf-8")
    assert_wrong_input(call(capsysbinary, "phrase", "--draft", str(broken), "--json"), "draft.json")
    assert call(capsysbinary, "phrase", "--draft", DRAFT).status == 0
