"""The CloudShell way, pasted into bash with the real AWS CLI against the practice AWS."""

import asyncio
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_block import read_block
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.needs.by_export import policy_to_deploy
from app.core.planning.plan import plan
from app.core.report import Report
from app.core.snapshot import Snapshot
from app.exports.cloudshell.way import cloudshell_way
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, Keys
from app.practice.server import PracticeAws
from tests.helpers.aws_cli import is_here
from tests.helpers.practice_account import everything
from tests.helpers.workplace import Workplace
from tests.practice.clients import ENCRYPTED, POLICY_ARN, Person, customer_account

pytestmark = pytest.mark.skipif(
    not is_here(), reason="needs the AWS CLI (packaging/linux_packages.py)"
)

DRAFT: Final = Draft(
    ACCOUNT_ID, DATABASE_ID, (BucketEntry(ENCRYPTED, "ap-southeast-2", "", kms_key_arn=KEY_ARN),)
)


class Shell(Workplace):
    """A shell in the console, with whoever is signed in to it."""

    def __init__(self, aws: PracticeAws, cli: str, home: Path) -> None:
        super().__init__(cli, aws.endpoint_url, home)
        self.aws = aws
        for program in ("python3", "sha256sum"):
            (self.bin / program).symlink_to(f"/usr/bin/{program}")
        (home / "sitecustomize.py").write_text("import time\ntime.sleep = lambda _seconds: None\n")
        self.status: int | None = None
        """How the last run ended."""

    def run(
        self, options: str = "", keys: Keys | None = None, draft: Draft = DRAFT, answer: str = "y"
    ) -> str:
        """Paste the command, answer its question; return what was printed."""
        environment = self.environment(keys or self.aws.admin)
        environment |= {"PYTHONPATH": str(self.folder), "AWS_REGION": "ap-southeast-2"}
        self.forget_calls()
        command = cloudshell_way(draft).command
        assert command is not None
        done = subprocess.run(  # noqa: S603 - our own command
            ["/bin/bash", "-c", f"{command} {options}"],
            env=environment,
            cwd=self.folder,
            input=f"{answer}\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        self.status = done.returncode
        return done.stdout


@pytest.fixture
def shell(aws: PracticeAws, cli: str, tmp_path: Path) -> Shell:
    return Shell(aws, cli, tmp_path)


def account(aws: PracticeAws) -> Snapshot:
    """Return what the program itself reads, with the administrator's rights."""
    return asyncio.run(customer_account(aws).read_snapshot(DRAFT))


def block(out: str) -> Report:
    """Return the report of the block that was printed."""
    snapshot = read_block(out, "block")
    assert not isinstance(snapshot, InputProblem)
    return diagnose(DRAFT, snapshot)


def told(report: Report) -> list[tuple[str, str | None]]:
    """Return the findings, but for those of the files, which are not looked into in CloudShell."""
    return [
        (finding.code, finding.bucket)
        for finding in report.findings
        if finding.params.get("what") != "buckets[0].sample" and finding.code[:6] != "files."
    ]


def with_role(admin: Person, trust: dict[str, Any] | None = None, **others: str) -> None:
    document = json.dumps(trust or trust_policy(DATABASE_ID))
    admin.iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=document,
        **others,  # type: ignore[arg-type]
    )


def with_policy(admin: Person, bucket: str = ENCRYPTED) -> None:
    document = permissions_policy([BucketEntry(bucket, "ap-southeast-2")])
    admin.iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=json.dumps(document))


def with_statement(admin: Person, statement: dict[str, Any]) -> None:
    text = admin.kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"]
    policy = json.loads(text)
    policy["Statement"].append(statement)
    admin.kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=json.dumps(policy))


def person(admin: Person, *statements: object) -> Keys:
    """Return the keys of a person who may do what ``statements`` say."""
    policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    admin.iam.create_user(UserName="jo")
    admin.iam.put_user_policy(UserName="jo", PolicyName="it", PolicyDocument=policy)
    made = admin.iam.create_access_key(UserName="jo")["AccessKey"]
    return Keys(made["AccessKeyId"], made["SecretAccessKey"])


