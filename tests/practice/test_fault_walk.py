"""The fault walk over real requests: the practice AWS, over HTTP, reached by the program's boto3.

Every write of a run times every trouble, and every read refused (botocore itself sends a read
again that is slowed down or lost); the end is read back from moto and compared to the letter. The
walk over more starts and every call is ``tests/flow/run/test_fault_walk.py``, without a network.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, Final

import pytest

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.change import Change, ChangeKind
from app.core.changes.undo import left_by_undo
from app.core.choices import Choice, Choices, RevokeWay
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.journal import Journal, RunKind, RunState, StepState, new_journal
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import Snapshot
from app.flow.ports import Made
from app.flow.run.applier import Applier
from app.flow.run.memory_journals import MemoryJournals
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, KEY_REGION
from app.practice.faults import RequestFault
from app.practice.server import PracticeAws
from tests.helpers.drafts import MOMENT
from tests.helpers.faults import Killed
from tests.helpers.runs import change, granted
from tests.practice.clients import ENCRYPTED, POLICY_ARN, ROLE_ARN, Person

Json = dict[str, Any]

_SECOND: Final = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")

DRAFT: Final = Draft(
    ACCOUNT_ID, DATABASE_ID, (BucketEntry(ENCRYPTED, "ap-southeast-2", kms_key_arn=KEY_ARN),)
)
OLDER: Final[Json] = dict(permissions_policy([BucketEntry("practice-empty", "us-east-1")]))
THEIRS: Final[Json] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Theirs",
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}


Plan = Callable[[Snapshot], tuple[Change, ...]]


def _planned(*chosen: Choice) -> Plan:
    return lambda found: plan(DRAFT, found, Choices(frozenset(chosen))).changes


def _revoked(how: RevokeWay, *chosen: Choice) -> Plan:
    choices = Choices(frozenset(chosen))
    return lambda found: revoke_plan(found, how, ACCOUNT_ID, None, choices, MOMENT).changes


def _nothing(_admin: Person) -> Plan:
    """Make the guide's setup where there is nothing."""
    return _planned()


def _shared(admin: Person) -> Plan:
    """Mend a role that others use, whose policy has five versions; and change its tags."""
    iam = admin.iam
    iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=json.dumps(THEIRS),
        Tags=[{"Key": "team", "Value": "data"}],
    )
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(OLDER))
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    _more_versions(admin, 4)
    tags = change(ChangeKind.TAG_ROLE, ROLE_ARN, {"team": "data"}, {"cost": "1"})
    return lambda found: (*_planned()(found), tags)


def _more_versions(admin: Person, number: int) -> None:
    for _ in range(number):
        admin.iam.create_policy_version(
            PolicyArn=POLICY_ARN, PolicyDocument=json.dumps(OLDER), SetAsDefault=True
        )


def _whole(admin: Person) -> Plan:
    """Take the guide's setup apart by deleting the role; its policy has two versions."""
    _set_up(admin)
    _more_versions(admin, 1)
    return _revoked(RevokeWay.DELETE_ROLE)


def _closed(admin: Person) -> Plan:
    """Change the trust policy and end open sessions."""
    _set_up(admin)
    return _revoked(RevokeWay.CHANGE_TRUST, Choice.END_SESSIONS)


def _set_up(admin: Person, path: str = "/") -> None:
    iam, role = admin.iam, ROLE_ARN.replace(":role/", f":role{path}")
    trust, document = trust_policy(DATABASE_ID), permissions_policy(DRAFT.buckets)
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(document))
    iam.create_role(RoleName=ROLE_NAME, Path=path, AssumeRolePolicyDocument=json.dumps(trust))
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    text = admin.kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"]
    policy = json.dumps(granted(KEY_ARN, ACCOUNT_ID, json.loads(text)).after)
    admin.kms.put_key_policy(
        KeyId=KEY_ARN, PolicyName="default", Policy=policy.replace(ROLE_ARN, role)
    )


def _elsewhere(admin: Person) -> Plan:
    """Delete a role under a path, which the key's policy names, and make the right one.

    AWS puts the deleted role's unique id into the key's policy.
    """
    _set_up(admin, "/team/")
    return _planned(Choice.REMAKE_ROLE)


