"""The bash script, run by bash with the real AWS CLI against the practice AWS.

What it leaves is read by the program itself, and judged by its own diagnosis.
"""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.needs.by_export import policy_to_deploy
from app.core.report import Report
from app.exports.scripts.bash import bash_script
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, Keys
from app.practice.server import PracticeAws
from tests.helpers.aws_cli import is_here
from tests.helpers.sound_setup import sound_setup
from tests.helpers.workplace import Workplace
from tests.practice.clients import ENCRYPTED, IMPORTS, POLICY_ARN, Person, customer_account

pytestmark = pytest.mark.skipif(
    not is_here(), reason="needs bash and the AWS CLI (packaging/linux_packages.py)"
)

DRAFT: Final = Draft(
    ACCOUNT_ID,
    DATABASE_ID,
    (
        BucketEntry(IMPORTS, "ap-southeast-2", "imports/"),
        BucketEntry(ENCRYPTED, "ap-southeast-2", "imports/", kms_key_arn=KEY_ARN),
    ),
)
OUR_POLICY: Final = json.dumps(permissions_policy(DRAFT.buckets))
TOOLS: Final = ("bash", "cat", "cmp", "head", "mktemp", "rm", "sed", "tr", "uname")
"""All that the script calls, besides what it writes JSON with."""


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it said."""

    status: int
    out: str
    error: str


class Desk(Workplace):
    """Somebody's computer: a folder with the script, and programs that it finds."""

    def __init__(self, aws: PracticeAws, cli: str, folder: Path) -> None:
        super().__init__(cli, aws.endpoint_url, folder)
        self._aws_keys = aws.admin
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or "")
        self.json_tool(jq=True, python=shutil.which("jq") is None)
        self.program("sleep", "exit 0")
        self.script = folder / "set-up-ubiquity.sh"
        self.script.write_text(bash_script(DRAFT))

    def json_tool(self, *, jq: bool = False, python: bool = False) -> None:
        """Let there be jq, as far as it is on this computer, Python, or neither."""
        for name, real in {"jq": shutil.which("jq"), "python3": sys.executable}.items():
            (self.bin / name).unlink(missing_ok=True)
            if real and (jq if name == "jq" else python):
                (self.bin / name).symlink_to(real)

    def run(self, *options: str, typed: str = "", keys: Keys | None = None) -> Ended:
        environment = self.environment(keys or self._aws_keys)
        command = ["/bin/bash", str(self.script), *options]
        done = subprocess.run(  # noqa: S603 - our own script
            command, env=environment, input=typed, capture_output=True, text=True, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def desk(aws: PracticeAws, cli: str, tmp_path: Path) -> Desk:
    return Desk(aws, cli, tmp_path)


def report(aws: PracticeAws) -> Report:
    """Return the report that an administrator gets, who may read everything."""
    return diagnose(DRAFT, asyncio.run(customer_account(aws).read_snapshot(DRAFT)))


def key_policy(admin: Person) -> dict[str, Any]:
    text = admin.kms.get_key_policy(KeyId=KEY_ARN, PolicyName="default")["Policy"]
    policy: dict[str, Any] = json.loads(text)
    return policy


def with_role(admin: Person, **others: str) -> None:
    trust = others.pop("trust", json.dumps(trust_policy(DATABASE_ID)))
    admin.iam.create_role(
        RoleName=ROLE_NAME,
        AssumeRolePolicyDocument=trust,
        **others,  # type: ignore[arg-type]
    )


def with_policy(admin: Person, document: str = OUR_POLICY, path: str = "/") -> None:
    admin.iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=document, Path=path)


def attached(admin: Person) -> None:
    with_role(admin)
    with_policy(admin)
    admin.iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)


def statement_in_key(admin: Person, statement: dict[str, Any]) -> None:
    policy = key_policy(admin)
    policy["Statement"].append(statement)
    admin.kms.put_key_policy(KeyId=KEY_ARN, PolicyName="default", Policy=json.dumps(policy))


def runner_with(admin: Person, policy: object) -> Keys:
    """Return the keys of a new user who may do what ``policy`` says, and nothing else."""
    admin.iam.create_user(UserName="runner")
    allow(admin, policy)
    made = admin.iam.create_access_key(UserName="runner")["AccessKey"]
    return Keys(made["AccessKeyId"], made["SecretAccessKey"])


def allow(admin: Person, policy: object) -> None:
    admin.iam.put_user_policy(UserName="runner", PolicyName="it", PolicyDocument=json.dumps(policy))


