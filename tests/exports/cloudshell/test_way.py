"""The CloudShell way: one command, or a program to upload, made of a draft."""

import ast
import base64
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from app.core.changes.requests import calls_of
from app.core.draft import BucketEntry, Draft
from app.core.formats.snapshot_block import read_block
from app.core.formats.snapshot_json import snapshot_to_json
from app.core.frozen import replace
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot, State
from app.exports.cloudshell.way import cloudshell_files, cloudshell_way
from tests.core.planning.any_start import mendable, starts
from tests.helpers.drafts import (
    ACCOUNT,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    KEY_POLICY,
    PLAIN,
    untouched,
    whole,
)
from tests.helpers.snapshots import World

TWO: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (
        BucketEntry("customer-data-imports", "ap-southeast-2", "imports/"),
        BucketEntry("acme-marketing-exports", "us-east-1", kms_key_arn=KEY_ARN),
    ),
)
FOLDER: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    (BucketEntry("acme-imports", "us-east-1", "imports/", restrict_to_prefix=True),),
)
USUAL: Final = [PLAIN, ENCRYPTED, TWO, FOLDER]


def wish(text: str) -> Any:  # noqa: ANN401 - JSON
    """Return the value that the program is given."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "WISH":
            assert isinstance(node.value, ast.Call)
            return json.loads(ast.literal_eval(node.value.args[0]))
    raise AssertionError("no wish")


@pytest.mark.parametrize("draft", USUAL)
def test_the_program_is_python_3_9_with_the_drafts_wish(draft: Draft) -> None:
    way = cloudshell_way(draft)
    ast.parse(way.program.text, feature_version=(3, 9))
    given = wish(way.program.text)
    assert given["account"] == ACCOUNT
    assert [bucket["name"] for bucket in given["buckets"]] == list(draft.bucket_names)
    assert way.sha256 == hashlib.sha256(way.program.text.encode()).hexdigest()
    assert way == cloudshell_way(draft)


def test_a_prefix_ends_no_quote() -> None:
    prefix = "a''' + \"\"\" \\ $(x) `y`/"
    draft = Draft(ACCOUNT, DATABASE_ID, (BucketEntry("acme-imports", "us-east-1", prefix, True),))
    given = wish(cloudshell_way(draft).program.text)
    assert given["calls"][0][-1]["Statement"][1]["Resource"].startswith(
        "arn:aws:s3:::acme-imports/a'''"
    )


def test_the_first_file_is_the_program() -> None:
    files = cloudshell_files(PLAIN)
    assert files[0] == cloudshell_way(PLAIN).program


@pytest.mark.parametrize("draft", USUAL)
def test_the_command_is_one_short_line_that_holds_the_program(draft: Draft) -> None:
    way = cloudshell_way(draft)
    assert way.command is not None
    assert len(way.command) < 4096
    assert way.command.isascii()
    assert way.command.isprintable()
    assert way.command.count("'") == 2
    payload = re.findall(r'b85decode\("(\S+?)"\)', way.command)[0]
    text = zlib.decompress(base64.b85decode(payload))
    assert text.decode() == way.program.text
    program, command, _ = cloudshell_files(draft)
    assert [program.text, command.text] == [way.program.text, f"{way.command}\n"]


def test_a_draft_too_large_to_paste_is_uploaded() -> None:
    entries = tuple(BucketEntry(f"acme-{n}-{n * n * 7919}", "us-east-1") for n in range(60))
    way = cloudshell_way(Draft(ACCOUNT, DATABASE_ID, entries))
    assert way.command is None
    assert "acme-59" in way.program.text


@pytest.mark.skipif(os.name == "nt", reason="bash is a Unix's")
def test_pasted_into_bash_it_is_taken_to_the_letter(tmp_path: Path) -> None:
    """A terminal's bash keeps a history, in which ``!`` means an earlier command elsewhere."""
    import pty

    way = cloudshell_way(TWO)
    assert way.command is not None
    assert "!" in way.command
    (tmp_path / "python3").symlink_to(sys.executable)
    (tmp_path / "sha256sum").symlink_to(shutil.which("sha256sum") or "")
    ours, theirs = pty.openpty()
    environment = {"PATH": str(tmp_path), "HOME": str(tmp_path), "TERM": "dumb", "PS1": "$ "}
    command = ["/bin/bash", "--norc", "--noprofile", "-i"]
    with subprocess.Popen(  # noqa: S603 - bash
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=tmp_path
    ) as bash:
        os.close(theirs)
        said = b""
        while not said.endswith(b"$ "):  # from then on it takes a line of any length
            said += os.read(ours, 65536)
        # Without the AWS CLI the program gets no further than its first call.
        os.write(ours, f"{way.command} --check\nexit\n".encode())
        with contextlib.suppress(OSError):  # at the terminal's end
            while more := os.read(ours, 65536):
                said += more
        bash.wait()
    os.close(ours)
    assert f"{way.sha256}  {way.program.name}".encode() in said
    assert (tmp_path / way.program.name).read_text() == way.program.text


