"""The fault walk over real requests: the practice AWS, over HTTP, reached by the program's boto3.

Every write of a run times every trouble, and every read refused (botocore itself sends a read
again that is slowed down or lost); the end is read back from moto and compared to the letter. The
walk over more starts and every call is ``tests/flow/test_fault_walk.py``, without a network.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any, Final

import pytest

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.change import Change, ChangeKind
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.journal import Journal, RunKind, RunState, StepState
from app.core.policies import permissions_policy, trust_policy
from app.core.undo import left_by_undo
from app.flow.apply import Applier, new_journal
from app.flow.memory_journals import MemoryJournals
from app.flow.ports import Made
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, KEY_REGION
from app.practice.faults import Trouble
from app.practice.server import PracticeAws
from tests.helpers.drafts import MOMENT
from tests.helpers.faults import Killed
from tests.helpers.runs import change, granted, made
from tests.practice.clients import ENCRYPTED, POLICY_ARN, ROLE_ARN, Person

Json = dict[str, Any]

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


def _key_policy(admin: Person) -> Json:
    text = admin.kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"]
    policy: Json = json.loads(text)
    return policy


def _nothing(admin: Person) -> tuple[Change, ...]:
    """Make the guide's setup where there is nothing."""
    *first, _key = made(DRAFT)
    return (*first, granted(KEY_ARN, ACCOUNT_ID, _key_policy(admin)))


def _shared(admin: Person) -> tuple[Change, ...]:
    """Mend a role that others use, whose policy has five versions."""
    iam = admin.iam
    iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=json.dumps(THEIRS),
        Tags=[{"Key": "team", "Value": "data"}],
    )
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(OLDER))
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    for _ in range(4):
        iam.create_policy_version(
            PolicyArn=POLICY_ARN, PolicyDocument=json.dumps(OLDER), SetAsDefault=True
        )
    ours: Any = trust_policy(DATABASE_ID)["Statement"]
    trust = {**THEIRS, "Statement": [*THEIRS["Statement"], *ours]}
    wanted = permissions_policy(DRAFT.buckets)
    first = {"version": "v1", "document": OLDER}
    kind = ChangeKind
    return (
        change(kind.DELETE_POLICY_VERSION, POLICY_ARN, first, None),
        change(kind.CREATE_POLICY_VERSION, POLICY_ARN, OLDER, wanted),
        change(kind.UPDATE_TRUST_POLICY, ROLE_ARN, THEIRS, trust),
        change(kind.TAG_ROLE, ROLE_ARN, {"team": "data"}, {"cost": "1"}),
    )


def _whole(admin: Person) -> tuple[Change, ...]:
    """Take the guide's setup apart, as revoking does."""
    policy, role, attach, key = _nothing(admin)
    iam = admin.iam
    iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(policy.after))
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(role.after))
    iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    admin.kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=json.dumps(key.after))
    kind = ChangeKind
    return (
        change(kind.PUT_KEY_POLICY, KEY_ARN, key.after, key.before),
        change(kind.DETACH_POLICY, ROLE_ARN, attach.after, None),
        change(kind.DELETE_ROLE, ROLE_ARN, role.after, None),
        change(kind.DELETE_POLICY, POLICY_ARN, policy.after, None),
    )


def _elsewhere(admin: Person) -> tuple[Change, ...]:
    """Delete a role under a path, which the key's policy names, and make the right one.

    AWS puts the deleted role's unique id into the key's policy.
    """
    policy, role, attach, key = _nothing(admin)
    arn = f"arn:aws:iam::{ACCOUNT_ID}:role/team/{ROLE_NAME}"
    admin.iam.create_role(
        RoleName=ROLE_NAME, Path="/team/", AssumeRolePolicyDocument=json.dumps(role.after)
    )
    before = json.loads(json.dumps(key.after).replace(ROLE_ARN, arn))
    admin.kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=json.dumps(before))
    delete = change(ChangeKind.DELETE_ROLE, arn, role.after, None)
    mend = change(ChangeKind.PUT_KEY_POLICY, KEY_ARN, before, key.after)
    return policy, delete, role, attach, mend


STARTS: Final[dict[str, Callable[[Person], tuple[Change, ...]]]] = {
    "nothing": _nothing,
    "shared": _shared,
    "whole": _whole,
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
        self.journal: Journal = self.begin("nothing")

    def begin(self, name: str) -> Journal:
        """Set the account up; return the journal of a run that is to begin."""
        self.aws.reset()
        changes = EVERY_START[name](self.admin)
        self.journals = MemoryJournals()
        self.account.writes, self.account.dies_before, self.account.dies_after = 0, -1, -1
        self.aws.faults.counted.clear()
        self.journal = new_journal(
            kind=RunKind.APPLY, account_id=ACCOUNT_ID, changes=changes, now=MOMENT
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
                "others": (role.permissions_boundary_arn, role.policies),
            }
        policies = identities.backend(ACCOUNT_ID).managed_policies.values()
        own = [policy for policy in policies if ":iam::aws:" not in policy.arn]
        return found | {policy.arn: _versions(policy) for policy in own}


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

UNCERTAIN: Final = (Trouble.LOST_BEFORE, Trouble.LOST_AFTER)


def _troubles(
    counted: dict[str, int], on_writes: Iterable[Trouble] = Trouble
) -> Iterator[tuple[str, Cast]]:
    """Yield a way to spoil each request that was counted, and to kill the program at a write."""
    for action, count in counted.items():
        is_read = action.partition(":")[2].startswith(("Get", "List"))
        for number in range(1, count + 1):
            for trouble in (Trouble.REFUSED,) if is_read else on_writes:
                yield f"{action} {number} {trouble.name}", _cast(action, number, trouble)


def _cast(action: str, number: int, trouble: Trouble) -> Cast:
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
        # Only what no undo brings back tells the two ends apart: was it deleted at all?
        deleted = any(step.state is StepState.KEPT for step in scene.journal.steps)
        assert scene.everything() == (ends.undone if deleted else ends.start), told


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
    """Leave out the policy version that was given up, which no undo brings back."""
    policy = everything.get(POLICY_ARN)
    kept = {name: told for name, told in (policy or {}).items() if name != "v1" or told[0]}
    return {**everything, POLICY_ARN: kept}
