"""Values that no validation lets through, against every export all the same.

Nothing of theirs is executed, what comes out parses, and the documents in it hold the value itself.
"""

import ast
import base64
import functools
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.documents.file_names import COMMAND_FILE
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.formats.draft_json import DraftFile, draft_to_json, read_draft
from app.core.formats.reading import InputProblem
from app.core.formats.writing import file_text
from app.core.frozen import replace
from app.exports.by_format import EXPORTS
from app.exports.scripts.bash import bash_script
from tests.exports.reading_templates import Stack, cloudformation, terraform_json
from tests.exports.scripts.test_bash import here_documents
from tests.exports.test_html_page import page_of
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, KEY_ARN, REGION
from tests.helpers.powershell_reading import commands_in, faults_in, here_strings_in

HOSTILE: Final = (
    "'; touch canary; '",
    '"; touch canary; "',
    "$(touch canary)",
    "`touch canary`",
    "$(New-Item canary)",
    "\ntouch canary\n",
    "\r\ntouch canary\r\n",
    "\nEND_OF_DOCUMENT\ntouch canary\n",
    "\nEOF\ntouch canary\n",
    "\n'@\nNew-Item canary\n@'\n",
    '\n"@\nNew-Item canary\n@"\n',
    "\u2019; New-Item canary; \u2018",
    "x & touch canary | touch canary > canary; touch canary #",
    '"""); __import__("os").mknod("canary") #',
    "</script><script>alert(1)</script>",
    "</style></pre><img src=x onerror=alert(1)>",
    "]]>--><!--&amp;&#x3c;",
    "%PATH% %{ if true }x%{ endif } %%{",
    "${var.tags} $${x} ${AWS::StackName} ${!x} {{resolve:ssm:x}} {{ x }}",
    '"}\nresource "aws_iam_user" "x" {\n',
    "a: b # c",
    "- a",
    "!Ref AWS::AccountId",
    "&a *a",
    "back\\slash \\u0041 \\n \\",
    "\x00\x07\x1b[2J\x7f\x85",
    "\u202eright to left\u2028\u2069",
    "é😀",
)
FOR_YAML: Final = ("null", "0123", "1e3", "yes", "~")
"""What only YAML takes for something else: names of which some are allowed."""

CONTROLS: Final = [text for text in HOSTILE if re.search(r"[\x00-\x1f\x7f]", text)]


def hostile(text: str) -> Draft:
    """Return a draft with ``text`` in each of its values."""
    key = f"arn:aws:kms:{text}:{text}:key/{text}"
    return Draft(
        text,
        text,
        (
            BucketEntry(text, text, f"{text}/", restrict_to_prefix=True, kms_key_arn=key),
            BucketEntry(f"{text}2", text),
        ),
    )


HARMLESS: Final = hostile("harmless")


def texts(export: str, draft: Draft) -> dict[str, str]:
    return {file.name: file.text for file in EXPORTS[export](draft)}


def first(export: str, draft: Draft) -> str:
    return EXPORTS[export](draft)[0].text


def documents(draft: Draft) -> list[object]:
    return [
        trust_policy(draft.database_id),
        permissions_policy(draft.buckets),
        kms_statement(draft.account_id),
    ]


def as_json(draft: Draft) -> None:
    assert list(map(json.loads, texts("json", draft).values())) == documents(draft)


def as_bash(draft: Draft) -> None:
    script = bash_script(draft)
    written = here_documents(script)
    assert [json.loads(written[f"{n}.json"]) for n in ("trust", "permissions", "statement")] == (
        documents(draft)
    )
    assert script.isascii()
    # Line by line as many as for a harmless draft, so that none of theirs is one.
    fixed = script.partition("\nwrite_merging()")
    harmless = bash_script(HARMLESS).partition("\nwrite_merging()")
    assert fixed[1:] == harmless[1:]
    values = [line.partition("=")[0] for line in fixed[0].splitlines()[:20]]
    assert values == [line.partition("=")[0] for line in harmless[0].splitlines()[:20]]


