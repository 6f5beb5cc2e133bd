"""Another administrator at work in the middle of a run, by real calls: theirs stands.

The walk over every call is ``tests/flow/run/test_other_administrators.py``, without a network; this
one shows that what is read before each write is all that has to be.
"""

import io
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from app.core.change import ChangeKind
from app.core.guide import ROLE_NAME
from app.core.journal import RunState, StepState
from app.practice.account import ACCOUNT_ID, KEY_ARN
from app.practice.exchange import read_call
from app.practice.people import Person
from app.practice.server import PracticeAws
from app.practice.signature import read_signature
from tests.helpers.practice_starts import BUCKET, POLICY_ARN
from tests.practice.scene import WALKED, Scene

MARK: Final = "OtherAdmin"
_BOUNDARY: Final = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
_ATTACHED: Final = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
_STATEMENT: Final = {
    "Sid": MARK,
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"},
}
_EVERY: Final = 17


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore read again without pauses."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))


@dataclass(frozen=True)
class Act:
    """What they do; ``overwritten_by`` are requests that AWS takes whatever is there.

    ``shows_as`` stands somewhere in the account then. ``goes_with_role``: it is deleted with the
    role, and comes back with it.
    """

    do: Callable[[Person], object]
    overwritten_by: frozenset[str] = field(default_factory=frozenset)
    shows_as: str = MARK
    goes_with_role: bool = False


def _with(policy: Any, action: str, **more: str) -> str:  # noqa: ANN401 - JSON
    statements = [*policy["Statement"], {**_STATEMENT, "Action": action, **more}]
    return json.dumps({**policy, "Statement": statements})


def _trust(admin: Person) -> None:
    policy = admin.iam.get_role(RoleName=ROLE_NAME)["Role"]["AssumeRolePolicyDocument"]
    text = _with(policy, "sts:AssumeRole")
    admin.iam.update_assume_role_policy(RoleName=ROLE_NAME, PolicyDocument=text)


def _version(admin: Person) -> None:
    statement = {"Sid": MARK, "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    admin.iam.create_policy_version(PolicyArn=POLICY_ARN, PolicyDocument=text, SetAsDefault=True)


def _key(admin: Person) -> None:
    policy = json.loads(admin.kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"])
    text = _with(policy, "kms:DescribeKey", Resource="*")
    admin.kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=text)


def _bucket(admin: Person) -> None:
    s3 = admin.s3()
    try:
        policy = json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"])
    except ClientError:
        policy = {"Version": "2012-10-17", "Statement": []}
    text = _with(policy, "s3:GetObject", Resource=f"arn:aws:s3:::{BUCKET}/*")
    s3.put_bucket_policy(Bucket=BUCKET, Policy=text)


ACTS: Final = {
    "trust policy": Act(_trust, frozenset({"UpdateAssumeRolePolicy", "DeleteRole"})),
    "version": Act(_version, frozenset({"CreatePolicyVersion", "SetDefaultPolicyVersion"})),
    "key policy": Act(_key, frozenset({"PutKeyPolicy"})),
    "bucket policy": Act(_bucket, frozenset({f"PUT /{BUCKET}", f"DELETE /{BUCKET}"})),
    "boundary": Act(
        lambda admin: admin.iam.put_role_permissions_boundary(
            RoleName=ROLE_NAME, PermissionsBoundary=_BOUNDARY
        ),
        frozenset({"DeleteRole"}),
        _BOUNDARY,
    ),
    "tag": Act(
        lambda admin: admin.iam.tag_role(RoleName=ROLE_NAME, Tags=[{"Key": MARK, "Value": "yes"}]),
        frozenset({"DeleteRole"}),
        goes_with_role=True,
    ),
    "attachment": Act(
        lambda admin: admin.iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=_ATTACHED),
        shows_as=_ATTACHED,
    ),
    "inline policy": Act(
        lambda admin: admin.iam.put_role_policy(
            RoleName=ROLE_NAME,
            PolicyName=MARK,
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": []}),
        )
    ),
}


@dataclass
class Meeting:
    """What became of it: whether they could do it, and which request of ours came next."""

    done: bool = False
    next_request: str = ""


@contextmanager
def meanwhile(admin: Person, act: Act, number: int) -> Iterator[Meeting]:
    """Let ``admin`` act right before the request ``number`` (from 0 on)."""
    from app.practice import gate

    numbers, answer_of, meeting = itertools.count(), gate.Gate.__call__, Meeting()

    def called(self: gate.Gate, environ: Any, start_response: Any) -> Any:  # noqa: ANN401
        if environ.get("HTTP_AUTHORIZATION", "") and not busy and next(numbers) == number:
            busy.append(True)
            meeting.next_request = _name_of(environ)
            try:
                act.do(admin)
                meeting.done = True
            except ClientError:
                pass  # there is no such thing now
            busy.clear()
        return answer_of(self, environ, start_response)

    busy: list[bool] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gate.Gate, "__call__", called)
        yield meeting


def _name_of(environ: Any) -> str:  # noqa: ANN401 - WSGI's
    from app.practice import gate

    call = read_call(environ)
    environ["wsgi.input"] = io.BytesIO(call.body)
    environ.pop("wsgi.input_terminated", None)
    environ["CONTENT_LENGTH"] = str(len(call.body))
    signature = read_signature(call)
    return gate._action_of(call, signature).partition(":")[2] if signature else ""


def _stands(scene: Scene, act: Act) -> bool:
    steps = scene.journal.steps
    gone = any(
        step.change.kind is ChangeKind.DELETE_ROLE
        and step.state in (StepState.DONE, StepState.UNDOING)
        for step in steps
    )
    made = any(step.change.kind is ChangeKind.CREATE_ROLE for step in steps)
    stands = act.shows_as in json.dumps(scene.everything())
    return stands or (act.goes_with_role and (gone or made))


@pytest.fixture
def scene(aws: PracticeAws) -> Scene:
    return Scene(aws)


@pytest.mark.parametrize("name", WALKED)
def test_what_others_do_meanwhile_stands(scene: Scene, name: str) -> None:
    scene.begin(name)
    assert scene.work() is RunState.FINISHED
    requests = sum(scene.aws.faults.counted.values())
    met = 0
    for offset, (about, act) in enumerate(ACTS.items()):
        for number in range(1 + offset, requests, _EVERY):
            scene.begin(name)
            with meanwhile(scene.admin, act, number) as meeting:
                scene.work()
            if not meeting.done or meeting.next_request in act.overwritten_by:
                continue
            met += 1
            assert _stands(scene, act), (about, number)
            scene.work(undo=True)
            assert _stands(scene, act), (about, number)
    assert met
