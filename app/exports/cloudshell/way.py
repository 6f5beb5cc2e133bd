"""The CloudShell way: the plan's own calls, made in the AWS console's own shell.

Whoever is signed in to the console has their rights there, and needs no key anywhere else. The
program (``program``: the AWS CLI and Python's standard library alone) is given the
calls that the plan would make in an account where nothing is there yet, and makes those that are
lacking. It is pasted as one command, in which it is packed, or uploaded as a file.
Source of the limit: a pasted line is safe up to some 4 KB (shared facts, "AWS CloudShell").
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.core.changes.aws_call import AwsCall
from app.core.changes.requests import calls_of
from app.core.choices import Choices
from app.core.documents.file_names import COMMAND_FILE
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.guide import ROLE_NAME, policy_arn
from app.core.planning.plan import planned_changes
from app.core.snapshot import (
    BucketFacts,
    CustomerPolicy,
    Encryption,
    KmsKey,
    RoleFacts,
    Snapshot,
    State,
)
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.permissions_files import permissions_to_run

PROGRAM_FILE: Final = "ubiquity-s3.py"
LONGEST_COMMAND: Final = 4094
"""In bytes: a terminal that nobody reads from yet keeps no more of one line (termios(3), 4095)."""

_SOURCE: Final = Path(__file__).with_name("program.py")
_WISH: Final = "{}"
_INDENT: Final = re.compile(r"^( {4})+", re.MULTILINE)
_WORD: Final = re.compile(r"(?<!^)(?=[A-Z])")

_MADE_BY: Final = {
    "CreatePolicy": "customer_policy",
    "CreateRole": "role",
    "AttachRolePolicy": "role",
}
_WANTED: Final = ("PolicyDocument", "AssumeRolePolicyDocument", "PolicyArn", "Policy")


@frozen
class CloudshellWay:
    """What to do in CloudShell: a command to paste, or a program to upload.

    ``command`` is one line for bash, None where it would be too long to be pasted safely.
    ``program`` is what it unpacks, the file ``ubiquity-s3.py``; ``sha256`` is that of its bytes
    in hexadecimal digits, which the command shows before it runs it.
    """

    command: str | None
    program: ExportedFile
    sha256: str


def cloudshell_way(draft: Draft) -> CloudshellWay:
    """Return the way for ``draft``; the same draft gives the same bytes."""
    text = _program_text(draft)
    command = _command(text)
    return CloudshellWay(
        command if len(command) <= LONGEST_COMMAND else None,
        ExportedFile(PROGRAM_FILE, text),
        hashlib.sha256(text.encode()).hexdigest(),
    )


def cloudshell_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the program to upload, the command to paste where that is short enough, the rights."""
    way = cloudshell_way(draft)
    command = (ExportedFile(COMMAND_FILE, f"{way.command}\n"),) if way.command else ()
    return (way.program, *command, permissions_to_run("cloudshell", draft))


def _command(text: str) -> str:
    """Return the line that unpacks the program, shows its SHA-256, and runs it.

    What was damaged on its way is not run: zlib keeps a checksum. Between single quotes bash
    takes every character as itself, ``!`` too; none of these is a single quote.
    """
    payload = base64.b85encode(_packed(text.encode())).decode()
    unpacked = f'zlib.decompress(base64.b85decode("{payload}"))'
    return (
        f'python3 -c \'import base64,zlib;open("{PROGRAM_FILE}","wb").write({unpacked})\''
        f"&&sha256sum {PROGRAM_FILE}&&python3 {PROGRAM_FILE}"
    )


def _packed(text: bytes) -> bytes:
    """Return ``text`` as zlib packs it best: how much it looks ahead makes the difference."""
    return min((_packed_so(text, memory) for memory in range(6, 10)), key=len)


def _packed_so(text: bytes, memory: int) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, memory)
    return packing.compress(text) + packing.flush()


def _program_text(draft: Draft) -> str:
    """Return the program with what ``draft`` wishes in its place.

    It is indented by single spaces, which are pasted too. No JSON has three quotes in a row.
    """
    source = _INDENT.sub(lambda indent: " " * (len(indent[0]) // 4), _source())
    return source.replace(_WISH, _on_lines(_wish(draft)), 1)


def _on_lines(value: dict[str, object]) -> str:
    """Return a JSON object with a line for each member, and for each entry of a list in it."""
    members = (f"{json.dumps(name)}: {_member(member)}" for name, member in value.items())
    return "{\n" + ",\n".join(members) + "}"


def _member(value: object) -> str:
    if not isinstance(value, list):
        return json.dumps(value)
    return "[\n" + ",\n".join(map(json.dumps, value)) + "]"


@lru_cache(maxsize=1)
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


def _wish(draft: Draft) -> dict[str, object]:
    """Return the account, its buckets, and the calls that set up an account without anything.

    Each call has what it makes as its first entry, by its name in a snapshot or the key's ARN,
    then its words, and last the document, or what is attached.
    """
    return {
        "account": draft.account_id,
        "role_name": ROLE_NAME,
        "policy": policy_arn(draft.account_id),
        "buckets": [{"name": e.name, "region": e.region} for e in _once(draft)],
        "calls": [_words(call) for call in _calls(draft)],
    }


def _once(draft: Draft) -> Iterator[BucketEntry]:
    """Yield the first entry of each bucket."""
    first = {entry.name: entry for entry in reversed(draft.buckets)}
    return (first[name] for name in draft.bucket_names)


def _calls(draft: Draft) -> Iterator[AwsCall]:
    """Yield what the plan would send to an account where nothing of the setup is there."""
    buckets = tuple(map(_bucket, _once(draft)))
    empty = Snapshot(
        datetime(1970, 1, 1, tzinfo=UTC),
        None,
        RoleFacts(State.MISSING),
        CustomerPolicy(State.MISSING),
        buckets,
    )
    for change in planned_changes(draft, empty, Choices()):
        yield from calls_of(change)


def _bucket(entry: BucketEntry) -> BucketFacts:
    """Return the bucket with the draft's key, whose policy has no statement."""
    arn = entry.kms_key_arn
    if arn is None:
        return BucketFacts(entry.name, State.FOUND, entry.region, encryption=Encryption("AES256"))
    policy = {"Version": "2012-10-17", "Statement": []}
    key = KmsKey(arn, arn.split(":")[4], "CUSTOMER", "Enabled", policy)
    encryption = Encryption("aws:kms", arn)
    return BucketFacts(entry.name, State.FOUND, entry.region, encryption=encryption, kms_key=key)


def _words(call: AwsCall) -> list[object]:
    """Return a call as words of the AWS CLI, what it makes before them (see ``_wish``)."""
    given = {name: value for name, value in call.parameters.items() if name != "Path"}
    last = next(name for name in _WANTED if name in given)
    wanted = given.pop(last)
    if last != "PolicyArn":
        document = json.loads(str(wanted))
        # A key's policy has others beside our statement.
        wanted = document["Statement"][0] if call.region else document
    makes = _MADE_BY.get(call.operation) or given["KeyId"]
    words: list[object] = [call.service, _dashed(call.operation)]
    for name, value in given.items():
        words += [f"--{_dashed(name)}", value]
    region = ["--region", call.region] if call.region else []
    return [makes, *words, *region, f"--{_dashed(last)}", wanted]


def _dashed(name: str) -> str:
    return _WORD.sub("-", name).lower()
