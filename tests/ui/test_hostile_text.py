"""Other people's text in the window: what can't be seen in it has its name in its place.

Names, statements and messages come from AWS, from the files of AWS's tools and from snapshots; a
bidi mark in one turns the order of what stands around it, for eyes and for screen readers alike.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.choices import Choices, RevokeWay
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.fields.form import form_of
from app.core.formats.snapshot_json import read_snapshot, snapshot_to_json
from app.core.journal import RunKind
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from app.core.revoking.remains import with_remains
from app.core.sign_in import Profile, ProfileKind
from app.core.snapshot import Caller, RoleFacts, SimilarRole, Snapshot, State
from app.flow.checking import checked_account
from app.flow.connection.ended import worst_proof
from app.flow.ports.accounts import SignedIn
from app.flow.review import Purpose, Review
from app.flow.run.progress import ChangeProgress, ChangeState
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import Flow, Method, Revocation, Revoking
from app.ui.widgets.disclosure import DisclosureButton
from tests.helpers.drafts import MOMENT, whole
from tests.helpers.fakes import FakeAccounts, FakeCustomer
from tests.helpers.outcomes import ACCOUNT, DRAFT
from tests.helpers.reviews import reviewed
from tests.helpers.wizard import Wizard, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

ODD: Final = "odd\u202eniam"
"""A name that turns what follows it round."""
MARKED: Final = "odd[right-to-left override]niam"
UBIQUITY: Final = "arn:aws:iam::049579744830:root"
OTHER: Final = f"arn:aws:iam::998877665543:role/{ODD}"


def _hostile() -> Snapshot:
    """Return a set-up in which others wrote whatever they may, with an odd name each."""
    file: Any = json.loads(json.dumps(snapshot_to_json(whole(DRAFT))))
    role, bucket = file["role"], file["buckets"][0]
    assume = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    role["trust_policy"]["Statement"] += [
        {**assume, "Sid": ODD, "Principal": {"AWS": OTHER}},
        {**assume, "Principal": {"AWS": UBIQUITY}, "Condition": {"StringLike": {ODD: ODD}}},
        {**assume, "Effect": "Deny", "Sid": f"{ODD}2", "Principal": "*"}
        | {"Condition": {"StringEquals": {"aws:SourceVpc": ODD}}},
    ]
    everything = {"Effect": "Allow", "Action": ["s3:*", f"s3:{ODD}"], "Resource": f"*{ODD}*"}
    deny = {"Sid": ODD, "Effect": "Deny", "Action": "s3:*", "Resource": "*"}
    role["attached_policies"].append(
        {"name": ODD, "arn": f"arn:aws:iam::{ACCOUNT}:policy/{ODD}", "version": "v1"}
        | {"document": {"Statement": [everything, {**deny, "Condition": {ODD: {ODD: ODD}}}]}}
    )
    role["inline_policies"].append({"name": f"{ODD}3", "document": {"Statement": [everything]}})
    role["instance_profiles"] = [ODD]
    file["customer_policy"]["document"]["Statement"].append({**everything, "Sid": f"{ODD}4"})
    file["customer_policy"]["attached_to"] = [ODD]
    direct = {"Sid": ODD, "Effect": "Allow", "Principal": {"AWS": [UBIQUITY, OTHER]}}
    bucket["policy"] = {
        "Statement": [
            {**direct, "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket['name']}/*"},
            {**deny, "Principal": "*", "Condition": {"StringEquals": {ODD: ODD}}},
        ]
    }
    key = file["buckets"][1]["kms_key"]
    key["policy"]["Statement"].append({**direct, "Action": "kms:*", "Resource": "*"})
    key["grants"] = [{"grantee": UBIQUITY, "operations": ["Decrypt", ODD], "id": ODD}]
    file["organization_denies"] = [{"action": "s3:PutObject", "resource": ODD, "by": ODD}]
    file["unreadable"] = [
        {"what": "buckets[1].policy", "code": "AccessDenied", "message": f"to perform: s3:{ODD} "}
    ]
    file["observations"] = [
        {"at": file["captured_at"], "as": "customer", "action": "s3:ListBucket"}
        | {"outcome": "denied", "bucket": bucket["name"], "code": "AccessDenied", "message": ODD}
    ]
    file["caller"] = {"arn": f"arn:aws:iam::{ACCOUNT}:user/{ODD}", "account": ACCOUNT}
    file["endpoint"] = f"http://127.0.0.1/{ODD}"
    snapshot = read_snapshot(json.dumps(file), "snapshot")
    assert isinstance(snapshot, Snapshot), snapshot
    return snapshot


def _misnamed() -> Snapshot:
    names = [f"ubiquity-connector-s3-access-role{ODD}", f"ubiquity{ODD}"]
    roles = tuple(SimilarRole(name, f"arn:aws:iam::{ACCOUNT}:role/{name}") for name in names)
    return replace(whole(DRAFT), role=RoleFacts(State.MISSING), similar_roles=roles)


FAILURE: Final = AwsFailure("iam:CreateRole", f"{ODD}Exception", f"{ODD} said no")
EXPIRED: Final = AwsFailure(
    "sts:GetCallerIdentity",
    "ExpiredToken",
    ODD,
    finding="signin.expired",
    params={"profile": ODD, "mfa_device": ODD, "answer": ODD},
)


@pytest.fixture
def wizard(qtbot: QtBot) -> Wizard:
    caller = Caller(f"arn:aws:iam::{ACCOUNT}:user/{ODD}", ACCOUNT)
    aws = FakeCustomer(_hostile())
    profiles = (
        Profile(ODD, ProfileKind.ROLE, source_profile=f"{ODD}1", role_name=f"{ODD}2"),
        Profile(f"{ODD}5", ProfileKind.KEYS, region=ODD),
    )
    accounts = FakeAccounts(SignedIn(caller, aws), practice=False, found=profiles)
    return open_wizard(qtbot, accounts, form=form_of(DRAFT))


def _revoking(snapshot: Snapshot, how: RevokeWay, draft: Draft | None) -> Review:
    planned = revoke_plan(snapshot, how, ACCOUNT, draft, Choices(), MOMENT)
    return reviewed(DRAFT, snapshot, planned, Purpose(RunKind.REVOKE, draft, how))


def _check(wizard: Wizard) -> None:
    wizard.store.begin(Flow.CHECK)
    checked = checked_account(DRAFT, _hostile())
    wizard.store.change(lambda state: replace(state, connection=Connection(checked=checked)))


def _check_misnamed(wizard: Wizard) -> None:
    wizard.store.begin(Flow.CHECK)
    checked = checked_account(DRAFT, _misnamed())
    wizard.store.change(lambda state: replace(state, connection=Connection(checked=checked)))


def _at_create(wizard: Wizard, run: Run) -> None:
    wizard.store.begin(Flow.SETUP)
    wizard.store.choose_method(Method.CREATE)
    wizard.store.change(
        lambda state: replace(state, page="create", creation=state.creation.with_run(run))
    )


def _create(wizard: Wizard) -> None:
    snapshot = _hostile()
    _at_create(wizard, Run(reviewed(DRAFT, snapshot, plan(DRAFT, snapshot))))


def _create_failed(wizard: Wizard) -> None:
    snapshot = _misnamed()
    planned = plan(DRAFT, snapshot)
    rows = tuple(ChangeProgress(c, ChangeState.FAILED, FAILURE) for c in planned.changes)
    _at_create(wizard, replace(Run(reviewed(DRAFT, snapshot, planned)), progress=rows))


def _expired(wizard: Wizard) -> None:
    _create(wizard)
    wizard.store.change(lambda state: replace(state, failure=EXPIRED, signed_in=None))


def _revoke(wizard: Wizard, how: RevokeWay) -> None:
    wizard.store.begin(Flow.REVOKE)
    wizard.store.choose_revoking(Revoking(how))
    run = Run(_revoking(_hostile(), how, DRAFT))
    wizard.store.change(
        lambda state: replace(state, page="revoke", revocation=state.revocation.with_run(run))
    )


def _revoked(wizard: Wizard) -> None:
    _revoke(wizard, RevokeWay.DELETE_ROLE)
    snapshot = _hostile()
    proof = worst_proof(DRAFT, (DRAFT.database_id,), snapshot)
    review = _revoking(snapshot, RevokeWay.DELETE_ROLE, DRAFT)
    run = replace(Run(review), finished=True)
    proof = with_remains(proof, snapshot, review.plan)
    revoked = Revocation(Revoking.DELETE_ROLE, run, proof)
    wizard.store.change(lambda state: replace(state, revocation=revoked))


SCENES: Final[dict[str, Callable[[Wizard], None]]] = {
    "check": _check,
    "check, misnamed": _check_misnamed,
    "create": _create,
    "create, failed": _create_failed,
    "create, expired": _expired,
    "revoke": lambda wizard: _revoke(wizard, RevokeWay.DELETE_ROLE),
    "revoked": _revoked,
}


def test_no_name_turns_what_stands_around_it(wizard: Wizard) -> None:
    raw, marks = [], dict.fromkeys(SCENES, 0)
    for name, scene in SCENES.items():
        scene(wizard)
        wizard.until_idle()
        _open_all(wizard)
        for where, text in _texts(wizard.window):
            raw += [f"{name}: {where}: {text!r}"] if "\u202e" in text else []
            marks[name] += MARKED in text.replace("<wbr>", "")
    assert raw == []
    assert all(marks.values()), marks


def _open_all(wizard: Wizard) -> None:
    """Open what stands folded away: documents, calls, comparisons."""
    for button in wizard.window.findChildren(QAbstractButton):
        folded = isinstance(button, DisclosureButton) and not button.open
        if folded and button.isVisible() and button.isEnabled():
            button.click()
    wizard.settle()


def _texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield all that can be seen or heard, with the name of what shows it."""
    yield "title", window.windowTitle()
    for widget in window.findChildren(QWidget):
        name = f"{type(widget).__name__} {widget.objectName()}"
        for text in (
            widget.toolTip(),
            widget.whatsThis(),
            widget.statusTip(),
            widget.accessibleName(),
            widget.accessibleDescription(),
        ):
            yield name, text
        if isinstance(widget, QLineEdit):
            yield name, widget.displayText()
        elif isinstance(widget, QPlainTextEdit):
            yield name, widget.toPlainText()
        elif isinstance(widget, QLabel | QAbstractButton):
            yield name, widget.text()
        elif isinstance(widget, QComboBox):
            model = widget.model()
            for row in range(model.rowCount()):
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                    yield name, str(model.index(row, 0).data(role))
