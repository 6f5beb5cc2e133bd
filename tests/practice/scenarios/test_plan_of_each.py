"""The plan of each rehearsal, carried out on the practice AWS and taken back, by real requests.

What is still wrong is what the plan had said, nothing is left to do, and an undo puts the account
back to the letter. Over any start, without a network: ``tests/core/planning/test_any_start.py``.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from app.aws.account import CustomerAccount
from app.core.change import ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.changes.undo import deleted_before, inverse, left_by_undo
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import Document, trust_policy
from app.core.draft import Draft
from app.core.explain.explain import explain
from app.core.formats.journal_json import dump_journal, read_journal
from app.core.formats.snapshot_json import snapshot_to_json
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.journal import Journal, RunKind, RunState, new_journal
from app.core.planning.plan import plan
from app.core.report import Weight
from app.core.revoking.plan import revoke_plan
from app.core.revoking.proof import proof_of
from app.core.snapshot import Snapshot
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, PARTNER_ACCOUNT_ID
from app.practice.scenarios.scenario import Rehearsal, Seen, set_up
from app.practice.scenarios.scenario_list import scenario_codes, scenario_of
from app.practice.scenarios.sign_ins import WithKeys
from app.practice.scenarios.stage import IMPORTS, LOCKED, RehearsalStage, allow, document
from app.practice.server import PracticeAws
from tests.helpers.drafts import MOMENT
from tests.helpers.in_memory import in_memory
from tests.practice.scenarios.trainee import Trainee

BEFORE_AWS: Final = (
    "signin.none",
    "signin.profile-missing",
    "signin.expired",
    "signin.invalid",
    "signin.config-broken",
    "signin.region-disabled",
)
"""Rehearsals in which, as in those of ``env.*``, nothing is wrong with the account."""

CODES: Final = [
    code
    for code in scenario_codes()
    if (found := scenario_of(code)) and found.seen is not Seen.CONNECTION_TEST
    if not code.startswith("env.") and code not in BEFORE_AWS
]


async def _no_pause(_seconds: float) -> None:
    """Wait for nothing."""


@dataclass
class Administrator:
    """The practice account's administrator, who carries plans out and takes them back."""

    draft: Draft
    account: CustomerAccount
    journals: MemoryJournals = field(default_factory=MemoryJournals)

    def read(self) -> Snapshot:
        return asyncio.run(self.account.read_snapshot(self.draft))

    def carry_out(self, wanted: Plan) -> Journal:
        journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT_ID, changes=wanted.changes, now=MOMENT
        )
        return asyncio.run(self._applier().apply(journal))

    def take_back(self, journal: Journal) -> Journal:
        return asyncio.run(self._applier().undo(journal))

    def _applier(self) -> Applier:
        return Applier(self.account, self.journals, lambda _rows: None, _no_pause)


@pytest.fixture(autouse=True)
def without_a_network(server: PracticeAws) -> Iterator[None]:
    """Ask the gate itself: the plans' own requests are over HTTP in the tests of rehearsals."""
    with in_memory(server):
        yield


@pytest.fixture
def rehearsal(aws: PracticeAws, code: str) -> Iterator[Rehearsal]:
    found = scenario_of(code)
    assert found is not None
    with set_up(found, aws) as rehearsal:
        yield rehearsal


@pytest.fixture
def admin(aws: PracticeAws, trainee: Trainee, rehearsal: Rehearsal) -> Administrator:
    way = WithKeys(aws.endpoint_url, aws.admin)
    return Administrator(rehearsal.draft, trainee.account(way))


def _said(codes: Iterable[str]) -> Counter[str]:
    """Count the blockers, but for what AWS answers to a change itself."""
    return Counter(
        code
        for code in codes
        if CATALOGUE[code].weight is Weight.BLOCKER and not code.startswith("change.")
    )


def _still_wrong(draft: Draft, snapshot: Snapshot) -> Counter[str]:
    return _said(finding.code for finding in diagnose(draft, snapshot).findings)


def _account(snapshot: Snapshot) -> dict[str, Any]:
    return {k: v for k, v in snapshot_to_json(snapshot).items() if k != "captured_at"}


def _as_undone(start: Snapshot, journal: Journal) -> Snapshot:
    """Return the account as an undo leaves it: as at the start, but for what it says it leaves."""
    left = left_by_undo(journal)
    for index, step in enumerate(journal.steps):
        back = inverse(step, deleted_before(journal, index))
        if step.change not in left or step.change.kind is ChangeKind.DELETE_POLICY:
            continue
        if step.change.kind is ChangeKind.DELETE_POLICY_VERSION:
            start = after_changes(start, (step.change,))
        elif step.change.kind is ChangeKind.DELETE_ROLE:
            start = replace(start, role=replace(start.role, trust_policy=back[0].after))
        else:
            start = after_changes(start, back)
    return start