@pytest.mark.parametrize("draft", USUAL)
def test_shellcheck_has_nothing_to_say(draft: Draft) -> None:
    way = cloudshell_way(draft)
    shellcheck = Path(sys.executable).with_name("shellcheck")
    # What stands between single quotes is not to be expanded (SC2016).
    command = [str(shellcheck), "--shell", "bash", "--exclude", "SC2016", "-"]
    done = subprocess.run(  # noqa: S603 - ours
        command, input=f"{way.command}\n", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


Calls = list[tuple[str, Mapping[str, object]]]


def programs(draft: Draft, snapshot: Snapshot) -> Calls | None:
    """Return the calls that the program would make; None where it says "use the program"."""
    reading, _, _ = cloudshell_way(draft).program.text.partition("\ntry:\n")
    space: dict[str, Any] = {}
    exec(reading, space)  # noqa: S102 - our own program
    space["seen"].update(json.loads(json.dumps(snapshot_to_json(snapshot))))
    try:
        todo: list[list[Any]] = space["changes"]()
    except RuntimeError:
        return None
    options = [dict(zip(words[2::2], words[3::2], strict=True)) for words in todo]
    return [
        (words[1], {name: value for name, value in given.items() if name != "--region"})
        for words, given in zip(todo, options, strict=True)
    ]


def plans(draft: Draft, snapshot: Snapshot) -> Calls:
    """Return the calls of the plan, written as the program's are."""
    calls = [call for change in plan(draft, snapshot).changes for call in calls_of(change)]
    return [
        (
            _dashed(call.operation),
            {
                f"--{_dashed(name)}": json.loads(str(value))
                if name.endswith(("Document", "Policy"))
                else value
                for name, value in call.parameters.items()
                if name != "Path"
            },
        )
        for call in calls
    ]


def _dashed(name: str) -> str:
    return re.sub("(?<!^)(?=[A-Z])", "-", name).lower()


def was_read(snapshot: Snapshot) -> bool:
    """Tell whether the program would have got as far as to work out its calls."""
    states = (snapshot.role.state, snapshot.customer_policy.state)
    return not snapshot.unread and State.UNREADABLE not in states


def opens_itself(snapshot: Snapshot) -> bool:
    """Tell whether a bucket's own policy may let anybody in: ours is made then all the same."""
    policies = [str(bucket.policy) for bucket in snapshot.buckets]
    return any("'Allow'" in policy and "'*'" in policy for policy in policies)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(starts() | mendable())
def test_from_any_start_it_does_what_the_plan_does_or_nothing(world: World) -> None:
    draft, snapshot = world.read()
    if was_read(snapshot) and not opens_itself(snapshot):
        calls = programs(draft, snapshot)
        assert calls is None or calls == plans(draft, snapshot)


def test_from_nothing_and_from_the_end_it_does_what_the_plan_does() -> None:
    for draft in (PLAIN, ENCRYPTED):
        calls = programs(draft, untouched(draft))
        assert calls is not None
        assert calls == plans(draft, untouched(draft))
        assert programs(draft, whole(draft)) == plans(draft, whole(draft)) == []


def test_a_role_under_a_path_is_left_to_the_program_though_nothing_is_lacking() -> None:
    found = whole(PLAIN)
    arn = str(found.role.arn).replace(":role/", ":role/team/")
    assert programs(PLAIN, replace(found, role=replace(found.role, arn=arn))) is None


ANSWERS: Final[Mapping[str, object]] = {
    "get-caller-identity": {"arn": f"arn:aws:iam::{ACCOUNT}:root", "account": ACCOUNT},
    "head-bucket": "found",
    "get-bucket-location": "ap-southeast-2",
    "get-bucket-encryption": {"algorithm": "aws:kms", "kms_key_id": KEY_ARN, "bucket_key": True},
    "describe-key": {
        "arn": KEY_ARN,
        "account": ACCOUNT,
        "manager": "CUSTOMER",
        "state": "Enabled",
    },
    "get-key-policy": json.dumps(KEY_POLICY),
}
"""What the AWS CLI answers of an account where nothing is set up yet; the rest is not there."""

WRITES: Final = ("create-policy", "create-role", "attach-role-policy", "put-key-policy")


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # CPython closes it at once
@pytest.mark.parametrize("refused", WRITES)
@pytest.mark.parametrize(
    ("code", "finding"),
    [
        ("AccessDenied", "signin.not-allowed"),
        ("ExpiredToken", "signin.expired"),
        ("EntityAlreadyExists", "change.conflict"),
        ("LimitExceeded", "change.limit"),
        ("MalformedPolicyDocument", "change.refused"),
    ],
)
def test_it_stops_at_the_first_refusal_with_its_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    refused: str,
    code: str,
    finding: str,
) -> None:
    made: list[str] = []

    def run(command: list[str], **_how: object) -> object:
        operation = command[2]
        answer = ANSWERS.get(operation, {} if operation in WRITES else None)
        error = code if operation == refused else "NoSuchEntity" if answer is None else ""
        words = f"\nAn error occurred ({error}) when calling it: \x1b[2Jwhy\n" if error else ""
        made.extend([operation] if operation in WRITES and not error else [])
        return SimpleNamespace(
            returncode=254 if error else 0, stdout=json.dumps(answer), stderr=words
        )

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("subprocess.run", run)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    monkeypatch.setattr("builtins.input", lambda _question: "y")
    with pytest.raises(SystemExit) as ended:
        exec(cloudshell_way(ENCRYPTED).program.text, {})  # noqa: S102 - our own program
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert made == list(WRITES[: WRITES.index(refused)])
    assert f"Stopped ({finding}): An error occurred ({code}) when calling it: \\x1b[2Jwhy" in said
    assert DATABASE_ID not in said.partition("-----BEGIN")[0]
    assert isinstance(read_block(said, "block"), Snapshot)
    assert (tmp_path / "ubiquity-s3-snapshot.txt").read_text() in said