def test_it_shows_asks_does_it_and_may_be_run_again(
    aws: PracticeAws, admin: Person, desk: Desk
) -> None:
    others = key_policy(admin)["Statement"]
    declined = desk.run(typed="no\n")
    assert (declined.status, desk.changes()) == (1, [])
    assert "Nothing was changed." in declined.out

    # Whoever runs it may do what stands in permissions-to-run.json, and nothing else.
    runner = runner_with(admin, policy_to_deploy("bash", DRAFT))
    done = desk.run(typed="yes\n", keys=runner)
    assert (done.status, done.error) == (0, "")
    assert role_arn(ACCOUNT_ID) in done.out
    assert report(aws).verdict == "ready"
    assert key_policy(admin)["Statement"] == [*others, kms_statement(ACCOUNT_ID)]

    changes = desk.changes()
    again = desk.run(keys=runner)
    assert (again.status, desk.changes()) == (0, changes)
    assert [change.split()[1] for change in changes] == [
        "create-role",
        "create-policy",
        "attach-role-policy",
        "put-key-policy",
    ]
    assert list(desk.folder.glob("ubiquity.*")) == []


def test_a_role_that_is_there_already_stays(aws: PracticeAws, admin: Person, desk: Desk) -> None:
    with_role(admin)
    assert desk.run("--check").status == 1
    assert desk.changes() == []
    assert desk.run("--yes").status == 0
    assert report(aws).verdict == "ready"


OTHERS: Final = json.dumps(trust_policy("PracticeOnly4f7kQxT9vB"))
OTHER_BUCKET: Final = json.dumps(permissions_policy([BucketEntry("practice-empty", "us-east-1")]))
OF_ANOTHER: Final = {
    **kms_statement(ACCOUNT_ID),
    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
}


def others_setup(admin: Person) -> None:
    with_role(admin, trust=OTHERS)
    with_policy(admin, document=OTHER_BUCKET)
    statement_in_key(admin, OF_ANOTHER)


def under_a_path(admin: Person) -> None:
    with_role(admin, Path="/team/")
    with_policy(admin, path="/team/")


def bounded(admin: Person) -> None:
    with_role(admin, PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess")


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (
            others_setup,
            ["its trust policy is not the", "it has another text", "statement of the name"],
        ),
        (under_a_path, ["(role.path)", "it stands under a path"]),
        (bounded, ["(role.boundary)"]),
    ],
)
def test_it_overwrites_nothing_of_anybodys(
    admin: Person, desk: Desk, start: Callable[[Person], None], told: list[str]
) -> None:
    start(admin)
    ended = desk.run("--yes")
    assert (ended.status, desk.changes()) == (1, [])
    assert [text for text in told if text not in " ".join(ended.out.split())] == []
    assert ended.out.count("IN THE WAY") == len(told)
    assert "Use the program ubiquity-s3-setup" in ended.error


