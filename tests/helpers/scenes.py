"""Every page of the wizard in every way and state that it can be seen in.

What holds for the whole window (names, masking, nothing cut off, every word translated) is
tested over all of them.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QAbstractButton

from app.core.call_record import CallOutcome, CallRecord
from app.core.change import Obstacle, Plan
from app.core.choices import Choices, RevokeWay
from app.core.documents.document_text import document_text
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.failure import AwsFailure
from app.core.fields.form import EncryptionChoice, form_of
from app.core.formats.snapshot_block import block_of
from app.core.frozen import replace as core_replace
from app.core.guide import UBIQUITY_ACCOUNT, policy_arn, role_arn
from app.core.journal import RunKind, new_journal
from app.core.left_over import LeftKind, LeftOver
from app.core.planning.plan import plan
from app.core.report import Evidence, Grounds, GroundsCode
from app.core.revoking.plan import revoke_plan
from app.core.revoking.proof import Proof
from app.core.snapshot import Caller, LastUse, Snapshot
from app.core.told.answer import ToldAnswer
from app.flow.checking import CheckedAccount, checked_account
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.tester import Tester
from app.flow.connection.watch import WatchEnd, WatchState
from app.flow.ports.accounts import SignedIn
from app.flow.ports.aws import CountSoFar, Visit
from app.flow.review import Purpose, Review
from app.flow.run.progress import ChangeProgress, ChangeState
from app.flow.wizard.connection_state import Connection, Counting, Watch
from app.flow.wizard.paste_state import Pasted
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import Creation, Flow, Method, Past, Revocation, Revoking, SavedSession
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from app.ui.parts.folder_saving import FolderSaving
from tests.helpers.drafts import MOMENT, untouched, whole
from tests.helpers.fakes import FakeCustomer
from tests.helpers.outcomes import (
    ACCOUNT,
    DATABASE_ID,
    DRAFT,
    KEY,
    REQUEST_ID,
    ended,
    journal_of,
    made_so_far,
)
from tests.helpers.reviews import reviewed
from tests.helpers.wizard import Wizard

Scene = Callable[[Wizard], None]


def scenes(wizard: Wizard, only: Container[str] | None = None) -> Iterator[str]:
    """Put the window into one scene after the other, and tell the name of each.

    ``only`` names those that are wanted, where it is not all.
    """
    for name, scene in _SCENES.items():
        if only is not None and name not in only:
            continue
        _begin(wizard)
        scene(wizard)
        wizard.until_idle()
        yield name
    for method, page in (
        *((Method.CONSOLE, page) for page in ("role", "trust", "permissions")),
        (Method.HANDOFF, "handoff"),
        (Method.CLOUDSHELL, "cloudshell"),
        *((method, "connector") for method in Method),
    ):
        name = f"{page}, {method}"
        if only is not None and name not in only:
            continue
        _begin(wizard, method)
        wizard.jump(page)
        yield name


def press_button(wizard: Wizard, name: str) -> None:
    """Press a button that can be seen."""
    wizard.until_shown()
    button = wizard.window.findChild(QAbstractButton, name)
    if not isinstance(button, QAbstractButton) or not button.isVisible():
        raise LookupError(name)
    button.click()
    wizard.settle()


def _begin(wizard: Wizard, method: Method = Method.CREATE) -> None:
    """Take the window back to Welcome, with everything typed and nothing done."""
    wizard.store.change(
        lambda state: replace(
            state,
            flow=Flow.SETUP,
            page="welcome",
            error_text="",
            pasted=Pasted(),
            confirming=None,
            failure=None,
            signed_in=None,
            creation=state.creation.anew(),
            revocation=Revocation(),
            connection=Connection(),
            past=Past(damaged_journals=state.past.damaged_journals),
        )
    )
    wizard.store.fill(form_of(DRAFT))
    wizard.store.choose_method(method)
    wizard.until_idle()


def _at_create(wizard: Wizard, run: Run) -> None:
    wizard.jump("create")  # which reads the account by itself
    wizard.store.change(lambda state: replace(state, creation=state.creation.with_run(run)))


def _at_revoke(wizard: Wizard, run: Run) -> None:
    wizard.jump("revoke")
    wizard.store.change(lambda state: replace(state, revocation=state.revocation.with_run(run)))


def _at_page(wizard: Wizard, page: str, creation: Creation) -> None:
    wizard.store.change(lambda state: replace(state, page=page, creation=creation))
    wizard.until_shown()


def _at_test(wizard: Wizard, connection: Connection) -> None:
    wizard.store.change(lambda state: replace(state, page="test", connection=connection))
    wizard.until_shown()


def _welcome(wizard: Wizard) -> None:
    del wizard


def _resume(wizard: Wizard) -> None:
    session = SavedSession("details", form_of(DRAFT), None, frozenset())
    wizard.store.change(lambda state: replace(state, page="welcome", past=Past(resumable=session)))


def _details(wizard: Wizard) -> None:
    wizard.jump("details")


def _mistakes(wizard: Wizard) -> None:
    """Leave every field wrong, most with something to offer in its place."""
    wizard.jump("details")
    for name, text in (
        ("account_id", ACCOUNT[1:]),
        ("database_id", f"{DATABASE_ID}=="),
        ("buckets[0].name", "Mistaken-Bucket"),
        ("buckets[0].region", "eu-west"),
        ("buckets[0].prefix", "/tawa/rimu-files"),
        ("buckets[1].kms_key_arn", KEY.rpartition("/")[2]),
        ("buckets[1].name", f"arn:aws:s3:::{DRAFT.buckets[1].name}/x"),
    ):
        wizard.store.edit(name, text)
        wizard.store.leave(name)


def _two_of_a_kind(wizard: Wizard) -> None:
    """Name the same bucket twice, with other keys."""
    wizard.jump("details")
    first = DRAFT.buckets[1]
    other = replace(first, kms_key_arn=None)
    wizard.store.fill(form_of(replace(DRAFT, buckets=(first, other))))
    wizard.store.next()


def _sse_c(wizard: Wizard) -> None:
    wizard.jump("details")
    wizard.store.edit("buckets[0].encryption", EncryptionChoice.CLIENT)


def _method(wizard: Wizard) -> None:
    wizard.jump("method")


def _planned(wizard: Wizard) -> None:
    _at_create(wizard, made_so_far({}))


def _creating(wizard: Wizard) -> None:
    rows = {0: ChangeState.DONE, 1: ChangeState.SPREADING, 2: ChangeState.WAITING}
    _at_create(wizard, made_so_far(rows, running=True))


def _refused(wizard: Wizard) -> None:
    rows = {0: ChangeState.DONE, 1: ChangeState.FAILED}
    _at_create(wizard, made_so_far(rows))


def _created(wizard: Wizard) -> None:
    rows = dict.fromkeys(range(9), ChangeState.DONE)
    _at_create(wizard, made_so_far(rows, finished=True))


def _undone(wizard: Wizard) -> None:
    rows = dict.fromkeys(range(9), ChangeState.UNDONE)
    _at_create(wizard, made_so_far(rows, undone=True))


def _to_the_letter(wizard: Wizard) -> None:
    """Open what stands out of the way."""
    _at_create(wizard, made_so_far({}))
    wizard.until_idle()
    for row in (1, 3):
        press_button(wizard, f"change-{row}-details-button")
    press_button(wizard, "requirements-more-button")


def _offers(wizard: Wizard) -> None:
    """Let others share the role, and UbiQuity in without an External ID."""
    other = replace(DRAFT, database_id="Zq7JBlwfjUOUcQjd5gt7vA")
    snapshot = whole(other)
    _at_create(wizard, Run(reviewed(DRAFT, snapshot, plan(DRAFT, snapshot))))


def _lacking(wizard: Wizard) -> None:
    lacking = ("iam:CreateRole", "iam:AttachRolePolicy")
    _at_create(wizard, made_so_far({}, lacking=lacking))


def _lacking_unknown(wizard: Wizard) -> None:
    _at_create(wizard, made_so_far({}, lacking=None))


def _asking_to_undo(wizard: Wizard) -> None:
    _created(wizard)
    wizard.store.confirm("undo")


def _interrupted(wizard: Wizard) -> None:
    journal = journal_of({0: ChangeState.DONE})
    wizard.store.change(lambda state: replace(state, page="welcome", past=Past(journal)))


def _revoke_way(wizard: Wizard) -> None:
    wizard.store.begin(Flow.REVOKE)
    wizard.store.choose_revoking(Revoking.CHANGE_TRUST)
    journal = journal_of({0: ChangeState.DONE})
    wizard.store.change(lambda state: replace(state, past=Past(undoable=journal)))


def _revoke(wizard: Wizard) -> None:
    """Show what revoking would take away, and ask."""
    wizard.store.begin(Flow.REVOKE)
    wizard.store.choose_revoking(Revoking.DELETE_ROLE)
    snapshot = whole(DRAFT)
    _at_revoke(wizard, Run(_revoking(snapshot, RevokeWay.DELETE_ROLE)))
    wizard.store.confirm("revokeNow")


def _revoke_shared(wizard: Wizard) -> None:
    wizard.store.begin(Flow.REVOKE)
    wizard.store.choose_revoking(Revoking.CHANGE_TRUST)
    snapshot = whole(DRAFT)
    both = trust_policy([DRAFT.database_id, "Zq7JBlwfjUOUcQjd5gt7vA"])  # type: ignore[arg-type]
    snapshot = replace(snapshot, role=replace(snapshot.role, trust_policy=both))
    _at_revoke(wizard, Run(_revoking(snapshot, RevokeWay.CHANGE_TRUST)))


def _revoking(snapshot: Snapshot, how: RevokeWay) -> Review:
    plan = revoke_plan(snapshot, how, ACCOUNT, DRAFT, Choices(), MOMENT)
    return reviewed(DRAFT, snapshot, plan, Purpose(RunKind.REVOKE, DRAFT, how))


def _revoked(wizard: Wizard) -> None:
    _revoke(wizard)
    run = wizard.store.state.revocation.run
    if run is None:
        raise AssertionError
    rows = tuple(ChangeProgress(change, ChangeState.DONE) for change in run.plan.changes)
    journal = new_journal(
        kind=RunKind.REVOKE,
        account_id=ACCOUNT,
        changes=run.plan.changes,
        draft=DRAFT,
        how=RevokeWay.DELETE_ROLE,
        now=MOMENT,
    )
    revoked = Revocation(
        Revoking.DELETE_ROLE,
        replace(run, progress=rows, finished=True, journal=journal),
        Proof("denied", Grounds(GroundsCode.ROLE_MISSING), Evidence.OBSERVED),
    )
    wizard.store.change(lambda state: replace(state, confirming=None, revocation=revoked))


def _obstacles(wizard: Wizard) -> None:
    target = role_arn(ACCOUNT)
    codes = ("change.conflict", "check.unreadable", "role.misnamed", "role.path", "kms.key-differs")
    obstacles = (*(Obstacle(code, target) for code in codes), Obstacle("kms.other-account", KEY))
    _at_create(wizard, Run(reviewed(DRAFT, untouched(DRAFT), Plan((), obstacles))))


def _signed_in_elsewhere(wizard: Wizard) -> None:
    caller = Caller("arn:aws:iam::998877665543:user/jo", "998877665543")
    code = "signin.wrong-account"
    wizard.store.change(
        lambda state: replace(state, page="create", signed_in=SignedIn(caller, FakeCustomer()))
    )
    wizard.until_idle()
    params = {"expected": ACCOUNT, "found": caller.account}
    failure = AwsFailure("sts:GetCallerIdentity", code, "", finding=code, params=params)
    wizard.store.change(
        lambda state: replace(state, failure=failure, creation=state.creation.with_run(None))
    )


def _conflict(wizard: Wizard) -> None:
    code, target = "change.conflict", policy_arn(ACCOUNT)
    failure = AwsFailure("permissions", code, target, finding=code)
    _at_page(wizard, "permissions", Creation(Method.CONSOLE, frozenset({"role"})))
    wizard.store.change(lambda state: replace(state, failure=failure))


def _handed_off(wizard: Wizard) -> None:
    done = frozenset({"role", "trust", "permissions"})
    _at_page(wizard, "handoff", Creation(Method.HANDOFF, done))
    wizard.store.choose_form("json")
    saving = wizard.window.findChild(FolderSaving)
    assert isinstance(saving, FolderSaving)
    saving.ask_about(("s3-connection.ubiquity-s3",))


def _answered(wizard: Wizard) -> None:
    """Let an ARN come back whose role lacks a letter."""
    _at_page(wizard, "handoff", Creation(Method.HANDOFF))
    wizard.context.start(
        "intake", wizard.context.intake.take_text(role_arn(ACCOUNT).removesuffix("e"))
    )


def _printed_elsewhere(wizard: Wizard) -> None:
    """Let a block of another account come back, with its report."""
    _at_page(wizard, "cloudshell", Creation(Method.CLOUDSHELL))
    jo = Caller("arn:aws:iam::556677889900:user/wiremu-planted", "556677889900")
    block = block_of(core_replace(whole(DRAFT), caller=jo))
    wizard.context.start("intake", wizard.context.intake.take_text(block))


def _details_came(wizard: Wizard) -> None:
    wizard.store.open_draft(DRAFT, f"{ACCOUNT}-planted.json")


def _untested(wizard: Wizard) -> None:
    _at_test(wizard, Connection())


def _by_support(wizard: Wizard, result: ConnectionResult) -> None:
    """Show what UbiQuity's support tested, who can't read the account."""
    caller = Caller(f"arn:aws:iam::{UBIQUITY_ACCOUNT}:user/support", UBIQUITY_ACCOUNT)
    wizard.store.change(lambda state: replace(state, signed_in=SignedIn(caller, FakeCustomer())))
    _at_test(wizard, Connection(result))


def _not_assumed(wizard: Wizard) -> None:
    _by_support(wizard, ended(CheckState.FAILED, CheckState.SKIPPED))


def _left_over(wizard: Wizard) -> None:
    """Let a role be too open, and a test file stay, and look at every call."""
    result = ended(CheckState.PASSED, CheckState.PASSED, without=CheckState.FAILED)
    entry = DRAFT.buckets[0]
    left = tuple(LeftOver(kind, entry.name, f"{entry.prefix}test.txt", "v1") for kind in LeftKind)
    probe = ConnectionCheck(CheckKind.PROBE_DELETE, CheckState.FAILED, entry, left=left)
    call = CallRecord(
        "s3:ListBucket",
        MOMENT,
        0.25,
        CallOutcome.DONE,
        bucket=entry.name,
        request_id=REQUEST_ID,
        http_status=200,
    )
    _by_support(wizard, replace(result, checks=(*result.checks, probe), calls=(call,)))
    wizard.until_idle()
    for name in ("tried-button", "calls-button"):
        press_button(wizard, name)


def _customers(*, complete: bool) -> Connection:
    """Return a test of the customer's that found nothing in the way."""
    sizes = [ConnectionCheck(CheckKind.LIST, CheckState.PASSED, e, 1000) for e in DRAFT.buckets]
    checks = [replace(check, complete=complete) for check in sizes]
    result = ConnectionResult(tuple(checks), finished=True, tester=Tester.CUSTOMER)
    read = whole(DRAFT)
    regions = {entry.name: entry.region for entry in DRAFT.buckets}
    owned = (
        core_replace(each, owner_account=ACCOUNT, region=regions[each.name])
        for each in read.buckets
    )
    read = core_replace(read, buckets=tuple(owned))
    used = LastUse(MOMENT, "ap-southeast-2")
    read = core_replace(read, role=core_replace(read.role, last_used=used))
    return Connection(result, checked=checked_account(DRAFT, read))