def test_stopped_midway_it_goes_on_when_run_again(
    aws: PracticeAws, admin: Person, shell: Shell
) -> None:
    empty = everything(aws)
    least: Any = policy_to_deploy("cloudshell", DRAFT)["Statement"]
    jo = person(admin, *least)
    checked = shell.run("--check", jo)
    assert (shell.status, shell.changes(), everything(aws)) == (1, [], empty)
    assert "To do: create-policy ubiquity-s3-access-policy\n" in checked
    assert block(checked).verdict == "blocked"

    denied = "An error occurred (AccessDenied) when calling the AttachRolePolicy operation: no"
    shell.aws_cli(f'[ "$2" = attach-role-policy ] && echo "\n{denied}" >&2 && exit 254')
    stopped = shell.run(keys=jo)
    assert f"Stopped (signin.not-allowed): {denied}" in stopped
    assert shell.status == 1
    assert told(block(stopped)) == told(diagnose(DRAFT, account(aws)))
    assert "policy.not-attached" in [code for code, _ in told(block(stopped))]

    shell.aws_cli()
    done = shell.run(keys=jo)
    # As the plan has it: the policy first, then what stands on the role, and the key last.
    assert shell.changes() == ["iam attach-role-policy", "kms put-key-policy"]
    assert shell.status == 0
    here = account(aws)
    assert plan(DRAFT, here).changes == ()
    assert told(block(done)) == told(diagnose(DRAFT, here))
    assert block(done).verdict == diagnose(DRAFT, here).verdict == "ready"
    file = (shell.folder / "ubiquity-s3-snapshot.txt").read_text()
    assert file in done

    made = everything(aws)
    again = shell.run(keys=jo)
    assert (shell.status, shell.changes(), everything(aws)) == (0, [], made)
    assert "To do: nothing" in again


def others_trust(admin: Person) -> None:
    with_role(admin, trust_policy("PracticeOnly4f7kQxT9vB"))


def under_a_path(admin: Person) -> None:
    with_role(admin, Path="/team/")


def with_an_inline_policy(admin: Person) -> None:
    with_role(admin)
    document = json.dumps(permissions_policy(DRAFT.buckets))
    admin.iam.put_role_policy(RoleName=ROLE_NAME, PolicyName="own", PolicyDocument=document)


def others_policy(admin: Person) -> None:
    with_policy(admin, "practice-empty")


def others_statement(admin: Person) -> None:
    with_role(admin)
    with_policy(admin)
    admin.iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)
    with_statement(admin, {**kms_statement(ACCOUNT_ID), "Action": "kms:Decrypt"})


@pytest.mark.parametrize(
    "start",
    [
        others_trust,
        under_a_path,
        with_an_inline_policy,
        others_policy,
        others_statement,
    ],
)
def test_what_it_does_not_handle_is_left_to_the_program(
    aws: PracticeAws, admin: Person, shell: Shell, start: Callable[[Person], None]
) -> None:
    start(admin)
    before = everything(aws)
    out = shell.run()
    assert "Stopped (change.conflict): What is there differs: use the program.\n" in out
    assert (shell.status, shell.changes(), everything(aws)) == (1, [], before)
    assert told(block(out)) == told(diagnose(DRAFT, account(aws)))


def test_what_a_boundary_allows_is_not_known(admin: Person, shell: Shell) -> None:
    with_role(admin, PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess")
    out = shell.run()
    assert "Stopped (change.conflict)" in out
    assert shell.changes() == []
    unread = {f.params["what"] for f in block(out).findings if f.code == "check.unreadable"}
    assert "role.permissions_boundary.document" in unread


def test_what_is_there_already_stays(aws: PracticeAws, admin: Person, shell: Shell) -> None:
    with_role(admin)
    with_statement(admin, kms_statement(ACCOUNT_ID))
    shell.run(answer="not yet")
    assert (shell.status, shell.changes()) == (1, [])
    shell.run(answer="Yes")
    assert shell.changes() == ["iam create-policy", "iam attach-role-policy"]
    assert plan(DRAFT, account(aws)).changes == ()


def test_another_account_is_not_touched(aws: PracticeAws, shell: Shell) -> None:
    out = shell.run(keys=aws.partner)
    assert "Stopped (signin.wrong-account)" in out
    assert shell.calls() == ["sts get-caller-identity"]
    assert "signin.wrong-account" in [finding.code for finding in block(out).findings]


def test_a_bucket_that_is_not_there_is_told_before_anything_is_made(
    aws: PracticeAws, shell: Shell
) -> None:
    before = everything(aws)
    mistyped = Draft(
        ACCOUNT_ID, DATABASE_ID, (BucketEntry("practice-data-import", "ap-southeast-2"),)
    )
    out = shell.run(draft=mistyped)
    assert "Stopped (bucket.missing): An error occurred (NoSuchBucket)" in out
    assert (shell.changes(), everything(aws)) == ([], before)
    snapshot = read_block(out, "block")
    assert not isinstance(snapshot, InputProblem)
    assert "bucket.missing" in [each.code for each in diagnose(mistyped, snapshot).findings]


def test_what_may_not_be_read_is_said_to_be_unread(admin: Person, shell: Shell) -> None:
    keys = person(
        admin,
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": ["s3:GetBucketPolicy", "iam:GetRole"], "Resource": "*"},
    )
    out = shell.run(keys=keys)
    assert "Stopped (signin.not-allowed): An error occurred (AccessDenied)" in out
    assert shell.changes() == []
    snapshot = read_block(out, "block")
    assert not isinstance(snapshot, InputProblem)
    unread = {entry.what: entry.code for entry in snapshot.unreadable}
    assert unread == {"role": "AccessDenied", "buckets[0].policy": "AccessDenied"}
    assert block(out).verdict == "incomplete"
