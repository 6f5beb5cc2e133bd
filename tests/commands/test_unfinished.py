"""A run that was cut short, met by a command: gone on with only by one that asks for just that."""

from pathlib import Path

import pytest

from app.core.change import ChangeKind
from app.core.documents.open_sessions import SESSIONS_POLICY
from app.core.draft import Draft
from app.core.guide import policy_arn, role_arn
from app.core.journal import RunState
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.practice.server import PracticeAws
from app.system.journal_files import JournalFiles
from app.system.own_folders import data_folder
from tests.commands.called import call
from tests.commands.practice_account import account_of, draft_for, sign_in, written
from tests.commands.terminal import answering
from tests.commands.test_apply import killed_at
from tests.commands.test_revoke import OTHER_ID, is_let_in

Bytes = pytest.CaptureFixture[bytes]
KIND = ChangeKind


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


def _journals() -> JournalFiles:
    return JournalFiles(data_folder() / "journals")


def test_a_set_up_does_not_go_on_with_a_revocation(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    apply = ("apply", "--draft", draft_file, "--yes")
    assert call(capsysbinary, *apply).status == 0
    revoke = ("revoke", "--how", "change-trust", "--yes")
    killed_at(KIND.UPDATE_TRUST_POLICY, monkeypatch, capsysbinary, *revoke)
    half = account_of(aws)
    refused = call(capsysbinary, *apply, "--json")
    assert (refused.status, refused.json["kind"], refused.json["state"]) == (1, "revoke", "open")
    assert f"A revocation in account {ACCOUNT_ID}, begun on " in refused.err
    assert "nothing was set up" in refused.err
    assert "“ubiquity-s3-setup revoke --how change-trust”" in refused.err
    assert DATABASE_ID not in refused.err
    assert len(refused.err.splitlines()) <= 6
    assert account_of(aws) == half
    assert call(capsysbinary, *revoke).status == 0
    assert not is_let_in(aws)
    assert call(capsysbinary, *apply).status == 0
    assert is_let_in(aws)


def test_a_set_up_does_not_go_on_with_that_of_another_draft(
    aws: PracticeAws,
    draft_file: str,
    other_file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    before, other = account_of(aws), ("apply", "--draft", other_file, "--yes")
    killed_at(KIND.CREATE_POLICY, monkeypatch, capsysbinary, *other)
    half = account_of(aws)
    refused = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert refused.status == 1
    assert "It is for another draft, so nothing was set up." in refused.err
    assert "apply --undo" in refused.err
    assert account_of(aws) == half
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    assert (is_let_in(aws), is_let_in(aws, OTHER_ID)) == (True, False)


def test_a_set_up_does_not_pass_an_undo_off_as_its_success(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    before, apply = account_of(aws), ("apply", "--draft", draft_file, "--yes")
    assert call(capsysbinary, *apply).status == 0
    killed_at(KIND.DETACH_POLICY, monkeypatch, capsysbinary, "apply", "--undo", "--yes")
    half = account_of(aws)
    refused = call(capsysbinary, *apply)
    assert refused.status == 1
    assert "To go on with that undo, call “ubiquity-s3-setup apply --undo”." in refused.err
    assert account_of(aws) == half
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before
    assert call(capsysbinary, *apply).status == 0


@pytest.mark.parametrize(
    ("kind", "with_draft"), [(KIND.CREATE_ROLE, True), (KIND.ATTACH_POLICY, False)]
)
def test_a_revocation_takes_away_what_half_a_set_up_made_and_opens_nothing(
    aws: PracticeAws,
    draft_file: str,
    kind: ChangeKind,
    with_draft: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    before = account_of(aws)
    killed_at(kind, monkeypatch, capsysbinary, "apply", "--draft", draft_file, "--yes")
    more = ("--draft", draft_file) if with_draft else ()
    revoked = call(capsysbinary, "revoke", *more, "--yes", "--json")
    assert (revoked.status, revoked.json["proof"]["assume_role"]) == (0, "denied")
    assert f"A set-up in account {ACCOUNT_ID}, begun on " in revoked.err
    assert "It is left as it is." in revoked.err
    assert "Create the " not in revoked.err
    assert "Attach the " not in revoked.err
    assert account_of(aws) == before
    assert _journals().unfinished() is None
    # Nobody is asked about it again.
    made = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert made.status == 0
    assert "not finished" not in made.err
    assert is_let_in(aws)


def test_half_a_set_up_of_which_nothing_is_there_is_closed_by_a_revocation(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    killed_at(
        KIND.CREATE_POLICY, monkeypatch, capsysbinary, "apply", "--draft", draft_file, "--yes"
    )
    aws.reset()
    before = account_of(aws)
    window = _journals().claim(ACCOUNT_ID)
    assert window.take() is None
    at_work = call(capsysbinary, "revoke", "--yes", "--json")
    assert at_work.status == 1
    assert f"changing account {ACCOUNT_ID} already" in at_work.err
    assert _journals().unfinished() is not None
    window.give_back()
    revoked = call(capsysbinary, "revoke", "--yes", "--json")
    assert (revoked.status, revoked.json["kind"], revoked.json["lines"]) == (0, "revoke", [])
    assert _journals().unfinished() is None
    assert account_of(aws) == before


def test_a_gentler_revocation_does_not_delete_the_role(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    killed_at(KIND.PUT_KEY_POLICY, monkeypatch, capsysbinary, "revoke", "--yes")
    revoked = call(capsysbinary, "revoke", "--how", "change-trust", "--yes")
    assert revoked.status == 0, revoked.err
    assert "It is left as it is." in revoked.err
    assert role_arn(ACCOUNT_ID) in account_of(aws)["roles"]
    assert not is_let_in(aws)
    assert call(capsysbinary, "revoke", "--yes").status == 0
    assert account_of(aws)["roles"] == {}


def test_a_revocation_never_ends_the_undo_of_one(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    killed_at(KIND.DELETE_ROLE, monkeypatch, capsysbinary, "revoke", "--yes")
    # Somebody takes it back, which is cut short as well.
    answering(monkeypatch, "undo")
    killed_at(KIND.CREATE_ROLE, monkeypatch, capsysbinary, "revoke")
    journal = _journals().unfinished()
    assert journal is not None
    assert journal.state is RunState.UNDOING
    refused = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert refused.status == 1
    assert "of the revocation begun on" in refused.err
    revoked = call(capsysbinary, "revoke", "--yes", "--json")
    assert (revoked.status, revoked.json["proof"]["assume_role"]) == (0, "denied")
    assert "It is left as it is." in revoked.err
    assert not is_let_in(aws)
    assert account_of(aws)["roles"] == {}


def test_a_revocation_keeps_to_the_ending_of_sessions_that_it_was_begun_with(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    revoke = ("revoke", "--how", "change-trust")
    killed_at(
        KIND.UPDATE_TRUST_POLICY, monkeypatch, capsysbinary, *revoke, "--end-sessions", "--yes"
    )
    gone_on = call(capsysbinary, *revoke, "--yes")
    assert gone_on.status == 0, gone_on.err
    assert "It was begun with --end-sessions and goes on in the same way" in gone_on.err
    (policies,) = (role["inline"] for role in account_of(aws)["roles"].values())
    assert list(policies) == [SESSIONS_POLICY]
    # The other way round it is told of as a thing that may be chosen, and chosen now.
    again = call(capsysbinary, *revoke, "--end-sessions", "--yes")
    assert "It was begun with" not in again.err


# Somebody is asked


def test_going_on_and_undoing_are_told_apart(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    empty = account_of(aws)
    apply = ("apply", "--draft", draft_file)
    assert call(capsysbinary, *apply, "--yes").status == 0
    before = account_of(aws)
    killed_at(KIND.DELETE_ROLE, monkeypatch, capsysbinary, "revoke", "--yes")
    half = account_of(aws)
    answering(monkeypatch, "stop")
    stopped = call(capsysbinary, *apply)
    assert stopped.status == 1
    assert f"A revocation in account {ACCOUNT_ID}, begun on " in stopped.err
    assert "Going on takes away the rest of UbiQuity’s access." in stopped.err
    assert "[go on/undo/leave/stop]" in stopped.err
    assert DATABASE_ID not in stopped.err
    assert account_of(aws) == half
    # The revocation is undone; then there is nothing left to set up.
    answering(monkeypatch, "undo")
    undone = call(capsysbinary, *apply)
    assert undone.status == 0, undone.err
    assert "nothing needs doing" in undone.text
    assert account_of(aws) == before
    # Gone on with, and then set up from nothing, or not.
    killed_at(KIND.DELETE_ROLE, monkeypatch, capsysbinary, "revoke", "--yes")
    answering(monkeypatch, "go on", "no")
    assert call(capsysbinary, *apply).status == 1
    assert account_of(aws) == empty
    answering(monkeypatch, "yes")
    assert call(capsysbinary, *apply).status == 0
    assert is_let_in(aws)


@pytest.mark.parametrize("answer", ["leave", "undo"])
def test_somebody_who_revokes_meets_half_a_set_up(
    aws: PracticeAws,
    draft_file: str,
    answer: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    before = account_of(aws)
    killed_at(KIND.CREATE_ROLE, monkeypatch, capsysbinary, "apply", "--draft", draft_file, "--yes")
    # Left, but then nothing was agreed to: it is asked about again.
    answering(monkeypatch, "leave", "no")
    assert call(capsysbinary, "revoke").status == 1
    assert policy_arn(ACCOUNT_ID) in account_of(aws)["policies"]
    answering(monkeypatch, answer, "yes")
    revoked = call(capsysbinary, "revoke")
    assert revoked.status == 0, revoked.err
    assert "which give UbiQuity access" in revoked.err
    assert account_of(aws) == before
    assert _journals().unfinished() is None


def test_an_undone_revocation_is_no_success_of_revoke(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    before = account_of(aws)
    killed_at(KIND.DELETE_ROLE, monkeypatch, capsysbinary, "revoke", "--yes")
    answering(monkeypatch, "undo")
    killed_at(KIND.CREATE_ROLE, monkeypatch, capsysbinary, "revoke")
    answering(monkeypatch, "undo")  # it is being undone: there is nothing else to undo
    asked = call(capsysbinary, "revoke")
    assert asked.status == 1
    assert "Going on puts back the rest" in asked.err
    assert "again without --yes" in asked.err
    answering(monkeypatch, "go on", "no")
    undone = call(capsysbinary, "revoke")
    assert undone.status == 1
    assert account_of(aws) == before
    assert is_let_in(aws)
    answering(monkeypatch, "yes")
    assert call(capsysbinary, "revoke").status == 0
    assert not is_let_in(aws)