STARTS: Final[dict[str, Callable[[Person], Plan]]] = {
    "nothing": _nothing,
    "shared": _shared,
    "whole": _whole,
    "closed": _closed,
}
EVERY_START: Final = {**STARTS, "elsewhere": _elsewhere}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore read again without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


class Mortal(CustomerAccount):
    """The customer's account, until the program is killed at one of its writes."""

    writes = 0
    dies_before = dies_after = -1

    async def apply(self, change: Change) -> Made | AwsFailure:
        self.writes += 1
        if self.writes == self.dies_before:
            raise Killed
        answer = await super().apply(change)
        if self.writes == self.dies_after:
            raise Killed
        return answer


async def _no_sleep(_seconds: float) -> None:
    """Wait for nothing."""


class Scene:
    """The practice AWS, set up anew for each run."""

    def __init__(self, aws: PracticeAws) -> None:
        self.aws = aws
        self.admin = Person(aws, aws.admin)
        keys = aws.admin
        access = GivenKeys(aws.endpoint_url, keys.access_key_id, keys.secret_access_key)
        self.account = Mortal(access)
        self.journals = MemoryJournals()
        self.plans: dict[str, tuple[Change, ...]] = {}
        self.journal: Journal = self.begin("nothing")

    def begin(self, name: str) -> Journal:
        """Set the account up; return the journal of a run that is to begin."""
        self.aws.reset()
        wanted = EVERY_START[name](self.admin)
        if name not in self.plans:  # the account is the same each time
            self.plans[name] = wanted(asyncio.run(self.account.read_snapshot(DRAFT)))
        self.journals = MemoryJournals()
        self.account.writes, self.account.dies_before, self.account.dies_after = 0, -1, -1
        self.aws.faults.counted.clear()
        self.journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT_ID, changes=self.plans[name], now=MOMENT
        )
        return self.journal

    def work(self, *, undo: bool = False) -> RunState:
        """Start the program and go on, or undo; return how the run stands."""
        applier = Applier(self.account, self.journals, lambda _rows: None, _no_sleep)
        with contextlib.suppress(Killed):
            asyncio.run((applier.undo if undo else applier.go_on)(self.journal))
        self.journal = self.journals.find(self.journal.id) or self.journal
        return self.journal.state

    def everything(self) -> Json:
        """Read back from moto all that a run may change."""
        from app.practice import identities, kms_keys  # they import moto, once it has started

        key = kms_keys.find_key(KEY_ARN, ACCOUNT_ID, KEY_REGION)
        assert key is not None
        found: Json = {"key": json.loads(kms_keys.key_policy(key, self.aws._ledger))}
        role = identities.find_role(ACCOUNT_ID, ROLE_NAME)
        if role is not None:
            found |= {
                "arn": role.arn,
                "trust": json.loads(role.assume_role_policy_document),
                "tags": sorted((tag["Key"], tag["Value"]) for tag in role.tags),
                "attached": sorted(role.managed_policies),
                "others": (role.permissions_boundary_arn, _undated(role.policies)),
            }
        policies = identities.backend(ACCOUNT_ID).managed_policies.values()
        own = [policy for policy in policies if ":iam::aws:" not in policy.arn]
        return found | {policy.arn: _versions(policy) for policy in own}


def _undated(policies: Mapping[str, str]) -> Json:
    """Return the inline policies without the time that one names: each run has its own."""
    return {name: _SECOND.sub("some time", text) for name, text in policies.items()}


def _versions(policy: Any) -> Json:  # noqa: ANN401 - moto's
    return {
        version.version_id: (
            version.version_id == policy.default_version_id,
            json.loads(version.document),
        )
        for version in policy.versions
    }


@pytest.fixture
def scene(aws: PracticeAws) -> Scene:
    return Scene(aws)