def as_powershell(draft: Draft) -> None:
    script = first("powershell", draft)
    assert faults_in(script) == []
    assert commands_in(script) == _commands_for_a_harmless_draft()
    assert list(map(json.loads, here_strings_in(script))) == documents(draft)
    assert script.isascii()


@functools.cache
def _commands_for_a_harmless_draft() -> list[str]:
    return commands_in(first("powershell", HARMLESS))


def as_cloudformation(draft: Draft) -> None:
    template = cloudformation(first("cloudformation", draft))
    stack = Stack(template, draft.account_id)
    harmless = cloudformation(first("cloudformation", HARMLESS))
    assert _types(template) == _types(harmless)
    role, policy = (stack.properties(name) for name in template["Resources"])
    assert role["AssumeRolePolicyDocument"] == trust_policy(draft.database_id)
    assert policy["PolicyDocument"] == permissions_policy(draft.buckets)


def _types(template: Mapping[str, Any]) -> dict[str, str]:
    return {name: each["Type"] for name, each in template["Resources"].items()}


def as_terraform(draft: Draft) -> None:
    values = {"aws_account_id": draft.account_id, "ubiquity_account_id": draft.database_id}
    written = terraform_json(first("terraform", draft), **values)
    assert written == {
        "assume_role_policy": trust_policy(draft.database_id),
        "policy": permissions_policy(draft.buckets),
    }


def as_cloudshell(draft: Draft) -> None:
    program = first("cloudshell", draft)
    wish, rest = _wish_and_rest(program)
    assert rest == _rest_for_a_harmless_draft()
    assert wish["account"] == draft.account_id
    sent = json.dumps(wish)
    # An account with colons makes an ARN of other parts, for which nothing is planned.
    expected = documents(draft)[:2] if ":" not in draft.account_id else []
    assert all(json.dumps(each)[1:-1] in sent for each in expected)
    for command in _commands(draft):
        payload = re.findall(r'b85decode\("([0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]+)"\)', command)
        assert zlib.decompress(base64.b85decode(payload[0])).decode() == program
        assert command.count("'") == 2
        assert command.count("\n") == 1


def _commands(draft: Draft) -> list[str]:
    """Return the command to paste, where the draft is small enough for one."""
    files = texts("cloudshell", draft)
    return [files[COMMAND_FILE]] if COMMAND_FILE in files else []


@functools.cache
def _rest_for_a_harmless_draft() -> str:
    return _wish_and_rest(first("cloudshell", HARMLESS))[1]


def _wish_and_rest(program: str) -> tuple[Any, str]:
    """Return what the program is given, and the rest of it as Python reads it."""
    tree = ast.parse(program)
    [given_text] = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "json.loads"
        if isinstance(node.args[0], ast.Constant)
    ]
    wish = json.loads(str(given_text.value))
    given_text.value = ""
    return wish, ast.dump(tree)


def as_html(draft: Draft) -> None:
    page, harmless = page_of(draft), page_of(HARMLESS)
    assert {e.tag for e in page.elements} == {e.tag for e in harmless.elements}
    names = {name for element in harmless.elements for name in element.attributes}
    assert {name for element in page.elements for name in element.attributes} == names


CHECKS: Final[Mapping[str, Callable[[Draft], None]]] = {
    "json": as_json,
    "cloudformation": as_cloudformation,
    "terraform": as_terraform,
    "bash": as_bash,
    "powershell": as_powershell,
    "cloudshell": as_cloudshell,
    "html": as_html,
}


def test_every_export_is_tried() -> None:
    assert list(CHECKS) == list(EXPORTS)


@pytest.mark.parametrize("export", CHECKS)
@pytest.mark.parametrize("text", [*HOSTILE, *FOR_YAML], ids=ascii)
def test_a_hostile_value_is_a_value_and_nothing_else(export: str, text: str) -> None:
    CHECKS[export](hostile(text))