def _watched(wizard: Wizard) -> None:
    """Watch, count, and show what the test before came to."""
    connection = _customers(complete=False)
    counting = Counting(CountSoFar(124_000, markers=3, seconds=2.0))
    _at_test(
        wizard,
        replace(
            connection,
            watch=Watch(MOMENT, WatchState(MOMENT, MOMENT, looks=1, last_look=MOMENT)),
            counts={DRAFT.buckets[0]: counting},
            before=replace(connection, checked=_report()),
        ),
    )


def _seen(wizard: Wizard) -> None:
    visit = Visit(MOMENT, "ap-southeast-2", "right", REQUEST_ID)
    seen = WatchState(MOMENT, MOMENT, looks=2, last_look=MOMENT, visit=visit)
    _at_test(wizard, replace(_customers(complete=True), watch=Watch(MOMENT, seen)))


def _told(wizard: Wizard) -> None:
    """Let what UbiQuity answered be pasted, where the event history may not be looked into."""
    text = f"User is not authorized to perform: sts:AssumeRole on resource: {role_arn(ACCOUNT)}"
    ended_so = WatchState(MOMENT, MOMENT, ended_without=WatchEnd.NOT_ALLOWED)
    _at_test(
        wizard,
        Connection(
            in_ubiquity=UbiquityAnswer(ToldAnswer.ASSUME),
            answer_text=text,
            watch=Watch(MOMENT, ended_so),
        ),
    )