def test_a_boundary_that_is_meant_is_put_on_the_role(admin: Person, desk: Desk) -> None:
    boundary = "arn:aws:iam::aws:policy/AdministratorAccess"
    assert desk.run("--yes", "--boundary", boundary).status == 0
    role: Any = admin.iam.get_role(RoleName=ROLE_NAME)["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary


IN_THIS_ORDER: Final = {
    "iam:GetRole": "Nothing was changed.",
    "iam:GetPolicy": "Nothing was changed.",
    "iam:ListPolicies": "Nothing was changed.",
    "kms:GetKeyPolicy": "Nothing was changed.",
    "iam:CreateRole": "Nothing before that was changed.",
    "iam:CreatePolicy": "Done before that: the role.",
    "iam:AttachRolePolicy": "Done before that: the policy.",
    "iam:GetPolicyVersion": "Nothing was changed.",
    "iam:ListAttachedRolePolicies": "Nothing was changed.",
    "kms:PutKeyPolicy": "Done before that: the attachment.",
}
"""Each action, and what is said where it alone is refused, on the way from an empty account."""


def test_it_stops_at_each_refusal_says_who_can_help_and_goes_on_later(
    aws: PracticeAws, admin: Person, desk: Desk
) -> None:
    policy: Any = policy_to_deploy("bash", DRAFT)
    assert {action for each in policy["Statement"] for action in each["Action"]} == set(
        IN_THIS_ORDER
    )
    runner = runner_with(admin, policy)
    for action, done in IN_THIS_ORDER.items():
        deny = {"Effect": "Deny", "Action": action, "Resource": "*"}
        allow(admin, {**policy, "Statement": [*policy["Statement"], deny]})
        ended = desk.run("--yes", keys=runner)
        assert ended.status == 1
        told = (action, "(signin.not-allowed)", "permissions-to-run.json", done)
        assert [text for text in told if text not in ended.error] == []
    allow(admin, policy)
    assert desk.run("--yes", keys=runner).status == 0
    assert report(aws).verdict == "ready"


def test_in_another_account_nothing_is_asked_but_who_it_is(aws: PracticeAws, desk: Desk) -> None:
    ended = desk.run("--yes", keys=aws.partner)
    assert ended.status == 1
    assert "(signin.wrong-account)" in ended.error
    assert "role" not in ended.out


def test_without_a_sign_in_it_says_how_to_get_one(desk: Desk) -> None:
    ended = desk.run("--yes", keys=Keys("", ""))
    assert ended.status == 1
    assert "Unable to locate credentials" in ended.error
    assert "aws sso login" in ended.error


def test_killed_midway_it_goes_on_when_run_again(aws: PracticeAws, desk: Desk) -> None:
    desk.aws_cli('case "$*" in *attach-role-policy*) kill -9 $PPID; exit 1 ;; esac')
    assert desk.run("--yes").status == -9
    desk.aws_cli()
    assert desk.run("--yes").status == 0
    assert report(aws).verdict == "ready"


def test_what_somebody_writes_into_the_key_policy_meanwhile_is_not_lost(
    admin: Person, desk: Desk
) -> None:
    attached(admin)
    read_once = '[ -e "$0.once" ] || { : >"$0.once"; break; }; echo "{}"; exit 0'
    desk.aws_cli(f'while :; do case "$*" in *get-key-policy*) {read_once} ;; esac; break; done')
    ended = desk.run("--yes")
    assert ended.status == 1
    assert "(change.conflict)" in ended.error
    assert desk.changes() == []


def test_a_key_that_does_not_know_the_new_role_yet_is_asked_again(
    aws: PracticeAws, admin: Person, desk: Desk
) -> None:
    with_policy(admin)
    refusal = "An error occurred (MalformedPolicyDocumentException) when calling the PutKeyPolicy"
    desk.aws_cli(
        f'case "$*" in *put-key-policy*) [ -e "$0.once" ] || {{ : >"$0.once"; echo "{refusal}" >&2;'
        " exit 254; } ;; esac"
    )
    assert desk.run("--yes").status == 0
    assert report(aws).verdict == "ready"


def test_python_does_what_jq_does(admin: Person, desk: Desk) -> None:
    attached(admin)
    others = key_policy(admin)["Statement"]
    desk.json_tool(python=True)
    assert desk.run("--yes").status == 0
    assert key_policy(admin)["Statement"] == [*others, kms_statement(ACCOUNT_ID)]


@pytest.mark.parametrize("stub", [False, True])
def test_without_either_the_statement_is_left_to_a_person(
    admin: Person, desk: Desk, stub: bool
) -> None:
    attached(admin)
    desk.json_tool()
    if stub:
        # A Mac without its developer tools: python3 opens a dialog, and is not to be touched.
        desk.program("uname", "echo Darwin")
        desk.program("xcode-select", "exit 2")
        script = desk.script.read_text()
        desk.program("python3", 'echo touched >>"$0.log"; exit 1')
        desk.script.write_text(script.replace("/usr/bin/python3", str(desk.bin / "python3")))
    ended = desk.run("--yes")
    assert ended.status == 1
    assert '"AllowUbiQuityConnectorDecrypt"' in ended.out
    assert "Key policy, Edit" in ended.out
    assert not (desk.bin / "python3.log").exists()
    assert desk.changes() == []


def test_a_whole_setup_of_the_programs_own_is_taken_for_what_it_is(
    aws: PracticeAws, desk: Desk
) -> None:
    sound_setup(aws, DRAFT)
    ended = desk.run()
    assert ended.status == 0
    # A bucket's own policy may keep UbiQuity out all the same.
    assert "All that this script sets up is as it should be." in ended.out
    assert desk.changes() == []


def test_line_ends_that_a_mail_program_changed_are_told(desk: Desk) -> None:
    desk.script.write_bytes(desk.script.read_bytes().replace(b"\n", b"\r\n"))
    ended = desk.run("--check")
    assert ended.status == 2
    assert "CRLF" in ended.error


def test_a_script_that_came_in_part_does_nothing(desk: Desk) -> None:
    whole = desk.script.read_text()
    desk.script.write_text(whole[: len(whole) * 9 // 10])
    ended = desk.run("--yes")
    assert ended.out == ""