def _but_for_what_is_new(snapshot: Snapshot, journal: Journal) -> Snapshot:
    """Leave out what no undo brings back: a role's unique id, and when a policy was made."""
    kinds = {change.kind for change in left_by_undo(journal)}
    role, policy = snapshot.role, snapshot.customer_policy
    if ChangeKind.DELETE_ROLE in kinds:
        role = replace(role, id=None)
    if ChangeKind.DELETE_POLICY in kinds:
        versions = (replace(version, created_at=None) for version in policy.versions or ())
        policy = replace(policy, versions=tuple(versions))
    return replace(snapshot, role=role, customer_policy=policy)


def _carry_out_and_take_back(admin: Administrator, choices: Choices) -> Journal:
    """Hold the plan to what it says; return the journal of its run, taken back."""
    start = admin.read()
    wanted = plan(admin.draft, start, choices)
    journal = admin.carry_out(wanted)
    assert journal.state is RunState.FINISHED, journal.steps
    end = admin.read()
    cannot = [o.code for o in wanted.cannot_mend if o.code != "check.unreadable"]
    assert _still_wrong(admin.draft, end) == _said(cannot)
    again = plan(admin.draft, end, choices)
    assert (again.changes, again.cannot_mend) == ((), wanted.cannot_mend)
    return _take_back(admin, start, journal)


def _take_back(admin: Administrator, start: Snapshot, journal: Journal) -> Journal:
    journal = admin.take_back(journal)
    assert journal.state is RunState.UNDONE, journal.steps
    now, then = (
        _account(_but_for_what_is_new(found, journal))
        for found in (admin.read(), _as_undone(start, journal))
    )
    assert now == then
    return journal


@pytest.mark.parametrize("code", CODES)
def test_what_the_plan_says_is_what_becomes(admin: Administrator) -> None:
    _carry_out_and_take_back(admin, Choices())


OFFERED: Final = {
    "role.path": Choice.REMAKE_ROLE,
    "trust.principal-wrong": Choice.REPLACE_TRUST,
    "trust.external-id-not-required": Choice.REQUIRE_EXTERNAL_ID,
    "trust.too-open": Choice.REPLACE_TRUST,
    "policy.wrong-bucket": Choice.REPLACE_POLICY,
    "kms.decrypt-denied": Choice.DATA_KEY,
    "kms.write-denied": Choice.DATA_KEY,
    "files.other-key": Choice.OTHER_KEYS,
    "files.tagged": Choice.TAGGING,
}


@pytest.mark.parametrize(("code", "choice"), OFFERED.items())
def test_so_it_is_with_what_is_offered(admin: Administrator, choice: Choice) -> None:
    assert [offer.choice for offer in plan(admin.draft, admin.read()).offers] == [choice]
    choices = Choices(frozenset({choice}))
    journal = _carry_out_and_take_back(admin, choices)
    assert journal.steps


# Whoever no longer exists: AWS takes no policy that names them


@pytest.fixture
def stage(aws: PracticeAws) -> RehearsalStage:
    stage = RehearsalStage(aws)
    stage.use(LOCKED)
    return stage


def _administrator(stage: RehearsalStage, trainee: Trainee) -> Administrator:
    return Administrator(stage.draft, trainee.account(stage.sign_in))


def _gone(stage: RehearsalStage, name: str) -> str:
    """Make a role for whose ARN a policy is about to be written."""
    trust = json.dumps(trust_policy(DATABASE_ID))
    made = stage.admin.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
    return made["Role"]["Arn"]


def _trusting(*arns: str) -> Document:
    theirs = {"Effect": "Allow", "Principal": {"AWS": list(arns)}, "Action": "sts:AssumeRole"}
    guides: Any = trust_policy(DATABASE_ID)["Statement"]
    return document(*guides, theirs)


def test_a_role_that_its_key_names_is_made_anew(stage: RehearsalStage, trainee: Trainee) -> None:
    stage.role(path="/service/")
    stage.policy()
    stage.attach()
    arn = role_arn(ACCOUNT_ID).replace("/", "/service/", 1)
    stage.open_key(KEY_ARN, allow("kms:Decrypt", Principal={"AWS": arn}))
    choices = Choices(frozenset({Choice.REMAKE_ROLE}))
    journal = _carry_out_and_take_back(_administrator(stage, trainee), choices)
    kinds = [change.kind for change in left_by_undo(journal)]
    assert kinds == [ChangeKind.DELETE_ROLE, ChangeKind.PUT_KEY_POLICY]


PARTNER: Final = f"arn:aws:iam::{PARTNER_ACCOUNT_ID}:root"


