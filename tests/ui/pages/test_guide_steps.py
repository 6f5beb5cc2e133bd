import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.core.change import ChangeKind
from app.core.documents.document_text import document_text
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.flow.wizard.state import Method
from app.ui.widgets.console_picture import ConsolePicture
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    PLAIN,
    REGION,
    whole,
)
from tests.helpers.fakes import REFUSED, FakeAccounts, FakeCustomer, signed_in
from tests.helpers.hands import part
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")

STEPS = ("role", "trust", "permissions")


def _at(
    qtbot: QtBot,
    page: str,
    method: Method = Method.CONSOLE,
    draft: Draft = PLAIN,
    accounts: FakeAccounts | None = None,
) -> GuidePage:
    source = accounts or fake_accounts(draft, practice=False)
    wizard = open_with(qtbot, draft, method, source)
    wizard.jump(page)
    return GuidePage(wizard)


# Beside the AWS console


@pytest.mark.parametrize("page", STEPS)
def test_a_step_is_numbered_has_a_reason_and_a_tick(qtbot: QtBot, page: str) -> None:
    step = _at(qtbot, page)
    said = step.said(f"{page}-steps").splitlines()
    numbers = [line for line in said if line.isdigit() and len(line) < 3]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert len(numbers) >= 4
    assert not step.shows(f"why-{page}-text")
    step.click(f"why-{page}-button")
    assert len(step.said(f"why-{page}-text")) > 100
    assert step.line == "Waiting for: tick “I have done this” once it is saved"
    step.next()
    assert (step.page, step.focus) == (page, f"done-{page}")
    step.tick(page)
    assert step.line == ""
    step.next(dict(zip(STEPS, (*STEPS[1:], "connector"), strict=True))[page])


def test_ticks_are_kept_and_can_be_taken_back(qtbot: QtBot) -> None:
    step = _at(qtbot, "role")
    step.tick("role")
    step.next("trust")
    step.back("role")
    assert step.find(QCheckBox, "done-role").isChecked()
    step.tick("role")
    step.next()
    assert step.page == "role"


IAM = "https://console.aws.amazon.com/iam/home#"
KMS = f"https://{REGION}.console.aws.amazon.com/kms/home"


@pytest.mark.parametrize(
    ("page", "button", "link"),
    [
        ("role", "openCreateRole", f"{IAM}/roles/create"),
        ("trust", "openRoleTrust", f"{IAM}/roles/details/{ROLE_NAME}?section=trust_relationships"),
        ("permissions", "openCreatePolicy", f"{IAM}/policies/create"),
        (
            "permissions",
            "openRolePermissions",
            f"{IAM}/roles/details/{ROLE_NAME}?section=permissions",
        ),
        (
            "permissions",
            "openKey-1",
            f"{KMS}?region={REGION}#/kms/keys/{KEY_ARN.rpartition('/')[2]}",
        ),
    ],
)
def test_a_button_opens_the_right_page(qtbot: QtBot, page: str, button: str, link: str) -> None:
    step = _at(qtbot, page, draft=ENCRYPTED)
    step.click(button)
    assert step.wizard.links == [link]


def test_step_1_sets_the_trust_at_once(qtbot: QtBot) -> None:
    step = _at(qtbot, "role")
    said = step.said("role-steps")
    order = ("choose “Custom trust policy”", "Replace everything", ROLE_NAME, "“Create role”")
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    document = step.document("roleTrustPolicy")
    step.tick("role")
    step.next("trust")
    assert "it is set already" in step.said("page-trust")
    assert step.document("trustPolicy") == document


@pytest.mark.parametrize(
    ("page", "pictures"),
    [
        ("role", ["role-trust"]),
        ("trust", ["trust-edit"]),
        ("permissions", ["policy-json", "attach"]),
        ("connector", ["connector-form"]),
    ],
)
def test_a_picture_shows_where_to_click(qtbot: QtBot, page: str, pictures: list[str]) -> None:
    step = _at(qtbot, page)
    there = step.window.findChildren(ConsolePicture)
    assert [picture.objectName() for picture in there if picture.isVisible()] == [
        f"picture-{name}" for name in pictures
    ]


@pytest.mark.parametrize(
    ("page", "button", "value"),
    [
        ("role", "roleTrustPolicy", document_text(trust_policy(DATABASE_ID))),
        ("role", "copy-roleName", ROLE_NAME),
        ("trust", "trustPolicy", document_text(trust_policy(DATABASE_ID))),
        ("permissions", "permissionsPolicy", document_text(permissions_policy(ENCRYPTED.buckets))),
        ("permissions", "copy-policyName", POLICY_NAME),
        ("permissions", "copy-kmsKey-1", KEY_ARN),
        ("permissions", "kmsStatement", document_text(kms_statement(ACCOUNT))),
    ],
)
def test_values_and_documents_are_copied_exactly(
    qtbot: QtBot, clipboard: QClipboard, page: str, button: str, value: str
) -> None:
    step = _at(qtbot, page, draft=ENCRYPTED)
    step.click(f"{button}-copy")
    assert clipboard.text() == value
    assert clipboard.mimeData().formats() == ["text/plain"]