def _report() -> CheckedAccount:
    """Return the report on an account that has nothing yet."""
    snapshot = untouched(DRAFT)
    return checked_account(DRAFT, snapshot)


def _pasted(wizard: Wizard) -> None:
    """Check without a sign-in: some of it recognised, one forgiven, one not clear, one broken."""
    wizard.store.change(lambda state: replace(state, flow=Flow.CHECK, page="check"))
    wizard.until_idle()
    trust = document_text(trust_policy(DATABASE_ID)).replace(UBIQUITY_ACCOUNT, ACCOUNT)
    bucket = DRAFT.buckets[0].name
    resource = f"arn:aws:s3:::{bucket}/*"
    denial = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": resource}
    texts = (
        role_arn(ACCOUNT),
        trust.replace("\n}", ",\n} // mine"),
        document_text({"Version": "2012-10-17", "Statement": [denial]}),
        document_text({"Statement": {**denial, "Action": "*", "Resource": "*"}}),
        document_text(permissions_policy(DRAFT.buckets))[:-2],
    )
    wizard.context.actions.pasting.paste("\n\n".join(texts))
    wizard.context.actions.pasting.open(on=True)
    wizard.context.actions.pasting.ask()


def _to_check(wizard: Wizard) -> None:
    wizard.store.begin(Flow.CHECK)


