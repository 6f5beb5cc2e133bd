"""``apply --undo``: takes back the last set-up, and nothing that a later run stands upon."""

import asyncio
from pathlib import Path

import pytest

from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.journal import RunKind, RunState
from app.core.sign_in import ByProfile
from app.flow.run.applier import Applier
from app.practice.account import ACCOUNT_ID
from app.practice.server import PracticeAws
from app.system.journal_files import JournalFiles
from app.system.own_folders import data_folder
from app.wiring.computer_accounts import open_account
from tests.commands.called import call
from tests.commands.practice_account import account_of, draft_for, sign_in, written
from tests.commands.test_revoke import OTHER_ID, is_let_in

Bytes = pytest.CaptureFixture[bytes]


@pytest.fixture
def draft(aws: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> Draft:
    sign_in(monkeypatch, aws.admin)
    return draft_for(aws)


@pytest.fixture
def draft_file(draft: Draft, tmp_path: Path) -> str:
    return written(draft, tmp_path)


@pytest.fixture
def other_file(aws: PracticeAws, tmp_path: Path) -> str:
    """Return the file of a draft for another database."""
    return written(draft_for(aws, database_id=OTHER_ID), tmp_path, "other.json")


def undone_in_the_window() -> None:
    """Take the last run back, as “Undo what this program did last” does."""
    journals = JournalFiles(data_folder() / "journals")
    journal = journals.last_to_undo(ACCOUNT_ID)
    assert journal is not None
    assert journal.kind is RunKind.REVOKE

    async def undo() -> None:
        account = await open_account(ByProfile(), lambda _code: None)
        assert not isinstance(account, AwsFailure)
        undone = await Applier(account.aws, journals, lambda _rows: None).undo(journal)
        assert undone.state is RunState.UNDONE

    asyncio.run(undo())


@pytest.mark.parametrize("how", ["delete-role", "change-trust"])
def test_what_was_revoked_is_not_opened_again(
    aws: PracticeAws, draft_file: str, how: str, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    assert call(capsysbinary, "revoke", "--how", how, "--yes").status == 0
    revoked = account_of(aws)
    for more in ((), ("--draft", draft_file)):
        refused = call(capsysbinary, "apply", "--undo", "--yes", *more)
        assert (refused.status, refused.out) == (1, b"")
        assert "Nothing was taken back" in refused.err
        assert "since a revocation begun on" in refused.err
        assert len(refused.err.splitlines()) <= 6
    as_json = call(capsysbinary, "apply", "--undo", "--yes", "--json")
    assert (as_json.status, as_json.json["kind"]) == (1, "apply")
    assert account_of(aws) == revoked
    assert not is_let_in(aws)
    # Once the window has undone the revocation, the set-up stands and can be taken back.
    undone_in_the_window()
    assert is_let_in(aws)
    undone = call(capsysbinary, "apply", "--undo", "--yes")
    assert undone.status == 0, undone.err
    assert account_of(aws) == before


def test_the_last_set_up_is_undone_not_the_one_before_a_revocation(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    apply, undo = ("apply", "--draft", draft_file, "--yes"), ("apply", "--undo", "--yes")
    assert call(capsysbinary, *apply).status == 0
    assert call(capsysbinary, "revoke", "--how", "change-trust", "--yes").status == 0
    revoked = account_of(aws)
    assert call(capsysbinary, *apply).status == 0
    assert is_let_in(aws)
    undone = call(capsysbinary, *undo)
    assert undone.status == 0, undone.err
    assert account_of(aws) == revoked
    assert call(capsysbinary, *undo).status == 1
    assert account_of(aws) == revoked
    assert not is_let_in(aws)


def test_a_draft_names_the_set_up_that_is_undone(
    aws: PracticeAws, draft_file: str, other_file: str, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    undo = ("apply", "--undo", "--yes", "--draft")
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    alone = account_of(aws)
    nothing = call(capsysbinary, *undo, other_file, "--json")
    assert (nothing.status, nothing.json["lines"]) == (0, [])
    assert "This draft has nothing to undo" in nothing.err
    assert account_of(aws) == alone
    # The second builds upon the first: taking that away would take away both.
    assert call(capsysbinary, "apply", "--draft", other_file, "--yes").status == 0
    both = account_of(aws)
    refused = call(capsysbinary, *undo, draft_file)
    assert refused.status == 1
    assert "the last changes are undone first" in refused.err
    assert account_of(aws) == both
    assert (is_let_in(aws), is_let_in(aws, OTHER_ID)) == (True, True)
    assert call(capsysbinary, *undo, other_file).status == 0
    assert account_of(aws) == alone
    assert call(capsysbinary, *undo, draft_file).status == 0
    assert account_of(aws) == before