@pytest.mark.parametrize("how", RevokeWay)
@pytest.mark.parametrize("others", [(), (PARTNER,)])
def test_access_can_be_taken_away_where_somebody_is_gone(
    stage: RehearsalStage, trainee: Trainee, how: RevokeWay, others: tuple[str, ...]
) -> None:
    former = _gone(stage, "former")
    stage.role(_trusting(former, *others))
    stage.policy()
    stage.attach()
    stage.open_key(KEY_ARN)
    stage.open_key(KEY_ARN, allow("kms:Decrypt", Principal={"AWS": former}))
    stage.admin.iam.delete_role(RoleName="former")
    admin = _administrator(stage, trainee)
    start = admin.read()

    def planned(snapshot: Snapshot) -> Plan:
        return revoke_plan(snapshot, how, ACCOUNT_ID, stage.draft, Choices(), MOMENT)

    wanted = planned(start)
    assert "gone-principals" in {part.code for part in wanted.left_alone}
    journal = admin.carry_out(wanted)
    assert journal.state is RunState.FINISHED, journal.steps
    end = admin.read()
    assert (planned(end).changes, wanted.cannot_mend) == ((), ())
    assert proof_of(diagnose(stage.draft, end)).is_ended
    _take_back(admin, start, journal)


# Ten policies on the role: AWS takes no eleventh, and the permissions go into the role itself


def _full_role(stage: RehearsalStage) -> None:
    """Make the role with ten policies of somebody's; UbiQuity's is there and not attached."""
    stage.use(IMPORTS)
    stage.role()
    for number in range(10):
        arn = stage.policy(document(allow("logs:PutLogEvents")), f"somebodys-{number}")
        stage.attach(arn)
    stage.policy()


INLINE: Final = Choices(frozenset({Choice.INLINE_POLICY}))


def test_ten_policies_are_foreseen_as_aws_would_answer(
    stage: RehearsalStage, trainee: Trainee
) -> None:
    _full_role(stage)
    admin = _administrator(stage, trainee)
    wanted = plan(admin.draft, admin.read())
    assert wanted.changes == ()
    foreseen = wanted.cannot_mend[0].finding
    assert foreseen is not None
    with pytest.raises(ClientError) as refused:
        stage.attach()
    answer = refused.value.response["Error"]
    (explained, *_) = explain(f"{answer['Code']}: {answer['Message']}")
    assert (explained.code, explained.params["limit"], explained.params["figure"]) == (
        foreseen.code,
        foreseen.params["limit"],
        foreseen.params["figure"],
    )


def test_the_inline_way_is_gone_and_taken_back(stage: RehearsalStage, trainee: Trainee) -> None:
    _full_role(stage)
    journal = _carry_out_and_take_back(_administrator(stage, trainee), INLINE)
    assert [step.change.kind for step in journal.steps] == [ChangeKind.PUT_ROLE_POLICY]


def test_a_run_that_was_cut_off_before_it_goes_on(stage: RehearsalStage, trainee: Trainee) -> None:
    _full_role(stage)
    admin = _administrator(stage, trainee)
    wanted = plan(admin.draft, admin.read(), INLINE)
    cut_off = new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT_ID, changes=wanted.changes, now=MOMENT
    )
    document_text = read_journal(dump_journal(cut_off), "journal")
    assert isinstance(document_text, Journal)
    journal = asyncio.run(admin._applier().apply(document_text))
    assert journal.state is RunState.FINISHED
    assert diagnose(admin.draft, admin.read()).verdict == "ready"
    # What was made is there already: nothing is sent twice.
    again = asyncio.run(admin._applier().apply(document_text))
    assert again.state is RunState.FINISHED


@pytest.mark.parametrize("how", RevokeWay)
def test_revoking_takes_the_inline_policy_with_it(
    stage: RehearsalStage, trainee: Trainee, how: RevokeWay
) -> None:
    _full_role(stage)
    admin = _administrator(stage, trainee)
    admin.carry_out(plan(admin.draft, admin.read(), INLINE))
    wanted = revoke_plan(admin.read(), how, ACCOUNT_ID, stage.draft, Choices(), MOMENT)
    journal = admin.carry_out(wanted)
    assert journal.state is RunState.FINISHED
    end = admin.read()
    assert len(end.role.attached_policies) == 10
    names = [policy.name for policy in end.role.inline_policies]
    # Changing the trust policy leaves what the role may do to the guide's other way.
    assert names == ([] if how is RevokeWay.DELETE_ROLE else [POLICY_NAME])


@pytest.mark.parametrize(
    ("call", "limit"),
    [
        (
            lambda s: s.inline("much", document(allow(*(f"sqs:A{n:06d}" for n in range(900))))),
            "inline-policy-size",
        ),
        (
            lambda s: s.admin.iam.tag_role(
                RoleName=ROLE_NAME, Tags=[{"Key": f"k{n}", "Value": "v"} for n in range(51)]
            ),
            "tags",
        ),
    ],
    ids=["inline", "tags"],
)
def test_the_practice_aws_has_awss_limits(
    stage: RehearsalStage, call: Callable[[RehearsalStage], None], limit: str
) -> None:
    stage.role()
    with pytest.raises(ClientError) as refused:
        call(stage)
    answer = refused.value.response["Error"]
    (explained, *_) = explain(f"{answer['Code']}: {answer['Message']}")
    assert (explained.code, explained.params["limit"]) == ("change.limit", limit)
