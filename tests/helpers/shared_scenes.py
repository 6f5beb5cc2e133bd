"""The window while somebody else may look on: each sign-in and each failure, with planted values.

Every value of the customer's holds ``MARK``, in whatever case, or is one of ``PLANTED``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QComboBox, QDialog
from pytestqt.qtbot import QtBot

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.codes.parameters import PARAMETERS, Param, ParameterKind
from app.core.failure import AwsFailure
from app.core.fields.form import form_of
from app.core.report import Evidence, Finding
from app.core.settings_mistake import SettingsMistake
from app.core.sign_in import (
    ConsoleSession,
    KnownPortal,
    PortalAccount,
    Profile,
    ProfileKind,
    ProfileState,
)
from app.core.snapshot import Caller
from app.flow.ports.accounts import CodeRequest, SignedIn
from app.flow.ports.aws import OfferedBucket
from app.flow.wizard.details_state import Offers
from app.flow.wizard.state import Flow, Method, Past
from app.system.credential_store import CredentialStore
from app.ui.sign_in.code_dialog import CodeDialog
from app.ui.widgets.paste_edit import PasteEdit
from tests.helpers.drafts import untouched
from tests.helpers.fake_console import FakeConsole
from tests.helpers.fake_portal import PORTAL_REGION, FakePortal
from tests.helpers.fakes import FakeAccounts, FakeCustomer
from tests.helpers.outcomes import ACCOUNT, DRAFT, SECRETS
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, open_wizard

MARK: Final = "planted"
_OTHER: Final = "556677889900"
PLANTED: Final = (*SECRETS, _OTHER, "9988 7766 5544", "5566 7788 9900", "AROAPLANTED123456789")
"""What stands nowhere while details are hidden, beside all that holds ``MARK``."""

_URL: Final = "https://kauri-planted.awsapps.com/start"
_CONFIG: Final = "/home/wiremu-planted/.aws/config"
_KEY: Final = "ASIAPLANTED234567PLA"
_USER: Final = ConsoleSession(
    f"arn:aws:iam::{ACCOUNT}:user/wiremu-planted", ACCOUNT, "wiremu-planted"
)
_ROLE: Final = ConsoleSession(
    f"arn:aws:sts::{_OTHER}:assumed-role/Admins-planted/hine@planted.test",
    _OTHER,
    "Admins-planted/hine@planted.test",
)
_MISTAKE: Final = SettingsMistake(
    "session-gone", _CONFIG, 12, "session-planted", "[sso-session session-planted]"
)
_PROFILES: Final = (
    Profile("first-planted", ProfileKind.LOGIN, account_id=ACCOUNT, state=ProfileState.EXPIRED),
    Profile("second-planted", ProfileKind.KEYS, mistakes=(_MISTAKE,), state=ProfileState.BROKEN),
    Profile(
        "third-planted",
        ProfileKind.ROLE,
        "first-planted",
        account_id=_OTHER,
        role_name="Admin-planted",
    ),
)
_SAID: Final = (
    f"User: {_USER.arn} is not authorized to perform: iam:CreateRole on resource: "
    f"arn:aws:iam::{ACCOUNT}:role/other-planted because no identity-based policy allows it"
)
_STATEMENT: Final = {
    "Sid": "SidPlanted",
    "Effect": "Deny",
    "Principal": {"AWS": [_ROLE.arn, f"arn:aws:iam::{_OTHER}:root", "AROAPLANTED123456789"]},
    "Action": ["s3:GetObject", "s3:PutObject"],
    "Resource": "arn:aws:s3:::bucket-planted/*",
    "Condition": {
        "StringNotEquals": {"sts:ExternalId": "id-planted", "aws:SourceVpc": "vpc-planted"},
        "StringLike": {"aws:userid": ["AROAPLANTED123456789:*", "hine@planted.test"]},
    },
}


def planted_failures() -> tuple[AwsFailure, ...]:
    """Return a failure for each finding, each with its values, and those that AWS alone words."""
    return (
        AwsFailure("iam:CreateRole", "AccessDenied", _SAID, 403),
        AwsFailure("iam:CreateRole", "ValidationError", _SAID, 400),
        *(
            AwsFailure("iam:GetRole", "AccessDenied", _SAID, finding=code, params=_params(code))
            for code in CATALOGUE
        ),
    )


def planted_findings() -> tuple[Finding, ...]:
    """Return one finding of each code, each value planted."""
    return tuple(
        Finding(code, Evidence.PREDICTED, "bucket-planted", _params(code)) for code in CATALOGUE
    )


def _params(code: str) -> Mapping[str, object]:
    params = {param.name: _value(param) for param in PARAMETERS[code]}
    if "mistake" in params:
        params["mistake"] = "session-gone"
    return params


def _value(param: Param) -> object:
    match param.kind:
        case ParameterKind.WORD:
            return "us-east-1"
        case ParameterKind.WORDS:
            return ["s3:ListBucket"]
        case ParameterKind.ID:
            return f"{param.name}-planted"
        case ParameterKind.IDS:
            return [f"{param.name}-planted", f"arn:aws:iam::{_OTHER}:role/{param.name}-planted"]
        case ParameterKind.COUNT:
            return 12
        case ParameterKind.COUNTS:
            return {"GLACIER": 1}
        case ParameterKind.TRUTH:
            return True
        case ParameterKind.DOCUMENT:
            return _STATEMENT


def shared_wizard(qtbot: QtBot) -> Wizard:
    """Return a window that has every way to sign in, each with planted values."""
    caller = Caller(_USER.arn, ACCOUNT)
    aws = FakeCustomer(untouched(DRAFT))
    aws.offered = tuple(OfferedBucket(f"{n}-bucket-planted", "eu-west-1") for n in ("a", "b"))
    accounts = FakeAccounts(SignedIn(caller, aws), practice=False, found=_PROFILES)
    accounts.pasted = CredentialStore(lambda: None)
    console = FakeConsole()
    console.kept = (_USER, _ROLE)
    portal = FakePortal()
    portal.known = (
        KnownPortal(_URL, PORTAL_REGION, "session-planted", datetime.now(UTC) + timedelta(hours=2)),
    )
    portal.people = (
        PortalAccount(_OTHER, "Sandbox planted", "sandbox@planted.test"),
        PortalAccount(ACCOUNT, "Production planted", "aws@planted.test"),
    )
    portal.names = {ACCOUNT: ("Reader-planted", "Admin-planted"), _OTHER: ("User-planted",)}
    return open_wizard(qtbot, accounts, form=form_of(DRAFT), console=console, portal=portal)


def shared_scenes(wizard: Wizard) -> Iterator[str]:
    """Put the window into one scene after the other, and tell the name of each."""
    for name, scene in _SCENES.items():
        _at_sign_in(wizard)
        scene(wizard)
        wizard.settle()
        yield name
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.close()
    _at_sign_in(wizard)
    signed_in = SignedIn(Caller(_ROLE.arn, _OTHER), FakeCustomer())
    wizard.store.change(lambda state: replace(state, signed_in=signed_in))
    for page in ("sign-in", "details", "create", "handoff"):
        wizard.jump("method")
        wizard.store.choose_method(Method.HANDOFF if page == "handoff" else Method.CREATE)
        wizard.jump(page)
        yield f"signed in, {page}"
    for page in ("sign-in", "create", "handoff", "test"):
        wizard.jump("method")
        wizard.store.choose_method(Method.HANDOFF if page == "handoff" else Method.CREATE)
        wizard.jump(page)
        wizard.store.change(lambda state: replace(state, failure=planted_failures()[0]))
        wizard.settle()
        yield f"refused, {page}"


def _at_sign_in(wizard: Wizard) -> None:
    wizard.context.tasks.cancel_all()
    wizard.store.begin(Flow.SETUP)
    wizard.store.fill(form_of(DRAFT))
    wizard.store.choose_method(Method.CREATE)
    wizard.store.change(
        lambda state: replace(state, page="sign-in", signed_in=None, failure=None, offers=Offers())
    )
    wizard.until_idle()


def _click(wizard: Wizard, name: str) -> None:
    Screen(wizard).click(f"{name}-sign-in")
    wizard.settle()


def _profile(row: int) -> Callable[[Wizard], None]:
    def scene(wizard: Wizard) -> None:
        _click(wizard, "way-profile")
        wizard.until_idle()
        box = Screen(wizard).find(QComboBox, "profile-sign-in")
        box.setCurrentIndex(row)
        box.showPopup()
        wizard.settle()
        box.hidePopup()

    return scene


def _portal_place(wizard: Wizard) -> None:
    _click(wizard, "way-portal")
    wizard.until_idle()
    box = Screen(wizard).find(QComboBox, "portalUrl-sign-in")
    box.setEditText("kauri-planted.awsapps.com/start/#/console")
    Screen(wizard).find(QComboBox, "portalRegion-sign-in").setFocus()
    box.setFocus()


def _portal_accounts(wizard: Wizard) -> None:
    _click(wizard, "way-portal")
    wizard.until_idle()
    box = Screen(wizard).find(QComboBox, "portalUrl-sign-in")
    box.setEditText(_URL)
    _click(wizard, "portalSignIn")
    wizard.until_idle()


def _portal_role(wizard: Wizard) -> None:
    role = Screen(wizard).find(QComboBox, "portalRole-sign-in")
    role.setCurrentIndex(0)
    wizard.until_idle()


def _pasted(wizard: Wizard) -> None:
    _click(wizard, "way-pasted")
    edit = Screen(wizard).window.findChild(PasteEdit, "pasteHere-sign-in")
    assert isinstance(edit, PasteEdit)
    edit.pasted.emit(
        "User name,Access key ID,Secret access key\n"
        f"wiremu-planted,{_KEY},{'CANARYsecret' * 3}0000\n"
        f"hine-planted,{_KEY[:-1]}B,{'CANARYsecret' * 3}1111\n"
    )


def _kept(wizard: Wizard) -> None:
    _click(wizard, "way-pasted")
    edit = Screen(wizard).window.findChild(PasteEdit, "pasteHere-sign-in")
    assert isinstance(edit, PasteEdit)
    for key in (_KEY, f"{_KEY[:-1]}C"):
        edit.pasted.emit(
            f"export AWS_ACCESS_KEY_ID={key}\nexport AWS_SECRET_ACCESS_KEY="
            f"{'CANARYsecret' * 3}0000\nexport AWS_SESSION_TOKEN=CANARYtoken==\n"
        )
        wizard.until_idle()


def _no_file(wizard: Wizard) -> None:
    _click(wizard, "way-pasted")
    edit = Screen(wizard).window.findChild(PasteEdit, "pasteHere-sign-in")
    assert isinstance(edit, PasteEdit)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/wiremu-planted/none.csv")])
    edit.insertFromMimeData(data)
    wizard.until_idle()


def _kept_console(wizard: Wizard) -> None:
    _click(wizard, "way-console")
    wizard.until_idle()


def _code(wizard: Wizard) -> None:
    request = CodeRequest(f"arn:aws:iam::{ACCOUNT}:mfa/wiremu-planted", "first-planted")
    CodeDialog(wizard.window, request, wizard.context.masking).open()


def _damaged(wizard: Wizard) -> None:
    told = (f"/home/wiremu-planted/.local/share/runs can’t be read, for account {_OTHER}.",)
    wizard.store.change(
        lambda state: replace(state, page="welcome", past=Past(damaged_journals=told))
    )


_SCENES: Final[Mapping[str, Callable[[Wizard], None]]] = {
    "damaged journals": _damaged,
    "kept sign-ins": _kept_console,
    "an expired profile": _profile(0),
    "a broken profile": _profile(1),
    "a role's profile": _profile(2),
    "several users": _pasted,
    "no such file": _no_file,
    "kept credentials": _kept,
    "portal": _portal_place,
    "portal's accounts": _portal_accounts,
    "portal's role": _portal_role,
    "code": _code,
}