@pytest.fixture(params=STARTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Cast = Callable[[Scene], None]

ONCE_MADE: Final = (StepState.DONE, StepState.UNDONE, StepState.KEPT)
UNCERTAIN: Final = (RequestFault.LOST_BEFORE, RequestFault.LOST_AFTER)


def _troubles(
    counted: dict[str, int], on_writes: Iterable[RequestFault] = RequestFault
) -> Iterator[tuple[str, Cast]]:
    """Yield a way to spoil each request that was counted, and to kill the program at a write."""
    for action, count in counted.items():
        is_read = action.partition(":")[2].startswith(("Get", "List"))
        for number in range(1, count + 1):
            for trouble in (RequestFault.REFUSED,) if is_read else on_writes:
                yield f"{action} {number} {trouble.name}", _cast(action, number, trouble)


def _cast(action: str, number: int, trouble: RequestFault) -> Cast:
    def spoil(scene: Scene) -> None:
        scene.aws.faults.counted.clear()
        scene.aws.faults.troubles = {(action, number): trouble}

    return spoil


def _deaths(writes: int) -> Iterator[tuple[str, Cast]]:
    for number in range(1, writes + 1):
        for when in ("dies_before", "dies_after"):
            yield f"{when} {number}", _kill(when, number)


def _kill(when: str, number: int) -> Cast:
    return lambda scene: setattr(scene.account, when, scene.account.writes + number)


class Ends:
    """What each way comes to where nothing goes wrong, and the requests that it takes."""

    def __init__(self, scene: Scene, name: str) -> None:
        self._scene, self._name = scene, name
        scene.begin(name)
        self.start = scene.everything()
        assert scene.work() is RunState.FINISHED
        self.forth, self.writes = dict(scene.aws.faults.counted), scene.account.writes
        self.made = scene.everything()
        scene.aws.faults.counted.clear()
        assert scene.work(undo=True) is RunState.UNDONE
        self.back = dict(scene.aws.faults.counted)
        self.writes_back = scene.account.writes - self.writes
        self.undone = scene.everything()
        self._undone = {0: self.start, len(scene.journal.steps): self.undone}

    def undone_from(self, made: int) -> Json:
        """Return what undo leaves where the first ``made`` changes were made, and no other.

        It is the start but for what no undo brings back: policy versions that were deleted.
        """
        if made not in self._undone:
            journal = self._scene.begin(self._name)
            self._scene.journal = replace(journal, steps=journal.steps[:made])
            self._scene.work()
            self._scene.work(undo=True)
            self._undone[made] = self._scene.everything()
        return self._undone[made]


def test_undo_puts_everything_back(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    assert _but_for_old_versions(ends.undone) == _but_for_old_versions(ends.start)
    assert ends.made != ends.start


def test_a_role_that_a_key_names_is_made_anew(scene: Scene) -> None:
    ends = Ends(scene, "elsewhere")
    assert ends.made["arn"] == ROLE_ARN
    assert ROLE_ARN in json.dumps(ends.made["key"])
    # What named the deleted role can't be put back: AWS takes no policy that names nobody.
    assert left_by_undo(scene.journal)[-1].kind is ChangeKind.PUT_KEY_POLICY
    gone = {**ends.start, "key": ends.undone["key"]}
    assert ends.undone == gone
    assert "AROA" not in json.dumps(ends.undone["key"])


def test_whatever_happens_the_run_can_be_gone_on_with(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    for told, spoil in [*_troubles(ends.forth), *_deaths(ends.writes)]:
        scene.begin(name)
        spoil(scene)
        scene.work()
        assert scene.work() is RunState.FINISHED, told
        assert scene.everything() == ends.made, told
        assert scene.work(undo=True) is RunState.UNDONE, told
        assert scene.everything() == ends.undone, told


def test_whatever_happens_the_run_can_be_undone(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    for told, spoil in [*_troubles(ends.forth, UNCERTAIN), *_deaths(ends.writes)]:
        scene.begin(name)
        spoil(scene)
        scene.work()
        assert scene.work(undo=True) is RunState.UNDONE, told
        end = scene.everything()
        made = sum(step.state in ONCE_MADE for step in scene.journal.steps)
        assert end == ends.undone_from(made), told


def test_whatever_happens_to_an_undo_it_can_be_gone_on_with(scene: Scene, name: str) -> None:
    ends = Ends(scene, name)
    for told, spoil in [*_troubles(ends.back), *_deaths(ends.writes_back)]:
        scene.begin(name)
        scene.work()
        spoil(scene)
        scene.work(undo=True)
        assert scene.work(undo=True) is RunState.UNDONE, told
        assert scene.everything() == ends.undone, told


def _but_for_old_versions(everything: Json) -> Json:
    """Leave out the policy's older versions, which no undo brings back, and their numbers."""
    policy = everything.get(POLICY_ARN)
    return {**everything, POLICY_ARN: [told for told in (policy or {}).values() if told[0]]}