def test_what_is_copied_is_not_masked(qtbot: QtBot, clipboard: QClipboard) -> None:
    step = _at(qtbot, "trust")
    step.share()
    assert DATABASE_ID not in step.document("trustPolicy")
    step.click("trustPolicy-copy")
    assert DATABASE_ID in clipboard.text()


def test_a_document_is_saved_as_aws_wants_it(qtbot: QtBot, tmp_path: Path) -> None:
    step = _at(qtbot, "trust")
    step.click("trustPolicy-save")
    dialog = step.window.findChild(QFileDialog, "trustPolicy-dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "trust.json"))
    dialog.close()
    outcome = part(step.window, QWidget, "trustPolicy-outcome")
    step.wizard.until(outcome.isVisible)
    assert json.loads((tmp_path / "trust.json").read_text()) == trust_policy(DATABASE_ID)
    assert "trust.json" in step.said("trustPolicy-outcome")


def test_the_key_policy_is_told_only_where_there_is_a_key(qtbot: QtBot) -> None:
    step = _at(qtbot, "permissions")
    assert not step.shows("key-steps")
    assert "Change nothing else." in _at(qtbot, "permissions", draft=ENCRYPTED).said("key-steps")


def test_the_key_is_told_once_for_two_folders_of_a_bucket(qtbot: QtBot) -> None:
    first = ENCRYPTED.buckets[0]
    second = BucketEntry(BUCKET, REGION, "exports/", kms_key_arn=KEY_ARN)
    step = _at(qtbot, "permissions", draft=Draft(ACCOUNT, DATABASE_ID, (first, second)))
    assert step.shows("openKey-1")
    assert not step.shows("openKey-2")


def test_step_3_says_what_each_permission_is_for(qtbot: QtBot) -> None:
    step = _at(qtbot, "permissions")
    step.click("permission-why-button")
    said = step.said("page-permissions")
    for words in (
        "s3:ListBucket: to list the files in the bucket and to verify the connection",
        "s3:GetObject: to read your data files",
        "s3:PutObject: to write files to your archive and error subfolders",
        "s3:DeleteObject: used together with s3:PutObject",
        "Files are never permanently deleted.",
    ):
        assert words in said


def test_the_steps_follow_the_details(qtbot: QtBot) -> None:
    step = _at(qtbot, "trust")
    step.tick("trust")
    step.wizard.store.edit("database_id", "Zq7JBlwfjUOUcQjd5gt7vw")
    step.wizard.jump("trust")
    assert "Zq7JBlwfjUOUcQjd5gt7vw" in step.document("trustPolicy")
    assert not step.find(QCheckBox, "done-trust").isChecked()  # it was for another ID


# On the practice AWS


@pytest.mark.parametrize("page", STEPS)
def test_practice_has_no_console_but_does_the_step(qtbot: QtBot, page: str) -> None:
    accounts = fake_accounts(ENCRYPTED)
    step = _at(qtbot, page, draft=ENCRYPTED, accounts=accounts)
    assert "has no console" in step.said(f"note-{page}")
    assert not [w for w in step.window.findChildren(QWidget) if w.objectName().startswith("open")]
    assert step.focus == f"practise-{page}"
    step.do(f"practise-{page}")
    assert step.find(QCheckBox, f"done-{page}").isChecked()
    assert step.line == ""


def test_a_step_makes_up_for_those_before_it(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    step = _at(qtbot, "permissions", accounts=FakeAccounts(signed_in(aws)))
    step.do("practise-permissions")
    kinds = [str(change.kind) for change in aws.applied]
    assert kinds == ["create-policy", "create-role", "attach-policy"]


def test_a_step_that_is_refused_is_not_ticked(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    step = _at(qtbot, "role", accounts=FakeAccounts(signed_in(aws)))
    aws.failures[ChangeKind.CREATE_ROLE] = [REFUSED]
    step.do("practise-role")
    assert "is not authorized" in step.said("failure-role")
    assert not step.find(QCheckBox, "done-role").isChecked()
    step.do("practise-role")
    assert not step.shows("failure-role")
    step.next("trust")


def test_what_stands_in_the_way_can_be_cleared(qtbot: QtBot) -> None:
    found = whole(PLAIN)
    arn = role_arn(ACCOUNT).replace("role/", "role/data/")
    aws = FakeCustomer(replace(found, role=replace(found.role, arn=arn, path="/data/")))
    accounts = FakeAccounts(signed_in(aws))
    step = _at(qtbot, "trust", accounts=accounts)
    step.do("practise-trust")
    assert "has the required name but a path in front of it" in step.said("failure-trust")
    step.do("failure-trust-afresh")
    assert accounts.resets == 1
    assert not step.shows("failure-trust")