PIECES: Final = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(HOSTILE),
    min_size=1,
    max_size=4,
).map("".join)


@pytest.mark.parametrize("export", CHECKS)
@given(text=PIECES)
@settings(max_examples=8)
def test_so_is_any_other(export: str, text: str) -> None:
    CHECKS[export](hostile(text))


STUB: Final = r"""#!/bin/sh
for word; do case $word in file://*) cp "${word#file://}" "$HOME/$2" ;; esac; done
case "$1 $2" in
"sts get-caller-identity") printf '%s\tarn:aws:iam::%s:user/jo\n' "$SIGNED_IN" "$SIGNED_IN" ;;
"kms get-key-policy") echo '{"Statement": []}' ;;
"iam get-role" | "iam get-policy") echo "An error occurred (NoSuchEntity)" >&2; exit 254 ;;
esac
"""
"""An AWS CLI in whose account nothing is there; it keeps what documents it is given."""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("is_account", [False, True])
def test_bash_executes_nothing_of_theirs(tmp_path: Path, *, is_account: bool) -> None:
    draft = Draft(
        "".join(HOSTILE) if is_account else ACCOUNT,
        "".join(HOSTILE),
        tuple(
            BucketEntry(f"{text}{number}", text, text, kms_key_arn=f"{KEY_ARN}{text}")
            for number, text in enumerate(HOSTILE)
        ),
    )
    programs, script = tmp_path / "bin", tmp_path / "script.sh"
    programs.mkdir()
    (programs / "aws").write_text(STUB)
    (programs / "sleep").write_text("#!/bin/sh\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    script.write_text(bash_script(draft))
    before = set(tmp_path.rglob("*"))
    environment = {
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "SIGNED_IN": ACCOUNT,
    }
    done = subprocess.run(  # noqa: S603 - our own script, and what this test is about
        ["/bin/bash", str(script), "--yes"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    made = {path.name for path in set(tmp_path.rglob("*")) - before}
    if is_account:
        assert "signin.wrong-account" in done.stderr
        assert made == set()
        return
    assert made == {"create-role", "create-policy", "put-key-policy"}
    sent = [json.loads((tmp_path / name).read_text()) for name in ("create-role", "create-policy")]
    assert sent == [trust_policy(draft.database_id), permissions_policy(draft.buckets)]


# The validation


FIELDS: Final[Mapping[str, Callable[[Draft, str], Draft]]] = {
    "account_id": lambda draft, text: replace(draft, account_id=text),
    "database_id": lambda draft, text: replace(draft, database_id=text),
    "name": lambda draft, text: _bucket(draft, name=text),
    "region": lambda draft, text: _bucket(draft, region=text),
    "kms_key_arn": lambda draft, text: _bucket(draft, kms_key_arn=text),
}
GOOD: Final = Draft(ACCOUNT, DATABASE_ID, (BucketEntry("acme-imports", REGION, "imports/"),))


def _bucket(draft: Draft, **values: str) -> Draft:
    return replace(draft, buckets=(replace(draft.buckets[0], **values),))  # type: ignore[arg-type]


def read(draft: Draft) -> DraftFile | InputProblem:
    return read_draft(file_text(draft_to_json(draft)), "draft.json")


@pytest.mark.parametrize("field", FIELDS)
def test_the_validation_refuses_them(field: str) -> None:
    for text in HOSTILE:
        assert isinstance(read(FIELDS[field](GOOD, text)), InputProblem), text
    assert isinstance(read(GOOD), DraftFile)


@pytest.mark.parametrize("text", CONTROLS, ids=ascii)
def test_a_prefix_may_be_anything_that_s3_takes_but_no_control_character(text: str) -> None:
    assert isinstance(read(_bucket(GOOD, prefix=f"{text}/")), InputProblem)
