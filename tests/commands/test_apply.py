"""``apply`` against the practice AWS: made, resumed, mended and taken back."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.aws.account import CustomerAccount
from app.core.change import Change, ChangeKind
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.practice.scenarios.company_network import ClosedDoor
from app.practice.scenarios.stage import RehearsalStage, allow
from app.practice.server import PracticeAws
from app.system.event_log import latest_lines
from app.system.journal_files import JournalFiles
from app.system.own_folders import data_folder, log_folder
from tests.commands.called import assert_wrong_input, call
from tests.commands.practice_account import (
    account_of,
    administrator,
    draft_for,
    sign_in,
    written,
)
from tests.commands.terminal import answering

Bytes = pytest.CaptureFixture[bytes]


class Killed(BaseException):
    """The program ended in the middle."""


@pytest.fixture
def draft(aws: PracticeAws, monkeypatch: pytest.MonkeyPatch) -> Draft:
    sign_in(monkeypatch, aws.admin)
    return draft_for(aws)


@pytest.fixture
def draft_file(draft: Draft, tmp_path: Path) -> str:
    return written(draft, tmp_path)


def on_apply(monkeypatch: pytest.MonkeyPatch, kind: ChangeKind, then: Callable[[], None]) -> None:
    """Do ``then`` once AWS has made a change of ``kind``, before the answer is heard of."""
    make = CustomerAccount.apply

    async def apply(self: CustomerAccount, change: Change) -> Any:  # noqa: ANN401
        made = await make(self, change)
        if change.kind is kind:
            then()
        return made

    monkeypatch.setattr(CustomerAccount, "apply", apply)


def killed_at(
    kind: ChangeKind, monkeypatch: pytest.MonkeyPatch, captured: Bytes, *arguments: str
) -> None:
    """Run the command line, and end the program once AWS has made a change of ``kind``."""

    def kill() -> None:
        raise Killed

    with monkeypatch.context() as patched:
        on_apply(patched, kind, kill)
        with pytest.raises(Killed):
            call(captured, *arguments)
    captured.readouterr()


def test_made_and_taken_back_to_the_letter(
    aws: PracticeAws, draft: Draft, draft_file: str, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    called = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert called.status == 0, called.err
    made = account_of(aws)
    role = made["roles"][role_arn(ACCOUNT_ID)]
    assert role["trust"] == trust_policy(DATABASE_ID)
    assert role["attached"] == [policy_arn(ACCOUNT_ID)]
    assert list(made["policies"][policy_arn(ACCOUNT_ID)].values()) == [
        (True, permissions_policy(draft.buckets))
    ]
    assert ROLE_NAME in called.text
    assert "Create the policy" in called.err
    checked = call(capsysbinary, "check", "--draft", draft_file, "--json")
    assert (checked.status, checked.json["verdict"]) == (0, "ready")
    undone = call(capsysbinary, "apply", "--undo", "--yes")
    assert undone.status == 0, undone.err
    assert "Taking back: " in undone.err
    assert account_of(aws) == before


def test_exactly_one_json_document(draft_file: str, capsysbinary: Bytes) -> None:
    called = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert called.status == 0, called.err
    assert called.json["format"] == "ubiquity-s3-setup/receipt"
    assert "This is what will be changed" in called.err
    # Settings that lead elsewhere than to AWS are said before the change and on the receipt.
    assert called.json["endpoint"] == os.environ["AWS_ENDPOINT_URL"]
    assert f"the answers come from {os.environ['AWS_ENDPOINT_URL']}" in called.err
    again = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert again.status == 0
    assert again.json["format"] == "ubiquity-s3-setup/receipt"
    assert "nothing needs doing" in again.err
    undone = call(capsysbinary, "apply", "--undo", "--yes", "--json")
    assert (undone.status, undone.json["format"]) == (0, "ubiquity-s3-setup/receipt")
    nothing = call(capsysbinary, "apply", "--undo", "--yes", "--json")
    assert (nothing.status, nothing.json["format"]) == (0, "ubiquity-s3-setup/receipt")
    assert "nothing to undo" in nothing.err


def test_somebody_is_asked(
    aws: PracticeAws,
    draft_file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    before = account_of(aws)
    answering(monkeypatch, "no")
    refused = call(capsysbinary, "apply", "--draft", draft_file)
    assert refused.status == 1
    assert "Make these changes? [yes/no]" in refused.err
    assert "Nothing was changed." in refused.err
    assert "sts:ExternalId" in refused.text
    assert account_of(aws) == before
    answering(monkeypatch, "yes")
    assert call(capsysbinary, "apply", "--draft", draft_file).status == 0
    answering(monkeypatch, "")
    assert call(capsysbinary, "apply", "--undo").status == 1
    assert account_of(aws) != before
    answering(monkeypatch, "Yes")
    assert call(capsysbinary, "apply", "--undo").status == 0
    assert account_of(aws) == before


def test_nobody_is_there_to_be_asked(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    for arguments in (("--draft", draft_file), ("--undo",)):
        assert_wrong_input(call(capsysbinary, "apply", *arguments), "--yes")
    assert account_of(aws) == before
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0


def test_the_input_is_wrong(aws: PracticeAws, tmp_path: Path, capsysbinary: Bytes) -> None:
    del aws
    assert_wrong_input(call(capsysbinary, "apply", "--yes"), "--draft FILE")
    nowhere = str(tmp_path / "nowhere.json")
    assert_wrong_input(call(capsysbinary, "apply", "--yes", "--draft", nowhere), nowhere)
    undo = ("apply", "--undo", "--yes", "--draft", nowhere)
    assert_wrong_input(call(capsysbinary, *undo), nowhere)


def test_the_sign_in_is_wrong(
    aws: PracticeAws,
    draft_file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
) -> None:
    arguments = ("apply", "--draft", draft_file, "--yes", "--json")
    missing = call(capsysbinary, *arguments, "--profile", "nobody")
    assert_wrong_input(missing, "nobody")
    with monkeypatch.context() as away, ClosedDoor() as door:
        away.setenv("AWS_ENDPOINT_URL", door.url)
        assert_wrong_input(call(capsysbinary, *arguments))
    sign_in(monkeypatch, aws.partner)
    assert_wrong_input(call(capsysbinary, *arguments), "another AWS account", ACCOUNT_ID)
    with_draft = ("apply", "--undo", "--yes", "--draft", draft_file)
    assert_wrong_input(call(capsysbinary, *with_draft), "another AWS account")
    assert account_of(aws)["roles"] == {}
    sign_in(monkeypatch, aws.admin)
    assert call(capsysbinary, *arguments).status == 0


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        (ChangeKind.CREATE_POLICY, "undo"),
        (ChangeKind.CREATE_ROLE, "go on"),
        (ChangeKind.ATTACH_POLICY, "undo"),
        (ChangeKind.PUT_KEY_POLICY, "go on"),
    ],
)
def test_killed_in_the_middle(
    aws: PracticeAws,
    draft_file: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: Bytes,
    kind: ChangeKind,
    ending: str,
) -> None:
    before = account_of(aws)
    killed_at(kind, monkeypatch, capsysbinary, "apply", "--draft", draft_file, "--yes")
    answering(monkeypatch, ending, "yes")
    called = call(capsysbinary, "apply", "--draft", draft_file)
    assert called.status == 0, called.err
    assert f"A set-up in account {ACCOUNT_ID}" in called.err
    if ending == "go on":
        assert call(capsysbinary, "check", "--draft", draft_file).status == 0
        assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_killed_and_gone_on_with_unasked(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    killed_at(
        ChangeKind.CREATE_ROLE, monkeypatch, capsysbinary, "apply", "--draft", draft_file, "--yes"
    )
    answering(monkeypatch, "stop")
    stopped = call(capsysbinary, "apply", "--draft", draft_file, "--json")
    assert (stopped.status, stopped.json["format"]) == (1, "ubiquity-s3-setup/receipt")
    called = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert (called.status, called.json["format"]) == (0, "ubiquity-s3-setup/receipt")
    # The undo is killed, too, and then ended.
    killed_at(ChangeKind.DETACH_POLICY, monkeypatch, capsysbinary, "apply", "--undo", "--yes")
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_ctrl_c_lets_the_step_finish_and_says_how_to_go_on(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    with monkeypatch.context() as patched:
        on_apply(patched, ChangeKind.CREATE_POLICY, lambda: signal.raise_signal(signal.SIGINT))
        called = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert called.status == 130
    assert called.json["format"] == "ubiquity-s3-setup/receipt"
    assert "Stopping once the present change has ended." in called.err
    assert "apply --undo" in called.err
    made = account_of(aws)
    assert (list(made["policies"]), made["roles"]) == ([policy_arn(ACCOUNT_ID)], {})
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_a_refusal_is_mended_and_the_run_finished(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    reading = ["iam:Get*", "iam:List*", "s3:*", "kms:GetKeyPolicy", "kms:DescribeKey"]
    some = allow(*reading, "iam:CreatePolicy", "iam:CreateRole", "iam:Tag*")
    jo = RehearsalStage(aws).colleague("jo", some)
    sign_in(monkeypatch, jo)
    refused = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert (refused.status, refused.json["format"]) == (1, "ubiquity-s3-setup/receipt")
    assert "iam:AttachRolePolicy" in refused.err
    assert "Traceback" not in refused.err
    log = latest_lines(log_folder())
    assert "commanded command=apply\n" in log
    assert "call action=iam:AttachRolePolicy operation=iam.AttachRolePolicy" in log
    assert "code=AccessDenied http_status=403 request_id=" in log
    assert log.endswith("ended status=1\n")
    assert ACCOUNT_ID not in log
    everything = {"Version": "2012-10-17", "Statement": [allow("*")]}
    administrator(aws).iam.put_user_policy(
        UserName="jo", PolicyName="own", PolicyDocument=json.dumps(everything)
    )
    mended = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert mended.status == 0, mended.err
    assert call(capsysbinary, "check", "--draft", draft_file).status == 0


def test_without_a_journal_nothing_is_changed(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    before, place = account_of(aws), data_folder() / "journals"
    place.parent.mkdir(parents=True)
    place.write_text("in the way", encoding="utf-8")
    refused = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert (refused.status, refused.json["format"]) == (1, "ubiquity-s3-setup/receipt")
    assert "could not be saved" in refused.err
    assert account_of(aws) == before
    place.unlink()
    place.mkdir()
    (place / "20260101T000000Z-apply.json").write_text("{}", encoding="utf-8")
    made = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert made.status == 0, made.err
    assert "20260101T000000Z-apply.json" in made.err
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_a_journal_that_can_not_be_read_is_no_reason_to_say_that_there_is_none(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    before, folder = account_of(aws), data_folder() / "journals"
    folder.mkdir(parents=True)
    damaged = folder / "29990101T000000000000Z-apply.json"
    damaged.write_text("{", encoding="utf-8")
    nothing = call(capsysbinary, "apply", "--undo", "--yes", "--json")
    assert (nothing.status, nothing.json["lines"]) == (1, [])
    assert damaged.name in nothing.err
    assert "There is nothing to undo" not in nothing.err
    # Another run can be made; it is not undone while a later one may be hidden.
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    made = account_of(aws)
    refused = call(capsysbinary, "apply", "--undo", "--yes")
    assert refused.status == 1
    assert "nothing was taken back" in refused.err
    assert account_of(aws) == made
    damaged.unlink()
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_another_program_is_at_work_in_the_account(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    window = JournalFiles(data_folder() / "journals").claim(ACCOUNT_ID)
    assert window.take() is None
    refused = call(capsysbinary, "apply", "--draft", draft_file, "--yes", "--json")
    assert (refused.status, refused.json["lines"]) == (1, [])
    assert f"changing account {ACCOUNT_ID} already" in refused.err
    assert account_of(aws) == before
    window.give_back()
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    assert window.take() is None
    refused = call(capsysbinary, "apply", "--undo", "--yes")
    assert refused.status == 1
    assert "already" in refused.err
    window.give_back()
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_what_the_sign_in_lacks_is_said_before_it_is_asked(
    aws: PracticeAws, draft_file: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    reading = ["iam:Get*", "iam:List*", "iam:Simulate*", "s3:*", "kms:*", "iam:CreatePolicy"]
    sign_in(monkeypatch, RehearsalStage(aws).colleague("jo", allow(*reading)))
    answering(monkeypatch, "no")
    called = call(capsysbinary, "apply", "--draft", draft_file)
    assert called.status == 1
    told, asked, _ = called.err.partition("Make these changes?")
    assert asked
    assert "The sign-in lacks permission for iam:CreateRole and iam:AttachRolePolicy." in told
    assert account_of(aws) == before
    sign_in(monkeypatch, RehearsalStage(aws).colleague("mo", allow(*reading[:2], "s3:*", "kms:*")))
    answering(monkeypatch, "no")
    called = call(capsysbinary, "apply", "--draft", draft_file)
    assert "AWS does not say whether this sign-in may make these changes." in called.err
    sign_in(monkeypatch, aws.admin)
    answering(monkeypatch, "yes")
    called = call(capsysbinary, "apply", "--draft", draft_file)
    assert called.status == 0
    assert "lacks permission" not in called.err


def test_what_others_have_is_shown_and_kept(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    stage = RehearsalStage(aws)
    other = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}}
    theirs = {**other, "Action": "sts:AssumeRole"}
    stage.role({"Version": "2012-10-17", "Statement": [theirs]})
    before = account_of(aws)
    called = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert called.status == 0, called.err
    assert "ec2.amazonaws.com" in called.text
    trust = account_of(aws)["roles"][role_arn(ACCOUNT_ID)]["trust"]
    assert theirs in trust["Statement"]
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before


def test_what_can_not_be_mended_is_said_and_is_no_success(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    stage = RehearsalStage(aws)
    stage.role(path="/teams/")
    called = call(capsysbinary, "apply", "--draft", draft_file, "--yes")
    assert called.status == 1
    assert "role.path" in called.text
    stage.admin.iam.delete_role(RoleName=ROLE_NAME)
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    assert POLICY_NAME in str(account_of(aws)["policies"])


def test_an_undo_that_somebody_is_in_the_way_of_is_no_success(
    aws: PracticeAws, draft_file: str, capsysbinary: Bytes
) -> None:
    before = account_of(aws)
    assert call(capsysbinary, "apply", "--draft", draft_file, "--yes").status == 0
    kms, key = administrator(aws).kms, aws.buckets[2].kms_key_arn or ""
    ours = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    theirs = {**json.loads(ours), "Id": "changed-meanwhile"}
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(theirs))
    refused = call(capsysbinary, "apply", "--undo", "--yes")
    assert refused.status == 1
    assert "Not everything was taken back." in refused.err
    assert account_of(aws)["keys"][key] == theirs
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=ours)
    assert call(capsysbinary, "apply", "--undo", "--yes").status == 0
    assert account_of(aws) == before