def _checked(wizard: Wizard) -> None:
    wizard.store.begin(Flow.CHECK)
    wizard.store.change(lambda state: replace(state, connection=Connection(checked=_report())))


def _explained(wizard: Wizard) -> None:
    wizard.store.begin(Flow.EXPLAIN)
    wizard.store.take_error_text("User is not authorized to perform: sts:AssumeRole")


def _finished(wizard: Wizard) -> None:
    connection = Connection(ended(CheckState.PASSED, CheckState.PASSED))
    wizard.store.change(lambda state: replace(state, page="finish", connection=connection))


def _finished_untested(wizard: Wizard) -> None:
    wizard.store.change(lambda state: replace(state, page="finish"))


_SCENES: Final[Mapping[str, Scene]] = {
    "welcome": _welcome,
    "welcome, an earlier start": _resume,
    "details": _details,
    "details, mistakes": _mistakes,
    "details, two of a kind": _two_of_a_kind,
    "details, SSE-C": _sse_c,
    "method": _method,
    "create, planned": _planned,
    "create, running": _creating,
    "create, refused": _refused,
    "create, done": _created,
    "create, undone": _undone,
    "create, to the letter": _to_the_letter,
    "create, offers": _offers,
    "create, lacking": _lacking,
    "create, lacking unknown": _lacking_unknown,
    "create, asking to undo": _asking_to_undo,
    "welcome, interrupted": _interrupted,
    "revoke-way": _revoke_way,
    "revoke, asking": _revoke,
    "revoke, shared": _revoke_shared,
    "revoke, done": _revoked,
    "create, obstacles": _obstacles,
    "create, signed in elsewhere": _signed_in_elsewhere,
    "permissions, conflict": _conflict,
    "handoff, all forms, practised, files in the way": _handed_off,
    "handoff, an answer that is not right": _answered,
    "cloudshell, a block of another account": _printed_elsewhere,
    "method, details from a file": _details_came,
    "test, not yet": _untested,
    "test, not assumed": _not_assumed,
    "test, too open, something left": _left_over,
    "test, watched and counted": _watched,
    "test, seen": _seen,
    "test, told": _told,
    "check, not yet": _to_check,
    "check": _checked,
    "check, pasted": _pasted,
    "explain": _explained,
    "finish": _finished,
    "finish, untested": _finished_untested,
}
